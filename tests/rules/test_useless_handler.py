"""BC205."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, one

TRY = "try:\n    work()\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("useless_handler")


@pytest.mark.parametrize(
    "clause",
    [
        "except KeyError:  # BC205\n    raise\n",
        "except KeyError as error:  # BC205\n    raise error\n",
        "except Exception:  # BC205\n    raise\n",
        "except:  # BC205\n    raise\n",
        "except KeyError:  # BC205\n    raise\nfinally:\n    close()\n",
        "except KeyError:  # BC205\n    raise\nelse:\n    close()\n",
        "except KeyError:  # BC205\n    raise\n    close()\n",
        "except OSError:\n    close()\nexcept Exception:  # BC205\n    raise\n",
        "except KeyboardInterrupt:  # BC205\n    raise\n",
    ],
)
def test_a_clause_that_only_raises_again_is_found(clause: str) -> None:
    check_finds(TRY + clause, "BC205")


def test_it_is_a_note_with_a_message_that_names_the_class() -> None:
    found = one(TRY + "except KeyError:\n    raise\n", "BC205")
    assert (found.severity, found.message) == ("note", "catches KeyError only to raise it again")


@pytest.mark.parametrize(
    "clause",
    [
        "except KeyError:\n    close()\n    raise\n",
        "except KeyError:\n    if a:\n        raise\n",
        "except KeyError as error:\n    raise error from None\n",
        "except KeyError as error:\n    raise error.original\n",
        "except* KeyError:\n    raise\n",
    ],
)
def test_a_clause_that_does_more_is_left_alone(clause: str) -> None:
    check_clean(TRY + clause, "BC205")


@pytest.mark.parametrize(
    "later", ["", " Exception", " LookupError", " KeyError", " (OSError, LookupError)", " Own"]
)
def test_a_later_clause_that_may_take_the_error_gives_it_a_use(later: str) -> None:
    check_clean(f"{TRY}except KeyError:\n    raise\nexcept{later}:\n    close()\n", "BC205")


def test_a_later_clause_of_a_subclass_would_come_to_life() -> None:
    check_clean(TRY + "except OSError:\n    raise\nexcept FileNotFoundError:\n    close()\n", "BC205")


def test_a_later_clause_of_an_unrelated_class_gives_it_no_use() -> None:
    check_finds(TRY + "except KeyError:  # BC205\n    raise\nexcept OSError:\n    close()\n", "BC205")


def test_a_class_of_unknown_descent_may_be_of_any_kind() -> None:
    check_clean(TRY + "except Own:\n    raise\nexcept OSError:\n    close()\n", "BC205")
    check_finds(TRY + "except Own:  # BC205\n    raise\n", "BC205")


def test_clauses_that_all_only_raise_again_give_each_other_no_use() -> None:
    check_finds(TRY + "except Own:  # BC205\n    raise\nexcept Exception:  # BC205\n    raise\n", "BC205")
    several = "except A:\n    raise\nexcept B:\n    raise\nexcept Exception:\n    close()\n"
    check_clean(TRY + several, "BC205")


def test_a_configured_class_counts_as_broad() -> None:
    code = TRY + "except KeyError:\n    raise\nexcept OSError:\n    close()\n"
    check_clean(code, "BC205", Config(broad_exceptions=("builtins.OSError",)))


def test_that_exits_pass_in_front_of_another_clause_is_worth_saying() -> None:
    for name in ("KeyboardInterrupt", "(SystemExit, KeyboardInterrupt)", "asyncio.CancelledError"):
        check_clean(f"{TRY}except {name}:\n    raise\nexcept Exception:\n    close()\n", "BC205")


def test_a_comment_that_says_why_is_a_use() -> None:
    check_clean(TRY + "except KeyError:  # the caller knows what to do\n    raise\n", "BC205")
    check_clean(TRY + "except KeyError:\n    # let it pass\n    raise\n", "BC205")


@pytest.mark.parametrize("comment", ["pylint: disable=broad-except", "pragma: no cover", "---"])
def test_a_comment_for_tools_says_nothing(comment: str) -> None:
    assert one(f"{TRY}except Exception:  # {comment}\n    raise\n", "BC205").severity == "note"


def test_clauses_around_it_are_read_as_ever() -> None:
    code = """
    try:
        work()
    except KeyError as error:
        raise Failed()
    except OSError:  # BC205
        raise
    except ValueError:
        try:
            close()
        except Exception as error:  # BC205
            raise error
    """
    check_finds(code, "BC205")
