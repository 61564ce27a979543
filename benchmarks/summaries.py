"""How dear is reading for the engine behind `raises`? Eagerly an environment, lazily a project's handlers.

    python -m benchmarks.summaries eager SITE_PACKAGES...
    python -m benchmarks.summaries lazy PROJECT --python ENVIRONMENT [--cache-dir DIR]

`lazy` asks what can reach each broad clause of the project, the way `suggest` does. Run it twice with the
same folder for the cache: cold, then warm. Seconds are of the processor, memory is the most that was held.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import resource
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from broadcatch.program.environment import find_environment
from broadcatch.program.locate import Place, module_name
from broadcatch.program.project import Project
from broadcatch.program.reading import read_place
from broadcatch.program.shelves import Shelves
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest

_BROAD = ("Exception", "BaseException")


def _sources(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if one != "__pycache__" and not one.startswith("."))
        yield from (Path(where, name) for name in sorted(names) if name.endswith(".py"))


def _handlers(path: Path) -> Iterator[int]:
    """The rows of the broad clauses of a file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _is_broad(node.type)):
            yield node.lineno


def _is_broad(caught: ast.expr) -> bool:
    parts = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(one, ast.Name) and one.id in _BROAD for one in parts)


def _report(start: float, words: str) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words}: {time.process_time() - start:.2f} CPU s, at most {peak:.0f} MB")


def _eager(folders: list[Path], cache: Path | None) -> None:
    """Read every file of these folders of packages, one after the other, and keep what it defines."""
    start = time.process_time()
    files = size = errors = 0
    for folder in folders:
        shelves = _shelves(folder, cache)
        for path in _sources(folder):
            place = Place(path, folder, "dependency")
            name, is_package = module_name(path, folder)
            errors += bool(read_place(place, name, is_package, str(path), shelves.of(place)).error)
            files, size = files + 1, size + path.stat().st_size
        shelves.save()
    _report(start, f"{files} files, {size / 1e6:.0f} MB, {errors} cannot be read")


def _shelves(root: Path, cache: Path | None) -> Shelves:
    return Shelves(cache, cache) if cache else Shelves()


def _lazy(root: Path, python: str, cache: Path | None) -> None:
    asked = [(path, line) for path in _sources(root) for line in _handlers(path)]
    start = time.process_time()
    engine = Engine(Project(root, find_environment(python, root), _shelves(root, cache)))
    slowest = (0.0, "")
    closed = 0
    for path, line in asked:
        before = time.process_time()
        closed += suggest(engine, str(path), line, ("Exception",)).closed
        slowest = max(slowest, (time.process_time() - before, f"{path.relative_to(root)}:{line}"))
    engine.project.shelves.save()
    _report(start, f"{len(asked)} handlers, {closed} closed, {engine.project.modules_read} modules")
    print(f"slowest: {slowest[0]:.2f} CPU s, {slowest[1]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mode", choices=["eager", "lazy"])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--python", default="")
    parser.add_argument("--cache-dir", type=Path)
    options = parser.parse_args()
    gc.set_threshold(20_000)  # as the command does
    if options.mode == "lazy":
        _lazy(options.folders[0].resolve(), options.python, options.cache_dir)
    else:
        _eager([folder.resolve() for folder in options.folders], options.cache_dir)


if __name__ == "__main__":
    main()
