"""What tries again after any error, how long, and what becomes of the last one?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from broadcatch.judge.words import BROAD
from broadcatch.model.facts import Site
from broadcatch.model.flow import Arg, Call

BROAD_NAMES = frozenset(name.rpartition(".")[2] for name in BROAD)
_RETRIERS = frozenset({"retry", "Retrying", "AsyncRetrying", "TornadoRetrying"})


class Retry(NamedTuple):
    """How something is tried again on every error.

    `why` says what makes it every error; `endless`: nothing stops it; `hides` names the argument by which
    the last error is swallowed, "" for none.
    """

    why: str
    endless: bool = False
    hides: str = ""


def retry_of(site: Site) -> Retry | None:
    """The retry that `site` is; None where it is none, or one that chooses its errors."""
    if site.call is None:
        return Retry("autoretry_for") if site.name == "autoretry_for" and _broad(site) else None
    args = {arg.keyword: arg for arg in site.call.args}
    if "autoretry_for" in args:
        found = Retry("autoretry_for", endless=_is_none(args.get("max_retries")))
        return found if _broad(site) else None
    package, _, _ = site.call.qualified.partition(".")
    read = _READERS.get(package)
    return read(site.call, args, site) if read else None


_Args = Mapping[str, Arg]


def _tenacity(call: Call, args: _Args, site: Site) -> Retry | None:
    if call.qualified.rpartition(".")[2] not in _RETRIERS or "**" in args or "" in args:
        return None
    chosen = args.get("retry")
    if chosen and not _any_error(chosen):
        return None
    why = f"retry={chosen.value.text}" if chosen else "no `retry=` chooses among them"
    endless = "stop" not in args or args["stop"].value.text.endswith("stop_never")
    return Retry(why, endless, "retry_error_callback" if "retry_error_callback" in args else "")


def _any_error(chosen: Arg) -> bool:
    """`retry_if_exception_type()`, whose default is Exception, or with Exception."""
    value = chosen.value
    if not value.text.endswith("retry_if_exception_type()"):
        return False
    classes = value.objects[1:]
    return not classes or not BROAD_NAMES.isdisjoint(classes)


def _backoff(call: Call, args: _Args, site: Site) -> Retry | None:
    if not call.qualified.endswith(".on_exception") or not _broad(site) or "giveup" in args or "**" in args:
        return None
    raised = args.get("raise_on_giveup")
    hides = "raise_on_giveup=False" if raised and raised.value.kind == "false" else ""
    return Retry("on_exception", not {"max_tries", "max_time"} & set(args), hides)


def _retrying(call: Call, args: _Args, site: Site) -> Retry | None:
    if not {"retry_on_exception", "retry_on_result", "**"}.isdisjoint(args):
        return None
    stops = any(key.startswith("stop") for key in args)
    return Retry("no `retry_on_exception=` chooses among them", endless=not stops)


def _stamina(call: Call, args: _Args, site: Site) -> Retry | None:
    if not _broad(site):
        return None
    return Retry("on", _is_none(args.get("attempts")) and _is_none(args.get("timeout")))


def _retry(call: Call, args: _Args, site: Site) -> Retry | None:
    positional = sum(1 for arg in call.args if arg.keyword == "")
    calls = call.qualified.endswith("_call")  # retry_call(function, fargs, fkwargs, exceptions, tries)
    if "**" in args or positional > (3 if calls else 1):
        return None
    if "exceptions" in args or (positional == 1 and not calls):
        return Retry("exceptions", "tries" not in args) if _broad(site) else None
    return Retry("no `exceptions` are chosen", "tries" not in args)


_READERS: Mapping[str, Callable[[Call, _Args, Site], Retry | None]] = {
    "tenacity": _tenacity,
    "backoff": _backoff,
    "retrying": _retrying,
    "stamina": _stamina,
    "retry": _retry,
}


def _broad(site: Site) -> bool:
    return any(one.qualified in BROAD for one in site.classes)


def _is_none(arg: Arg | None) -> bool:
    return arg is not None and arg.value.kind == "none"
