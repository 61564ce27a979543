"""One plan for a file: what fits together is done, the rest is named."""

from __future__ import annotations

import pytest
from rewriting import JSON, clause, plan_of

from broadcatch.errors import RewriteError
from broadcatch.model.findings import Edit
from broadcatch.model.span import Span
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import BareWanted, ChainWanted, NarrowWanted, Rewrite

SOURCE = "try: x()\nexcept Exception: pass\ntry: y()\nexcept Exception as e: raise A\n"


def test_a_refused_target_does_not_stop_the_others_and_lines_are_in_order() -> None:
    made = plan_of(SOURCE, ChainWanted(9, 0), ChainWanted(4, 23), NarrowWanted(2, "KeyError"))
    assert [(one.line, one.kind) for one in made.rewrites] == [(2, "narrow"), (4, "chain")]
    assert [one.line for one in made.refused] == [9]


def test_two_answers_for_one_clause_are_not_both_given() -> None:
    made = plan_of(SOURCE, NarrowWanted(2, "KeyError"), NarrowWanted(2, "ValueError"))
    assert len(made.rewrites) == 1
    assert "different ways" in made.refused[0].reason


def test_the_same_target_twice_is_one_rewrite() -> None:
    made = plan_of(SOURCE, ChainWanted(4, 23), ChainWanted(4, 23))
    assert (len(made.rewrites), made.refused) == (1, ())


def test_two_rewrites_share_one_import() -> None:
    body = "    try: x()\n    except Exception: pass\n"
    source = "import os\n\ndef f():\n" + body + body
    wanted = [
        NarrowWanted(line, JSON.spelling, (JSON,)) for line in (clause(source), clause(source, last=True))
    ]
    after = carry_out(source, plan_of(source, *wanted).rewrites)
    assert after.count("import json") == 1
    assert after.count("except json.JSONDecodeError") == 2


def test_a_file_that_does_not_parse_refuses_everything() -> None:
    made = plan("x = (\n", "a.py", [ChainWanted(1, 0), BareWanted(1), NarrowWanted(1, "KeyError")])
    assert made.rewrites == ()
    assert [one.kind for one in made.refused] == ["chain", "bare", "narrow"]
    assert all("does not parse" in one.reason for one in made.refused)


def test_a_rewrite_is_a_fix_that_a_finding_can_carry() -> None:
    fix = plan_of(SOURCE, ChainWanted(4, 23)).rewrites[0].fix
    assert (fix.title, fix.safety) == ("Add `from e`", "unsafe")
    assert fix.edits == (Edit(Span(4, 30, 4, 30), " from e"),)


def test_edits_that_break_the_file_are_not_used() -> None:
    broken = Rewrite("chain", "a.py", 1, "", "safe", "", (Edit(Span(1, 0, 1, 3), "("),))
    with pytest.raises(RewriteError):
        carry_out(SOURCE, [broken])
