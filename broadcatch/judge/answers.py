"""Which value takes the error's place, and does it tell that something went wrong?"""

from __future__ import annotations

import re

from broadcatch.judge import stakes
from broadcatch.judge.verdict import Judged

_HARMLESS = re.compile(
    r"^(None|False|0|0\.0*|-1|\[\]|\{\}|\(\)|''|\"\"|(set|dict|list|tuple|str|int|float)\(\)"
    r"|Decimal\(['\"]?0(\.0*)?['\"]?\))$"
)
"""Values that say nothing went wrong, and that a legitimate answer may be too."""

_FLAG = re.compile(
    r"err|exc|fail|ok|success|valid|ready|done|reason|message|support|avail|enabled|^ret(val)?$",
    re.IGNORECASE,
)
TELLS_FAILURE = re.compile(
    r"error|fail|unable|invalid|unavailable|could not|cannot|exception|problem", re.IGNORECASE
)
"""Words by which an answer says itself that something went wrong."""


def answer_instead(judged: Judged) -> str:
    """The harmless-looking constant that takes the error's place, "" if there is none.

    Not where the error is handed on beside it, nor a flag that is set to False or None.
    """
    target, _, text = judged.verdict.fallback.rpartition(" = ")
    text = text.strip()
    if judged.verdict.worst.handed or not _HARMLESS.match(text):
        return ""
    flag = "." in target or _FLAG.search(target)
    return "" if flag and text in ("None", "False") else text


def expected(judged: Judged) -> str:
    """Why the callers know the value: the docstring tells them, or each of them in the file asks for it.

    A number is counted with all the same, and a call may give anything.
    """
    kinds = {answer.value.kind for answer in stakes.answers(judged.handler) if answer.value is not None}
    if not kinds or kinds & {"number", "call", "other", "literal"}:
        return ""
    if judged.handler.documented:
        return "the docstring says what stands for it"
    return "each caller here asks whether there is an answer" if judged.handler.answer_asked else ""
