"""The findings that a program reads carry the edits that mend them."""

from __future__ import annotations

from pathlib import Path

from broadcatch.api import check, check_source
from broadcatch.config.options import Config
from broadcatch.model.findings import Finding
from broadcatch.pool import POOL_FROM
from broadcatch.rewrite.apply import apply_edits

UNCHAINED = """\
def parse(text):
    try:
        return int(text)
    except ValueError:
        raise LookupError(text)
"""
BARE = """\
def close(thing):
    try:
        thing.close()
    except:
        log("not closed")
        raise
    try:
        thing.forget()
    except:
        pass
"""


def found(code: str, text: str) -> list[Finding]:
    result = check_source(text.encode(), "m.py", Config(), fixes=True)
    return [one for one in result.findings if one.code == code]


def test_an_unchained_raise_carries_the_edits_that_chain_it() -> None:
    [finding] = found("BC201", UNCHAINED)
    assert finding.fix is not None and finding.fix.safety == "safe"
    after = apply_edits(UNCHAINED, finding.fix.edits)
    assert "except ValueError as exc:" in after and "raise LookupError(text) from exc" in after


def test_a_bare_clause_that_swallows_carries_an_unsafe_fix() -> None:
    [finding] = found("BC101", BARE)
    assert finding.fix is not None and finding.fix.safety == "unsafe"
    assert apply_edits(BARE, finding.fix.edits).count("except Exception:") == 1


def test_a_suppressed_finding_carries_none() -> None:
    text = UNCHAINED.replace("raise LookupError(text)", "raise LookupError(text)  # noqa: B904")
    [finding] = found("BC201", text)
    assert finding.suppressed is not None and finding.fix is None


def test_many_files_get_theirs_from_worker_processes(tmp_path: Path) -> None:
    for number in range(POOL_FROM + 16):
        (tmp_path / f"m{number:03}.py").write_text(UNCHAINED if number % 10 else "x = 1\n")
    result = check([str(tmp_path)], Config(jobs=2, cache=False), fixes=True)
    chains = [one for one in result.findings if one.code == "BC201"]
    assert len(chains) == POOL_FROM + 16 - 8
    assert all(one.fix is not None and one.fix.edits[0].span.line == 4 for one in chains)


def test_without_being_asked_nothing_is_parsed_for_a_fix() -> None:
    result = check_source(UNCHAINED.encode(), "m.py", Config())
    assert [one.fix for one in result.findings] == [None] * len(result.findings)
