"""What do people catch around what? Counts of (trait of a try, type that a clause names), for `suggest`.

    python -m benchmarks.mining_usage --out broadcatch/suggest/usage.json [--with SITE_PACKAGES]
    NAME=FOLDER...

Each FOLDER holds one distribution as `pip install --target` leaves it (with or without what it depends on);
only the files of the distribution NAME are read, by its RECORD. Every clause with specific types counts once
for each of its types; import guards, and clauses that also name a broad type, count nowhere. Kept are types
that three distributions name (the others are `<own>`, of the distribution itself, or `<other>`), and traits
that three distributions share. No code is kept, only the counts, by distribution, with the versions read.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from broadcatch.program.environment import Environment, find_environment
from broadcatch.program.project import Project
from broadcatch.raises.clauses import clause_types
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.habits import tries
from broadcatch.suggest.traits import body_traits, handler_traits

BROAD = {"Exception", "BaseException"}
FEWEST_SOURCES = 3
FEWEST = 4
IGNORED = {"KeyboardInterrupt", "SystemExit", "GeneratorExit", "asyncio.exceptions.CancelledError"}

Sample = tuple[frozenset[str], tuple[str, ...]]
"""The traits of one try and handler, and the types of its clause."""


def files_of(folder: Path, name: str) -> tuple[str, list[Path]]:
    """The version of a distribution in a folder of packages, and its source files by its RECORD."""
    wanted = re.sub(r"[-_.]+", "-", name).lower()
    for info in sorted(folder.glob("*.dist-info")):
        head, _, version = info.name.removesuffix(".dist-info").rpartition("-")
        if re.sub(r"[-_.]+", "-", head).lower() == wanted:
            rows = (info / "RECORD").read_text(encoding="utf-8").splitlines()
            paths = [folder / row.rsplit(",", 2)[0].strip('"') for row in rows]
            return version, [one for one in paths if one.suffix == ".py" and one.is_file()]
    raise SystemExit(f"{folder}: no distribution {name}")


def samples(folder: Path, files: list[Path], beside: Path | None) -> Iterator[Sample]:
    """One sample for each clause with specific types."""
    heads = {one.relative_to(folder).parts[0].removesuffix(".py") for one in files}
    found = find_environment(str(folder), folder)
    packages = (*found.packages, *([beside] if beside else []))
    engine = Engine(Project(folder, Environment(packages, found.standard, found.minor)))
    for path in files:
        module = engine.project.module_at(path)
        for attempt, function in tries(module):
            context = engine.context(module, function)
            if _is_guard(attempt):
                continue
            about = frozenset(body_traits(attempt.body, context.scope))
            for handler in attempt.handlers:
                types = clause_types(context, handler.type, context.scope)
                if types and not BROAD.intersection(types):
                    yield about | handler_traits(handler), tuple(_shown(one, heads) for one in types)


def _is_guard(attempt: ast.Try) -> bool:
    return any(isinstance(one, (ast.Import, ast.ImportFrom)) for one in attempt.body)


def _shown(type_: str, heads: set[str]) -> str:
    return "<own>" if type_.partition(".")[0] in heads and "." in type_ else type_


def table(found: dict[str, tuple[str, list[Sample]]]) -> dict[str, object]:
    """The counts of all distributions, without what is too rare to tell anything."""
    names = sorted(found)
    sources: dict[str, set[str]] = defaultdict(set)
    for name, (_, those) in found.items():
        for traits, types in those:
            for one in (*traits, *types):
                sources[one].add(name)
    counts: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for number, name in enumerate(names):
        for traits, types in found[name][1]:
            for type_ in types:
                if type_ in IGNORED:
                    continue
                kept = type_ if len(sources[type_]) >= FEWEST_SOURCES else "<other>"
                for trait in ("", *traits):
                    if not trait or len(sources[trait]) >= FEWEST_SOURCES:
                        counts[trait][kept][number] += 1
    kept_counts = {
        trait: {type_: dict(sorted(those.items())) for type_, those in sorted(by_type.items())}
        for trait, by_type in sorted(counts.items())
        if sum(sum(those.values()) for those in by_type.values()) >= FEWEST
    }
    return {"sources": [[name, found[name][0]] for name in names], "counts": kept_counts}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--with", dest="beside", type=Path)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    found = {}
    for one in given.folders:
        name, _, folder = one.partition("=")
        version, files = files_of(Path(folder).resolve(), name)
        found[name] = (version, list(samples(Path(folder).resolve(), files, given.beside)))
        print(f"{name} {version}: {len(files)} files, {len(found[name][1])} clauses", file=sys.stderr)
    text = json.dumps(table(found), separators=(",", ":"), sort_keys=True)
    given.out.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
