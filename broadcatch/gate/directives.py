"""What does a comment ask to be silenced? Its grammar only; whom it silences is another question.

Each form is read as the tool reads it that defines it. `noqa` as Ruff does: the first one of a comment
counts, codes are capitals and digits parted by commas or blanks, `# noqa` with anything but a colon behind
it silences all, and `# noqa: ` without a code silences nothing. Ruff's brackets want commas, and one comment
may hold several; ours take blanks too, and may be left out. Pragmas of pylint and PyCharm are read in
`pragmas`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from broadcatch.gate.reasons import told
from broadcatch.gate.terms import terms

Verb: TypeAlias = Literal["ignore", "next", "file", "module", "disable", "enable", "above"]
"""`ignore` this line or the statement below, the `next` line, the whole `file` (`module`: the same, from the
margin only), from `disable` to `enable`, or the statement that it stands `above`."""

_NOQA = re.compile(r"#\s*(?i:noqa)(?=[\s:#]|$)")
_FILE_NOQA = re.compile(r"#\s*(?P<by>ruff|flake8)\s*:\s*(?i:noqa)(?=[\s:#]|$)")
_VERB = r"(?P<verb>file-ignore|ignore|disable|enable)"
_WORD = r"[^\W\d_][\w:-]*"
_RUFF = re.compile(rf"#\s*ruff\s*:\s*{_VERB}\s*\[(?P<codes>\s*{_WORD}\s*(?:,\s*{_WORD}\s*)*,?\s*)\]")
_OWN = re.compile(rf"#\s*broadcatch\s*:\s*{_VERB}(?:\s*\[(?P<codes>[^\]#]*)\]|(?=[\s:–—-]|$))")
_MEANT = re.compile(r"#\s*broadcatch\s*:\s*(?:file-)?(?:ignore|disable|enable|noqa|skip)[^#]*", re.IGNORECASE)
_CODES = re.compile(r"(?:[A-Z]+[0-9]+)+(?=[\s,#]|$)")
_CODE = re.compile(r"[A-Z]+[0-9]+")
_GAP = re.compile(r"[\s,]*")
_VERBS: dict[str, Verb] = {
    "file-ignore": "module",
    "ignore": "ignore",
    "disable": "disable",
    "enable": "enable",
}


@dataclass(frozen=True, slots=True)
class Directive:
    """One suppression; `codes` is None where all is meant. `by` names the tool it is written for.

    `flaw` says what is wrong with one of ours that cannot be read. `owner` and `until` (the last day on which
    it holds) are terms of ours alone.
    """

    by: str
    verb: Verb
    codes: tuple[str, ...] | None
    reason: str
    flaw: str = ""
    owner: str = ""
    until: str = ""


def bracketed(comment: str) -> Iterator[Directive]:
    """The suppressions in brackets, Ruff's and ours."""
    for found in _RUFF.finditer(comment):
        words = (word.strip() for word in found["codes"].split(","))
        yield _directive("ruff", found, comment, tuple(dict.fromkeys(filter(None, words))))
    own = list(_OWN.finditer(comment))
    for found in own:
        codes = found["codes"]
        named = None if codes is None else tuple(re.findall(r"[^\s,]+", codes))
        if named == ():
            yield Directive("broadcatch", "ignore", (), "", "it names no rule")
        else:
            yield _on_terms(found, comment, named)
    if not own and _MEANT.search(comment):
        yield Directive("broadcatch", "ignore", (), "", "it cannot be read")


def noqa(comment: str) -> Directive | None:
    """The `noqa` of a comment, None where there is none or it is not well formed."""
    whole = _FILE_NOQA.search(comment)
    if whole is not None:
        return _noqa(whole["by"], "file", comment, whole.end(), whole.start())
    found = _NOQA.search(comment)
    return _noqa("noqa", "ignore", comment, found.end(), found.start()) if found else None


def _directive(by: str, found: re.Match[str], comment: str, codes: tuple[str, ...] | None) -> Directive:
    return Directive(by, _VERBS[found["verb"]], codes, told(comment, found.start(), found.end()))


def _on_terms(found: re.Match[str], comment: str, codes: tuple[str, ...] | None) -> Directive:
    """One of ours: owner and last day are no part of the reason."""
    given, rest = terms(comment[found.end() :])
    plain = _directive("broadcatch", found, comment[: found.end()] + rest, codes)
    return replace(plain, flaw=given.flaw, owner=given.owner, until=given.until)


def _noqa(by: str, verb: Verb, comment: str, end: int, start: int) -> Directive | None:
    rest = comment[end:]
    if not rest.lstrip().startswith(":"):
        return Directive(by, verb, None, told(comment, start, end))
    codes, stop = _listed(rest, rest.index(":") + 1)
    return (
        Directive(by, verb, tuple(dict.fromkeys(codes)), told(comment, start, end + stop)) if codes else None
    )


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
