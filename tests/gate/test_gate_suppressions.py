"""Who silences what: the comments of all linters, and the configuration."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.config.options import Config
from broadcatch.gate.suppressions import apply
from broadcatch.model.facts import FileFacts, Handler, Place
from broadcatch.model.findings import Finding, Identity, RuffRow, Suppressed
from broadcatch.model.span import Span
from broadcatch.source.comments import suppression_comments

PLAIN = """\
    def run():
        try:
            go()
        except Exception:{inline}
            result = None
    """


def finding(code: str = "BC102", line: int = 4, end: int | None = None, **more) -> Finding:
    span = Span(line, 4, end or line, 21)
    identity = Identity("app/x.py", "run", code, 0, "")
    given = {"noqa_row": line, "handler": f"app/x.py:{line}", **more}
    return Finding(code, "broad-except", "", "app/x.py", span, "error", function="run", outcome="fallback",
                   identity=identity, **given)  # fmt: skip


def handler(line: int, bare: bool) -> Handler:
    span = Span(line, 4, line, 11)
    return Handler(span, None if bare else span, line + 1, (), "", False, (), Place(()), line - 2, True)


def silenced(source: str, *findings: Finding, bare: bool = False, config: Config | None = None):
    text = textwrap.dedent(source)
    facts = FileFacts("app/x.py", "", 9, (handler(4, bare),), suppression_comments(text))
    return [found.suppressed for found in apply(findings, facts, config or Config()).findings]


def inline(comment: str, code: str = "BC102", bare: bool = False) -> Suppressed | None:
    return silenced(PLAIN.format(inline="  " + comment), finding(code), bare=bare)[0]


# Each line was tried with Ruff 0.17.6: whether `comment` silences BLE001 on its line.
RUFF_SAYS = {
    "# noqa": True, "#noqa": True, "# NoQA": True, "# noqa:BLE001": True, "# noqa: BLE001": True,
    "# noqa:BLE001,E501": True, "# noqa: BLE001 E501": True, "# noqa: E501 BLE001": True,
    "# noqa: E501, BLE001 reason": True, "# noqa : BLE001": True, "# noqa : E501": False,
    "# noqa : some": False, "# noqa BLE001": True, "# noqa E501": True, "# noqa:E501": False,
    "# noqa: reason": False, "# noqa:": False, "# noqaBLE001": False, "# noqa-x": False, "# x noqa": False,
    "# x # noqa": True, "# x # noqa: E501": False, "# noqa: ble001": False, "# noqa: E501BLE001": True,
    "# noqa: BLE001:reason": False, "# noqa: BLE001-reason": False, "# noqa: BLE001reason": False,
    "# noqa: E501 # noqa: BLE001": False, "# noqa: E501;BLE001": False, "# noqa: E501,,BLE001": True,
    "# noqa: ,BLE001": True, "#  noqa:  E501 ,  BLE001": True, "# noqa # x": True, "# noqa, x": False,
    "# noqa(x)": False, "# noqa[BLE001]": False, "# noqa: BLE": False, "# noqa: ALL": False,
    "# ruff: noqa": False, "# flake8: noqa": False, "## noqa": True, "#: noqa": False,
    "# noqa: E501 - BLE001": False, "# noqa: (BLE001)": False, "# ruff: ignore[BLE001]": True,
    "# ruff: ignore": False, "# ruff:ignore[BLE001] why": True, "# ruff: ignore [BLE001]": True,
    "# ruff: IGNORE[BLE001]": False, "# ruff: file-ignore[BLE001]": False, "# noqa_x": False,
    "# noqa: E501 and BLE001": False, "# noqa:\tBLE001": True, "# noqa\N{NO-BREAK SPACE}x": True,
}  # fmt: skip


@pytest.mark.parametrize("comment", RUFF_SAYS)
def test_a_comment_on_the_line_counts_where_it_counts_for_ruff(comment):
    assert (inline(comment) is not None) == RUFF_SAYS[comment]


# The same for a comment that stands alone at the top of the file.
RUFF_SAYS_OF_FILES = {
    "# ruff: noqa": True, "# ruff: noqa: BLE001": True, "# ruff:noqa": True, "# flake8: noqa": True,
    "# flake8: noqa: BLE001": True, "# ruff: noqa BLE001": True, "# ruff: noqa: E501": False,
    "# flake8: noqa: E501": False, "# RUFF: NOQA": False, "# ruff: file-ignore[BLE001]": True,
    "# noqa": False, "# noqa: BLE001": False, "# x # ruff: noqa": True, "# ruff: ignore[BLE001]": False,
}  # fmt: skip


@pytest.mark.parametrize("comment", RUFF_SAYS_OF_FILES)
def test_a_comment_for_the_file_counts_where_it_counts_for_ruff(comment):
    [found] = silenced(
        f"{comment}\nimport a\ntry:\n    go()\nexcept Exception:\n    x = 1\n", finding(line=5)
    )
    assert (found is not None) == RUFF_SAYS_OF_FILES[comment]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# noqa: BLE001", Suppressed("noqa", "")),
        ("# noqa: BLE001 - the plugin may do anything", Suppressed("noqa", "the plugin may do anything")),
        ("# noqa: BLE001, E501 \N{EM DASH} last resort", Suppressed("noqa", "last resort")),
        ("# noqa: BLE001  # boundary", Suppressed("noqa", "boundary")),
        ("# noqa: BC102 boundary", Suppressed("noqa", "boundary")),
        ("# broadcatch: ignore[BC102] it is a boundary", Suppressed("broadcatch", "it is a boundary")),
        ("# broadcatch: ignore[BC102]: it is a boundary", Suppressed("broadcatch", "it is a boundary")),
        ("# broadcatch: ignore it is a boundary", Suppressed("broadcatch", "it is a boundary")),
        ("# broadcatch: ignore", Suppressed("broadcatch", "")),
        (
            "# broadcatch: ignore[BC102] see issue #12, part 2",
            Suppressed("broadcatch", "see issue #12, part 2"),
        ),
        (
            "# broadcatch: ignore[BC102] C# plugins fail as they like",
            Suppressed("broadcatch", "C# plugins fail as they like"),
        ),
        ("# why not  # noqa: BLE001", Suppressed("noqa", "why not")),
        ("# broadcatch: ignore - because", Suppressed("broadcatch", "because")),
        ("# broadcatch: ignore[BC1]", Suppressed("broadcatch", "")),
        ("# broadcatch: ignore[broad-except, BC999]", Suppressed("broadcatch", "")),
        ("# broadcatch: ignore[]", None),
        ("# broadcatch: ignore[BLE001]", None),
        ("# broadcatch: ignored", None),
        ("# ruff: ignore[BLE001] why not", Suppressed("ruff", "why not")),
    ],
)
def test_the_reason_is_what_follows_the_codes(comment, expected):
    assert inline(comment) == expected


@pytest.mark.parametrize("code", ["BC101", "BC102", "BC103", "BC203", "BC301", "BC302", "BC303"])
def test_ble001_silences_all_that_is_said_of_a_broad_handler(code):
    assert inline("# noqa: BLE001", code) == Suppressed("noqa")


@pytest.mark.parametrize("code", ["BC201", "BC401", "BC402"])
def test_ble001_does_not_silence_what_it_does_not_mean(code):
    assert inline("# noqa: BLE001", code) is None


@pytest.mark.parametrize(
    ("comment", "silences"),
    [("B904", "BC201"), ("S110", "BC301"), ("S112", "BC301"), ("TRY400", "BC303"), ("BC302", "BC302")],
)
def test_a_code_of_another_linter_silences_only_its_own(comment, silences):
    ours = ["BC101", "BC102", "BC103", "BC201", "BC203", "BC301", "BC302", "BC303", "BC401"]
    assert [code for code in ours if inline(f"# noqa: {comment}", code)] == [silences]


def test_e722_counts_for_a_bare_clause_only():
    assert inline("# noqa: E722", "BC101", bare=True) == Suppressed("noqa")
    assert inline("# noqa: E722", "BC102") is None


def test_a_comment_counts_on_every_line_of_the_clause():
    source = "try:\n    go()\nexcept (\n    Exception,  # noqa: BLE001\n    OSError,\n):\n    x = 1\n"
    assert silenced(source, finding(line=3, end=6)) == [Suppressed("noqa")]


def test_a_comment_counts_where_ruff_reports():
    source = "try:\n    go()\nexcept Exception:\n    raise ValueError(  # noqa: BLE001\n        1)\n"
    assert silenced(source, finding(line=3, ruff=(RuffRow("BLE001", 4),))) == [Suppressed("noqa")]
    assert silenced(source, finding(line=3, noqa_row=4)) == [Suppressed("noqa")]
    assert silenced(source, finding(line=3)) == [None]


ABOVE = "try:\n    go()\n{above}\nexcept Exception:\n    x = 1\n"


@pytest.mark.parametrize("above", ["# broadcatch: ignore[BC102] why", "# ruff: ignore[BLE001] why"])
def test_a_comment_above_speaks_for_the_clause_below(above):
    [found] = silenced(ABOVE.format(above=above), finding(line=4))
    assert found is not None and found.reason == "why"


def test_more_words_may_follow_in_the_comment_above():
    source = ABOVE.format(above="# broadcatch: ignore[BC102] why,\n# at length\n")
    assert silenced(source, finding(line=6)) == [Suppressed("broadcatch", "why,")]


def test_a_noqa_above_says_nothing():
    assert silenced(ABOVE.format(above="# noqa: BLE001"), finding(line=4)) == [None]


def test_a_comment_behind_other_code_above_says_nothing():
    source = "try:\n    x = 1\n    go()  # broadcatch: ignore\nexcept Exception:\n    x = 1\n"
    assert silenced(source, finding(line=4)) == [None]


def test_a_file_may_be_silenced_for_one_rule():
    source = "# broadcatch: file-ignore[BC102] generated\ntry:\n    go()\nexcept Exception:\n    x = 1\n"
    found = silenced(source, finding("BC102"), finding("BC302"))
    assert found == [Suppressed("broadcatch", "generated"), None]


def test_a_comment_in_a_string_says_nothing():
    source = 'try:\n    go()\nexcept Exception:\n    x = "# noqa"\n'
    assert silenced(source, finding(line=3, end=4)) == [None]


def test_configuration_silences_by_file():
    config = Config(per_file_ignores={"app/*": ("BC1",)})
    found = silenced(PLAIN, finding("BC102"), finding("BC302"), config=config)
    assert found == [Suppressed("config", "per-file-ignores: app/*"), None]


def test_what_is_suppressed_already_stays_so():
    before = Suppressed("baseline")
    assert silenced(PLAIN.format(inline="  # noqa"), finding(suppressed=before)) == [before]


def test_nothing_else_about_a_finding_changes():
    facts = FileFacts("app/x.py", "", 9, (), suppression_comments("x  # noqa\n"))
    given = (finding(line=1), finding(line=7))
    after = apply(given, facts, Config()).findings
    assert [found.suppressed for found in after] == [Suppressed("noqa"), None]
    assert after[1] == given[1]
