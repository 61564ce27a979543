"""A broad clause gives way to one clause for each cause, each raising the project's own error from it."""

from __future__ import annotations

import pytest
from rewriting import check_fixed, check_refused, clause, plan_of

from broadcatch.rewrite.codemods.translate import renamed, renamed_arguments
from broadcatch.rewrite.structural import Cause, TranslateWanted, Turned
from broadcatch.rewrite.values import Spelled

HEAD = "import logging\n\nimport lib\n\nlogger = logging.getLogger(__name__)\n\n\n"
DENIED = Spelled("lib.Denied", "lib.Denied")
FAILED = Spelled("lib.Failed", "lib.Failed")
AUTH = Spelled("AuthError", "app.errors.AuthError", "app.errors", "AuthError")
BROKEN = Spelled("BrokenError", "app.errors.BrokenError", "app.errors", "BrokenError")
TWO = (Cause((DENIED,), (Turned(AUTH),)), Cause((FAILED,), (Turned(BROKEN),)))


def translate(before: str, causes: tuple[Cause, ...] = TWO, **given) -> TranslateWanted:
    return TranslateWanted(clause(before), causes, reason="callers see it", **given)


def in_function(body: str, imported: str = "") -> str:
    head = HEAD.replace("import lib\n", f"import lib\n{imported}")
    return f"{head}def f():\n" + "".join(f"    {line}\n" for line in body.splitlines())


BOTH = "from app.errors import AuthError, BrokenError\n"


def test_each_cause_gets_a_clause_and_the_rest_is_logged_and_raised_again() -> None:
    before = in_function(
        'try:\n    x()\nexcept Exception as e:\n    logger.error(f"no x: {e}")\n    return None'
    )
    after = in_function(
        'try:\n    x()\nexcept lib.Denied as e:\n    raise AuthError(f"no x: {e}") from e\n'
        'except lib.Failed as e:\n    raise BrokenError(f"no x: {e}") from e\n'
        'except Exception:  # broadcatch: residual\n    logger.exception("unexpected error in f")\n    raise',
        BOTH,
    )
    made = check_fixed(before, after, translate(before))
    assert [(one.kind, one.safety) for one in made.rewrites] == [("translate", "unsafe")]


def test_conditions_stand_in_one_clause_before_what_holds_without_them() -> None:
    cases = (Turned(AUTH, "exc.status == 401"), Turned(BROKEN, "", "str(exc), code=exc.code"))
    before = in_function("try:\n    x()\nexcept Exception as e:\n    return None")
    after = in_function(
        "try:\n    x()\nexcept lib.Failed as e:\n    if e.status == 401:\n"
        "        raise AuthError(str(e)) from e\n    raise BrokenError(str(e), code=e.code) from e\n"
        'except Exception:  # broadcatch: residual\n    logger.exception("unexpected error in f")\n    raise',
        BOTH,
    )
    check_fixed(before, after, translate(before, (Cause((FAILED,), cases),)))


def test_without_a_case_that_holds_always_the_error_is_raised_again() -> None:
    before = in_function("try:\n    x()\nexcept Exception:\n    return None")
    made = plan_of(
        before, translate(before, (Cause((FAILED,), (Turned(AUTH, "exc.status == 401"), Turned())),))
    )
    text = made.rewrites[0].edits[-1].content
    assert (
        "        if exc.status == 401:\n            raise AuthError(str(exc)) from exc\n        raise\n"
        in text
    )


def test_what_a_lossy_raise_said_of_everything_is_not_said_of_each_cause() -> None:
    before = in_function('try:\n    x()\nexcept Exception:\n    raise ValueError("invalid token")')
    made = plan_of(before, translate(before))
    assert "raise AuthError(str(exc)) from exc" in made.rewrites[0].edits[-1].content


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('raise ValueError(f"no: {e}")', 'f"no: {e}"'),
        ('logger.warning("no %s: %s", name, e)', 'f"no {name}: {e}"'),
        ('logger.warning("no %5d", n)', "str(e)"),
        ('logger.warning("%s", d["a"])', "str(e)"),
        ('logger.warning("no price")', '"no price"'),
        ("logger.warning(text)", "str(e)"),
        ("pass", "str(e)"),
    ],
)
def test_the_new_error_says_what_was_said_of_the_operation(body: str, text: str) -> None:
    before = in_function(f"try:\n    x()\nexcept Exception as e:\n    {body}")
    made = plan_of(before, translate(before))
    assert f"raise AuthError({text}) from e" in made.rewrites[0].edits[-1].content


def test_what_the_body_undoes_is_undone_for_each_cause_and_its_comments_stay() -> None:
    before = in_function(
        "try:\n    x()\nexcept Exception as e:  # flaky at night\n    # half written\n"
        "    session.rollback()\n    # nobody asks for it\n    return None"
    )
    after = in_function(
        "try:\n    x()\nexcept lib.Denied as e:\n    # flaky at night\n    # nobody asks for it\n"
        "    # half written\n    session.rollback()\n    raise AuthError(str(e)) from e\n"
        "except lib.Failed as e:\n    # half written\n    session.rollback()\n"
        "    raise BrokenError(str(e)) from e\n"
        'except Exception:  # broadcatch: residual\n    logger.exception("unexpected error in f")\n'
        "    # half written\n    session.rollback()\n    raise",
        BOTH,
    )
    check_fixed(before, after, translate(before))


def test_what_an_earlier_clause_takes_gets_no_second_one() -> None:
    before = in_function("try:\n    x()\nexcept lib.Denied:\n    y()\nexcept Exception:\n    return None")
    made = plan_of(before, translate(before))
    assert "lib.Denied" not in made.rewrites[0].edits[-1].content
    check_refused(before, translate(before, TWO[:1]), "catch all that the mapping names")


def test_an_else_and_a_finally_stay_where_they_are() -> None:
    before = in_function("try:\n    x()\nexcept Exception:\n    return 0\nelse:\n    y()\nfinally:\n    z()")
    made = plan_of(before, translate(before))
    assert made.refused == ()


def test_what_the_mapping_lacks_is_said() -> None:
    before = in_function("try:\n    x()\nexcept Exception:\n    return 0")
    check_refused(before, translate(before, flaw="there is no AuthError yet"), "there is no AuthError yet")


def test_a_group_is_not_translated() -> None:
    before = in_function("try:\n    x()\nexcept* Exception:\n    y()")
    check_refused(before, translate(before), "part of a group")


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("exc.code == 429", "err.code == 429"),
        ("'é' in str(exc) and exc.exc", "'é' in str(err) and err.exc"),
        ("any(exc == x for x in exc.args)", "any(err == x for x in err.args)"),
    ],
)
def test_the_caught_error_goes_by_the_name_that_it_has(code: str, after: str) -> None:
    assert renamed(code, "err") == after
    assert renamed_arguments(f"{code}, a=exc", "err") == f"{after}, a=err"
