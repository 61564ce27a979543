"""`raise error` in the clause that caught it becomes `raise`."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from rewriting import check_fixed, check_refused, plan_of

from broadcatch.rewrite.apply import split_lines
from broadcatch.rewrite.codemods.re_raise import ReRaiseWanted


def by_name(text: str) -> list[ReRaiseWanted]:
    """Every raise of something in a dedented text."""
    raises = [one for one in ast.walk(ast.parse(dedent(text))) if isinstance(one, ast.Raise) and one.exc]
    lines = split_lines(dedent(text))
    places = [(one.lineno, len(lines[one.lineno - 1].encode()[: one.col_offset].decode())) for one in raises]
    return [ReRaiseWanted(*place) for place in sorted(places)]


def check_plain(before: str, after: str) -> None:
    made = check_fixed(before, after, *by_name(before))
    assert {one.safety for one in made.rewrites} == {"safe"}


def check_kept(before: str, reason: str) -> None:
    check_refused(before, by_name(before)[-1], reason)


def test_the_name_goes_from_the_raise_and_with_its_last_use_from_the_clause() -> None:
    check_plain(
        """\
        try:
            save()
        except OSError as error:
            undo()
            raise error
        """,
        """\
        try:
            save()
        except OSError:
            undo()
            raise
        """,
    )


def test_the_name_stays_where_something_else_needs_it() -> None:
    check_plain(
        """\
        try:
            save()
        except (OSError, ValueError) as error:
            log(error)
            raise error
        """,
        """\
        try:
            save()
        except (OSError, ValueError) as error:
            log(error)
            raise
        """,
    )


def test_several_raises_of_a_clause_let_the_name_go_together() -> None:
    before = """\
        try:
            save()
        except OSError as e:
            if fatal():
                raise e
            for host in hosts:
                with host:
                    raise e.with_traceback(e.__traceback__)
            raise e from e  # told above
        """
    after = before.replace("raise e.with_traceback(e.__traceback__)", "raise").replace(
        "raise e from e", "raise"
    )
    check_plain(before, after.replace("raise e", "raise").replace(" as e", ""))


def test_one_of_several_raises_alone_leaves_the_name_and_the_result_is_whole() -> None:
    before = "try:\n    save()\nexcept OSError as e:\n    if fatal():\n        raise e\n    raise e\n"
    made = plan_of(before, *by_name(before))
    assert set(made.rewrites[0].edits) == set(made.rewrites[1].edits)
    alone = plan_of(before, by_name(before)[0])
    assert [edit.content for edit in alone.rewrites[0].edits] == [""]


def test_a_raise_in_the_body_or_else_of_a_nested_try_raises_the_outer_error() -> None:
    before = """\
        try:
            save()
        except OSError as e:
            try:
                undo()
                raise e
            except KeyError:
                pass
            else:
                raise e
        """
    check_plain(before, before.replace("raise e", "raise").replace(" as e", ""))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("try:\n    undo()\nexcept KeyError:\n    raise e", "not the caught error of the clause around it"),
        ("try:\n    undo()\nexcept KeyError as x:\n    raise e", "not the caught error"),
        ("try:\n    undo()\nfinally:\n    raise e", "finally"),
        ("def later():\n    raise e", "nested function"),
        ("e = wrap(e)\nraise e", "gets another value"),
        ("del e\nraise e", "gets another value"),
        ("e.__traceback__ = None\nraise e", "traceback of `e` is set"),
        ("e = e.with_traceback(tb)\nraise e", "gets another value"),
        ("e.with_traceback(tb)\nraise e", "traceback of `e` is set"),
        ("raise e.with_traceback(tb)", "not the caught error"),
        ("raise e.__cause__", "not the caught error"),
        ("raise other", "not the caught error"),
        ("raise e from None", "another cause"),
        ("raise e from other", "another cause"),
        ("raise (  # why\n    e\n)", "comment"),
    ],
)
def test_it_is_left_alone_where_a_bare_raise_means_something_else(body: str, reason: str) -> None:
    lines = body.replace("\n", "\n    ")
    check_kept(f"try:\n    save()\nexcept OSError as e:\n    {lines}\n", reason)


def test_a_loop_that_binds_the_name_again_keeps_the_raise() -> None:
    check_kept(
        """\
        try:
            save()
        except OSError as e:
            for host in hosts:
                if host:
                    raise e
                e = host
        """,
        "gets another value",
    )


def test_a_group_is_left_alone() -> None:
    check_kept("try:\n    save()\nexcept* OSError as e:\n    raise e\n", "except*")


@pytest.mark.parametrize(
    "other", ["use(e)", "lambda: e", "print(locals())", "del e", "e = 1", "raise ValueError", "global e"]
)
def test_the_name_stays_where_it_may_be_seen(other: str) -> None:
    before = f"""\
        def f():
            {"global e" if other == "global e" else "pass"}
            try:
                save()
            except OSError as e:
                if fatal():
                    raise e
                {other if other != "global e" else "pass"}
        """
    made = plan_of(before, by_name(before)[0])
    contents = [edit.span.line for one in made.rewrites for edit in one.edits]
    assert contents in ([], [7])
