"""How far each kind of comment reaches, held against what its own tool does (Ruff 0.17.6, pylint 4.1)."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.gate.suppressions import apply
from broadcatch.lint.check import check
from broadcatch.source.comments import suppression_comments


def live(code: str, rule: str = "BC102", config: Config | None = None) -> list[int]:
    """The lines on which a rule still speaks."""
    text = textwrap.dedent(code)
    facts = read_facts(text, "app/x.py", comments=suppression_comments(text))
    gated = apply(check(facts, config or Config()), facts, config or Config())
    return [one.span.line for one in gated.findings if one.suppressed is None and one.code == rule]


def by(code: str, config: Config | None = None) -> set[tuple[str, str]]:
    text = textwrap.dedent(code)
    facts = read_facts(text, "app/x.py", comments=suppression_comments(text))
    gated = apply(check(facts, config or Config()), facts, config or Config())
    return {(one.suppressed.by, one.suppressed.reason) for one in gated.findings if one.suppressed}


TRY = "try:\n    go()\nexcept Exception:\n    x = 1\n"


def indented(text: str, depth: int = 1) -> str:
    return textwrap.indent(text, "    " * depth)


@pytest.mark.parametrize("tool", ["ruff: {}[BLE001]", "broadcatch: {}[BC102]"])
def test_a_range_ends_where_it_is_enabled_again(tool):
    start, end = "# " + tool.format("disable"), "# " + tool.format("enable")
    assert live(f"{start}\n{TRY}{end}\n{TRY}") == [9]


@pytest.mark.parametrize("tool", ["ruff: {}[BLE001]", "broadcatch: {}[BC102]"])
def test_a_range_without_an_end_ends_with_its_block(tool):
    start = "    # " + tool.format("disable")
    assert live(f"def f():\n{start}\n{indented(TRY)}def g():\n{indented(TRY)}") == [10]


def test_a_range_ends_only_with_the_same_codes_at_the_same_indentation():
    assert live(f"# ruff: disable[BLE001]\n{TRY}# ruff: enable[BLE001, E501]\n{TRY}") == []
    assert live(f"# ruff: disable[BLE001]\nif x:\n    # ruff: enable[BLE001]\n{indented(TRY)}") == []


def test_a_range_must_hold_the_whole_of_what_it_silences():
    code = "# ruff: disable[S110]\ntry:\n    go()\nexcept Exception:\n    # ruff: enable[S110]\n    pass\n"
    assert live(code, "BC301") == []
    code = "# ruff: disable[S110]\ntry:\n    go()\nexcept Exception:\n# ruff: enable[S110]\n    pass\n"
    assert live(code, "BC301") == [4]


def test_a_comment_above_a_header_speaks_for_all_its_lines():
    code = "try:\n    go()\n# ruff: ignore[BLE001]\nexcept (\n    OSError,\n    Exception,\n):\n    x = 1\n"
    assert live(code) == []


def test_one_comment_may_hold_several_suppressions():
    assert live(TRY.replace("Exception:", "Exception:  # ruff: ignore[E501] # ruff: ignore[BLE001]")) == []
    assert live(TRY.replace("Exception:", "Exception:  # noqa: E501 # pylint: disable=broad-except")) == []


@pytest.mark.parametrize("codes", ["BLE001 E501", "", "1, BLE001", "BLE"])
def test_brackets_that_ruff_does_not_read_silence_nothing(codes):
    assert live(TRY.replace("Exception:", f"Exception:  # ruff: ignore[{codes}]")) == [3]


PRAGMA = "# pylint: disable=broad-except"


@pytest.mark.parametrize(
    "name",
    [
        "broad-except",
        "broad-exception-caught",
        "W0703",
        "W0718",
        "unused-import,broad-except",
        "W",
        "exceptions",
    ],
)
def test_pylint_is_understood_by_every_name(name):
    assert live(TRY.replace("Exception:", f"Exception:  # pylint: disable={name}")) == []


@pytest.mark.parametrize("name", ["bare-except", "W0702", "unused-import", "broad-exception-raised"])
def test_another_message_of_pylint_silences_nothing(name):
    assert live(TRY.replace("Exception:", f"Exception:  # pylint: disable={name}")) == [3]


# Each line was tried with pylint 4.1: a program, and the lines of W0718 that are left.
PYLINT_SAYS = {
    f"def f():\n    {PRAGMA}\n{indented(TRY)}{indented(TRY)}def g():\n{indented(TRY)}": [14],
    f"def f():  {PRAGMA}\n{indented(TRY)}": [4],
    f"class A:  {PRAGMA}\n    def f():\n{indented(TRY, 2)}": [],
    f"class A:\n    {PRAGMA}\n    def f():\n{indented(TRY, 2)}def g():\n{indented(TRY)}": [11],
    f"try:\n    {PRAGMA}\n    go()\nexcept Exception:\n    x = 1\n": [4],
    f"try:  {PRAGMA}\n    go()\nexcept Exception:\n    x = 1\n": [3],
    f"try:\n    go()\nexcept Exception:\n    {PRAGMA}\n{indented(TRY)}{TRY}": [3, 11],
    f"try:\n    go()\nexcept Exception as e:  {PRAGMA}\n{indented(TRY)}": [6],
    f"if a:\n    {PRAGMA}\n{indented(TRY)}else:\n{indented(TRY)}{TRY}": [10, 14],
    f"for a in b:\n    go()\n    {PRAGMA}\n{indented(TRY)}{TRY}": [10],
    f"with a:\n    {PRAGMA}\n{indented(TRY)}{TRY}": [9],
    f"try:\n    go()\nfinally:\n    {PRAGMA}\n{indented(TRY)}{TRY}": [11],
    f"{PRAGMA}\n{TRY}def f():\n    # pylint: enable=W0703\n{indented(TRY)}{TRY}": [10],
    f"{PRAGMA}\n{TRY}# pylint: enable=broad-except\n{TRY}": [9],
    f"# pylint: disable-next=broad-except\n{TRY}": [4],
    "try:\n    go()\n# pylint: disable-next=broad-except\nexcept Exception:\n    x = 1\n": [],
    f"{TRY}x = 1  # pylint: disable=all\n": [],
    f"{TRY}# pylint: skip-file\n": [],
}


@pytest.mark.parametrize("code", PYLINT_SAYS)
def test_a_pragma_counts_where_it_counts_for_pylint(code):
    assert live(code) == PYLINT_SAYS[code]


def test_a_pragma_above_the_clause_counts_as_it_did_in_older_versions():
    assert live(f"try:\n    go()\n{PRAGMA}\nexcept Exception:\n    x = 1\n{TRY}") == [8]


def test_raise_missing_from_counts_on_the_raise():
    code = "try:\n    go()\nexcept KeyError:\n    raise ValueError  # pylint: disable=raise-missing-from\n"
    assert live(code, "BC201") == []


INSPECTION = "# noinspection PyBroadException"


@pytest.mark.parametrize(
    "code",
    [
        f"{INSPECTION}\n{TRY}",
        f"# noinspection PyTypeChecker,PyBroadException\n{TRY}",
        f"try:\n    go()\n{INSPECTION}\nexcept Exception:\n    x = 1\n",
        f"{INSPECTION}\ndef f():\n    if a:\n{indented(TRY, 2)}",
        f"{INSPECTION}\n@cached\n@other(\n    1)\ndef f():\n{indented(TRY)}",
        f"{INSPECTION}\nclass A:\n    def f():\n{indented(TRY, 2)}",
    ],
)
def test_pycharm_is_told_above_the_statement_the_clause_the_function_or_the_class(code):
    assert live(code) == []
    assert by(code) == {("pycharm", "")}


def test_pycharm_looks_no_further():
    assert live(f"{INSPECTION}\nif a:\n{indented(TRY)}") == [5]
    assert live(f"{INSPECTION}\ndef f():\n    def g():\n{indented(TRY, 2)}") == [6]


def test_try400_stands_on_the_call_in_the_handler():
    code = "try:\n    go()\nexcept Exception as e:\n    logger.error('no: %s', e)  # noqa: TRY400\n"
    assert live(code, "BC303") == []
    assert live(code) == [3]


@pytest.mark.parametrize(
    ("selector", "left"),
    [
        ("BLE", []),
        ("BLE001", []),
        ("ALL", []),
        ("B", [3]),
        ("S", [3]),
        ("E722", [3]),
        ("E", [3]),
        ("BC", [3]),
    ],
)
def test_ruffs_per_file_ignores_silence_our_counterparts(selector, left):
    config = Config(ruff_ignores=(("x.py", (selector,), "/"),))
    assert live(TRY, config=config) == left
    assert by(TRY, config) <= {("ruff", "per-file-ignores: x.py")}


def test_the_nearest_suppression_is_the_one_that_is_told():
    code = "# ruff: noqa: BLE001 generated\n" + TRY.replace("Exception:", "Exception:  # noqa: BLE001 here")
    assert by(code) == {("noqa", "here")}
