"""How is a key added to a TOML file without touching the rest? By its text, and only if the result is proved.

A line is put in, or items at the end of a list; then both texts are parsed, and the new one must say what the
old one said with just that added. Where it does not, nothing is changed.
"""

from __future__ import annotations

import copy
import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Added: TypeAlias = "str | Sequence[str]"
"""A text to set, or items for a list."""


def added(text: str, table: Sequence[str], key: str, value: Added) -> str | None:
    """`text` with `key` in `table` (its parts), None where that cannot be done surely.

    A text is set only where the key is not set; items are added to those that are there.
    """
    wanted = _wanted(_parsed(text), table, key, value)
    if wanted is None:
        return None
    return next((one for one in _tries(text, table, key, value) if _parsed(one) == wanted), None)


def line_of(key: str, value: Added) -> str:
    """`key = …` as a line of TOML."""
    return f"{_key(key)} = {_literal(value)}"


def header(table: Sequence[str]) -> str:
    """`[a.b]`; the keys of () stand at the top of a file, without one."""
    return f"[{'.'.join(_key(part) for part in table)}]"


def _tries(text: str, table: Sequence[str], key: str, value: Added) -> list[str]:
    """The texts to try, the nearest to what a person would write first."""
    end = "\r\n" if "\r\n" in text else "\n"
    line, head = line_of(key, value) + end, header(table)
    if not table:
        first = re.compile(r"^[ \t]*\[", re.M).search(text)
        return _within(text, (0, first.start() if first else len(text)), key, value, line)
    section = re.search(rf"^{re.escape(head)}[ \t]*(?:#[^\r\n]*)?\r?(?:\n|\Z)", text, re.M)
    gap = "" if not text or text.endswith(end * 2) else end if text.endswith("\n") else end * 2
    if section is None:
        return [text + gap + head + end + line]
    following = re.compile(r"^\[", re.M).search(text, section.end())
    return _within(text, (section.end(), following.start() if following else len(text)), key, value, line)


def _within(text: str, inside: tuple[int, int], key: str, value: Added, line: str) -> list[str]:
    """The texts with the key in the part of a table: in its list, at the end, at the beginning."""
    end = line[len(line.rstrip()) :]
    lists = [] if isinstance(value, str) else _extended(text, inside, key, value)
    at = inside[0] + len(text[slice(*inside)].rstrip())
    gap = "" if not text[:at] or text[:at].endswith("\n") else end
    end_of_table = text[:at] + gap + line + text[at:].removeprefix(end)
    return [*lists, end_of_table, text[: inside[0]] + line + text[inside[0] :]]


def _extended(text: str, inside: tuple[int, int], key: str, value: Sequence[str]) -> list[str]:
    """The texts with items behind the last one of a list: before each bracket that may end it."""
    found = re.compile(rf"^[ \t]*{re.escape(_key(key))}[ \t]*=[ \t]*\[", re.M).search(text, *inside)
    if found is None:
        return []
    items = ", ".join(json.dumps(one, ensure_ascii=False) for one in value)
    closes = [one.start() for one in re.compile(r"\]").finditer(text, found.end(), inside[1])]
    return [made for at in closes for made in _before(text, found.end(), at, items)]


def _before(text: str, start: int, at: int, items: str) -> list[str]:
    """In a list of lines the items get one of their own, indented like the last."""
    body = text[start:at]
    bare = body.rstrip()
    rest = body[len(bare) :]
    comma = "" if not bare or bare.endswith(",") else ","
    if "\n" in rest:
        indent = re.findall(r"\n([ \t]*)\S", body)
        space = f"\n{indent[-1] if indent else '    '}"
        return [f"{text[: start + len(bare)]}{comma}{space}{items},{rest}{text[at:]}"]
    blank = " " if bare else ""
    return [f"{text[: start + len(bare)]}{comma}{blank}{items}{rest}{text[at:]}"]


def _wanted(before: Mapping[str, Any] | None, table: Sequence[str], key: str, value: Added) -> Any:
    """What the new text must say; None where the old one cannot be read or has something else there."""
    if before is None:
        return None
    after = copy.deepcopy(dict(before))
    place: Any = after
    for part in table:
        place = place.setdefault(part, {})
        if not isinstance(place, dict):
            return None
    known = place.get(key, [])
    if isinstance(value, str):
        if key in place:
            return None
        place[key] = value
    elif isinstance(known, list):
        place[key] = [*known, *value]
    else:
        return None
    return after


def _parsed(text: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return None


def _key(part: str) -> str:
    return part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else json.dumps(part, ensure_ascii=False)


def _literal(value: Added) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"[{', '.join(json.dumps(one, ensure_ascii=False) for one in value)}]"
