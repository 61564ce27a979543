"""Which calls of a try body really fail, and is one of them code of the project?"""

from __future__ import annotations

from broadcatch.judge import attempts, stakes
from broadcatch.judge.verdict import Judged
from broadcatch.judge.writing import may_fail
from broadcatch.model.flow import Call

_PATHS = frozenset("joinpath with_name with_suffix with_stem relative_to absolute as_posix dirname".split())


def steps_of(judged: Judged) -> list[Call]:
    """The calls that really fail: of a chain only the last, and none that only makes an object or a text."""
    made = [call for call in attempts.steps(judged.handler) if call.awaited or _fails(call)]
    return [call for call in stakes.outermost(made) if not _is_path(call)]


def _fails(call: Call) -> bool:
    """Whether a call fails in practice; `get` does where it asks another service."""
    asked = attempts.is_client(call) and call.name.rpartition(".")[2].islower()
    return asked or may_fail(call)


def _is_path(call: Call) -> bool:
    """Whether only the name of a file is worked out."""
    return call.name.rpartition(".")[2] in _PATHS


def own_code(judged: Judged) -> bool:
    """Whether code of the project runs in the `try`."""
    return any(attempts.is_own(call, judged.module) for call in steps_of(judged))
