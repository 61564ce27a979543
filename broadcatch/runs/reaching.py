"""Who depends on the functions that hold broad handlers? The call graph of the project, asked backwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.model.aftermath import Aftermath, Use
from broadcatch.model.ranking import Reach
from broadcatch.program.callsites import result_uses
from broadcatch.program.consuming import Parents, parents_in
from broadcatch.program.module import Function, Module
from broadcatch.program.places import function_at
from broadcatch.program.reverse import Calling, Reversed
from broadcatch.runs.asking import engine_of
from broadcatch.runs.landing import entry_of
from broadcatch.source.discover import discover
from broadcatch.source.paths import display

Place = tuple[str, int]
_SHOWN = 10
_FAR = 4
"""How many calls up an entry point is looked for."""
_WIDE = 12
"""How many functions are looked at on each step of the way up."""


@dataclass(slots=True)
class _Files:
    """What stands around each node of the files that call something."""

    around: dict[str, Parents] = field(default_factory=dict)

    def parents(self, module: Module) -> Parents:
        """Every node of a file with the node that holds it."""
        if module.path not in self.around:
            self.around[module.path] = parents_in(module.tree) if module.tree else {}
        return self.around[module.path]


def reached(
    judged: Mapping[str, Iterable[Judged]],
    after: Mapping[Place, Aftermath],
    paths: Sequence[str],
    config: Config,
) -> tuple[dict[Place, Reach], dict[Place, Aftermath]]:
    """The reach of each broad handler that keeps the error, and what callers elsewhere do with its value."""
    engine = engine_of(paths, config)
    root = engine.project.root
    callers = Reversed(engine.resolver, [Path(one) for one in discover([root], config)[0]])
    files, reaches, uses = _Files(), {}, dict(after)
    for path, line in _asked(judged):
        module = engine.project.module_at(str(Path(path).resolve()))
        function = function_at(module, line)
        if function is None:
            continue
        sites = callers.calls(function)
        reaches[path, line] = _reach(function, sites, callers, root)
        known = uses.get((path, line), Aftermath())
        found = [use for site in sites for use in _uses(site, function, path, root, files)]
        uses[path, line] = replace(known, uses=(*known.uses, *found))
    engine.save()
    return reaches, uses


def _asked(judged: Mapping[str, Iterable[Judged]]) -> Iterator[Place]:
    for path, handlers in judged.items():
        for one in handlers:
            if one.verdict.broad and not one.verdict.leaves:
                yield path, one.handler.span.line


def _reach(function: Function, sites: Sequence[Calling], callers: Reversed, root: Path) -> Reach:
    calls = sorted({(display(root / site.module.path), site.line) for site in sites})
    shown = tuple(f"{path}:{line}" for path, line in calls[:_SHOWN])
    return Reach(len(calls), shown, tuple(_entries(function, callers)))


def _entries(function: Function, callers: Reversed) -> Iterator[str]:
    """What takes the functions above for entry points, the nearest first; tests are none."""
    seen, row = {function.key}, [function]
    for _ in range(_FAR):
        told = {reason for one in row for kind, reason in [entry_of(one) or ("", "")] if kind == "entry"}
        if told:
            yield from sorted(told)[:_SHOWN]
            return
        above = [site.caller for one in row[:_WIDE] for site in callers.calls(one) if site.caller]
        row = list({one.key: one for one in above if one.key not in seen}.values())
        seen |= {one.key for one in row}


def _uses(site: Calling, function: Function, path: str, root: Path, files: _Files) -> Iterator[Use]:
    """What a caller in another file does with the result."""
    where = display(root / site.module.path)
    parents = files.parents(site.module)
    if where != path and site.call in parents:
        yield from result_uses(site.call, function.short, parents, where)
