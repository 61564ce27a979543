"""Which value takes the error's place, and does it tell that something went wrong?"""

from __future__ import annotations

import re

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
