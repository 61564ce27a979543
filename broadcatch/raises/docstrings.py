"""Which exceptions does a docstring say a function raises? Google, NumPy and Sphinx sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[A-Za-z_][\w.]*"
_ROLE = re.compile(r":(?:py:)?(?:exc|class|obj|meth):`[~!]?(?:[^`<]*<)?([^`<>]*)>?`")
_FIELD = re.compile(r"^\s*:(?:raises?|except(?:ion)?)\s+([^:]*(?::[\w:]*`[^`]*`[^:]*)*):[ \t]*(.*)")
_HEADING = re.compile(r"^(\s*)(?:Raises|Exceptions?)\s*:\s*$")
_UNDERLINED = re.compile(r"^\s*Raises\s*$")
_ENTRY = re.compile(rf"^({_NAME}(?:\s*(?:,|\||\bor\b|/)\s*{_NAME})*)\s*(?::(?!:)|$|\s--?\s)\s*(.*)")
_SPLIT = re.compile(r"\s*(?:,|\||\bor\b|\band\b|/)\s*")
_ALONE = re.compile(rf"^{_NAME}$")


@dataclass(frozen=True, slots=True)
class Documented:
    """One exception that a docstring names, as it is written there, and when it says it is raised."""

    name: str
    text: str
    row: int
    """Lines below the first of the docstring."""


def documented(docstring: str) -> tuple[Documented, ...]:
    """The exceptions of the `Raises` sections and fields, in order, each name once."""
    lines = docstring.expandtabs().splitlines()
    found: dict[str, Documented] = {}
    for one in (*_fields(lines), *_sections(lines)):
        found.setdefault(one.name, one)
    return tuple(sorted(found.values(), key=lambda one: one.row))


def _fields(lines: list[str]) -> Iterator[Documented]:
    for row, line in enumerate(lines):
        match = _FIELD.match(line)
        if match:
            for name in _names(match[1]):
                yield Documented(name, match[2].strip(), row)


def _sections(lines: list[str]) -> Iterator[Documented]:
    for row, line in enumerate(lines):
        below = lines[row + 1].strip() if row + 1 < len(lines) else ""
        heading = _HEADING.match(line)
        if heading:
            yield from _google(lines, row + 1, _indent(line))
        elif _UNDERLINED.match(line) and len(below) >= 3 and set(below) == {"-"}:
            yield from _numpy(lines, row + 2, _indent(line))


def _google(lines: list[str], start: int, outer: int) -> Iterator[Documented]:
    """Entries `Name: text`, all indented alike, deeper than the heading."""
    inner = 0
    for row in range(start, len(lines)):
        line = lines[row]
        if not line.strip():
            continue
        indent = _indent(line)
        if indent <= outer:
            return
        inner = inner or indent
        if indent == inner:
            yield from _entry(line.strip(), row)


def _numpy(lines: list[str], start: int, outer: int) -> Iterator[Documented]:
    """Names at the indentation of the heading, their texts deeper, until the next heading."""
    for row in range(start, len(lines)):
        line = lines[row]
        if not line.strip():
            continue
        below = lines[row + 1].strip() if row + 1 < len(lines) else ""
        if _indent(line) < outer or (len(below) >= 3 and set(below) <= {"-", "="}):
            return
        if _indent(line) == outer:
            for one in _entry(line.strip(), row):
                yield Documented(one.name, one.text or below, row)


def _entry(line: str, row: int) -> Iterator[Documented]:
    plain = _ROLE.sub(lambda match: match[1], line.lstrip("*- ")).replace("`", "")
    match = _ENTRY.match(plain)
    if match:
        for name in _names(match[1]):
            yield Documented(name, match[2].strip(), row)


def _names(text: str) -> Iterator[str]:
    """Class names in a list of them; a lower-case word without a dot is none."""
    plain = _ROLE.sub(lambda match: match[1], text).replace("`", "").strip()
    for part in _SPLIT.split(plain):
        name = part.strip("~!. ")
        if _ALONE.match(name) and name.rpartition(".")[2][:1].isupper():
            yield name


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
