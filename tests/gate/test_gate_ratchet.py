"""What is new, what got worse, and what is stale?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from broadcatch.gate.entries import is_live
from broadcatch.gate.ratchet import weigh
from broadcatch.model.baseline import Entry
from broadcatch.model.findings import Suppressed
from tests.gate.remembering import module, pieces, standing

SEND = """
def show(order):
    try:
        client.get(order.key, timeout=3)
        check(order.total)
    except Exception as error:
        log.error("not sent")
"""
LOGGED = 'log.error("not sent")'


def remembered(code: str) -> list[Entry]:
    """The entries that `baseline write` would make."""
    found = standing(code)
    return [
        replace(one.entry, codes=tuple(sorted({each.code for each in one.findings if is_live(each)})))
        for one in found
        if any(map(is_live, one.findings))
    ]


def live(before: str, after: str) -> list[str]:
    weighed = weigh(remembered(before), standing(after), lambda _: True)
    return [found.message for one in weighed.standings for found in one.findings if is_live(found)]


def stale(before: str, after: str) -> list[str]:
    return [one.why for one in weigh(remembered(before), standing(after), lambda _: True).stale]


@given(pieces)
def test_what_was_recorded_is_neither_new_nor_stale(parts):
    code = module(parts)
    assert live(code, code) == []
    assert stale(code, code) == []


@given(pieces, pieces)
def test_nothing_that_was_silenced_speaks_and_nothing_else_is_silenced(first, second):
    weighed = weigh(remembered(module(first)), standing(module(second)), lambda _: True)
    for old, new in zip(standing(module(second)), weighed.standings, strict=True):
        assert [one.span for one in old.findings] == [one.span for one in new.findings]
        pairs = zip(old.findings, new.findings, strict=True)
        assert all(is_live(one) for one, other in pairs if one != other)


@given(pieces)
def test_without_an_entry_everything_is_new(parts):
    found = standing(module(parts))
    assert weigh([], found, lambda _: True).standings == found


def test_an_edit_that_changes_nothing_for_the_error_is_covered():
    after = SEND.replace("timeout=3", "timeout=9").replace("not sent", "lost")
    assert live(SEND, after) == stale(SEND, after) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (LOGGED, "pass", "it was logged-text, now dropped"),
        ("except Exception as error", "except BaseException as error", "now `except BaseException`"),
        ("check(order.total)", "store.save(order.total)", "newly at stake: write: store.save"),
        (
            "check(order.total)",
            "client.place_order(order.total)",
            "newly at stake: money: place_order",
        ),
    ],
)
def test_what_got_worse_speaks_and_says_why(old, new, why):
    messages = live(SEND, SEND.replace(old, new))
    assert messages
    assert all(why in message for message in messages)


def test_a_renamed_function_puts_nothing_new_at_stake():
    assert live(SEND, SEND.replace("def show", "def save_order")) == []


def test_a_finding_of_another_kind_at_a_known_handler_is_new():
    place = standing(SEND)[0]
    other = replace(place.findings[0], code="BC402", message="another thing")
    weighed = weigh(remembered(SEND), [replace(place, findings=(*place.findings, other))], lambda _: True)
    assert [one.message for one in weighed.standings[0].findings if is_live(one)] == ["another thing"]


def test_a_handler_of_one_class_that_becomes_broad_is_new():
    before = "try:\n    go(a, b)\nexcept KeyError:\n    raise Wrong(1)\n"
    assert len(live(before, before.replace("KeyError", "Exception").replace("raise Wrong(1)", "pass"))) == 2


def test_what_is_gone_is_stale():
    assert stale(SEND, "def show(order):\n    client.get(order.key)\n") == ["gone"]


def test_what_was_narrowed_is_stale():
    assert stale(SEND, SEND.replace("except Exception", "except OSError")) == ["gone"]


def test_what_raises_again_is_stale():
    assert stale(SEND, SEND.replace(LOGGED, "raise")) == ["fixed"]


def test_what_became_better_is_stale_until_it_is_lowered():
    before = SEND.replace(LOGGED, "pass")
    assert stale(before, SEND) == ["better: it was dropped, now logged-text"]
    assert live(before, SEND) == []


def test_what_somebody_silenced_is_stale():
    places = [
        replace(one, findings=tuple(replace(each, suppressed=Suppressed("noqa")) for each in one.findings))
        for one in standing(SEND)
    ]
    weighed = weigh(remembered(SEND), places, lambda _: True)
    assert [one.why for one in weighed.stale] == ["suppressed"]
    assert [each.suppressed.by for one in weighed.standings for each in one.findings if each.suppressed][
        0
    ] == "noqa"


def test_what_a_run_has_not_decided_is_not_stale():
    assert weigh(remembered(SEND), (), lambda _: False).stale == ()


def test_the_reason_of_an_entry_is_that_of_the_silence():
    entries = [replace(one, reason="until the new client") for one in remembered(SEND)]
    found = weigh(entries, standing(SEND), lambda _: True).standings[0].findings
    assert {one.suppressed for one in found if one.suppressed} == {
        Suppressed("baseline", "until the new client")
    }
