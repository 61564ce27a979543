"""What does a file import, and under which names? A search for bytes, many times cheaper than `ast`.

It serves to pass over files, not to judge them: an import in a string counts too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_IMPORT = re.compile(
    rb"import(?<=\bimport)(?=[ \t(*\\])[ \t]*"
    rb"(\([^)#]*(?:#[^\n]*\n[^)#]*)*\)|[^\n;#\\]*(?:\\\r?\n[^\n;#\\]*)*)"
)
_FROM = re.compile(rb"(?:^|[\s;:])from[ \t]*([.\w\x80-\xff \t]*)$")
_COMMENT = re.compile(rb"#[^\n]*")


@dataclass(frozen=True, slots=True)
class Imports:
    """`names` are local names with what they are bound to; `stars` the modules of star imports.

    Both are qualified as frames do it: `from .a import B as C` binds `C` to `.a.B`.
    """

    names: dict[str, str]
    stars: tuple[str, ...]


def imports_of(source: bytes, wanted: Collection[bytes] = (b"",)) -> Imports:
    """The imports of `source`, wherever they stand; later ones win.

    Statements that mention none of `wanted` may be left out.
    """
    names: dict[str, str] = {}
    stars: list[str] = []
    for match in _IMPORT.finditer(source):
        if not any(map(match[1].__contains__, wanted)):
            continue
        before = source[source.rfind(b"\n", 0, match.start()) + 1 : match.start()]
        base = _FROM.search(before.rstrip())
        items = _items(match[1])
        if base is not None:
            module = "".join(_text(base[1]).split())
            joint = "" if module.endswith(".") else "."
            stars += [module for name, _ in items if name == "*"]
            names.update((alias or name, module + joint + name) for name, alias in items if name != "*")
        elif not before.strip() or before.rstrip().endswith((b";", b":")):
            for name, alias in items:
                top = name if alias else name.partition(".")[0]
                names[alias or top] = top
    return Imports(names, tuple(dict.fromkeys(stars)))


def _items(text: bytes) -> list[tuple[str, str]]:
    """(name, alias) of each item of an import; "" for no alias."""
    plain = _text(_COMMENT.sub(b"", text)).replace("\\", " ").strip("()\r\n\t ")
    found = (item.split() for item in plain.split(","))
    return [(words[0], words[2] if len(words) == 3 else "") for words in found if words]


def _text(source: bytes) -> str:
    return source.decode("utf-8", "replace")
