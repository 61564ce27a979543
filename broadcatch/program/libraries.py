"""What do packages give whose source does not tell? Types of results, methods made at run time. From data."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from broadcatch.program.annotations import of_class
from broadcatch.program.meaning import Arguments, Bound, Meaning, Meanings
from broadcatch.program.module import Class, Function
from broadcatch.program.names import dotted
from broadcatch.program.project import External
from broadcatch.program.scope import Scope
from broadcatch.program.types import Type

SERVICE = "service "
"""What the type argument of a client begins with that is made for one service."""
_CLIENT = "botocore.client.BaseClient"
_BECOMING = frozenset({"task", "shared_task"})
"""The last parts of the names of decorators on record: only these are looked at."""


@dataclass(frozen=True, slots=True)
class Libraries:
    """All that is on record.

    `returns`: callable or attribute -> class of its value; the name is the one of its definition, or that of
    the receiver's class. `proxies`: class -> the classes whose attributes its instances hand on. `made`:
    classes that get their methods while the package runs. `becomes`: decorator -> the class of what it puts
    in place of a function, which is still called like it.
    """

    returns: dict[str, str]
    proxies: dict[str, Sequence[str]]
    made: frozenset[str]
    becomes: dict[str, str]


@cache
def libraries() -> Libraries:
    """What comes with broadcatch."""
    text = (Path(__file__).parent / "libraries.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Libraries(
        {name: result for result, names in data["returns"].items() for name in names},
        data["proxies"],
        frozenset(data["made"]),
        data["becomes"],
    )


def given(r: Meanings, name: str) -> Type | None:
    """The type of what the callable or attribute of this name gives; None if it is not on record."""
    table = libraries().returns
    found = table.get(name) or table.get(f"{name.rpartition('.')[0]}.*")
    return _instance(r, found) if found else None


def returned(
    r: Meanings, function: Function, receiver: Type | None, passed: Arguments | None = None
) -> Type | None:
    """What a function of a package gives, where its own text does not tell; `passed` are its arguments."""
    found = _returned(r, function, receiver)
    return _of_service(found, passed) if found is not None else None


def _of_service(of: Type, passed: Arguments | None) -> Type:
    """A client of AWS with the service that is named: `boto3.client("s3")`."""
    first = passed.positional[0] if passed is not None and passed.positional else None
    if of.name != _CLIENT or not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return of
    return replace(of, args=(Type(f"{SERVICE}{first.value}"),))


def _returned(r: Meanings, function: Function, receiver: Type | None) -> Type | None:
    table = libraries().returns
    own = table.get(f"{receiver.name}.{function.short}") if receiver is not None else None
    found = own or table.get(function.name)
    return _instance(r, found) if found else None


def member(r: Meanings, line: Sequence[Class | External | None], name: str) -> Meaning:
    """What no class of the line has in its text: of what it hands on, or made while its package runs."""
    for base in line:
        if not isinstance(base, Class):
            continue
        behind = (_instance(r, one) for one in libraries().proxies.get(base.name, ()))
        found = next((meant for of in behind if of and (meant := r.member(of, name))), None)
        if found is not None:
            return found
        if base.name in libraries().made and not name.startswith("_"):
            return External(f"{base.name}.{name}")
    return None


def decorated_as(r: Meanings, function: Function) -> Type | None:
    """What stands in place of a function that a library's decorator made something else of."""
    around = r.scope(function).outer
    if not function.is_decorated or function.owner is not None or around is None:
        return None
    for decorator in function.node.decorator_list:
        plain = decorator.func if isinstance(decorator, ast.Call) else decorator
        if dotted(plain).rpartition(".")[2] in _BECOMING:
            found = libraries().becomes.get(_name(_decorator(r, plain, around)))
            if found is not None:
                return _instance(r, found)
    return None


def _decorator(r: Meanings, plain: ast.expr, around: Scope) -> Meaning:
    return r.guarded(("becomes", plain), lambda: r.meaning(plain, around))


def _name(found: Meaning) -> str:
    if isinstance(found, Bound):
        return found.functions[0].name if len(found.functions) == 1 else ""
    return found.name if isinstance(found, (Function, External)) else ""


def _instance(r: Meanings, name: str) -> Type | None:
    if name.startswith("builtins."):
        return Type(name)
    found = r.project.resolve(name)
    if isinstance(found, Class):
        return of_class(r, found)
    return Type(name) if isinstance(found, External) else None
