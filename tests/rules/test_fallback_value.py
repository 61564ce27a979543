"""BC302."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.rules.tools import check_clean, check_finds, check_fixture, one

HEAD = "def f(self):\n    try:\n        return work()\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("fallback_value")


@pytest.mark.parametrize("body", ["return 0.0", "return None", "return []", "x = 0", "self.ready = False"])
def test_a_value_in_the_place_of_the_error_is_found(body: str) -> None:
    check_finds(f"{HEAD}    except Exception:  # BC302\n        {body}\n", "BC302")


@pytest.mark.parametrize(
    "body", ["return", "raise", "return str(error)", "logger.error('no')\n        return 0"]
)
def test_other_outcomes_are_left_alone(body: str) -> None:
    check_clean(f"{HEAD}    except Exception as error:\n        {body}\n", "BC302")


def test_the_message_spells_the_statement() -> None:
    code = HEAD + "    except Exception:\n        return 0.0\n"
    assert one(code, "BC302").message == "catches Exception; `return 0.0` takes its place"


def test_an_honest_default_is_a_note_with_typed() -> None:
    code = HEAD + "    except KeyError:\n        return None\n"
    check_clean(code, "BC302")
    assert one(code, "BC302", Config(typed=True)).severity == "note"


def test_a_configured_severity_holds_in_every_place() -> None:
    code = "def close(self):\n    try:\n        return work()\n    except Exception:\n        return 0\n"
    assert one(code, "BC302", Config(severity={"fallback": "error"})).severity == "error"
    assert one(code, "BC302").severity == "warning"
