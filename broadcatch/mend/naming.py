"""Which class does a dotted name of the configuration mean, and how would a file write it?"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.program.module import Class, Function
from broadcatch.program.project import External
from broadcatch.raises.escapes import Engine
from broadcatch.rewrite.values import Spelled
from broadcatch.suggest.answer import handler_at
from broadcatch.suggest.spelling import spell

_TEXTS = ("message", "msg", "text", "detail", "details", "reason", "description", "error", "args", "value")


@dataclass(frozen=True, slots=True)
class Named:
    """A class: its canonical name, how it is written at one clause, and whether a text alone makes one.

    `known` is false where no such exception can be found; `own`: the project defines it, or would.
    """

    type: str
    spelled: Spelled
    known: bool = True
    takes_text: bool = True
    own: bool = False


class Naming:
    """Answers for the clauses of one file."""

    def __init__(self, engine: Engine, path: str) -> None:
        self._engine = engine
        self._module = engine.project.module_at(os.path.abspath(path))

    def at(self, line: int, name: str) -> Named:
        """The class `name` as the clause in row `line` would write it."""
        type_ = self.type_of(name)
        found = handler_at(self._module, line)
        if found is None or not type_:
            return Named(name, self._unseen(name), False, False, self._is_of_project(name))
        scope = self._engine.context(self._module, self._module.function_at(line)).scope
        spelt = spell(type_, scope, self._engine.project, found[0])
        spelled = Spelled(spelt.text, type_, spelt.import_module, spelt.import_name)
        module, _, short = name.rpartition(".")
        if spelt.import_name and spelt.import_name == spelt.text == short:
            spelled = Spelled(short, type_, module, short)  # where nothing is imported, as it was configured
        return Named(type_, spelled, True, self._takes_text(type_), self._is_own(type_))

    def type_of(self, name: str) -> str:
        """The canonical name of the exception class that a dotted name means, "" for none."""
        hierarchy = self._engine.resolver.hierarchy
        symbol = self._engine.project.resolve(name, self._module)
        if isinstance(symbol, Class):
            type_ = hierarchy.name_of(symbol)
        elif isinstance(symbol, External) and hierarchy.is_known(hierarchy.canonical(name)):
            type_ = hierarchy.canonical(name)
        else:
            return ""
        return type_ if hierarchy.is_subclass(type_, "BaseException") is not False else ""

    def family(self, name: str) -> tuple[str, ...]:
        """The project's exceptions in the module of the class `name` that share a base with it, itself too.

        () where the class is not the project's own.
        """
        symbol = self._engine.project.resolve(name, self._module)
        if not isinstance(symbol, Class) or symbol.module.origin != "project":
            return ()
        hierarchy = self._engine.resolver.hierarchy
        line = [one for one in self._line_of(self.type_of(name)) if one.module.origin == "project"]
        roots = [hierarchy.name_of(one) for one in line]
        names = (key for key, bound in symbol.module.names.items() if bound[0].how == "class")
        every = [self.type_of(f"{symbol.module.name}.{key}") for key in names]
        return tuple(one for one in every if one and any(hierarchy.is_subclass(one, root) for root in roots))

    def _unseen(self, name: str) -> Spelled:
        """A class that cannot be read, as the file imports it already, else by its own name."""
        for local, bound in self._module.names.items():
            if bound[0].how == "import" and bound[0].target == name:
                return Spelled(local, name)
        module, _, short = name.rpartition(".")
        return Spelled(short, name, module, short)

    def _is_of_project(self, name: str) -> bool:
        home = self._engine.project.find(name.partition(".")[0], self._module)
        return home is not None and home.origin == "project"

    def _is_own(self, type_: str) -> bool:
        symbol = self._engine.project.resolve(type_, self._module)
        return isinstance(symbol, Class) and symbol.module.origin == "project"

    def _takes_text(self, type_: str) -> bool:
        """Whether the class of the project, or of Python, can be made with a text and no more."""
        if "." not in type_:
            return type_ not in ("UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError")
        for cls in self._line_of(type_):
            if cls.module.origin not in ("project", "standard"):
                return False
            made = cls.members.get("__init__") or cls.members.get("__new__")
            if made is not None:
                return _takes_one_text(made)
        return True

    def _line_of(self, type_: str) -> Iterator[Class]:
        """The class and its first bases, as far as their source can be read."""
        seen = set()
        while type_ and type_ not in seen:
            seen.add(type_)
            symbol = self._engine.project.resolve(type_, self._module)
            if not isinstance(symbol, Class):
                return
            yield symbol
            bases = self._engine.resolver.hierarchy.bases(type_) or ()
            type_ = bases[0] if bases else ""


def _takes_one_text(made: Function) -> bool:
    arguments = made.node.args
    positional = [*arguments.posonlyargs, *arguments.args][1:]
    required = positional[: len(positional) - len(arguments.defaults)] if positional else []
    if any(default is None for default in arguments.kw_defaults):
        return False
    if not positional:
        return arguments.vararg is not None
    return len(required) <= 1 and _is_text(positional[0])


def _is_text(parameter: ast.arg) -> bool:
    annotated = isinstance(parameter.annotation, ast.Name) and parameter.annotation.id == "str"
    return annotated or parameter.arg.lower().strip("_") in _TEXTS
