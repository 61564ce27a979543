"""Which words of a message belong to the error that it ended with?"""

from __future__ import annotations

import re

_PAIRS = {")": "(", "]": "[", ">": "<", "}": "{", '"': '"', "'": "'", "`": "`", "*": "*"}
_AFTER = re.compile(r"""([)\]>"'`*]?)[.!]?\s*""")
_BLANK = r"(?:\s|\\[nt])"
_MARKS = re.compile(rf"(?:{_BLANK}|[:;,=|>\-–—]|\.\.\.|…)+$")
_LINKS = re.compile(r"\s+(?:due to|because(?: of)?|caused by|with|by|and|as|the|an?|got)$", re.IGNORECASE)
_NAMED = re.compile(
    r"\s*[.,;:!(\[|\-–—]\s*(?:the )?(?:error|exception|err|exc|reason|details?|cause|message)"
    r"(?: (?:is|was|details?|message))?$",
    re.IGNORECASE,
)
_HANGS = re.compile(
    r"\b(?:of|from|to|for|on|in|at|is|are|was|were|has|raised|threw|returned|said|that|this)$", re.I
)
_BARE = re.compile(r"\W*(?:(?:an?|the|unexpected|unknown|critical|internal) )*(?:error|exception)\W*", re.I)
_WORDS = re.compile(r"[^\W\d_]{2,}.*[^\W\d_]{2,}", re.DOTALL)


def without_ending(before: str, after: str) -> str | None:
    """What is left of `before`, which ends where the error stood; None where that says too little.

    `after` is what stood behind the error: a closing bracket or quote, a full stop, nothing else. Both are
    as written in the source, escapes included.
    """
    closing = _AFTER.fullmatch(after)
    if closing is None:
        return None
    kept = before
    if closing[1]:
        opened = kept.rstrip()
        if not opened.endswith(_PAIRS[closing[1]]):
            return None
        kept = opened[:-1]
    kept = _trimmed(kept)
    says_enough = _WORDS.search(kept) and not _HANGS.search(kept) and not kept.endswith(("\\", "%", "(", "["))
    return kept if says_enough and not _BARE.fullmatch(kept) else None


def _trimmed(text: str) -> str:
    """Without the marks, link words and the word `error` that only led to the error."""
    while True:
        shorter = _NAMED.sub("", _LINKS.sub("", _MARKS.sub("", text)))
        if shorter == text:
            return text
        text = shorter
