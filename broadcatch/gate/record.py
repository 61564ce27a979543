"""How is a baseline written down? One line a handler, sorted, so that people can read, review and merge it.

The file is JSON. Each entry ends with a comma and `null` closes the list, so that no line changes when one is
added behind it, and so that git's `merge=union` of two valid files is a valid file.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from broadcatch.errors import BroadcatchError
from broadcatch.model.baseline import Entry

FORMAT = 1
"""Goes up when an older broadcatch could no longer read what is written."""
_HEAD = "broadcatch-baseline"
_LIST = "handlers"
_ORDER = (
    *("path", "scope", "ordinal", "clause", "codes", "outcome", "stakes", "tier"),
    *("since", "owner", "reason", "text", "words"),
)
_LISTS = frozenset({"codes", "stakes"})
_NEEDED = frozenset({"path", "clause", "text"})
_ALWAYS = _NEEDED | {"scope"}
_MARKERS = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: |\r?$)", re.M)
_SHAPES = {
    "text": (re.compile(r"[0-9a-f]{16}"), "16 hexadecimal digits"),
    "words": (re.compile(r"([0-9a-f.]{32})?"), "32 hexadecimal digits or dots"),
    "since": (re.compile(r"(\d{4}-\d\d-\d\d)?"), "a date such as 2026-11-22"),
    "path": (re.compile(r"(?s)[^/].*"), "a path relative to the folder of this file"),
}


class BaselineError(BroadcatchError):
    """A baseline cannot be used: the message names the file and, where there is one, the line."""


def dumps(entries: Iterable[Entry]) -> str:
    """The text of a baseline."""
    lines = [json.dumps(_plain(one), ensure_ascii=False) + "," for one in sorted(entries, key=_order)]
    head = json.dumps({_HEAD: FORMAT})[:-1] + f', "{_LIST}": ['
    return "\n".join([head, *lines, "null", "]}", ""])


def loads(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of a baseline, each once, sorted; `name` is how the file is called in errors.

    Raises BaselineError for a text that is damaged, holds conflict markers, or is of a newer format.
    """
    marker = _MARKERS.search(text)
    if marker is not None:
        line = text.count("\n", 0, marker.start()) + 1
        raise BaselineError(
            f"{name}:{line}: a merge conflict; keep the lines of both sides, then run `baseline prune`"
        )
    try:
        document = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise BaselineError(f"{name}:{line}: not a baseline: {getattr(error, 'msg', error)}") from error
    except RecursionError as error:
        raise BaselineError(f"{name}: not a baseline: nested too deeply") from error
    items = _items(document, name)
    entries = {_entry(item, index, text, name) for index, item in enumerate(items) if item is not None}
    return tuple(sorted(entries, key=_order))


def _items(document: object, name: str) -> list[object]:
    version = document.get(_HEAD) if isinstance(document, dict) else None
    if not isinstance(document, dict) or type(version) is not int:
        raise BaselineError(f'{name}:1: not a baseline: "{_HEAD}" is missing')
    if version > FORMAT:
        raise BaselineError(
            f"{name}:1: written by a newer broadcatch (format {version}, this one reads {FORMAT}): update it"
        )
    items = document.get(_LIST)
    if not isinstance(items, list):
        raise BaselineError(f'{name}:1: not a baseline: "{_LIST}" is no list')
    return items


def _entry(item: object, index: int, text: str, name: str) -> Entry:
    problem = "an entry is no object" if not isinstance(item, dict) else next(_problems(item), "")
    if problem or not isinstance(item, dict):
        raise BaselineError(f"{name}:{_line_of(index, text)}: {problem}")
    values: dict[str, Any] = {"scope": "", **item}
    values |= {key: tuple(values.get(key, ())) for key in _LISTS}
    return Entry(**values)


def _problems(item: dict[str, Any]) -> Iterator[str]:
    for key, value in item.items():
        if key not in _ORDER:
            near = difflib.get_close_matches(key, _ORDER, n=1)
            yield f'unknown key "{key}"' + (f'; did you mean "{near[0]}"?' if near else "")
        elif key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                yield f'"{key}" is no list of texts'
        elif type(value) is not (int if key == "ordinal" else str):
            yield f'"{key}" is no {"number" if key == "ordinal" else "text"}'
        elif key in _SHAPES and not _SHAPES[key][0].fullmatch(str(value)):
            yield f'"{key}" is not {_SHAPES[key][1]}'
    for key in sorted(_NEEDED - item.keys()):
        yield f'"{key}" is missing'


def _line_of(index: int, text: str) -> int:
    """The line on which an entry begins, however the file is laid out."""
    decoder, at = json.JSONDecoder(), text.index("[", text.index(f'"{_LIST}"')) + 1
    for number in range(index + 1):
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,"))
        if number < index:
            at = decoder.raw_decode(text, at)[1]
    return text.count("\n", 0, at) + 1


def _plain(entry: Entry) -> dict[str, object]:
    """What an entry says, without what it does not."""
    values = ((name, getattr(entry, name)) for name in _ORDER)
    told = ((name, list(value) if isinstance(value, tuple) else value) for name, value in values)
    return {name: value for name, value in told if value or name in _ALWAYS}


def _order(entry: Entry) -> tuple[str, str, int, str, str]:
    return entry.path, entry.scope, entry.ordinal, entry.clause, entry.text
