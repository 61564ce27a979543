"""Every value of the model goes through plain data and back; anything else is one error."""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcatch.cache.codec import CorruptEntry, decode, encode, shape
from broadcatch.model.facts import Comment, Failure, FileFacts, Handler
from broadcatch.model.findings import Finding
from broadcatch.model.flow import Branch, Call, Evaluate, Noop, Try, Value
from broadcatch.model.outcome import Verdict
from broadcatch.model.raising import RaiseSet, Suggestion
from broadcatch.model.ranking import FileRisk, HandlerRisk
from broadcatch.model.span import Span

TEXT = st.text(st.characters(codec=None), max_size=5)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
    type(None): st.none(),
}


def values(hint: Any, depth: int = 3) -> st.SearchStrategy[Any]:
    """Values of a type of the model; a recursive body ends after `depth` levels."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in SCALARS:
        return SCALARS[hint]
    if origin is Literal:
        return st.sampled_from(arguments)
    if is_dataclass(hint):
        return st.builds(hint, *[values(kind, depth - 1) for kind in ordered(hint)])
    if origin in (Union, types.UnionType):
        flat = [Noop, Evaluate] if depth <= 0 and Noop in arguments else arguments
        return st.one_of([values(argument, depth) for argument in flat])
    if arguments[-1] is not Ellipsis:
        return st.tuples(*[values(argument, depth) for argument in arguments])
    return st.just(()) if depth <= 0 else st.lists(values(arguments[0], depth - 1), max_size=2).map(tuple)


def ordered(kind: type) -> list[Any]:
    hints = get_type_hints(kind)
    return [hints[field.name] for field in fields(kind)]


CROSSING = [FileFacts, Failure, Finding, Verdict, RaiseSet, Suggestion, FileRisk, HandlerRisk]


@pytest.mark.parametrize("kind", CROSSING)
def test_every_value_comes_back_equal(kind):
    @settings(max_examples=40, deadline=None)
    @given(values(kind))
    def comes_back(value):
        text = encode(kind, value)
        assert text.isascii() and "\n" not in text
        assert decode(kind, text) == value

    comes_back()


def nested(levels: int) -> Branch:
    body: tuple[Any, ...] = (Noop(1, "pass"),)
    for level in range(levels):
        body = (Branch(level, "if", Value("name", "x", ("x",)), (body, ()), False),)
    return body[0]


def attempt(levels: int) -> Try:
    return Try(1, False, (nested(levels),), ())


def test_a_nested_body_comes_back_with_its_arms():
    assert decode(Try, encode(Try, attempt(20))) == attempt(20)


def test_what_is_nested_too_deep_is_not_kept():
    assert encode(Try, attempt(100_000)) == ""


def test_trailing_defaults_take_no_room():
    assert json.loads(encode(Call, Call(1, "f", "", "local"))) == [1, "f", "", "local"]
    assert json.loads(encode(Call, Call(1, "f", "", "local", (), True))) == [1, "f", "", "local", [], True]


SPAN = encode(Span, Span(1, 2, 3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "7",
        '"x"',
        "[1,2,3]",
        "[1,2,3,4,5]",
        '[1,2,3,"4"]',
        "[1,2,3,true]",
        "[1,2,3,4",
        "NaN",
    ],
)
def test_what_is_no_span_is_corrupt(text):
    with pytest.raises(CorruptEntry):
        decode(Span, text)


@pytest.mark.parametrize(
    "text",
    ['[1,"if",["name","x"],[[[99,[]]]],false]', '[1,"if",["name","x"],[[[-1,[1,"pass"]]]],false]',
     '[1,"if",["name","x"],[[["0",[1,"pass"]]]],false]', '[1,"if",["name","x"],[[[0]]],false]',
     '[1,"unless",["name","x"],[],false]', '[1,["if"],["name","x"],[],false]', '[1,"if",null,[],false]'],
)  # fmt: skip
def test_a_wrong_member_or_word_is_corrupt(text):
    with pytest.raises(CorruptEntry):
        decode(Branch, text)


def test_endless_brackets_are_corrupt():
    with pytest.raises(CorruptEntry):
        decode(FileFacts, "[" * 100_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(TEXT, inner, max_size=3),
)


@given(JSON)
def test_no_other_data_raises_anything_but_corrupt(data):
    for kind in (FileFacts, Comment, Branch):
        try:
            value = decode(kind, json.dumps(data))
        except CorruptEntry:
            continue
        assert isinstance(value, kind)


def test_the_shape_tells_types_apart_and_is_stable():
    assert shape(FileFacts) == shape(FileFacts)
    assert len({shape(FileFacts), shape(Handler), shape(Span), shape(Noop)}) == 4
