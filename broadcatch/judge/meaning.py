"""What does a call do with the error? The tables of `words` and the configuration, applied."""

from __future__ import annotations

import re
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.flow.ways import Act, Knows
from broadcatch.judge import words
from broadcatch.judge.twisted import twisted_act
from broadcatch.model.flow import Call, Caught, Value
from broadcatch.model.frame import NEVER_RETURNS

_LOGGER = re.compile(
    r"(?:^|_)(?:log|logs|logger|loggers|logging)\d*$|^log(?!in|out|ic|o)|logger$|logging$"
    r"|^(?:[adeghijklmnpqrtuwxyz]|app|err)log$",
    re.IGNORECASE,
)
"""A letter before `log` makes a logger of a project (`jlog`); not where it makes a word (a blog, to clog)."""
_LOGGER_CALLS = frozenset(
    {"getLogger()", "get_logger()", "get_task_logger()", "getChild()", "opt()", "bind()"}
)
_SAYS_LOG = re.compile(r"_*(log|report|record|print|write_log)", re.IGNORECASE)
_TRACED = re.compile(r"exc|trace", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_CONFIGURED = "one of `broad-exceptions` in the configuration"
_CURRENT = re.compile(r"_*(show|print|report|log|display|write|error)_?(\w+_)?(traceback|tb|exc|exception)")
"""Methods of whoever reports the error that is being handled: they are given nothing."""
_ANSWERS = frozenset("send reply respond".split())
_ANSWERED = _ANSWERS | frozenset(
    "async error errors message msg response text json failure to client".split()
)
_SENDS = re.compile(
    r"_*(send|reply|respond|report|return|register|record|capture)(_with)?_(error|exception|failure|traceback)"
)
_HANDLES = re.compile(r"_*(async_)?(on|handle|process|dispatch)_(\w+_)?(error|exception|failure)")
"""Methods that are given the error to decide what becomes of it, whatever they answer."""
_AGAIN = re.compile(r"(\w+_)?re_?raise(_exc|_exception|_error)?")
_DEBUGGING = re.compile(r"debug|verbos", re.IGNORECASE)
_VERBOSE = re.compile(r"v{1,6}$")
_RAISES: dict[str, Act] = {"raise": "raise", "raise from": "chain", "raise again": "reraise"}


class ConfiguredMeaning:
    """The meaning of calls under one configuration; `callees` as of a `Handler`."""

    def __init__(self, config: Config, callees: tuple[tuple[str, tuple[Call, ...]], ...] = ()) -> None:
        self._callees = dict(callees)
        self._sinks = frozenset(config.error_sinks)
        self._exits = frozenset(config.exit_calls)
        self._broad = frozenset(config.broad_exceptions)
        # A package gives its classes under several names: requests.RequestException, and .exceptions. too.
        self._broad_ends = frozenset(_ends(name) for name in config.broad_exceptions if "." in name)

    def is_broad(self, caught: tuple[Caught, ...]) -> bool:
        """Whether a clause of these classes is broad; a bare one is."""
        return not caught or any(self.broad_class(one) for one in caught)

    def catches_exit(self, caught: tuple[Caught, ...]) -> bool:
        """Whether a clause of these classes catches SystemExit; a bare one does."""
        return not caught or any((one.qualified or one.name) in words.CATCH_EXIT for one in caught)

    def is_exit_class(self, name: str) -> bool:
        """Whether raising this class ends the process."""
        return name in words.EXIT_CLASSES

    def broad_class(self, caught: Caught) -> bool:
        """Whether one caught class is too broad."""
        return bool(self.why_broad(caught))

    def why_broad(self, caught: Caught) -> str:
        """Why one caught class is too broad, "" where it is not."""
        name = caught.qualified or caught.name
        configured = name in self._broad or _ends(name) in self._broad_ends
        return words.BROAD.get(name, "") or (_CONFIGURED if configured else "")

    def act(self, call: Call, knows: Knows) -> Act:
        """What `call` does with the error; "" for nothing that is known."""
        name = call.qualified or call.name
        if not name:
            return ""
        if call.ends:
            return self._helper(call, knows)
        if _named(call, self._sinks) or self._callee_records(call, knows):
            return "traceback"
        if name in words.RAISING_CALLS or _raises_again(_tail(name, 1)):
            return "chain" if _tail(name, 1) == "raise_from" else "reraise"
        if _never_returns(call, name) or _named(call, self._exits):
            return "exit"
        if name in words.SUPPRESS_CALLS:
            return "suppress"
        if _tail(name, 1) == "opt" and is_logger(name.rpartition(".")[0]):
            return "makes-traceback" if _asks_traceback(call) else ""
        if name in words.TRACEBACK_MAKERS:
            return "makes-traceback"
        if name in words.ERROR_MAKERS:
            return "makes-error"
        return twisted_act(call, name, knows) or _recorded(call, name, knows)

    def _callee_records(self, call: Call, knows: Knows) -> bool:
        """Whether a function of the same file writes the traceback of the current error in any case."""
        made = self._callees.get(call.name, ()) if call.direct or call.awaited else ()
        return any(one.name != call.name and _recorded(one, one.name, knows) == "traceback" for one in made)

    def leaves(self, name: str) -> bool:
        """Whether a call of this name ends the process."""
        call = Call(0, name, name, "import")
        return not _named(call, self._sinks) and (_never_returns(call, name) or _named(call, self._exits))

    def _helper(self, call: Call, knows: Knows) -> Act:
        """A function of the project that never returns, or that ends in a call of another."""
        act = _RAISES.get(call.ends)
        if act == "chain":
            return "chain" if any(knows.whole(arg.value) for arg in call.args) else "raise"
        if act is not None:
            return act
        if self.leaves(call.ends.removeprefix(NEVER_RETURNS)):
            return "exit"
        return "raise" if call.ends.startswith(NEVER_RETURNS) else self.act(replace(call, ends=""), knows)


def _raises_again(name: str) -> bool:
    """`reraise(e)`, `with safe_reraise():`, `save_and_reraise_exception()`; not `should_reraise(e)`."""
    return bool(_AGAIN.fullmatch(name)) and name.partition("_")[0] not in words.QUESTIONS


def _ends(name: str) -> tuple[str, str]:
    """The top-level package of a qualified name, and its last part."""
    return name.partition(".")[0], _tail(name, 1)


def _never_returns(call: Call, name: str) -> bool:
    if name in words.EXIT_CALLS or _tail(call.name, 2) in words.EXIT_METHODS:
        return True
    return "." in call.name and _tail(call.name, 1) in words.EXIT_NAMES


def _recorded(call: Call, name: str, knows: Knows) -> Act:
    if name in words.TRACEBACK_CALLS or _tail(name, 1) in words.TRACEBACK_SINKS:
        return "traceback"
    if is_logging(call):
        return "traceback" if shows_traceback(call, knows) else "text"
    if _logs_exception(call):
        return "traceback"
    if name in words.TEXT_CALLS:
        return "traceback" if _has_traceback(call, knows) else "text"
    if _given_logger(call):  # a helper of the project: `logexc(LOG, "…")`
        return "traceback" if _TRACED.search(_tail(call.name, 1)) or shows_traceback(call, knows) else "text"
    if _info(call):  # whatever it is called on: `warn = logger.warning`, a logger handed in
        return "traceback"
    if _reports_current(call):
        return "text" if "error" in call.name.lower() else "traceback"
    return _passed(call, knows)


def _logs_exception(call: Call) -> bool:
    """`log.error_or_exception(error)`: a logger's own method that says that it takes exceptions."""
    receiver, _, method = call.name.rpartition(".")
    return bool(receiver) and is_logger(receiver) and "exception" in method.lower().split("_")


def _reports_current(call: Call) -> bool:
    """`self.showtraceback()`: an inherited reporter that asks for the current error itself."""
    plain = all(arg.keyword and arg.value.kind in ("true", "false", "none") for arg in call.args)
    return plain and call.direct and "." in call.name and bool(_CURRENT.fullmatch(_tail(call.name, 1)))


def _answers_peer(call: Call, method: str) -> bool:
    """`connection.send_error(id, code, str(err))`: the other side is told, and nothing is recorded."""
    named = {part.lower() for part in _WORD.findall(method)}
    return "." in call.name and bool(named & _ANSWERS) and named <= _ANSWERED


def _given_logger(call: Call) -> bool:
    """Whether a logger is the first argument of what says that it logs or reports."""
    first = call.args[0].value if call.args and not call.args[0].keyword else None
    told = _SAYS_LOG.match(_tail(call.name, 1))
    return first is not None and bool(told) and first.text.isidentifier() and is_logger(first.text)


def _info(call: Call) -> bool:
    return any(arg.keyword.lstrip("_") == "exc_info" for arg in call.args) and bool(_asks_traceback(call))


def is_logging(call: Call) -> bool:
    """Whether `call` writes a log record: `logging.error`, `self.logger.info`, `getLogger().warning`…"""
    method = _method(call)
    receiver = _tail(call.name.rpartition(".")[0], 1).lstrip("_").lower()
    if receiver in words.SCREENS and (method in words.SCREEN_METHODS or _VERBOSE.match(method)):
        return True
    if method not in words.LOG_METHODS:
        return False
    if call.qualified.startswith(words.LOGGER_MODULES):
        return True
    return is_logger(call.name.rpartition(".")[0])


def is_logger(name: str) -> bool:
    """Whether a dotted name is that of a logger: `self._log`, `getLogger()`, `LOGGER`."""
    receiver = _tail(name, 1)
    return receiver in _LOGGER_CALLS or bool(_LOGGER.search(receiver.removesuffix("()")))


def shows_traceback(call: Call, knows: Knows) -> bool:
    """Whether a logging call writes the traceback: by its method, `exc_info`, or a formatted traceback."""
    asked = _asks_traceback(call)
    if asked is not None:
        return asked
    if "opt()" in call.name and call.name.partition(".")[0] in knows.tracebacks:
        return True  # logger.opt(exception=True)
    return _has_traceback(call, knows) or _method(call) in words.TRACEBACK_METHODS


def _asks_traceback(call: Call) -> bool | None:
    """What `exc_info=` or `exception=` says; None where neither stands."""
    for arg in call.args:
        if arg.keyword.lstrip("_") in ("exc_info", "exception"):
            off = arg.value.kind in ("false", "none", "empty") or arg.value.text == "0"
            return not (off or _only_sometimes(arg.value))
    return None


def _only_sometimes(value: Value) -> bool:
    """`exc_info=debug > 1`: a traceback is written only for whoever looks for a mistake."""
    condition = value.kind == "other" and not value.objects and "isinstance" not in value.names
    return condition or any(map(_DEBUGGING.search, (value.text, *value.names)))


def _sends_current(call: Call) -> bool:
    """`send_error()`: a function of the place itself, which asks for the current error."""
    return call.direct and not call.args and bool(_SENDS.fullmatch(call.name))


def _passed(call: Call, knows: Knows) -> Act:
    if _sends_current(call):
        return "handed"
    if not any(knows.any(arg.value) or "sys.exc_info()" in arg.value.shown for arg in call.args):
        return ""
    method = _tail(call.name, 1)
    if is_logger(call.name.rpartition(".")[0]) and method.startswith("add"):
        return "traceback" if _has_traceback(call, knows) else "text"  # a logger of the project's own
    if (method in words.HANDING_METHODS and "." in call.name) or _answers_peer(call, method):
        return "handed"
    whole = any(knows.whole(arg.value) for arg in call.args)
    traced = _has_traceback(call, knows)
    if _shows(method) and not (whole and _takes_over(call, method)):
        return "traceback" if traced or _given_whole(call, knows) else "text"
    if whole and _HANDLES.fullmatch(method):
        return "handed"  # `if self._on_exception(error):`
    # What is asked in passing (`if is_retryable(e):`) looks at the error, and what stands in another
    # call formats it for that one: only a call that is a statement of its own hands it on, or shows it.
    if not (call.direct or call.awaited) or _is_probe(call):
        return ""
    return "handed" if whole or traced else "text"


def _shows(method: str) -> bool:
    """Whether a name says that something is shown: `print_error`, `logMessage`, not `should_log`."""
    parts = [part.lower() for part in _WORD.findall(method.replace("exc_info", "error"))]
    if parts[:1] == ["set"] or "_set_" in method:
        return False  # `future_set_exc_info(future, error)`
    return bool(parts) and parts[0] not in words.QUESTIONS and not words.TEXT_WORDS.isdisjoint(parts)


def _takes_over(call: Call, method: str) -> bool:
    """`await error_handler(order, error)`: what happens to the error is decided there, not here."""
    if not (call.direct or call.awaited):
        return False
    named = {part.lower() for part in _WORD.findall(method)}
    return bool(named & words.HANDLERS) and not named & words.RECORDING


def _given_whole(call: Call, knows: Knows) -> bool:
    """`report("…", exception=e)`: whoever takes the error by that name can show its traceback."""
    return any(arg.keyword in words.ERROR_KEYWORDS and knows.whole(arg.value) for arg in call.args)


def _is_probe(call: Call) -> bool:
    """Builtins that only look at the error: `isinstance(e, X)`, `str(e)`, `hasattr(e, "x")`."""
    module, _, name = call.qualified.rpartition(".")
    return module == "builtins" and name != "setattr"


def _has_traceback(call: Call, knows: Knows) -> bool:
    return any(name in knows.tracebacks for arg in call.args for name in arg.value.names)


def _named(call: Call, names: frozenset[str]) -> bool:
    """Whether a configured name means this call: in full, as written, or its last parts."""
    return any(name in (call.qualified, call.name) or f".{call.name}".endswith(f".{name}") for name in names)


def _method(call: Call) -> str:
    return _tail(call.qualified or call.name, 1)


def _tail(name: str, parts: int) -> str:
    return ".".join(name.split(".")[-parts:])
