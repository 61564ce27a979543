"""Which exception classes lie at hand? Those that the file imports, and the public ones of what the body
calls.

What a call into a package raises is often out of sight (compiled, generated, chosen while it runs); its
authors still publish the classes that callers are meant to catch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from broadcatch.program.locate import is_standard
from broadcatch.program.module import Class, Module, exports
from broadcatch.program.project import External, Project
from broadcatch.program.resolver import Resolver

How: TypeAlias = Literal["imported", "same module", "package", "project"]
"""By import into the file; beside the callee; in the callee's package; in a package that the file imports."""

MOST: Final = 60
"""Exception classes of one package that are looked at."""
_NAMED: Final = re.compile(
    r"^[A-Z]\w*(Error|Exception|Timeout|Failure|Failed|Fault|NotFound|Invalid|Expired|Missing|Exists|Denied|Abort)s?$"
)
_HOMES: Final = ("exceptions", "errors", "exc", "error", "_exceptions", "_errors")
_ORDER: Final[tuple[How, ...]] = ("imported", "same module", "package", "project")


@dataclass(frozen=True, slots=True)
class Offer:
    """One class: how it lies at hand, and the module or package that offers it."""

    type: str
    how: How
    by: str


def offers(
    resolver: Resolver, module: Module, callees: Iterable[str], asked: bool = False
) -> tuple[Offer, ...]:
    """The exception classes at hand for a try of `module` whose body calls `callees` (dotted, by import).

    One offer a class, the nearest; sorted by type. Where the handler has `asked` something of the error, it
    may be one of the project's own too, and of the standard modules that the file imports.
    """
    found: dict[str, Offer] = {}
    names = sorted({one for one in callees if "." in one.strip(".") and not one.startswith(".")})
    for offer in (
        *_imported(resolver, module),
        *_called(resolver, module, names),
        *_beside(resolver, module),
        *(_asked(resolver, module) if asked else ()),
    ):
        known = found.get(offer.type)
        if known is None or _ORDER.index(offer.how) < _ORDER.index(known.how):
            found[offer.type] = offer
    return tuple(found[one] for one in sorted(found))


def _imported(resolver: Resolver, module: Module) -> Iterator[Offer]:
    for name, bound in sorted(module.names.items()):
        if name[:1].isupper() and bound[0].how in ("import", "class"):
            type_ = _exception(resolver, module, name)
            if type_ and "." in type_:
                yield Offer(type_, "imported", module.name)


def _called(resolver: Resolver, module: Module, names: list[str]) -> Iterator[Offer]:
    """The classes beside each callee, and those that its package publishes."""
    for name in names:
        home = _module_of(resolver.project, name, module)
        if home is not None:
            yield from _published(resolver, home, "same module")
    for head in sorted({name.partition(".")[0] for name in names}):
        yield from _of_package(resolver, head, module, "package")


def _beside(resolver: Resolver, module: Module) -> Iterator[Offer]:
    """The classes of the packages that the file imports."""
    targets = {bound[0].target for bound in module.names.values() if bound[0].how == "import"}
    for head in sorted({target.partition(".")[0] for target in targets}):
        yield from _of_package(resolver, head, module, "project")


def _asked(resolver: Resolver, module: Module) -> Iterator[Offer]:
    """What the project publishes in its modules of exceptions, and the standard modules that are imported."""
    head = module.name.partition(".")[0]
    for name in (head, *(f"{head}.{one}" for one in _HOMES)):
        home = resolver.project.find(name, module)
        if home is not None and home.name == name:
            yield from _published(resolver, home, "project")
    for standard in sorted(_imported_modules(resolver, module)):
        for type_ in resolver.hierarchy.of_module(standard):
            yield Offer(type_, "project", standard)


def _imported_modules(resolver: Resolver, module: Module) -> set[str]:
    """The modules of the standard library that names of the file mean, or that such names come from."""
    found: set[str] = set()
    for name, bound in module.names.items():
        if bound[0].how == "import":
            symbol = resolver.project.member(module, name)
            found |= {one.target for one in (*bound, *getattr(symbol, "bindings", ()))}
            found |= {symbol.name} if isinstance(symbol, (Module, External)) else set()
    return {one for one in found | {one.rpartition(".")[0] for one in found} if is_standard(one)}


def _of_package(resolver: Resolver, head: str, near: Module, how: How) -> Iterator[Offer]:
    """What a package publishes at its top and in its module of exceptions; not the standard library."""
    if not head or is_standard(head) or head == near.name.partition(".")[0]:
        return
    for name in (head, *(f"{head}.{one}" for one in _HOMES)):
        home = resolver.project.find(name, near)
        if home is not None and home.name == name:
            yield from _published(resolver, home, how)


def _published(resolver: Resolver, home: Module, how: How) -> Iterator[Offer]:
    named = [name for name in sorted(home.names) if _NAMED.match(name) and exports(home, name)]
    for name in named[:MOST]:
        type_ = _exception(resolver, home, name)
        if type_ and "." in type_:
            yield Offer(type_, how, home.name)


def _exception(resolver: Resolver, module: Module, name: str) -> str:
    """The canonical name of what a module calls so; "" where it is no exception class."""
    symbol = resolver.project.member(module, name)
    if not isinstance(symbol, Class):
        return ""
    type_ = resolver.hierarchy.name_of(symbol)
    return type_ if resolver.hierarchy.is_subclass(type_, "Exception") is True else ""


def _module_of(project: Project, name: str, near: Module) -> Module | None:
    """The module that defines what a dotted name means; None outside of what can be read."""
    symbol = project.resolve(name, near)
    found = symbol if isinstance(symbol, Module) else getattr(symbol, "module", None)
    return found if isinstance(found, Module) and not is_standard(found.name) else None
