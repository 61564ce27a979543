"""Where does broadcatch send a call? Its target, written down so that it can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.targets.agree import CONSTRUCTORS, Ours
from benchmarks.targets.places import Place
from benchmarks.targets.sites import Site
from broadcatch.program.calls import resolve_call
from broadcatch.program.module import Class, Function
from broadcatch.program.resolver import Resolver


def ours(resolver: Resolver, site: Site) -> Ours:
    """The resolver's answer for one call."""
    target = resolve_call(resolver, site.call, site.scope)
    root = resolver.project.root
    classes = [one.owner for one in target.functions if one.owner and one.node.name in CONSTRUCTORS]
    called = resolver.meaning(site.call.func, site.scope)
    if isinstance(called, Class):
        classes.append(called)
    return Ours(
        tuple(_of_function(one, root) for one in target.functions),
        tuple(dict.fromkeys(_of_class(one, root) for one in classes)),
        tuple(_of_function(one, root) for one in _above(resolver, target.functions)),
        target.externals,
        target.why,
    )


def _above(resolver: Resolver, functions: tuple[Function, ...]) -> Iterator[Function]:
    """The methods that these override."""
    for one in functions:
        for base in resolver.mro(one.owner)[1:] if one.owner else ():
            if isinstance(base, Class) and one.node.name in base.members:
                yield base.members[one.node.name]


def _of_function(one: Function, root: Path) -> Place:
    return Place(
        str(root / one.module.path), one.node.lineno, "function", f"{one.module.name}.{one.qualname}"
    )


def _of_class(one: Class, root: Path) -> Place:
    return Place(str(root / one.module.path), one.node.lineno, "class", one.name)
