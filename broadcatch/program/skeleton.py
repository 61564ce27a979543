"""What is left of a file without the inside of its functions? Lines stay where they are, nothing is parsed.

A sketch tells of a function where it stands and little more, but parsing a file takes ten times as long with
all that stands in its functions. So parameters and bodies are cut out by their lines before: all that is more
indented than `def`. A body of which a sketch may know something is left as it is. Where a cut could lie
inside of a string, or between two halves of a line, nothing is cut.
"""

from __future__ import annotations

import re
from functools import lru_cache

from broadcatch.program.setting import does_set, may_set
from broadcatch.program.strings import LONG, STRINGS, TOKENS, has_long

_INDENTED_BY_TAB = re.compile(r"\n *\t")
_DEF = re.compile(r"def[ \t]")
_BEFORE = re.compile(r" *(?:async +)?")
_HEAD = re.compile(r"def +\w+\([^()\[\]{}\"'#\\]*\)(?: *-> *[\w.| ]+)?:")
_NAME = re.compile(r"(def +\w+) *\(\s*(?:([^\W\d]\w*)|[*)])")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\n")
_DOCSTRING = re.compile(rf"\s*[rRuU]?(?:{LONG})")
_DEFINITION = re.compile(r"[ \t;:](?:def|class|global)[ \t\\]")
_WORDS = (" def", " class", "global", "\t")
"""One of them stands wherever a definition does; looking for these is faster."""


class _Unsure(Exception):
    """The text cannot be cut safely."""


def skeleton(source: str) -> str | None:
    """The text without the inside of its functions; None where it cannot be cut safely.

    Each function keeps the line of its end, each class its end. What is left may not be Python, if the
    text was none or a cut was wrong after all.
    """
    if "\r" in source or "\f" in source or ("\t" in source and _INDENTED_BY_TAB.search(source)):
        return None
    try:
        return _without_bodies(source)
    except _Unsure:
        return None


def _without_bodies(source: str) -> str:
    pieces: list[str] = []
    done = at = 0
    while (start := _next_function(source, at)) >= 0:
        begin = _after_head(source, start)
        if not begin:  # the body stands in the same line
            at = start + 4
            continue
        line = source.rfind("\n", 0, start) + 1
        column = len(source[line:start]) - len(source[line:start].lstrip(" "))
        at, clear = _end(source, begin, column)
        cut = _cut(source, start, begin, at, clear, column)
        if cut:
            pieces += (source[done : cut[0]], cut[1])
            done = cut[2]
    return "".join([*pieces, source[done:]])


def _next_function(source: str, at: int) -> int:
    """Where the next `def` stands that begins a line outside of a string, -1 for none."""
    clear = at
    for match in _DEF.finditer(source, at):
        line = source.rfind("\n", 0, match.start()) + 1
        if at < line < clear or not _BEFORE.fullmatch(source, line, match.start()):
            continue
        clear = _past(source, clear, line)
        if clear <= line:
            return match.start()
    return -1


def _past(source: str, clear: int, line: int) -> int:
    """The end of the string in which a line begins; where that begins if it does in none.

    `clear` is a place before that is in no string.
    """
    if has_long(source, clear, line):
        for match in STRINGS.finditer(source, clear):
            if match.start() >= line:
                break
            if match[0] in "\"'":
                raise _Unsure
            if match.end() > line:
                return match.end()
    if source[line - 2 : line] == "\\\n":
        raise _Unsure
    return line


def _after_head(source: str, start: int) -> int:
    """The first line after the head of a function, 0 where something follows the head in its line."""
    head = _HEAD.match(source, start)
    rest = _REST.match(source, head.end() if head else _colon(source, start))
    return rest.end() if rest else 0


def _colon(source: str, start: int) -> int:
    """The end of a head that holds brackets or strings."""
    depth = 0
    for match in TOKENS.finditer(source, start):
        token = match[0]
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token in "\"'" or depth < 0:
            raise _Unsure
        elif token == ":" and not depth:
            return match.end()
    raise _Unsure


def _end(source: str, begin: int, column: int) -> tuple[int, int]:
    """(where the first line stands that is not more indented, the end of the docstring)."""
    docstring = _DOCSTRING.match(source, begin)
    clear = docstring.end() if docstring else begin
    at = clear if docstring else begin - 1
    while True:
        match = _dedent(column).search(source, at)
        end = match.end() if match else len(source)
        at = _past(source, clear, end)
        if at <= end:
            return end, clear


@lru_cache(maxsize=64)
def _dedent(column: int) -> re.Pattern[str]:
    return re.compile(rf"\n(?= {{0,{column}}}[^\s#])")


def _cut(
    source: str, start: int, begin: int, end: int, clear: int, column: int
) -> tuple[int, str, int] | None:
    """(where the cut begins, what stands there instead, where it ends); None for a body that is to stay.

    `clear` is the end of the docstring, `column` that of the `def`.
    """
    name = _NAME.match(source, start)
    if name is None or _defines(source, clear, end):
        return None
    receiver = name[2] if name[2] and may_set(name[2], source, clear, end) else ""
    if receiver and not does_set(receiver, source, clear, end):
        return None
    last = _last(source, begin, clear, end)
    line = source.rfind("\n", 0, last) + 1
    inside = f"{receiver}.a=0" if receiver else "0"
    indent = len(source[line:last].encode()) - len(inside.encode())
    if last <= begin or indent <= column:
        return None
    if "#" in source[line:last] or source[last - 1] in ";\\":
        following = source[end : end + column]
        if following.strip(" ") or len(following) < column:  # a class may end here, in this very column
            return None
    first = name.end(1)
    between = "\n" * source.count("\n", first, line)
    return first, f"({receiver}):{between}{' ' * indent}{inside}", last


def _defines(source: str, start: int, end: int) -> bool:
    return any(source.find(one, start, end) >= 0 for one in _WORDS) and bool(
        _DEFINITION.search(source, start, end)
    )


def _last(source: str, begin: int, clear: int, end: int) -> int:
    """Where the code of a body ends, comments behind it aside; 0 if that is unsure."""
    code = source[begin:end].rstrip()
    while code:
        line = code.rfind("\n") + 1
        if not code[line:].lstrip().startswith("#"):
            return begin + len(code)
        if begin + line < clear or has_long(source, clear, end):
            return 0
        code = code[:line].rstrip()
    return 0
