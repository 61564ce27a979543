"""`check` in text: does a person see the place, the code, the path and the sum?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadcatch.model.facts import Failure
from broadcatch.model.findings import Suppressed
from broadcatch.model.results import CheckResult
from broadcatch.model.span import Span
from broadcatch.output import check_concise, check_text
from broadcatch.output.check_text import underline
from broadcatch.output.view import View, no_source
from tests.samples import SOURCE, chain_fix, finding

STEPS = ((5, "return None"),)


def text(*findings, view=None, source=SOURCE):
    return check_text.render(CheckResult(tuple(findings)), view or View(), lambda _path: source.splitlines())


def test_a_finding_shows_its_place_its_code_a_caret_and_the_path_of_the_error():
    assert text(finding(steps=STEPS)) == (
        "app/x.py:4:5: error BC102 broad-except: the error is hidden\n"
        "  |\n"
        "4 |     except Exception:\n"
        "  |     ^^^^^^^^^^^^^^^^\n"
        "  = line 4: except Exception → line 5: return None\n"
        "\n"
        "1 handler: 1 error in 1 file\n"
    )


def test_the_findings_of_one_handler_are_one_block_with_the_others_named():
    shown = text(finding("BC301"), finding("BC102"), view=View(quiet=True), source="")
    assert shown.startswith(
        "app/x.py:4:5: error BC102 broad-except: the error is hidden  [+BC301 error-dropped]\n"
    )
    assert shown.count("app/x.py") == 1


def test_the_most_severe_finding_leads_whatever_its_code():
    shown = text(finding("BC102", severity="warning"), finding("BC303"))
    assert "error BC303 logged-without-traceback" in shown
    assert "[+BC102 broad-except]" in shown


def test_two_findings_of_one_rule_in_one_handler_name_it_once():
    shown = text(
        finding(),
        finding("BC201", line=5, handler="app/x.py:4"),
        finding("BC201", line=6, handler="app/x.py:4"),
    )
    assert "[+BC201 unchained-raise]" in shown


def test_a_finding_on_a_raise_belongs_to_its_handler_not_to_its_line():
    shown = text(finding("BC201", line=9, handler="app/x.py:4"), finding("BC301", line=4))
    assert "1 handler: 1 error in 1 file" in shown


def test_notes_are_hidden_unless_asked_for():
    note = finding(severity="note")
    assert "BC102" not in text(note)
    assert "note BC102" in text(note, view=View(verbose=True))


def test_hidden_notes_are_counted_and_the_summary_says_how_to_see_them():
    shown = text(finding(), finding(path="app/y.py", severity="note"))
    assert shown.endswith("1 handler: 1 error in 1 file (1 note, shown with --verbose)\n")


def test_suppressed_findings_are_not_shown():
    assert text(finding(suppressed=Suppressed("noqa"))) == ""


def test_all_clear_is_said_to_a_person_only():
    assert text() == ""
    assert text(view=View(terminal=True)) == "All clear.\n"
    assert text(view=View(terminal=True, quiet=True)) == ""


def test_all_is_not_clear_where_a_file_could_not_be_read():
    result = CheckResult((), failures=(Failure("x.py", "parse", "bad"),))
    assert check_text.render(result, View(terminal=True), no_source) == ""


def test_quiet_leaves_the_summary_out():
    assert "1 handler" not in text(finding(), view=View(quiet=True))


def test_without_the_source_the_finding_is_still_told():
    assert text(finding(), source="").startswith("app/x.py:4:5: error")


def test_a_fix_is_offered_with_its_safety():
    assert "  = fix (safe): add `from exc`\n" in text(finding(fix=chain_fix()))


def test_a_long_path_breaks_before_an_arrow():
    steps = tuple((row, "logger.warning('something long happened')") for row in range(4, 9))
    lines = [line for line in text(finding(steps=steps)).splitlines() if line.startswith("  = ")]
    assert len(lines) > 1
    assert all(len(line) <= 110 for line in lines)
    assert all(line.startswith("  = → line") for line in lines[1:])


def test_code_cannot_steer_the_terminal():
    assert "\x1b" not in text(finding(line=1), source="except \x1b[2J Exception:")


def test_tabs_and_wide_characters_keep_the_caret_in_place():
    assert underline("\tx = '宽'; y", Span(1, 10, 1, 11)) == ("\t" + " " * 10, "^")
    assert underline("\texcept Exception:", Span(1, 1, 1, 17)) == ("\t", "^" * 16)


def test_a_span_over_several_lines_is_underlined_to_the_end_of_the_first():
    assert underline("except (A,  ", Span(1, 0, 3, 2)) == ("", "^" * 10)


@given(st.text(max_size=40), st.integers(0, 50), st.integers(0, 50))
def test_there_is_always_a_caret(line, start, length):
    before, marks = underline(line, Span(1, start, 1, start + length))
    assert set(marks) == {"^"}
    assert set(before) <= {" ", "\t"}


def test_the_path_begins_at_the_clause_even_where_the_finding_is_a_raise():
    shown = text(finding("BC201", line=5, handler="app/x.py:4", steps=STEPS))
    assert "  = line 4: except Exception → line 5: return None\n" in shown


def test_colour_changes_nothing_but_colour():
    import re

    coloured = text(finding(steps=STEPS), view=View(color=True))
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text(finding(steps=STEPS))


def test_concise_is_one_line_a_handler():
    result = CheckResult((finding(), finding("BC302"), finding(line=9)))
    assert check_concise.render(result, View(quiet=True)) == (
        "app/x.py:4:5: error BC102 broad-except: the error is hidden  [+BC302 fallback-value]\n"
        "app/x.py:9:5: error BC102 broad-except: the error is hidden\n"
    )


def test_the_source_of_a_file_is_asked_for_once():
    asked = []
    result = CheckResult(tuple(finding(line=line, handler=f"app/x.py:{line}") for line in range(1, 9)))
    check_text.render(result, View(), lambda path: asked.append(path) or SOURCE.splitlines())
    assert asked == ["app/x.py"]


def test_those_who_want_to_know_everything_are_told_how_much_is_suppressed():
    silenced = finding("BC102", suppressed=Suppressed("pylint"))
    assert text(finding(line=9), silenced, view=View(verbose=True)).endswith(
        "1 file (1 finding suppressed)\n"
    )
    assert "suppressed" not in text(finding(line=9), silenced)
