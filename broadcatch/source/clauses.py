"""Which classes do the clauses of a file name, and can one hide another? A search for bytes.

Nearly every file has clauses, and hardly any is hidden. This tells safely, before anything is parsed, which
files need no look for it, and which of their names only another file can explain.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from broadcatch.model.links import HERE, NO_LINKS, Links
from broadcatch.source.imports import imports_of

_HEADER = re.compile(
    rb"except(?<=\bexcept)[ \t\f*]*"
    rb"((?:\((?:[^()#]|\((?:[^()#]|#[^\n]*\n)*\)|#[^\n]*\n)*\)|[^\n:#(\\]|\\\r?\n)+):"
)
_COMMENT = re.compile(rb"#[^\n]*")
_BOUND = re.compile(rb"(?<![\w.])as\b")
_NAME = re.compile(rb"[A-Za-z_\x80-\xff][\w.\x80-\xff]*")
_CAPWORD = re.compile(r"_*[A-Z]+[A-Z0-9]*[a-z]")
_BUILTINS = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}


@dataclass(frozen=True, slots=True)
class Named:
    """`links` of the file; `certain` is whether one clause surely hides another, if the bytes do not lie."""

    links: Links
    certain: bool


NOTHING = Named(NO_LINKS, False)


def named_in(source: bytes) -> Named:
    """The names in the clauses of `source` that something hangs on."""
    tries = [names for names in _tries(source) if names]
    pairs = {pair for names in tries for pair in _pairs(names)}
    every = {name for names in tries for name, _ in names if name not in _BUILTINS}
    if not every and not pairs:
        return NOTHING
    certain = any(_surely(*pair) for pair in pairs)
    open_pairs = sorted(pair for pair in pairs if _perhaps(*pair))
    qualified = _qualifier(source, every) if every else _builtin
    imported = {name: qualified(name) for name in every}
    asked = {one for name, one in imported.items() if not one.startswith(HERE) or not is_capword(name)}
    pairs_asked = tuple((qualified(first), qualified(second)) for first, second in open_pairs)
    return Named(Links(tuple(sorted(asked)), pairs_asked), certain)


def is_capword(name: str) -> bool:
    """Whether the last part of a dotted name is spelt as classes are: `HTTPError`, not `ERRORS`."""
    return bool(_CAPWORD.match(name.rpartition(".")[2]))


def _tries(source: bytes) -> Iterator[list[tuple[str, int]]]:
    """The (name, number of its clause) pairs of each `try`, in order."""
    open_tries: dict[bytes, tuple[int, list[tuple[str, int]]]] = {}
    for number, match in enumerate(_HEADER.finditer(source)):
        start = match.start()
        indent = source[source.rfind(b"\n", 0, start) + 1 : start]
        if indent.strip():
            continue  # in a comment or a string
        names = [(name, number) for name in _names(match[1])]
        end, before = open_tries.get(indent, (-1, []))
        if end >= 0 and source.find(b"\n" + indent + b"try", end, start) < 0:
            before += names
        else:
            yield before
            before = names
        open_tries[indent] = (match.end(), before)
    for _, names in open_tries.values():
        yield names


def _names(types: bytes) -> list[str]:
    if b"#" in types:
        types = _COMMENT.sub(b"", types)
    if b"as" in types:
        types = _BOUND.split(types)[0]
    return [name.decode("utf-8", "replace") for name in _NAME.findall(types)]


def _pairs(names: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    for index, (later, clause) in enumerate(names):
        for earlier, other in names[:index]:
            yield earlier, later
            if clause == other:  # within one tuple the order says nothing
                yield later, earlier


def _surely(earlier: str, later: str) -> bool:
    if earlier == later or earlier == "BaseException":
        return True
    first, second = _BUILTINS.get(earlier), _BUILTINS.get(later)
    return first is not None and second is not None and issubclass(second, first)


def _perhaps(earlier: str, later: str) -> bool:
    if _surely(earlier, later):
        return False
    if later in _BUILTINS:
        # Only a constant, or an alias of the standard library, catches a builtin and is none.
        same = earlier.rpartition(".")[2] == later
        return earlier not in _BUILTINS and (same or not is_capword(earlier))
    return True


def _qualifier(source: bytes, names: Iterable[str]) -> Callable[[str], str]:
    heads = {name.partition(".")[0].encode() for name in names}
    imports = imports_of(source, heads).names

    def qualified(name: str) -> str:
        head, dot, rest = name.partition(".")
        if head in imports:
            return imports[head] + dot + rest
        return _builtin(name)

    return qualified


def _builtin(name: str) -> str:
    return ("builtins." if name in _BUILTINS else HERE) + name
