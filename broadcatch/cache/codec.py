"""How does a value of ours become plain data, and how is plain data checked to be one?

A dataclass becomes the list of its fields, without those at the end that have their default; a member of
a union of dataclasses has its number in front. What the fields may hold is read off their types, once.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


class CorruptEntry(Exception):
    """The data is not what `encode` makes of a value of this type."""


class _Coder(NamedTuple):
    """`encode` is None where the value is plain data already; what is of type `plain` needs no `decode`."""

    encode: Callable[[Any], Any] | None
    decode: Callable[[Any], Any]
    plain: type | None = None


def encode(kind: type[Value], value: Value) -> str:
    """`value`, of the dataclass `kind`, as one line of ASCII JSON; "" where it is nested too deep to keep."""
    step = _dataclass(cast(Any, kind)).encode
    try:
        return json.dumps(step(value) if step else value, separators=(",", ":"))
    except RecursionError:
        return ""


def decode(kind: type[Value], text: str) -> Value:
    """The value that `encode` made `text` from. Raises CorruptEntry for anything else."""
    try:
        value: Value = _dataclass(cast(Any, kind)).decode(json.loads(text))
    except (ValueError, TypeError, IndexError, RecursionError) as error:
        raise CorruptEntry(f"no {kind.__name__}: {error}") from error
    return value


@cache
def shape(kind: type) -> str:
    """A hash of all that decides how `kind` is encoded: it changes when a field is added or retyped."""
    seen: dict[str, str] = {}
    _describe(kind, seen)
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def _describe(hint: Any, seen: dict[str, str]) -> None:
    if not is_dataclass(hint):
        for argument in get_args(hint) if get_origin(hint) is not Literal else ():
            _describe(argument, seen)
        return
    name = f"{hint.__module__}.{hint.__qualname__}"  # type: ignore[union-attr]
    if name not in seen:
        hints = get_type_hints(hint)
        seen[name] = repr([(field.name, hints[field.name], _default(field)) for field in fields(hint)])
        for inner in hints.values():
            _describe(inner, seen)


def _default(field: Field[Any]) -> str:
    """A field's default as text: `MISSING` shows its address, which differs from process to process."""
    return "" if field.default is MISSING else repr(field.default)


@cache
def _dataclass(kind: Any) -> _Coder:
    """The coder of a dataclass; those of its fields are made when it is first used, for types that recur."""
    names = [field.name for field in fields(kind)]
    defaults = [field.default for field in fields(kind)]
    required = max((at for at, default in enumerate(defaults, 1) if default is MISSING), default=0)
    take = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    most = len(names)

    @cache
    def coders() -> tuple[list[Callable[[Any], Any] | None], list[tuple[type | None, Callable[[Any], Any]]]]:
        hints = get_type_hints(kind)
        made = [_coder(hints[name]) for name in names]
        return [coder.encode for coder in made], [(coder.plain, coder.decode) for coder in made]

    def encode_fields(value: Any) -> list[Any]:
        held = take(value)
        count = most
        while count > required and held[count - 1] == defaults[count - 1]:
            count -= 1
        steps = zip(held[:count], coders()[0], strict=False)
        return [item if step is None else step(item) for item, step in steps]

    def decode_fields(data: Any) -> Any:
        if type(data) is not list or not required <= len(data) <= most:
            raise TypeError(f"no fields of {kind.__name__}")
        steps = zip(data, coders()[1], strict=False)
        return kind(*[item if type(item) is plain else step(item) for item, (plain, step) in steps])

    return _Coder(encode_fields, decode_fields)


@cache
def _coder(hint: Any) -> _Coder:
    origin, arguments = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _dataclass(cast(Any, hint))
    if origin is Literal:
        return _literal(frozenset(arguments))
    if origin is tuple:
        return _sequence(arguments[0]) if arguments[-1] is Ellipsis else _fixed(arguments)
    if origin in (Union, types.UnionType):
        return _optional(arguments) if type(None) in arguments else _union(arguments)
    if hint in (str, int, bool, float):
        return _Coder(None, _plain(hint), hint)
    raise TypeError(f"no plain data for {hint}")


def _plain(kind: type) -> Callable[[Any], Any]:
    def decode_plain(data: Any) -> Any:
        if type(data) is kind or (kind is float and type(data) is int):
            return data
        raise TypeError(f"no {kind.__name__}: {data!r}"[:80])

    return decode_plain


def _literal(allowed: frozenset[Any]) -> _Coder:
    def decode_literal(data: Any) -> Any:
        if data in allowed:
            return data
        raise TypeError(f"not one of the words: {data!r}"[:80])

    return _Coder(None, decode_literal)


def _sequence(hint: Any) -> _Coder:
    step, back, plain = _coder(hint)

    def decode_sequence(data: Any) -> tuple[Any, ...]:
        if type(data) is not list:
            raise TypeError("no list")
        return tuple([item if type(item) is plain else back(item) for item in data]) if data else ()

    if step is None:
        return _Coder(None, decode_sequence)
    encode_item = step
    return _Coder(lambda value: [encode_item(item) for item in value], decode_sequence)


def _fixed(hints: tuple[Any, ...]) -> _Coder:
    steps = [_coder(hint).encode or (lambda value: value) for hint in hints]
    backs = [_coder(hint).decode for hint in hints]

    def decode_fixed(data: Any) -> tuple[Any, ...]:
        if type(data) is not list:
            raise TypeError("no list")
        return tuple([back(item) for back, item in zip(backs, data, strict=True)])

    return _Coder(lambda value: [step(item) for step, item in zip(steps, value, strict=True)], decode_fixed)


def _optional(hints: tuple[Any, ...]) -> _Coder:
    rest = tuple(hint for hint in hints if hint is not type(None))
    step, back, _ = _union(rest) if len(rest) > 1 else _coder(rest[0])
    inner = step or (lambda value: value)
    return _Coder(
        lambda value: None if value is None else inner(value),
        lambda data: None if data is None else back(data),
    )


def _union(kinds: tuple[Any, ...]) -> _Coder:
    """Dataclasses only: `[number, fields]`."""
    coders = [_dataclass(kind) for kind in kinds]
    numbers = {kind: number for number, kind in enumerate(kinds)}
    encoders: list[Any] = [coder.encode for coder in coders]

    def encode_member(value: Any) -> list[Any]:
        number = numbers[type(value)]
        return [number, encoders[number](value)]

    def decode_member(data: Any) -> Any:
        if type(data) is not list or len(data) != 2 or type(data[0]) is not int or data[0] < 0:
            raise TypeError("no member of a union")
        return coders[data[0]].decode(data[1])

    return _Coder(encode_member, decode_member)
