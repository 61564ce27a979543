"""Was this question answered before, with everything as it is now? One plain text file of answers.

The first line says what the answers rest on: where that has changed, none of them counts. Each further line
is a question and its answer, parted by a tab. Nothing in it is run or trusted: what does not look right is a
miss.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from broadcatch.cache.codec import CorruptEntry, decode, encode, shape
from broadcatch.cache.store import ENDING, write_lines

SCHEMA = 1
"""Goes up when the lines of the file change."""
Value = TypeVar("Value")


@dataclass(slots=True)
class Answers:
    """The answers in a file; without one, none is known and none is kept.

    `covered` are the files about which an answer may be kept, `holds` tells whether everything is still as
    it was when the first question was asked.
    """

    file: Path | None = None
    header: str = ""
    covered: frozenset[str] = frozenset()
    holds: Callable[[], bool] = bool
    entries: dict[str, str] = field(default_factory=dict)
    changed: bool = False

    def get(self, kind: type[Value], question: Sequence[str | int]) -> Value | None:
        """The answer, of the dataclass `kind`; None if there is none on record."""
        known = self.entries.get(_key(kind, question)) if self.entries else None
        try:
            return decode(kind, known) if known is not None else None
        except CorruptEntry:
            return None

    def put(self, kind: type[Value], question: Sequence[str | int], about: str, value: Value) -> None:
        """Keep an answer about the file `about`."""
        text = encode(kind, value) if os.path.realpath(about) in self.covered else ""
        if text:
            self.entries[_key(kind, question)] = text
            self.changed = True

    def save(self) -> None:
        """Write all answers, if they hold, at once or not at all; a failure is silent."""
        if self.file is not None and self.changed and self.holds():
            write_lines(self.file, [self.header, *(f"{one}\t{text}" for one, text in self.entries.items())])
            self.changed = False


def open_answers(
    folder: Path, name: str, rests_on: Sequence[str], covered: frozenset[str], holds: Callable[[], bool]
) -> Answers:
    """The answers kept in `folder` under this name; `rests_on` is all that decides what they are.

    `covered` and `holds` as in `Answers`. Never fails: what cannot be read is empty.
    """
    header = json.dumps(["broadcatch answers", SCHEMA, list(sys.version_info[:3]), *rests_on])
    found = Answers(folder / f"{name}{ENDING}", header, covered, holds)
    with (
        suppress(OSError, ValueError),
        open(folder / f"{name}{ENDING}", encoding="ascii", newline="\n") as lines,
    ):
        if lines.readline() == header + "\n":
            found.entries.update(_parsed(lines))
    return found


def _parsed(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        question, tab, answer = line.partition("\t")
        if tab and answer.endswith("\n"):
            yield question, answer[:-1]


def _key(kind: type, question: Sequence[str | int]) -> str:
    text = json.dumps([kind.__name__, shape(kind), *question])
    return hashlib.sha256(text.encode()).hexdigest()[:32]
