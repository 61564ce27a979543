"""A clause that only raises again goes, and with the last one the `try`."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from rewriting import check_fixed, check_refused, plan_of

from broadcatch.rewrite.codemods.useless import UselessWanted
from broadcatch.rewrite.plan import carry_out


def clauses(text: str) -> list[UselessWanted]:
    """Every clause of a dedented text whose body begins with a raise."""
    handlers = [one for one in ast.walk(ast.parse(dedent(text))) if isinstance(one, ast.ExceptHandler)]
    lines = sorted(one.lineno for one in handlers if isinstance(one.body[0], ast.Raise))
    return [UselessWanted(line) for line in lines]


def check_removed(before: str, after: str) -> None:
    made = check_fixed(before, after, *clauses(before))
    assert {one.safety for one in made.rewrites} == {"safe"}


def check_kept(before: str, reason: str) -> None:
    check_refused(before, clauses(before)[-1], reason)


def test_the_last_clause_takes_the_try_with_it() -> None:
    check_removed(
        '''\
        def read(path):
            try:
                text = path.read_text(  # the whole file
                    "utf-8",
                )

                sql = """
                select
                """
                # and no more
            except OSError as error:
                raise error

            return text
        ''',
        '''\
        def read(path):
            text = path.read_text(  # the whole file
                "utf-8",
            )

            sql = """
                select
                """
            # and no more

            return text
        ''',
    )


def test_one_of_several_clauses_goes_alone() -> None:
    check_removed(
        """\
        try:
            run()
        except OSError:
            raise

        except KeyError:
            stop()
        else:
            go()
        """,
        """\
        try:
            run()
        except KeyError:
            stop()
        else:
            go()
        """,
    )


def test_clauses_that_all_raise_again_go_together() -> None:
    check_removed(
        """\
        try:
            run()
        except OSError:
            raise
        except Exception:
            raise
        else:
            go()
            # done
        stop()
        """,
        """\
        run()
        go()
        # done
        stop()
        """,
    )


def test_a_finally_keeps_its_try_and_the_else_becomes_the_end_of_the_body() -> None:
    check_removed(
        """\
        try:
            run()
        except OSError:
            raise
        else:
            go()
        finally:
            stop()
        """,
        """\
        try:
            run()
            go()
        finally:
            stop()
        """,
    )


def test_nested_tries_go_together() -> None:
    check_removed(
        """\
        def f():
            try:
                a()
                try:
                    b()
                except KeyError:
                    raise
                try:
                    c()
                except KeyError:
                    stop()
            except OSError:
                raise
        """,
        """\
        def f():
            a()
            b()
            try:
                c()
            except KeyError:
                stop()
        """,
    )


def test_clauses_in_a_block_that_moves_go_with_it() -> None:
    check_removed(
        """\
        try:
            try:
                a()
            except KeyError:
                raise
            else:
                b()
            finally:
                c()
            try:
                d()
            except KeyError:
                raise
            except ValueError:
                stop()
        except OSError:
            raise
        """,
        """\
        try:
            a()
            b()
        finally:
            c()
        try:
            d()
        except ValueError:
            stop()
        """,
    )


def test_an_outer_try_that_stays_does_not_hold_the_inner_one() -> None:
    check_removed(
        """\
        try:  # why
            try:
                b()
            except KeyError:
                raise
        except OSError:
            stop()
        """,
        """\
        try:  # why
            b()
        except OSError:
            stop()
        """,
    )


def test_the_end_of_a_file_without_a_line_end_is_kept() -> None:
    check_removed("try:\n    a()\nexcept B:\n    raise", "a()")
    check_removed("try:\r\n    a()\r\nexcept B: raise", "a()")


def test_tabs_move_like_blanks() -> None:
    check_removed("if x:\n\ttry:\n\t\ta()\n\texcept B:\n\t\traise\n", "if x:\n\ta()\n")


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("try:\n    a()\nexcept B:\n    raise  # why\n", "comment"),
        ("try:\n    a()\n# why\nexcept B:\n    raise\n", "comment"),
        ("try:  # why\n    a()\nexcept B:\n    raise\n", "more than `try:`"),
        ("try: a()\nexcept B:\n    raise\n", "more than `try:`"),
        ("try:\n    a()\nexcept B:\n    raise\nelse:  # why\n    c()\n", "more than `else:`"),
        ("try:\n    a()\nexcept errors():\n    raise\n", "computed"),
        ("try:\n    a()\nexcept B:\n    raise\n    more()\n", "does more"),
        ("try:\n    a()\nexcept B as e:\n    raise C(e)\n", "does more"),
        ("try:\n    a()\nexcept* B:\n    raise\n", "does more"),
        ("from x import B\ntry:\n    a()\nexcept B:\n    raise\n", "import of `B` in line 1"),
        ("e = 1\ntry:\n    a()\nexcept B as e:\n    raise\nprint(e)\n", "`e` is used outside"),
        ("def f():\n    try:\n        'text'\n    except B:\n        raise\n", "docstring"),
    ],
)
def test_it_is_left_alone_where_something_would_be_lost(before: str, reason: str) -> None:
    check_kept(before, reason)


def test_a_clause_that_must_stay_keeps_the_try_of_the_others() -> None:
    before = "try:\n    a()\nexcept B:\n    raise\nexcept C:\n    raise  # why\n"
    made = plan_of(before, *clauses(before))
    assert [one.title for one in made.rewrites] == ["Remove `except B`, which only raises again"]
    assert len(made.refused) == 1


@pytest.mark.parametrize("keep", [0, 1])
def test_any_choice_of_the_rewrites_leaves_a_whole_program(keep: int) -> None:
    before = "try:\n    a()\nexcept B:\n    raise\nexcept C:\n    raise\n"
    made = plan_of(before, *clauses(before))
    assert carry_out(before, made.rewrites[keep : keep + 1]) == "a()\n"
