"""BC204."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_finds, check_fixture, one

HEAD = "try:\n    work()\nexcept OSError as error:\n    clean()\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("re_raise_by_name")


@pytest.mark.parametrize(
    "body",
    [
        "raise error  # BC204",
        "if a:\n        b()\n    else:\n        raise error  # BC204",
        "for a in b:\n        raise error  # BC204",
        "with a:\n        raise error  # BC204",
        "raise error.with_traceback(error.__traceback__)  # BC204",
        "raise error.with_traceback(sys.exc_info()[2])  # BC204",
        "try:\n        raise error  # BC204\n    finally:\n        a()",
        "try:\n        a()\n    except KeyError:\n        pass\n    else:\n        raise error  # BC204",
    ],
)
def test_the_caught_error_raised_by_its_name_is_found(body: str) -> None:
    check_finds(f"{HEAD}    {body}\n", "BC204")


def test_under_a_broad_class_it_is_found_too() -> None:
    code = "try:\n    work()\nexcept Exception as error:\n    clean()\n    raise error from error  # BC204\n"
    check_finds(code, "BC204")


def test_it_is_a_note() -> None:
    assert one(HEAD + "    raise error\n", "BC204").severity == "note"


@pytest.mark.parametrize(
    "body",
    [
        "raise",
        "raise other",
        "raise error.original",
        "raise error.with_traceback(None)",
        "raise error from other",
        "raise error from None",
        "def again():\n        raise error",
        "callback = lambda: error",
        "error = wrap(error)\n    raise error",
        "error.__traceback__ = None\n    raise error",
        "for error in errors:\n        raise error",
        "with a as error:\n        raise error",
        "try:\n        a()\n    except KeyError:\n        raise error",
        "try:\n        a()\n    except KeyError as error:\n        pass\n    raise error",
        "try:\n        a()\n    finally:\n        raise error",
    ],
)
def test_what_a_bare_raise_would_change_is_left_alone(body: str) -> None:
    check_clean(f"{HEAD}    {body}\n", "BC204")


def test_a_group_that_is_raised_by_name_is_another_group() -> None:
    check_clean("try:\n    work()\nexcept* OSError as error:\n    clean()\n    raise error\n", "BC204")


def test_a_clause_that_does_nothing_else_is_another_finding() -> None:
    code = "try:\n    work()\nexcept OSError as error:\n    raise error  # BC204\n"
    check_clean(code, "BC204")
    check_finds(code + "except Exception:\n    log()\n", "BC204")
