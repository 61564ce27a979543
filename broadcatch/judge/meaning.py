"""What does a call do with the error? The tables of `words` and the configuration, applied."""

from __future__ import annotations

import re

from broadcatch.config.options import Config
from broadcatch.flow.paths import Act, Knows
from broadcatch.judge import words
from broadcatch.model.flow import Arg, Call, Caught

_LOGGER = re.compile(r"(?:^|_)(?:log|logs|logger|loggers|logging)\d*$|^log|logger$|logging$", re.IGNORECASE)
_LOGGER_CALLS = frozenset(
    {"getLogger()", "get_logger()", "get_task_logger()", "getChild()", "opt()", "bind()"}
)


class ConfiguredMeaning:
    """The meaning of calls under one configuration."""

    def __init__(self, config: Config) -> None:
        self._sinks = frozenset(config.error_sinks)
        self._exits = frozenset(config.exit_calls)
        self._broad = words.BROAD | frozenset(config.broad_exceptions)

    def is_broad(self, caught: tuple[Caught, ...]) -> bool:
        """Whether a clause of these classes is broad; a bare one is."""
        return not caught or any(self.broad_class(one) for one in caught)

    def broad_class(self, caught: Caught) -> bool:
        """Whether one caught class is too broad."""
        return (caught.qualified or caught.name) in self._broad

    def act(self, call: Call, knows: Knows) -> Act:
        """What `call` does with the error; "" for nothing that is known."""
        name = call.qualified or call.name
        if not name:
            return ""
        if _named(call, self._sinks):
            return "traceback"
        if name in words.EXIT_CALLS or _tail(call.name, 2) in words.EXIT_METHODS or _named(call, self._exits):
            return "exit"
        if name in words.TRACEBACK_MAKERS:
            return "makes-traceback"
        if name in words.ERROR_MAKERS:
            return "makes-error"
        return _recorded(call, name, knows)


def _recorded(call: Call, name: str, knows: Knows) -> Act:
    if name in words.TRACEBACK_CALLS or _tail(name, 1) in words.TRACEBACK_SINKS:
        return "traceback"
    if is_logging(call):
        return "traceback" if shows_traceback(call, knows) else "text"
    if name in words.TEXT_CALLS:
        return "traceback" if _has_traceback(call, knows) else "text"
    return _passed(call, knows)


def is_logging(call: Call) -> bool:
    """Whether `call` writes a log record: `logging.error`, `self.logger.info`, `getLogger().warning`…"""
    method = _tail(call.name, 1)
    if method not in words.LOG_METHODS:
        return False
    if call.qualified.startswith(words.LOGGER_MODULES):
        return True
    receiver = _tail(call.name.rpartition(".")[0], 1)
    return receiver in _LOGGER_CALLS or bool(_LOGGER.search(receiver.removesuffix("()")))


def shows_traceback(call: Call, knows: Knows) -> bool:
    """Whether a logging call writes the traceback: by its method, `exc_info`, or a formatted traceback."""
    info = [arg for arg in call.args if arg.keyword in ("exc_info", "exception")]
    if info:
        return info[0].value.kind not in ("false", "none", "empty") and info[0].value.text != "0"
    if "opt()" in call.name or _has_traceback(call, knows):
        return True
    return _tail(call.name, 1) in words.TRACEBACK_METHODS


def _passed(call: Call, knows: Knows) -> Act:
    shows = any(knows.any(arg.value) for arg in call.args)
    if not shows:
        return ""
    method = _tail(call.name, 1)
    if method in words.HANDING_METHODS and "." in call.name:
        return "handed"
    if any(word in method.lower() for word in words.TEXT_WORDS):
        return "traceback" if _has_traceback(call, knows) else "text"
    return "handed" if any(_whole(arg, knows) for arg in call.args) and not _is_probe(call) else ""


def _is_probe(call: Call) -> bool:
    """Calls that only look at the error: `isinstance(e, X)`, `str(e)`, `hasattr(e, "x")`, a constructor."""
    return call.qualified.startswith("builtins.")


def _whole(arg: Arg, knows: Knows) -> bool:
    return knows.whole(arg.value)


def _has_traceback(call: Call, knows: Knows) -> bool:
    return any(name in knows.tracebacks for arg in call.args for name in arg.value.names)


def _named(call: Call, names: frozenset[str]) -> bool:
    """Whether a configured name means this call: in full, as written, or its last parts."""
    return any(name in (call.qualified, call.name) or f".{call.name}".endswith(f".{name}") for name in names)


def _tail(name: str, parts: int) -> str:
    return ".".join(name.split(".")[-parts:])
