"""Which functions does a framework call with any error, and what do they make of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from broadcatch.config.options import Config
from broadcatch.judge.registered import PASSES, judged_function
from broadcatch.judge.words import BROAD
from broadcatch.lint.rule import Hit, on_site
from broadcatch.lint.severity import at_most, severity_of
from broadcatch.lint.wording import outcome_words
from broadcatch.model.facts import FileFacts, Site
from broadcatch.source.sites import EXITS, REGISTERING

_RAISED_AGAIN = frozenset({"add_exception_handler", "exception_handler"})
"""How Starlette, and FastAPI on it, register a handler."""
_STARLETTE = ("fastapi.", "starlette.")


class Registered(NamedTuple):
    """A function that is called with an error: `site` is where a finding stands, `by` registers it."""

    site: Site
    by: Site | None


def registered_hits(facts: FileFacts, config: Config) -> Iterator[Hit]:
    """The handlers that are registered for any error, one hit each."""
    functions = {site.place.qualname: site for site in facts.sites if is_handler(site)}
    seen = set()
    for by in filter(_registers, facts.sites):
        key = _function_of(by, functions)
        if key not in seen:
            seen.add(key)
            body = by if by.kind == "decorator" else functions.get(key)
            yield from _hit(Registered(body, by), facts, config) if body else [_unread(by)]
    meant = {name for site in facts.sites for name in _mapped(site)}
    for key, site in functions.items():
        if key not in seen and site.name not in meant:
            yield from _hit(Registered(site, None), facts, config)


def is_handler(site: Site) -> bool:
    """Whether `site` is a function that a framework calls with an error of any class."""
    return site.kind == "function" and site.name not in EXITS


def _registers(site: Site) -> bool:
    if site.call is None or site.kind not in ("decorator", "call"):
        return False
    named = REGISTERING.search(site.call.name.rpartition(".")[2])
    mapped = any(arg.keyword == "exception_handlers" for arg in site.call.args)
    return bool(named or mapped) and any(one.qualified in BROAD for one in site.classes)


def _mapped(site: Site) -> Iterator[str]:
    """The names of functions that `exception_handlers=` maps classes to."""
    for arg in site.call.args if site.call else ():
        if arg.keyword == "exception_handlers":
            yield from arg.value.objects


def _function_of(by: Site, functions: Mapping[str, Site]) -> str:
    """The qualified name of the function that `by` registers."""
    if by.kind == "decorator":
        return ".".join(filter(None, (by.place.qualname, by.name)))
    last = by.name.rpartition(".")[2]
    named = (key for key in functions if key.rpartition(".")[2] == last)
    return next(named, by.name or f"line {by.span.line}")


def _unread(by: Site) -> Hit:
    name = f"`{by.name}`" if by.name else "a function"
    return on_site(
        by, f"{name} is registered for every error; what it does with them is not seen here", "note"
    )


def _hit(found: Registered, facts: FileFacts, config: Config) -> Iterator[Hit]:
    site, by = found
    judged = judged_function(site, facts.path, config)
    verdict = judged.verdict
    if verdict.leaves:
        return
    severity = at_most(severity_of(judged, config, shown=True), "warning")
    message = f"{_words(found)}; {outcome_words(verdict)}"
    if by is None and site.name != PASSES:
        severity = "note"  # a framework's types may ask for `Exception` where a class of its own is meant
    elif by is not None and _raised_again(by):
        severity = "note"
        message += "; the framework raises it again behind the handler, for the server to log"
    steps = tuple((step.line, step.text) for step in verdict.worst.steps)
    yield replace(on_site(site, message, severity, verdict.outcome), steps=steps)


def _words(found: Registered) -> str:
    if found.by is not None:
        return f"`{found.site.name}` is registered for every error"
    takes = "is called with every error" if found.site.name == PASSES else "takes any error"
    return f"`{found.site.name}` {takes}"


def _raised_again(by: Site) -> bool:
    assert by.call is not None
    name = by.call.qualified
    return name.startswith(_STARLETTE) or (not name and by.call.name.rpartition(".")[2] in _RAISED_AGAIN)
