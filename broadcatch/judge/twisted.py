"""How does Twisted keep an error? `log.err()` and `Failure()` take the one that is being handled."""

from __future__ import annotations

from broadcatch.flow.ways import Act, Knows
from broadcatch.model.flow import Arg, Call

_ERR = frozenset({"twisted.python.log.err", "twisted.python.log.deferr"})
_FAILURE = "twisted.python.failure.Failure"
_FAIL = "twisted.internet.defer.fail"
_PRINTS = frozenset({"printTraceback", "printDetailedTraceback", "printBriefTraceback"})
_GIVES = frozenset({"getTraceback", "getBriefTraceback"})
_TAKES = frozenset({"_stuff", "fail", "exc_value"})
"""Keywords of the arguments that stand for the error."""


def twisted_act(call: Call, name: str, knows: Knows) -> Act:
    """What a call of Twisted's does with the error; "" for others. `name` is the qualified one, if known."""
    method = call.name.rpartition(".")[2]
    if name in _ERR:
        return "traceback" if _is_current(call, knows) else "text"
    if name in (_FAILURE, _FAIL):
        return "makes-error" if _is_current(call, knows) else ""
    if method in _PRINTS and "." in call.name:
        return "traceback"
    if method in _GIVES and "." in call.name:
        return "makes-traceback"
    if method == "errback" and "." in call.name and not call.args:
        return "handed"  # a Deferred that is given nothing takes the current error
    return "traceback" if any(_is_logged(arg, knows) for arg in call.args) else ""


def _is_current(call: Call, knows: Knows) -> bool:
    """Whether the error is meant: it is given, or nothing is given in its place."""
    given = [arg.value for arg in call.args if arg.keyword in ("", "*", "**") or arg.keyword in _TAKES]
    first = given[0] if given else None
    return first is None or first.kind == "none" or knows.whole(first)


def _is_logged(arg: Arg, knows: Knows) -> bool:
    """`logger.error(…, log_failure=Failure())`: the new logger writes its traceback."""
    return arg.keyword == "log_failure" and knows.whole(arg.value)
