"""What does a handler ask of the error, and which classes have it?

`e.response.status_code` is only written for an error that has a response: for any other the handler itself
fails. Nobody says more clearly which class is meant.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from broadcatch.program.generics import lineage
from broadcatch.program.locate import is_standard
from broadcatch.program.members import self_assignments
from broadcatch.program.module import Class
from broadcatch.program.names import own_nodes
from broadcatch.program.project import External
from broadcatch.program.resolver import Resolver
from broadcatch.program.types import Type

_TESTS: Final = frozenset({"hasattr", "isinstance", "type", "getattr"})
"""Who asks so first does not rely on the class."""
_BY_NAME: Final = ("setattr", "__dict__", "vars")
_ENDS: Final = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_LATER: Final = (ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp, ast.Try)
"""What is in them may never be evaluated."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a handler reads of its error: the attributes, the first row, and whether it does so every time.

    `having` are the classes at hand that have them all, `lacking` those that surely lack one.
    """

    names: tuple[str, ...] = ()
    line: int = 0
    always: bool = False
    having: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()

    @property
    def unfit(self) -> frozenset[str]:
        """The classes for which the handler would fail, if there are others for which it would not."""
        return self.lacking if self.always and self.having else frozenset()


NOTHING: Final = Asked()


def asked_of(handler: ast.ExceptHandler, types: Iterable[str], resolver: Resolver) -> Asked:
    """What a clause asks of the error, and which of `types` (canonical names) have it."""
    read = reads(handler)
    if not read:
        return NOTHING
    names = tuple(sorted({one.attr for one in read}))
    answers = {one: has_all(resolver, one, names) for one in types}
    return Asked(
        names,
        min(one.lineno for one in read),
        not {one.attr for one in read}.isdisjoint(_always(handler)),
        frozenset(one for one, has in answers.items() if has),
        frozenset(one for one, has in answers.items() if has is False),
    )


def reads(handler: ast.ExceptHandler) -> list[ast.Attribute]:
    """The attributes that are read of the caught error; [] where its class is looked at first.

    What every exception has does not count.
    """
    nodes = list(own_nodes(handler.body)) if handler.name else []
    if any(_is_test(one, handler.name) or _is_rebound(one, handler.name) for one in nodes):
        return []
    found = [one for one in nodes if isinstance(one, ast.Attribute) and _is_read(one, handler.name)]
    return sorted(found, key=lambda one: (one.lineno, one.col_offset))


def has_all(resolver: Resolver, type_: str, names: Iterable[str]) -> bool | None:
    """Whether an exception of this class has all these attributes; None if that is not known."""
    found = [_has(resolver, type_, one) for one in names]
    return False if False in found else None if None in found else True


def _is_read(node: ast.Attribute, name: str | None) -> bool:
    plain = isinstance(node.value, ast.Name) and node.value.id == name and isinstance(node.ctx, ast.Load)
    return plain and not hasattr(BaseException, node.attr)


def _is_test(node: ast.AST, name: str | None) -> bool:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TESTS
    return called and any(isinstance(one, ast.Name) and one.id == name for one in node.args)  # type: ignore[attr-defined]


def _is_rebound(node: ast.AST, name: str | None) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)


def _always(handler: ast.ExceptHandler) -> set[str]:
    """The attributes that are read on every path."""
    found: set[str] = set()
    for statement in handler.body:
        found |= {one.attr for one in _heads(statement) if _is_read(one, handler.name)}
        if any(isinstance(one, _ENDS) for one in own_nodes([statement])):
            break
    return found


def _heads(statement: ast.stmt) -> Iterator[ast.Attribute]:
    """The attributes that a statement evaluates whatever happens: those of its head, if it has a body."""
    todo: list[ast.AST] = [statement]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Attribute):
            yield node
        if isinstance(node, ast.BoolOp):
            todo.append(node.values[0])
        elif isinstance(node, ast.IfExp):
            todo.append(node.test)
        elif not isinstance(node, _LATER):
            todo += [one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.stmt)]


def _has(resolver: Resolver, type_: str, name: str) -> bool | None:
    if "." not in type_ or is_standard(type_):
        return _standard_has(resolver, type_ if "." in type_ else f"builtins.{type_}", name)
    found = resolver.project.resolve(type_)
    return _class_has(resolver, found, name) if isinstance(found, Class) else None


def _standard_has(resolver: Resolver, type_: str, name: str) -> bool | None:
    """By the stubs of the standard library."""
    if resolver.stubs.cls(type_) is None:
        return None
    if any(name in base.names or name in base.members for base, _ in lineage(resolver, Type(type_))):
        return True
    return False if resolver.lacks(Type(type_), name) else None


def _class_has(resolver: Resolver, cls: Class, name: str) -> bool | None:
    """By the bodies and methods of the class and its bases; where one binds by name, it may have anything."""
    unknown = False
    for base in resolver.mro(cls):
        if isinstance(base, Class):
            if name in base.members or name in base.nested or name in base.names:
                return True
            if name in self_assignments(base):
                return True
            unknown |= _binds_by_name(base)
        elif isinstance(base, External):
            has = base.name != "builtins.object" and _standard_has(resolver, base.name, name)
            if has:
                return True
            unknown |= has is None
        else:
            unknown = True
    return None if unknown else False


def _binds_by_name(cls: Class) -> bool:
    methods = cls.members.values()
    return "__getattr__" in cls.members or any(one.mentions(word) for one in methods for word in _BY_NAME)
