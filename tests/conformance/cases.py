"""The conformance cases: 140 small modules, and what four linters were seen to say about each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

RUFF_CODES = frozenset({"BLE001", "E722", "B904", "S110", "S112"})
Row = tuple[int, str]


@dataclass(frozen=True)
class Case:
    """One module, and the (row, code) pairs of Ruff among the five codes that a finding names."""

    id: str
    title: str
    code: str
    ruff: tuple[Row, ...]

    @property
    def noqa_lines(self) -> frozenset[int]:
        """Lines with a `noqa`: it was honoured when Ruff was run, while a finding's rows ignore it."""
        return frozenset(number for number, line in enumerate(self.code.splitlines(), 1) if "# noqa" in line)


def load_cases() -> list[Case]:
    """All cases, in the order of the file."""
    lines = (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(row: dict) -> Case:  # type: ignore[type-arg]
    rows = sorted((found["row"], found["code"]) for found in row["ruff"] if found["code"] in RUFF_CODES)
    return Case(row["id"], row["title"], row["code"], tuple(rows))
