"""BC102."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, one

HEAD = "try:\n    work()\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("broad_except")


@pytest.mark.parametrize(
    "clause",
    [
        "except Exception:",
        "except BaseException as error:",
        "except (ValueError, Exception):",
        "except (ValueError, (KeyError, Exception)):",
        "except* Exception:",
        "except builtins.Exception:",
        "except E:",
        "except ERRORS:",
    ],
)
def test_every_spelling_of_a_broad_class_is_found(clause: str) -> None:
    names = "import builtins\nE = Exception\nERRORS = (OSError, Exception)\n"
    check_finds(names + HEAD + clause + "  # BC102\n    pass\n", "BC102")


def test_a_class_of_the_file_that_is_called_exception_is_not_broad() -> None:
    check_clean("class Exception(ValueError): ...\n" + HEAD + "except Exception:\n    pass\n", "BC102")


def test_specific_classes_are_not_broad() -> None:
    check_clean(HEAD + "except (OSError, ValueError):\n    pass\n", "BC102")


def test_configured_classes_are_broad() -> None:
    code = "import requests\n" + HEAD + "except requests.RequestException:  # BC102\n    pass\n"
    check_finds(code, "BC102", Config(broad_exceptions=("requests.RequestException",)))


def test_a_log_record_is_no_excuse() -> None:
    check_finds(HEAD + "except Exception:  # BC102\n    logger.exception('no')\n", "BC102")


@pytest.mark.parametrize("last", ["raise", "raise Failed() from error", "raise Failed()", "sys.exit(1)"])
def test_whatever_leaves_on_every_path_is_left_alone(last: str) -> None:
    check_clean(f"import sys\n{HEAD}except Exception as error:\n    {last}\n", "BC102")


def test_a_raise_in_one_branch_is_not_enough() -> None:
    check_finds(HEAD + "except Exception:  # BC102\n    if strict:\n        raise\n", "BC102")


def test_a_constant_is_named_with_the_class_that_makes_it_broad() -> None:
    code = "ERRORS = (OSError, Exception)\n" + HEAD + "except ERRORS:\n    pass\n"
    assert one(code, "BC102").message == "catches Exception through ERRORS; the error is dropped"


def test_the_steps_lead_along_the_worst_path() -> None:
    code = HEAD + "except Exception:\n    if strict:\n        raise\n    answer = 0\n"
    assert one(code, "BC102").steps == ((4, "unless strict"), (6, "answer = 0"))


def test_a_fallback_is_worse_than_a_traceback_in_the_log() -> None:
    body = "def f():\n    try:\n        return work()\n    except Exception:\n        "
    assert one(body + "return 0\n", "BC102").severity == "error"
    assert one(body + "logger.exception('no')\n        return default\n", "BC102").severity == "warning"
    assert one(body + "logger.exception('no')\n        return 0\n", "BC102").severity == "warning"
    assert one(body + "logger.exception('no')\n        return None\n", "BC102").severity == "note"


def test_the_finding_stands_on_the_clause_and_names_the_function() -> None:
    code = (
        "class A:\n    def f(self):\n        try:\n            work()\n"
        "        except Exception as e:\n            pass\n"
    )
    finding = one(code, "BC102")
    assert (finding.span.line, finding.span.column, finding.span.end_column) == (5, 8, 29)
    assert (finding.function, finding.handler, finding.noqa_row) == ("A.f", "app/service.py:5", 5)
