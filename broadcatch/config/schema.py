"""Which keys are there, and is this value one that a key may have? Both read off the dataclasses."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

from broadcatch.config.options import Config, Expected, Location, Part, Risk, Shape, Translation, Zone
from broadcatch.errors import ConfigError

Table: TypeAlias = "Zone | Expected | Risk | Translation"
"""What a table within a value may be."""

_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
_NAMES = {bool: "a boolean", int: "a whole number", float: "a number", str: "a string", list: "a list"}


@cache
def parts() -> Mapping[str, Part]:
    """Field name → what the option can change."""
    return {option.name: option.metadata.get("part", "findings") for option in fields(Config)}


@cache
def keys() -> Mapping[str, str]:
    """Key as written in a file (`fail-on`) → name of its field (`fail_on`)."""
    return {
        name.replace("_", "-"): name for name, part in parts().items() if part not in ("origin", "foreign")
    }


@cache
def _hints() -> Mapping[str, Any]:
    return get_type_hints(Config, include_extras=True)


def field_of(key: str, where: str) -> str:
    """The field that `key` sets; `where` names the place for the user. Raises ConfigError."""
    if key in keys():
        return keys()[key]
    raise ConfigError(f"{where}: unknown key{_nearest(key, keys())}")


def checked(name: str, value: object, where: str, locate: Callable[[str], str] = str) -> object:
    """`value` as the field `name` holds it (tuples for lists). Raises ConfigError naming `where`.

    `locate` makes a path of the file absolute.
    """
    return _checked(_hints()[name], value, where, locate)


def _checked(hint: Any, value: object, where: str, locate: Callable[[str], str]) -> object:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(arguments[0], arguments[1], value, where, locate)
    if origin is Literal:
        return _one_of(tuple(filter(None, arguments)), value, where, "")  # "" is the default of an option
    if origin is tuple:
        items = _typed(list, "a list", value, where)
        return tuple(_checked(arguments[0], item, f"{where}[{at}]", locate) for at, item in enumerate(items))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        table: dict[str, object] = _typed(dict, "a table", value, where)
        return {
            _key(arguments[0], key, where): _checked(arguments[1], item, f"{where}.{key}", locate)
            for key, item in table.items()
        }
    if hint in (Zone, Expected, Risk, Translation):
        return _table(hint, value, where, locate)
    return _typed(hint, _KINDS[hint], value, where)


def _table(hint: type[Table], value: object, where: str, locate: Callable[[str], str]) -> Table:
    """A nested table: its keys are the fields of `hint`; a text alone is the value of its `short` one."""
    short = getattr(hint, "short", "")
    is_short = bool(short) and isinstance(value, str)
    given: dict[str, object] = {short: value} if is_short else _typed(dict, "a table", value, where)
    names = {one.name.rstrip("_"): one.name for one in fields(hint)}
    hints = {key: get_type_hints(hint, include_extras=True)[name] for key, name in names.items()}
    for key in given:
        if key not in hints:
            raise ConfigError(f"{where}.{key}: unknown key{_nearest(key, hints)}")
    values: dict[str, Any] = {
        names[key]: _checked(hints[key], item, f"{where}.{key}", locate) for key, item in given.items()
    }
    made = hint(**values)
    missing, known = made.lacks()
    if missing:
        raise ConfigError(f"{where}: {missing}{_nearest(str(values.get(short or 'name', '')), known)}")
    return made


def _marked(hint: Any, mark: object, value: object, where: str, locate: Callable[[str], str]) -> object:
    plain = _checked(hint, value, where, locate)
    if isinstance(mark, Location):
        return locate(str(plain)) if plain else plain
    if isinstance(mark, Shape) and not re.fullmatch(mark.pattern, str(plain)):
        upper = str(plain).upper()
        hint_text = f'; did you mean "{upper}"?' if re.fullmatch(mark.pattern, upper) else ""
        raise ConfigError(f"{where}: {_shown(plain)} is not {mark.wanted}{hint_text}")
    return plain


def _key(hint: Any, key: str, where: str) -> object:
    if get_origin(hint) is Annotated:
        return _checked(hint, key, where, str)
    return _one_of(get_args(hint), key, f"{where}.{key}", "key ") if get_origin(hint) is Literal else key


def _one_of(allowed: tuple[Any, ...], value: object, where: str, what: str) -> object:
    if isinstance(value, str) and value in allowed:
        return value
    wanted = ", ".join(f'"{item}"' for item in allowed)
    raise ConfigError(f"{where}: {what}{_shown(value)} is not one of {wanted}{_nearest(str(value), allowed)}")


def _typed(kind: type, wanted: str, value: object, where: str) -> Any:
    if type(value) is kind:
        return value
    if kind is float and type(value) is int:
        return float(value)
    got = _NAMES.get(type(value), "a table" if isinstance(value, Mapping) else "another kind of value")
    raise ConfigError(f"{where}: expected {wanted}, found {got}")


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "select"?`, or "" where nothing is near."""
    near = difflib.get_close_matches(word.strip().lower().replace("_", "-"), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
