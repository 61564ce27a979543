"""May a sibling of the written class come too? Then a builtin base that is proposed stands for both."""

from __future__ import annotations

import builtins
import json

import pytest

from broadcatch.mend.narrowing import widened
from tests.samples import proposal, suggestion

CLASSES = {"json.JSONDecodeError": json.JSONDecodeError}
JSON = proposal("json.JSONDecodeError", type="json.JSONDecodeError")
KEY, VALUE = proposal("KeyError", type="KeyError"), proposal("ValueError", type="ValueError")


def named(type_):
    return CLASSES.get(type_) or getattr(builtins, type_)


def catches(clause, raised):
    return issubclass(named(raised), named(clause))


def written(replacement, possible, *proposals):
    asked = suggestion(replacement=replacement, possible=possible, proposals=proposals)
    return widened(asked, catches).replacement


BOTH = ("json.JSONDecodeError", "UnicodeDecodeError")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("json.JSONDecodeError", "ValueError"),
        ("(json.JSONDecodeError, KeyError)", "(ValueError, KeyError)"),
        ("ValueError", "ValueError"),
    ],
)
def test_what_may_be_bytes_may_be_no_unicode_text_either(before, after):
    assert written(before, BOTH, JSON, KEY, VALUE) == after


def test_a_class_without_siblings_stays_as_it_is():
    assert written("json.JSONDecodeError", BOTH[:1], JSON, VALUE) == "json.JSONDecodeError"


def test_a_base_that_nobody_proposes_is_not_written():
    assert written("json.JSONDecodeError", BOTH, JSON, KEY) == "json.JSONDecodeError"


def test_a_broad_class_is_no_base():
    broad = proposal("Exception", type="Exception")
    assert written("json.JSONDecodeError", BOTH, JSON, broad) == "json.JSONDecodeError"
