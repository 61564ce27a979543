"""Checks for rules that read as sentences: `check_finds(code, "BC101 BC301")`, `check_clean(code)`."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.gate.suppressions import apply, apply_own
from broadcatch.lint.check import check
from broadcatch.lint.uses import check_uses
from broadcatch.model.findings import Finding
from broadcatch.source.comments import suppression_comments
from broadcatch.source.slices import Reading

ROOT = Path(__file__).parents[2]
_MARK = re.compile(r"#.*?((?:BC\d{3}\s*)+)$")


def findings(code: str, config: Config | None = None, path: str = "app/service.py") -> tuple[Finding, ...]:
    """Everything that the rules say about `code`, and that no comment in it silences."""
    config = config or Config()
    reading = Reading(config.typed, config.broad_exceptions)
    text = textwrap.dedent(code)
    facts = read_facts(text, path, reading=reading, comments=suppression_comments(text))
    gated = apply(check(facts, config), facts, config)
    about = apply_own(check_uses(path, gated.uses, config), facts, config)
    every = sorted((*gated.findings, *about), key=lambda one: (one.span, one.code))
    return tuple(one for one in every if one.suppressed is None)


def found(code: str, rule: str, config: Config | None = None, path: str = "app/service.py") -> list[Finding]:
    """What one rule says about `code`, notes that stand only for Ruff left out."""
    every = findings(code, config, path)
    return [one for one in every if one.code == rule and "Ruff reports" not in one.message]


def one(code: str, rule: str, config: Config | None = None, path: str = "app/service.py") -> Finding:
    """The only finding of one rule."""
    (finding,) = found(code, rule, config, path)
    return finding


def expected(code: str) -> list[tuple[int, str]]:
    """The (line, code) pairs that comments such as `# BC101 BC301` at the end of a line promise."""
    marked = ((number, _MARK.search(line)) for number, line in enumerate(code.splitlines(), 1))
    return sorted((number, rule) for number, mark in marked if mark for rule in mark.group(1).split())


def check_finds(code: str, rule: str, config: Config | None = None, path: str = "app/service.py") -> None:
    """`rule` fires exactly on the lines of `code` that are marked with its code."""
    code = textwrap.dedent(code)
    lines = [line for line, marked in expected(code) if marked == rule]
    assert lines, "mark the expected lines"
    assert [one.span.line for one in found(code, rule, config, path)] == lines


def check_clean(code: str, rule: str, config: Config | None = None, path: str = "app/service.py") -> None:
    """`rule` has nothing to say about `code`."""
    assert [one.message for one in found(code, rule, config, path)] == []


def check_fixture(name: str, config: Config | None = None) -> None:
    """The fixture of a rule has exactly the findings that it marks, and its repaired twin none."""
    before, after = (ROOT / "fixtures" / "rules" / f"{name}{end}" for end in (".py", ".fixed.py"))
    text = before.read_text(encoding="utf-8")
    assert lines_and_codes(findings(text, config)) == expected(text)
    assert lines_and_codes(findings(after.read_text(encoding="utf-8"), config)) == []


def lines_and_codes(every: Sequence[Finding]) -> list[tuple[int, str]]:
    """Findings in the form of `expected`."""
    return sorted((one.span.line, one.code) for one in every)
