"""What people read beside `check`: report, suggest, fix, rule, and the notices on stderr."""

from __future__ import annotations

from broadcatch.model.facts import Failure, Skipped
from broadcatch.model.raising import Evidence
from broadcatch.model.results import FileDiff, FixResult, Offer, Refusal, ReportResult, SuggestResult
from broadcatch.output import fix_diff, fix_summary, notices, report_table, rule_text, suggest_text
from broadcatch.output.view import View
from tests.samples import file_risk, handler_risk, proposal, rule_info, steps, suggestion

DIFF = "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-except:\n+except Exception:\n"


def report(files=1, handlers=1, **view):
    result = ReportResult(
        tuple(file_risk(f"app/{'deep/' * 12}module_{number}.py", 96 - number) for number in range(files)),
        tuple(handler_risk(line=number + 1) for number in range(handlers)),
    )
    return report_table.render(result, View(**view))


def test_a_report_fits_eighty_columns_even_with_long_paths():
    assert max(len(line) for line in report(20, 20).splitlines()) <= 80


def test_a_report_says_which_file_is_risky_and_why():
    shown = report()
    assert "1 broad handler in 1 file (1 high, 0 medium, 0 low)" in shown
    assert "█████  96.0" in shown
    assert "wrong financial figures" in shown


def test_a_handler_is_named_with_its_outcome_and_its_weightiest_factors_first():
    shown = report()
    assert "app/x.py:1  Service.run  fallback  9.1" in shown
    assert shown.index("+2.5 outcome: 0 takes the error's place") < shown.index("-0.5 boundary: a route")


def test_a_path_that_is_too_long_breaks_after_a_slash():
    assert report_table.broken("app/services/orders.py", 13) == "app/services/\norders.py"
    assert report_table.broken("averylongname.py", 3) == "averylongname.py"
    assert report_table.broken("/x/y.py", 80) == "/x/y.py"


def test_a_long_report_is_cut_and_says_so():
    assert "and 5 more files (all with --verbose)" in report(20, 20)
    assert "and 10 more handlers (all with --verbose)" in report(20, 20)
    assert "more" not in report(20, 20, verbose=True)


def test_brackets_in_names_are_no_markup():
    result = ReportResult((file_risk("app/[bold]x.py"),), (handler_risk("app/[bold]x.py"),))
    assert "app/[bold]x.py:4" in report_table.render(result, View())


def test_a_report_is_coloured_only_on_request():
    assert "\x1b[" not in report()
    assert "\x1b[" in report(color=True)


def test_a_report_without_broad_handlers_says_so():
    assert report_table.render(ReportResult((), ()), View()) == "No broad handlers.\n"


def test_a_bar_is_full_for_a_hundred_and_empty_for_nothing():
    assert report_table.bar(100) == "█" * 5
    assert report_table.bar(0) == "░" * 5


def test_a_suggestion_reads_like_an_argument():
    assert suggest_text.render(SuggestResult((suggestion(),)), View()) == (
        "app/x.py:14  Service.run   except Exception\n"
        "  json.JSONDecodeError  parse → json.loads → raise JSONDecodeError   lib/decoder.py:88   (high)\n"
        "  open: plugin.run (line 12): an unresolved object\n"
        "  known so far: except json.JSONDecodeError\n"
        "\n"
        "1 broad handler: 1 with a proposal, 0 closed\n"
    )


def test_a_closed_handler_says_what_that_means():
    shown = suggest_text.render(SuggestResult((suggestion(closed=True, unresolved=()),)), View())
    assert "closed: nothing else can reach this handler, programming errors aside" in shown
    assert "  instead: except json.JSONDecodeError\n" in shown


def test_a_handler_without_proposal_says_so_and_offers_nothing():
    bare = suggestion(caught=(), proposals=(), replacement=None)
    shown = suggest_text.render(SuggestResult((bare,)), View(quiet=True))
    assert "Service.run   except\n" in shown
    assert "nothing found" in shown
    assert "instead" not in shown and "known so far" not in shown


def test_further_evidence_is_counted_and_shown_on_request():
    more = (Evidence("operation", "app/x.py", 12, "data['key']"),)
    one = suggestion(proposals=(proposal(evidence=proposal().evidence + more, transient=True),))
    assert "(high, transient, 1 more with --verbose)" in suggest_text.render(SuggestResult((one,)), View())
    assert "data['key']   line 12" in suggest_text.render(SuggestResult((one,)), View(verbose=True))


def test_a_proposal_that_rests_on_habits_alone_says_so():
    one = suggestion(proposals=(proposal(evidence=(Evidence("usage", "app/x.py", 12, "the file does"),)),))
    assert "the file does   line 12   (high, not seen to be raised near by)" in suggest_text.render(
        SuggestResult((one,)), View()
    )


def test_a_closed_handler_that_nothing_reaches_says_so():
    bare = suggestion(closed=True, unresolved=(), proposals=(), replacement=None)
    assert "closed: nothing can reach this handler" in suggest_text.render(SuggestResult((bare,)), View())


def test_a_needed_import_is_named():
    one = suggestion(
        proposals=(proposal("JSONDecodeError", import_module="json", import_name="JSONDecodeError"),)
    )
    assert "  needs: from json import JSONDecodeError\n" in suggest_text.render(SuggestResult((one,)), View())


def test_a_long_chain_is_shortened_in_the_middle():
    evidence = Evidence("raise", "x.py", 1, "raise E", steps("a", "b", "c", "d"))
    assert suggest_text.chain(evidence) == "a → b → … → raise E"


def test_a_plain_diff_is_left_as_it_is_for_patch():
    result = FixResult((FileDiff("x.py", DIFF), FileDiff("x.py", DIFF)))
    assert fix_diff.render(result, View()) == DIFF + DIFF


def test_a_coloured_diff_keeps_its_line_ends():
    shown = fix_diff.render(FixResult((FileDiff("x.py", "-a\r\n+b\r\n"),)), View(color=True))
    assert shown == "\x1b[31m-a\x1b[0m\r\n\x1b[32m+b\x1b[0m\r\n"


def test_the_summary_of_fix_counts_offers_and_gives_the_reasons_of_refusals():
    result = FixResult(
        (FileDiff("x.py", DIFF),),
        offered=(Offer("x.py", 4, "narrow", "unsafe"),),
        refused=(Refusal("x.py", 9, "narrow", "plugin.run is unknown"),) * 2,
    )
    assert fix_summary.render(result, View()) == (
        "1 rewrite offered in 1 file; --write applies.\n2 rewrites left alone:\n  2  plugin.run is unknown\n"
    )
    assert "  x.py:9: narrow: plugin.run is unknown\n" in fix_summary.render(result, View(verbose=True))


def test_reasons_of_one_kind_are_counted_together():
    refused = tuple(
        Refusal("x.py", 9, "narrow", f"only a proposal: this is not known: {call}") for call in ("f", "g")
    )
    shown = fix_summary.render(FixResult((), refused=refused), View())
    assert shown.endswith("  2  only a proposal: this is not known\n")


def test_the_summary_of_fix_tells_what_was_written():
    result = FixResult((), written=("x.py",), offered=(Offer("x.py", 4, "narrow", "safe"),))
    assert fix_summary.render(result, View()) == "1 rewrite applied in 1 file.\n"
    assert fix_summary.render(FixResult(()), View()) == "Nothing to rewrite.\n"


def test_the_catalogue_is_a_table_and_a_rule_is_its_page():
    rules = (rule_info("BC102"), rule_info("BC301", ruff=()))
    assert rule_text.render_catalogue(rules, View()) == (
        "BC102  broad-except   BLE001  A broad type is caught and the error stays.\n"
        "BC301  error-dropped  -       A broad type is caught and the error stays.\n"
    )
    page = rule_text.render_rule(rules[0], View())
    assert page.startswith("# BC102 broad-except\n\nAnswers Ruff's BLE001.\n")
    assert page.endswith("## Why it hurts\nNobody sees it.\n")


def test_a_failure_is_one_line_with_its_stage_and_line():
    failures = (Failure("x.py", "parse", "invalid\n syntax", 3), Failure("y.py", "read", "no such encoding"))
    assert notices.render(failures, (), View(quiet=True)) == (
        "x.py: parse error: invalid syntax (line 3)\ny.py: read error: no such encoding\n"
    )


def test_skipped_files_are_a_count_and_names_on_request():
    skipped = (Skipped("a.ipynb", "notebook"), Skipped("b.ipynb", "notebook"))
    assert notices.render((), skipped, View()) == "2 files skipped: notebook\n"
    assert notices.render((), skipped, View(verbose=True)) == (
        "a.ipynb: skipped: notebook\nb.ipynb: skipped: notebook\n"
    )
    assert notices.render((), skipped, View(quiet=True)) == ""


def test_fix_does_not_say_that_there_was_nothing_where_it_could_not_write():
    result = FixResult((), failures=(Failure("x.py", "write", "Permission denied"),))
    assert fix_summary.render(result, View()) == ""
