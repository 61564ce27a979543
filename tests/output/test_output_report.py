"""What `report` says beside the ranking: changes, groups, code, every factor, and the page of Markdown."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.model.outcome import Step
from broadcatch.model.ranking import Factor, History, Reach
from broadcatch.model.reporting import Beside, Comparison, FileChange, HandlerChange, ReportRequest
from broadcatch.model.results import ReportResult
from broadcatch.output import report_explain, report_json, report_markdown, report_table
from broadcatch.output.groups import points
from broadcatch.output.markdown import code_span, escaped
from broadcatch.output.report_code import shown
from broadcatch.output.report_groups import NOBODY, grouped
from broadcatch.output.view import View, no_source
from tests.output.pages import big, hostile
from tests.samples import file_risk, handler_risk

SOURCE = """\
def load(path):
    try:
        return read(path, encoding="utf-8", errors="strict", newline="", a_very_long_name_of_an_option=True)
    except Exception:
        log.warning("no")
        return None
"""


def source(_path):
    return SOURCE.splitlines()


def handler(**other):
    steps = (Step(5, 'log.warning("no")'), Step(6, "return None"))
    return handler_risk(line=4, try_line=2, end_line=6, steps=steps, **other)


def changed():
    after = handler_risk("app/b.py", 7, tier="medium", score=4.0)
    worse = HandlerChange("worse", handler_risk("app/b.py", 5, tier="low", score=2.0), after)
    fixed = HandlerChange("fixed", handler_risk("app/old.py", 3), None, "except KeyError")
    new = HandlerChange("new", None, handler_risk("app/x.py", 4))
    files = (
        FileChange("app/x.py", None, file_risk(), {"new": 1}),
        FileChange("app/b.py", file_risk(score=20.0, tier="low"), file_risk(tier="medium"), {"worse": 1}),
        FileChange("app/old.py", file_risk("app/old.py"), None, {"fixed": 1}),
    )  # fmt: skip
    comparison = Comparison("main", "1a2b3c4d5e6f7a8b", (new, worse, fixed), files, {"high": 1, "low": 1})
    return ReportResult((file_risk(),), (handler_risk(), after), beside=Beside(comparison=comparison))


def test_the_code_of_a_handler_is_shown_with_its_clause_and_steps_marked():
    shown = report_table.render(ReportResult((file_risk(),), (handler(),)), View(), source)
    assert "    4 > except Exception:\n" in shown
    assert '    5 ·     log.warning("no")\n' in shown
    assert "    2   try:\n" in shown


def test_a_long_row_of_code_is_cut_at_the_width():
    shown = report_table.render(ReportResult((file_risk(),), (handler(),)), View(), source)
    assert max(map(len, shown.splitlines())) <= 80
    assert "…" in shown


def test_only_the_first_three_handlers_come_with_their_code():
    handlers = tuple(handler(function=f"f{number}") for number in range(5))
    shown = report_table.render(ReportResult((file_risk(),), handlers), View(), source)
    assert shown.count("> except Exception:") == 3


def test_a_long_try_is_shown_where_it_begins_and_where_it_ends():
    rows = shown(handler_risk(line=100, try_line=10, end_line=103))
    assert rows == [10, *range(92, 104)]


def test_a_file_that_is_gone_is_no_reason_to_stop():
    assert "except" not in report_table.render(ReportResult((file_risk(),), (handler(),)), View(), no_source)


def test_code_is_coloured_on_a_terminal_only():
    result = ReportResult((file_risk(),), (handler(),))
    assert "\x1b[" not in report_table.render(result, View(), source)
    assert re.search("\x1b\\[[0-9;]*mtry", report_table.render(result, View(color=True), source))


@pytest.mark.parametrize("width", [60, 80, 139, 140, 200])
def test_a_report_is_never_wider_than_its_terminal(width):
    shown = report_table.render(big(40), View(width=width), source)
    assert max(map(len, shown.splitlines())) <= width


def test_counts_by_tier_and_outcome_come_first():
    silent = handler_risk(line=9, suppressed=True, tier="low", outcome="dropped")
    shown = report_table.render(ReportResult((file_risk(),), (handler_risk(), silent)), View())
    assert re.search(r"^high +█+░+ +1 handler, 1 file$", shown, re.MULTILINE)
    assert re.search(r"^low +█+░+ +1 handler \(1 suppressed\), 0 files$", shown, re.MULTILINE)
    assert "dropped 1, fallback 1" in shown


def test_files_of_tier_low_are_counted_where_there_are_worse_ones():
    low = file_risk("app/low.py", 2.0, tier="low", reasons=("little is at stake",))
    shown = report_table.render(ReportResult((file_risk(), low), (handler_risk(),)), View())
    assert "app/low.py" not in shown
    assert "and 1 more file, none above low (all with --verbose)" in shown
    assert "app/low.py" in report_table.render(ReportResult((low,), (handler_risk(),)), View())


def test_what_has_changed_is_told_in_one_line_and_a_table():
    shown = report_table.render(changed(), View())
    assert "Since main (1a2b3c4d5e): 1 fixed (1 high), 1 new (1 high), 1 worse, 0 better" in shown
    assert re.search(r"^low → medium +· +1 +· +· +app/b.py$", shown, re.MULTILINE)
    assert re.search(r"^new high +1 +· +· +· +app/x.py$", shown, re.MULTILINE)
    assert re.search(r"^high → gone +· +· +· +1 +app/old.py$", shown, re.MULTILINE)


def test_a_revision_after_which_nothing_is_left_is_still_told():
    result = ReportResult((), (), beside=Beside(comparison=changed().beside.comparison))
    assert "1 fixed" in report_table.render(result, View())


def test_history_stands_beside_the_file():
    known = {"app/x.py": History(12, 5, 3), "app/y.py": History(0, 366), "app/z.py": History(1, 0, 1)}
    files = tuple(file_risk(path) for path in ("app/x.py", "app/y.py", "app/z.py", "app/new.py"))
    beside = Beside(ReportRequest(history=True), histories=known)
    shown = " ".join(
        report_table.render(ReportResult(files, (handler_risk(),), beside=beside), View()).split()
    )
    assert "12 commits by 3 people in a year, the last 5 days ago" in shown
    assert "no commit in a year" in shown
    assert "1 commit in a year, today" in shown
    assert "not in git" in shown


def owned():
    files = (
        file_risk("app/a/x.py"),
        file_risk("app/b/y.py", 50.0, tier="medium"),
        file_risk("top.py", 9.0, tier="low"),
    )
    handlers = (
        handler_risk("app/a/x.py"),
        handler_risk("app/b/y.py", tier="medium"),
        handler_risk("top.py", tier="low"),
    )
    owners = {"app/a/x.py": ("@a", "@b"), "app/b/y.py": ("@b",)}
    return ReportResult(files, handlers, beside=Beside(owners=owners))


def test_files_are_grouped_by_folder_and_owner():
    assert [(one.name, one.tiers["high"]) for one in grouped(owned(), "package")] == [
        ("app/a", 1), ("app/b", 0), ("(top folder)", 0)
    ]  # fmt: skip
    assert [(one.name, len(one.files)) for one in grouped(owned(), "owner")] == [
        ("@b", 2),
        ("@a", 1),
        (NOBODY, 1),
    ]


def test_groups_are_listed_in_place_of_files():
    shown = report_table.render(owned(), View(by="owner", top=1))
    assert re.search(r"████░ +87\.5 +1 +1 +· +2 +@b$", shown, re.MULTILINE)
    assert "and 2 more owners" in shown


def test_every_factor_is_explained_by_part_of_the_score():
    factors = (
        Factor("fallback", 0.5, "None takes its place", 6, "hidden"),
        Factor("money", 2.0, "orders", 0, "at stake"),
        Factor("clean-up", -1.0, "close", 0, "discount"),
    )
    one = handler(factors=factors, reach=Reach(2, ("app/y.py:3",), ("a route",)))
    shown = report_explain.render(ReportResult((file_risk(),), (one,)), View(), source)
    assert re.search(r"hidden +\+0\.50 +fallback: None takes its place \(line 6\)", shown)
    assert re.search(r"discount +-1\.00 +clean-up: close", shown)
    assert re.search(r"together +\+1\.50", shown)
    assert "called from 2 places (app/y.py:3); a route" in shown
    assert "4 > except Exception:" in shown


def test_json_tells_what_has_changed_and_what_was_asked_for():
    body = json.loads(report_json.render(changed()))
    comparison = body["comparison"]
    assert comparison["counts"] == {"new": 1, "worse": 1, "better": 0, "fixed": 1}
    assert [(one["path"], one["tier"], one["rose"]) for one in comparison["files"]] == [
        ("app/x.py", {"before": "low", "after": "high"}, True),
        ("app/b.py", {"before": "low", "after": "medium"}, True),
        ("app/old.py", {"before": "high", "after": "low"}, False),
    ]
    assert [one["instead"] for one in comparison["handlers"]] == ["", "", "except KeyError"]
    assert set(body) == {"files", "handlers", "comparison"}
    groups = json.loads(report_json.render(owned(), View(by="owner")))["groups"]
    assert groups[0] == {
        "name": "@b",
        "score": 87.5,
        "tier": "high",
        "tiers": {"high": 1, "medium": 1, "low": 0},
        "files": ["app/a/x.py", "app/b/y.py"],
    }


def test_markdown_tells_what_is_done_what_remains_and_what_comes_next():
    page = report_markdown.render(changed(), View())
    assert page.startswith("## Broad exception handlers: 1 high, 1 medium\n")
    assert "Since `main` (1a2b3c4d5e): **1** fixed, **0** better, **1** new, **1** worse." in page
    assert "| 🔴 high | 1 | 1 | +0 |" in page
    for title in ("### Done", "### New or worse", "### Remaining", "### Next steps"):
        assert f"\n{title}\n" in page
    assert "| `app/old.py:3` Service.run | 🔴 high 9.1, fallback | now `except KeyError` |" in page
    assert "- [ ] 🔴 `app/x.py:4` Service.run: outcome: 0 takes the error's place" in page


def test_markdown_fits_into_a_comment():
    page = report_markdown.render(big(2000), View(top=2000))
    assert len(page.encode()) <= 65_536
    assert page.rstrip().endswith("… the rest does not fit into a comment.")


@pytest.mark.parametrize("by", ["file", "package", "owner"])
def test_every_row_of_a_table_has_its_columns_whatever_the_code_holds(by):
    lines = report_markdown.render(hostile(), View(by=by)).splitlines()
    tables = [line for line in lines if line.startswith("|")]
    assert tables
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in tables]
    for count, line in zip(cells, tables, strict=True):
        assert count in (5, 7), line


def test_a_score_is_never_rounded_up_into_another_tier():
    assert [points(score) for score in (2.99, 3.0, 5.96, 6.9, 0.07, 10)] == [
        "2.9",
        "3.0",
        "5.9",
        "6.9",
        "0.0",
        "10.0",
    ]


def test_markdown_of_nothing_says_so():
    assert "## Broad exception handlers: none" in report_markdown.render(ReportResult((), ()), View())


def test_nobody_is_called_by_name_and_no_tag_is_left():
    assert escaped("@app.get <b> a_b") == "@\u200bapp.get &lt;b> a\\_b"


@given(st.text(min_size=1))
def test_a_code_span_is_never_closed_by_what_it_holds(text):
    span = code_span(text, cell=False)
    if span:
        ticks = re.match("`+", span)[0]
        assert span.endswith(ticks)
        assert ticks not in re.findall("`+", span[len(ticks) : -len(ticks)])
