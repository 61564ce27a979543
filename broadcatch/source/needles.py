"""Can this file hold a finding at all? A search for bytes, before anything is parsed.

Nearly every file has some `except`; most of them catch something specific and do not raise. What is told
apart here is told safely: a file is passed over only if no clause of it can be broad, catch an exit, name
a constant that is broad, hold a `raise` of something, or begin with a bare `raise`.
"""

from __future__ import annotations

import re
from functools import cache

_WORDS = rb"(?:Exception|BaseException|KeyboardInterrupt|SystemExit|GeneratorExit|CancelledError)"
_BARE = re.compile(rb"except(?<=\bexcept)[ \t\f]*:")
_WORD = re.compile(_WORDS + rb"\b")
_WHOLE_WORD = re.compile(rb"\b" + _WORDS + rb"\b")
_HEADER = re.compile(rb"except(?<=\bexcept)\b[^:]*\b" + _WORDS + rb"\b")
"""A clause that names one, over several lines too."""
_OPENED = re.compile(rb"=\s*\(")
_ALIAS = re.compile(rb"[ \t]+as\b")
_CLAUSE = re.compile(rb"except(?<=\bexcept)\b")
"""A literal comes first: that is found many times faster than what stands at the start of a line."""
_RAISE = re.compile(rb"\braise\b[ \t\f]*[^ \t\f\r\n#]")
_AGAIN = re.compile(rb"raise(?<=\braise)[ \t\f]*(?:[#;\r\n]|\Z)")
_NEAR = 200
_QUOTED = rb"\"[^\"\\\n]*\"|'[^'\\\n]*'"
_CHAINED = re.compile(
    rb"\braise[ \t]+[\w.]+(?:\((?:[^()\n\"']|\([^()\n\"']*\)|" + _QUOTED + rb"|\r?\n)*\))?[ \t]+from\b"
)
_SPOKEN_TO = re.compile(rb"#[ \t]*broadcatch[ \t]*:")
_OPEN, _CLOSED = re.compile(rb"[(\[{]"), re.compile(rb"[)\]}]")


def may_matter(source: bytes) -> bool:
    """Whether some clause of `source` may be broad, catch an exit, raise something, or only raise again."""
    if b"except" not in source:
        return False
    if _BARE.search(source) or (b"\r" in source and b"\r\n" not in source):
        return True
    if _WORD.search(source) and (_HEADER.search(source) or _names_it(source)):
        return True
    return _may_only_raise(source) or any(_may_raise(source, clause) for clause in _CLAUSE.finditer(source))


def _names_it(source: bytes) -> bool:
    """Whether something else may stand for a broad class: a constant, or a name given by an import."""
    for word in _WHOLE_WORD.finditer(source):
        start = word.start()
        if b"=" in source[source.rfind(b"\n", 0, start) + 1 : start] or _ALIAS.match(source, word.end()):
            return True
        if _OPENED.search(source, source.rfind(b")", 0, start) + 1, start):
            return True
    return False


def _may_only_raise(source: bytes) -> bool:
    """Whether a bare raise may be the first statement of a clause: a colon or a comment stands before it."""
    for found in _AGAIN.finditer(source):
        before = source[max(found.start() - _NEAR, 0) : found.start()].rstrip()
        if not before or before.endswith((b":", b"\\")) or b"#" in before[before.rfind(b"\n") + 1 :]:
            return True
    return False


def speaks_to_us(source: bytes) -> bool:
    """Whether `source` may hold a comment that is meant for broadcatch."""
    return b"broadcatch" in source and _SPOKEN_TO.search(source) is not None


def _may_raise(source: bytes, clause: re.Match[bytes]) -> bool:
    indent = source[source.rfind(b"\n", 0, clause.start()) + 1 : clause.start()]
    if indent.strip(b" \t\f"):
        return False  # in a comment or a string
    end = _dedent(len(indent)).search(source, clause.end())
    block = source[clause.end() : end.start() if end else len(source)]
    if len(_RAISE.findall(block)) > len(_CHAINED.findall(block)):
        return True
    # Text that was taken for the end of the block may stand in a string, a bracket or a continued line.
    quotes = block.count(b'"""') + block.count(b"'''")
    brackets = len(_OPEN.findall(block)) - len(_CLOSED.findall(block))
    return bool(end) and (quotes % 2 == 1 or brackets != 0 or block.rstrip(b"\r").endswith(b"\\"))


@cache
def _dedent(indent: int) -> re.Pattern[bytes]:
    """The start of the first line that is no deeper than `indent`, blank lines and comments aside."""
    return re.compile(rb"\n(?![ \t\f]{%d}|[ \t\f]*(?:[#)\]}\r\n]|\Z))" % (indent + 1))
