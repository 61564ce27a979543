"""May this text bind an attribute of a parameter? By expressions: what is surely only read is passed over."""

from __future__ import annotations

import re
from functools import lru_cache

from broadcatch.program.strings import STRINGS, has_long

_STATEMENT = re.compile(r"(?:return|if|elif|while|raise|assert|yield|await)\b[^:;]*\Z")
"""The beginning of a line that binds nothing."""
_OPERAND = re.compile(r"(?:\b(?:not|and|or|is|in|if|else|return|lambda)\s+|(?:[-+/%<>&|^~@]|[=!<>]=)\s*)\Z")
"""What stands directly before something that is read."""
_CALLED = re.compile(r"(\w+) *\Z|[)\]\"] *\Z")
_KEYWORDS = frozenset(
    "and as assert async await del elif else except for from if import in is lambda not or raise return"
    " while with yield case match".split()
)
_BRACKETS = re.compile(r"[()\[\]{}]")
_OPENING = {")": "(", "]": "[", "}": "{"}
_FAR = 1000
"""So many signs are looked through for an open bracket."""


def may_set(name: str, source: str, start: int, end: int) -> bool:
    """Whether the statements between two places, which are in no string, may bind an attribute of `name`."""
    found = _mentioned(name).finditer(source, start, end)
    plain: bool | None = None
    for match in found:
        plain = not has_long(source, start, end) if plain is None else plain
        if not plain or not _is_read(source, start, match):
            return True
    return False


def does_set(name: str, source: str, start: int, end: int) -> bool:
    """Whether some statement there surely binds an attribute of `name`."""
    return bool(_bound(name).search(source, max(start - 1, 0), end)) and not has_long(source, start, end)


@lru_cache(maxsize=1024)
def _bound(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\\)\n +{name}\.\w+(?:: [\w.\[\], |]+)? [-+*/|&]?= ")


@lru_cache(maxsize=1024)
def _mentioned(name: str) -> re.Pattern[str]:
    """Places where an attribute may be bound; most that only read it do not match."""
    read = r"[\w(.\[]| ?[=!<>]=| [-+*/%<>&|^] | (?:and|or|is|not|if|else|for|as) "
    return re.compile(
        rf"{name}(?<!\w{name})(?:\.(?:\w+(?!{read})|(?!\w))|\s+\.|\s*[\\#]|(\s*\)[\s)]*[.\\#]))"
    )


def _is_read(source: str, start: int, match: re.Match[str]) -> bool:
    line = max(source.rfind("\n", 0, match.start()) + 1, start)
    before = STRINGS.sub('""', source[line : match.start()])
    if match[1]:  # `(self).x`, not `super(C, self).x`
        return match[1][-1] == "." and before.rstrip().endswith(",")
    if match[0][-1] in ".\\#":
        return False
    if _STATEMENT.match(before.lstrip()) or _OPERAND.search(before) or _is_argument(before):
        return True
    if before.rstrip().endswith("=") and source[match.end() : match.end() + 1] in "\n)":
        return True
    above = max(source.rfind("\n", start, max(match.start() - _FAR, start)) + 1, start)
    return _is_argument(STRINGS.sub('""', source[above : match.start()]))


def _is_argument(before: str) -> bool:
    """Whether something behind this text stands in the brackets of a call, a subscript or a display."""
    closed: list[str] = []
    for bracket in reversed(list(_BRACKETS.finditer(before))):
        sign = bracket[0]
        if sign in ")]}":
            closed.append(_OPENING[sign])
        elif closed:
            if closed.pop() != sign:
                return False
        else:
            called = _CALLED.search(before, 0, bracket.start())
            if sign == "{" or (called and called[1] not in _KEYWORDS):
                return True
    return False
