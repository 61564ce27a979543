"""`raise X` in a handler gains its cause."""

from __future__ import annotations

import pytest
from rewriting import check_chained, check_fixed, check_not_chained, check_refused, plan_of, raises

from broadcatch.rewrite.values import BareWanted, ChainWanted


def test_the_bound_name_becomes_the_cause() -> None:
    made = check_chained(
        """\
        try:
            parse()
        except ValueError as error:
            raise OrderError("bad order")
        """,
        """\
        try:
            parse()
        except ValueError as error:
            raise OrderError("bad order") from error
        """,
    )
    assert made.rewrites[0].safety == "safe"


def test_a_handler_without_a_name_gets_one_once_for_all_its_raises() -> None:
    check_chained(
        """\
        def read(path):
            try:
                return parse(path)
            except (OSError, ValueError):
                if path:
                    raise OrderError(path)
                raise OrderError("none")
        """,
        """\
        def read(path):
            try:
                return parse(path)
            except (OSError, ValueError) as exc:
                if path:
                    raise OrderError(path) from exc
                raise OrderError("none") from exc
        """,
    )


def test_a_raise_over_several_lines_is_chained_behind_its_bracket_and_keeps_its_comments() -> None:
    check_chained(
        """\
        try:
            parse()
        except ValueError:  # seen in May
            raise OrderError(
                "bad",  # why
            )  # noqa: B904
        """,
        """\
        try:
            parse()
        except ValueError as exc:  # seen in May
            raise OrderError(
                "bad",  # why
            ) from exc  # noqa: B904
        """,
    )


def test_one_line_suites_and_semicolons_work() -> None:
    check_chained(
        "try: parse()\nexcept ValueError: log(); raise OrderError; cry()\n",
        "try: parse()\nexcept ValueError as exc: log(); raise OrderError from exc; cry()\n",
    )


def test_characters_beyond_ascii_do_not_shift_the_place() -> None:
    check_chained(
        "try: parse()\nexcept ValueError as e: log('Größe 💥'); raise OrderError('ü')\n",
        "try: parse()\nexcept ValueError as e: log('Größe 💥'); raise OrderError('ü') from e\n",
    )


def test_windows_line_ends_stay() -> None:
    check_chained(
        "try:\r\n    parse()\r\nexcept ValueError:\r\n    raise OrderError\r\n",
        "try:\r\n    parse()\r\nexcept ValueError as exc:\r\n    raise OrderError from exc\r\n",
    )


def test_the_innermost_handler_is_the_cause() -> None:
    check_chained(
        """\
        try:
            parse()
        except ValueError as outer:
            try:
                undo()
            except OSError:
                raise UndoError
            else:
                raise OrderError
        """,
        """\
        try:
            parse()
        except ValueError as outer:
            try:
                undo()
            except OSError as exc:
                raise UndoError from exc
            else:
                raise OrderError from outer
        """,
    )


def test_a_loop_else_in_the_handler_is_chained() -> None:
    check_chained(
        """\
        try:
            parse()
        except ValueError as e:
            for host in hosts:
                if retry(host):
                    break
            else:
                raise OrderError
        """,
        """\
        try:
            parse()
        except ValueError as e:
            for host in hosts:
                if retry(host):
                    break
            else:
                raise OrderError from e
        """,
    )


def test_a_group_handler_is_chained() -> None:
    source = "try:\n    parse()\nexcept* ValueError:\n    raise OrderError\n"
    made = plan_of(source, ChainWanted(4, 4))
    assert [edit.content for edit in made.rewrites[0].edits] == [" as exc", " from exc"]


NAMED = """\
def read():
    {before}
    try:
        parse()
    except ValueError:
        raise OrderError
"""


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("pass", "exc"),
        ("exc = 1", "err"),
        ("exc, err = 1, 2", "error"),
        ("[exc for exc in x]; err(error)", "exc_1"),
        ("lambda: exc", "err"),
        ("use(exc=1); thing.exc = 2", "exc"),
        ("global exc", "err"),
        ("import exc", "err"),
        ("import x as exc", "err"),
        ("def exc(): pass", "err"),
        ("print(f'{exc}')", "err"),
        ("(exc := 1)", "err"),
        ("del exc", "err"),
        ("import sqlalchemy.exc", "exc"),
    ],
)
def test_the_new_name_is_one_that_the_function_does_not_use(before: str, name: str) -> None:
    source = NAMED.format(before=before)
    after = source.replace("ValueError:", f"ValueError as {name}:")
    check_chained(source, after.replace("raise OrderError", f"raise OrderError from {name}"))


def test_a_name_that_the_module_binds_is_not_shadowed() -> None:
    source = "from sqlalchemy import exc\n" + NAMED.format(before="pass")
    check_chained(
        source,
        source.replace("ValueError:", "ValueError as err:").replace("OrderError", "OrderError from err"),
    )


def test_another_handler_may_use_the_same_name() -> None:
    check_chained(
        """\
        def read():
            try:
                parse()
            except KeyError as exc:
                log(exc)
            except ValueError:
                raise OrderError
        """,
        """\
        def read():
            try:
                parse()
            except KeyError as exc:
                log(exc)
            except ValueError as exc:
                raise OrderError from exc
        """,
    )


def test_a_handler_inside_may_not_use_the_same_name() -> None:
    check_chained(
        """\
        def read():
            try:
                parse()
            except ValueError:
                try:
                    undo()
                except OSError as exc:
                    log(exc)
                raise OrderError
        """,
        """\
        def read():
            try:
                parse()
            except ValueError as err:
                try:
                    undo()
                except OSError as exc:
                    log(exc)
                raise OrderError from err
        """,
    )


def test_handlers_inside_each_other_get_different_names_in_one_run() -> None:
    check_chained(
        """\
        def read():
            try:
                parse()
            except ValueError:
                try:
                    undo()
                except OSError:
                    if strict:
                        raise UndoError
                raise OrderError
        """,
        """\
        def read():
            try:
                parse()
            except ValueError as exc:
                try:
                    undo()
                except OSError as err:
                    if strict:
                        raise UndoError from err
                raise OrderError from exc
        """,
    )


def test_a_bare_clause_is_named_with_the_same_meaning() -> None:
    check_chained(
        "try:\n    parse()\nexcept:\n    raise OrderError()\n",
        "try:\n    parse()\nexcept BaseException as exc:\n    raise OrderError() from exc\n",
    )


def test_with_the_bare_rewrite_both_agree_on_the_clause() -> None:
    before = "try:\n    parse()\nexcept:\n    raise OrderError()\n"
    made = check_fixed(
        before,
        "try:\n    parse()\nexcept Exception as exc:\n    raise OrderError() from exc\n",
        BareWanted(3),
        *raises(before),
    )
    assert {rewrite.safety for rewrite in made.rewrites} == {"unsafe"}


HANDLER = "try:\n    parse()\nexcept ValueError as e:\n"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("    raise e", "is the caught error"),
        ("    raise e.with_traceback(None)", "comes out of it"),
        ("    raise e.args[0]", "comes out of it"),
        ("    raise (OrderError if x else e)", "is the caught error"),
        ("    raise sys.exc_info()[1]", "sys.exc_info()"),
        ("    raise StopIteration", "steers the program"),
        ("    raise SystemExit(1)", "steers the program"),
        ("    e = 1\n    raise OrderError", "another value in line 4"),
        ("    del e\n    raise OrderError", "another value in line 4"),
        ("    for e in x: pass\n    raise OrderError", "another value in line 4"),
        ("    with x as e: pass\n    raise OrderError", "another value in line 4"),
        ("    [(e := 1) for y in x]\n    raise OrderError", "another value in line 4"),
        ("    try: pass\n    except OSError as e: pass\n    raise OrderError", "another value in line 5"),
        ("    while x:\n        if y: raise OrderError\n        e = 1", "another value in line 6"),
        ("    def f():\n        raise OrderError", "nested function"),
        ("    class A:\n        raise OrderError", "nested class"),
        ("    try: pass\n    finally:\n        raise OrderError", "finally"),
    ],
)
def test_a_raise_is_left_alone_where_a_cause_would_be_wrong(body: str, reason: str) -> None:
    check_not_chained(HANDLER + body + "\n", reason)


@pytest.mark.parametrize(
    "body",
    [
        "    f(lambda e: e)\n    raise OrderError",
        "    [e for e in x]\n    raise OrderError",
        "    def f(e): e = 1\n    raise OrderError",
        "    if x: raise OrderError\n    e = 1",
    ],
)
def test_a_name_of_another_scope_or_a_later_value_does_no_harm(body: str) -> None:
    check_chained(HANDLER + body + "\n", HANDLER + body.replace("OrderError", "OrderError from e") + "\n")


def test_a_name_declared_nonlocal_somewhere_is_not_trusted() -> None:
    check_not_chained(
        """\
        def f():
            def g():
                nonlocal e
            try:
                parse()
            except ValueError as e:
                raise OrderError
        """,
        "global or nonlocal",
    )


@pytest.mark.parametrize("seeing", ["locals()", "vars()", "eval(x)"])
def test_no_name_is_added_where_the_function_looks_at_its_names(seeing: str) -> None:
    check_not_chained(NAMED.format(before=seeing), "locals()")


def test_no_name_is_added_in_a_class_body() -> None:
    check_not_chained("class A:\n    try: x()\n    except ValueError: raise OrderError\n", "class body")


def test_no_name_is_added_at_module_level_beside_a_star_import() -> None:
    check_not_chained("from a import *\ntry: x()\nexcept ValueError: raise OrderError\n", "star import")


def test_a_raise_outside_any_handler_and_a_missing_one_are_refused() -> None:
    check_refused("raise OrderError\n", ChainWanted(1, 0), "not stand in an except clause")
    check_refused("raise OrderError\n", ChainWanted(1, 4), "no raise statement")


def test_a_bare_raise_and_one_with_a_cause_are_refused() -> None:
    check_refused(HANDLER + "    raise\n", ChainWanted(4, 4), "bare raise")
    check_refused(HANDLER + "    raise OrderError from None\n", ChainWanted(4, 4), "has a cause")


@pytest.mark.parametrize(
    ("body", "safety"),
    [
        ("raise OrderError", "safe"),
        ("raise errors.OrderError('x')", "safe"),
        ("err = OrderError(e)\n    err.code = 3\n    raise err", "safe"),
        ("err = OrderError(e)\n    err.__cause__ = x\n    raise err", "unsafe"),
        ("err = make(e)\n    raise err", "unsafe"),
        ("raise self.last_error", "unsafe"),
        ("raise make_error(e)", "unsafe"),
        ("raise NOT_FOUND", "unsafe"),
    ],
)
def test_it_is_safe_only_where_the_error_is_made_here(body: str, safety: str) -> None:
    source = HANDLER + "    " + body + "\n"
    assert [rewrite.safety for rewrite in plan_of(source, *raises(source)).rewrites] == [safety]


def test_a_place_that_libcst_does_not_give_back_exactly_is_refused() -> None:
    source = "try: parse()\nexcept ValueError : raise OrderError\n"
    assert plan_of(source, *raises(source)).rewrites == ()
