"""Under which names may code speak of a function? The names that imports, assignments and returns give it."""

from __future__ import annotations

import ast

import pytest

from broadcatch.raises.upwards.gifts import Gift, gifts


def given(code: str) -> set[tuple[str, str]]:
    """Old and new name of all that the code gives."""
    return {(one.old, one.new) for one in gifts(ast.parse(code))}


@pytest.mark.parametrize(
    ("code", "pairs"),
    [
        ("new = old", {("old", "new")}),
        ("new = other = pkg.old", {("old", "new"), ("old", "other")}),
        ("self.new = old if yes else rest", {("old", "new"), ("rest", "new")}),
        ("new: int = old or rest", {("old", "new"), ("rest", "new")}),
        ("a, (b, c) = x, (y, z)", {("x", "a"), ("y", "b"), ("z", "c")}),
        ("a, b = pair", set()),
        ("go(new=old)", {("old", "new")}),
        ("from pkg import old as new", {("old", "new")}),
        ("import pkg.old as new", {("old", "new")}),
        ("with old() as new: pass", {("old", "new")}),
        ("class New(old, pkg.other): pass", {("old", "New"), ("other", "New")}),
        ("def f(a, new=old, *, other=rest, none): pass", {("old", "new"), ("rest", "other")}),
        ("if (new := old()): pass", {("old", "new")}),
        ("def f():\n    return old", {("old", "f")}),
        ("def f():\n    def g():\n        return old()\n    return 1", {("old", "g")}),
        ("'new = old'  # new = old", set()),
    ],
)
def test_a_name_is_given(code, pairs):
    assert given(code) == pairs


def test_a_variable_of_a_function_is_its_own_unless_it_is_declared_to_be_anothers():
    code = (
        "def f():\n    global there\n    here = old\n    there = old\n    self.attribute = old\nouter = old\n"
    )
    assert {one.new: one.local for one in gifts(ast.parse(code))} == {
        "here": True,
        "there": False,
        "attribute": False,
        "outer": False,
    }


def test_what_a_call_gives_and_what_comes_of_waiting_for_it_are_told_apart():
    code = "a = old\nb = old()\nasync def f():\n    c = await old()\n"
    assert list(gifts(ast.parse(code))) == [
        Gift("old", "a", "value"),
        Gift("old", "b", "value", called=True),
        Gift("old", "c", "value", called=True, awaited=True, local=True),
    ]
