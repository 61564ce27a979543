"""Which codemods are there? Whatever lies in `rewrite/codemods/`; no list of them stands anywhere."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import lru_cache
from types import ModuleType
from typing import Any, TypeAlias

from broadcatch.rewrite import codemods
from broadcatch.rewrite.codemods.command import EditCommand

AnyCommand: TypeAlias = type[EditCommand[Any]]


@lru_cache(maxsize=1)
def all_commands() -> tuple[AnyCommand, ...]:
    """Every codemod, in the order in which they are asked: who comes first has a disputed place."""
    names = sorted(found.name for found in pkgutil.iter_modules(codemods.__path__))
    modules = [importlib.import_module(f"{codemods.__name__}.{name}") for name in names]
    found = [one for module in modules for one in _commands_in(module)]
    return tuple(sorted(found, key=lambda one: (one.RANK, one.KIND)))


def _commands_in(module: ModuleType) -> list[AnyCommand]:
    return [
        one
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, EditCommand)
        and one.__module__ == module.__name__
        and not inspect.isabstract(one)
    ]
