"""What does a comment ask to be silenced? Its grammar only; whom it silences is another question.

`noqa` is read as Ruff reads it: the first one of a comment counts, codes are capitals and digits parted by
commas or blanks, `# noqa` with anything but a colon behind it silences all, and `# noqa: ` without a
code silences nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal["line", "file"]

_NOQA = re.compile(r"#\s*(?i:noqa)(?=[\s:#]|$)")
_FILE_NOQA = re.compile(r"#\s*(?P<by>ruff|flake8)\s*:\s*(?i:noqa)(?=[\s:#]|$)")
_BRACKETS = re.compile(
    r"#\s*(?P<by>broadcatch|ruff)\s*:\s*(?P<verb>file-ignore|ignore)(?:\s*\[(?P<codes>[^\]]*)\]|(?=[\s:–—-]|$))"
)
_CODES = re.compile(r"(?:[A-Z]+[0-9]+)+(?=[\s,#]|$)")
_CODE = re.compile(r"[A-Z]+[0-9]+")
_GAP = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Directive:
    """One suppression; `codes` is None where all is meant. `by` names the tool it is written for."""

    by: str
    scope: Scope
    codes: tuple[str, ...] | None
    reason: str


def directive(comment: str) -> Directive | None:
    """The suppression in the text of one comment, None where there is none or it is not well formed."""
    bracketed = _BRACKETS.search(comment)
    if bracketed is not None:
        return _in_brackets(bracketed, comment[bracketed.end() :])
    whole = _FILE_NOQA.search(comment)
    if whole is not None:
        return _noqa(whole["by"], "file", comment[whole.end() :])
    found = _NOQA.search(comment)
    return _noqa("noqa", "line", comment[found.end() :]) if found else None


def _in_brackets(found: re.Match[str], rest: str) -> Directive | None:
    codes = found["codes"]
    if codes is None and found["by"] == "ruff":
        return None  # Ruff demands codes
    named = None if codes is None else tuple(code for code in re.split(r"[\s,]+", codes) if code)
    scope: Scope = "file" if found["verb"] == "file-ignore" else "line"
    return Directive(found["by"], scope, named, _reason(rest))


def _noqa(by: str, scope: Scope, rest: str) -> Directive | None:
    if not rest.lstrip().startswith(":"):
        return Directive(by, scope, None, _reason(rest))
    codes, end = _listed(rest, rest.index(":") + 1)
    return Directive(by, scope, codes, _reason(rest[end:])) if codes else None


def _listed(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The codes from `at` on, and where what follows them begins."""
    codes: list[str] = []
    while True:
        gap = _GAP.match(text, at)
        run = _CODES.match(text, gap.end() if gap else at)
        if run is None:
            return tuple(codes), at
        codes += _CODE.findall(run[0])
        at = run.end()


def _reason(text: str) -> str:
    return text.strip().lstrip("-–—:#,").strip()
