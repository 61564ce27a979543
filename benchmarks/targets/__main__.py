"""Does broadcatch send a call to the definition that a type checker names?

    python -m benchmarks.targets NAME=ROOT[:ENVIRONMENT] ... --truth FOLDER [--ask BIN] [--checker NAME]

Looks at every call that runs in the body of a `try` with a broad clause. ROOT is the folder that holds the
package, ENVIRONMENT the virtual environment with its dependencies. With `--ask`, the answers of the language
server in the folder BIN are fetched and kept as FOLDER/NAME.CHECKER.json; without it, the kept ones are used.
`--report FILE` writes the differences as one JSON object a line, `--open N` shows the N largest kinds of calls
that are left open.
"""

from __future__ import annotations

import argparse
import asyncio
import inspect
import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.targets.ours import ours
from benchmarks.targets.score import Row, Score, open_classes, score
from benchmarks.targets.sites import Site, sites
from benchmarks.targets.truth import Answer, Truth, ask, checker, dump, key, load
from benchmarks.targets.lsp import Server
from broadcatch.program.project import Project
from broadcatch.program.resolver import Resolver

MISSING = Answer("nothing")


def all_sites(resolver: Resolver) -> list[Site]:
    """Every call to ask about in a project."""
    found: list[Site] = []
    root = resolver.project.root
    for path in sorted(root.rglob("*.py")):
        source = path.read_text(encoding="utf-8", errors="replace")
        if "except" in source:
            module = resolver.project.module_at(path.relative_to(root))
            found += sites(resolver, module, source.splitlines())
    return found


def resolver_for(root: Path, environment: Path | None) -> Resolver:
    """The resolver, with the packages of the environment where the engine can read them."""
    if environment is not None and len(inspect.signature(Project).parameters) > 1:
        from broadcatch.program.environment import environment_of  # type: ignore[import-not-found,unused-ignore]

        return Resolver(Project(root, environment_of(environment / "bin" / "python")))  # type: ignore[call-arg,unused-ignore]
    return Resolver(Project(root))


async def fetch(found: list[Site], root: Path, environment: Path, arguments: argparse.Namespace) -> Truth:
    """The checker's answers for all sites."""
    command, settings = checker(arguments.checker, arguments.ask, environment)
    server = await Server.start(command, root, settings, environment)
    try:
        return await ask(server, root, found, arguments.seconds, f"textDocument/{arguments.method}")
    finally:
        await server.stop()


def compare(spec: str, arguments: argparse.Namespace) -> list[Row]:
    """Both answers for every call of one package."""
    name, _, where = spec.partition("=")
    root, _, environment = where.partition(":")
    folder = Path(environment).resolve() if environment else None
    resolver = resolver_for(Path(root).resolve(), folder)
    found = all_sites(resolver)
    file = arguments.truth / f"{name}.{arguments.checker}.json"
    if arguments.ask:
        dump(asyncio.run(fetch(found, resolver.project.root, folder or Path(sys.prefix), arguments)), file)
    truth = load(file)
    return [
        Row(name, one.path, one.line, one.text, ours(resolver, one), truth.get(key(one), MISSING))
        for one in found
    ]


def line(name: str, total: Score) -> str:
    """One row of the table."""
    return (
        f"{name:<14}{total.calls:>7}{_share(total.ours, total.calls):>16}"
        f"{_share(total.theirs, total.calls):>16}{_share(total.same, total.both):>20}{total.missed:>8}  "
        + ", ".join(f"{count} {state}" for state, count in sorted(total.unanswered.items()))
    )


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {100 * part / max(whole, 1):.1f}%"


def report(rows: list[Row], to: Path) -> None:
    """The differences, one JSON object a line."""
    with to.open("w", encoding="utf-8") as stream:
        for row in rows:
            if row.differs:
                entry = {
                    "at": f"{row.package}/{row.path}:{row.line}",
                    "callee": row.text,
                    "ours": asdict(row.ours),
                    "theirs": [f"{one.file}:{one.line} {one.name}" for one in row.told],
                }
                stream.write(json.dumps(entry) + "\n")


def main() -> int:
    """Print the table, and what is left open."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", nargs="+", metavar="NAME=ROOT[:ENVIRONMENT]")
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--ask", type=Path, metavar="BIN")
    parser.add_argument("--checker", choices=("basedpyright", "ty"), default="basedpyright")
    parser.add_argument("--method", choices=("definition", "declaration"), default="definition")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--open", type=int, default=20)
    arguments = parser.parse_args()
    rows: list[Row] = []
    print(f"{'package':<14}{'calls':>7}{'we resolve':>16}{'checker':>16}{'same of both':>20}{'missed':>8}")
    for spec in arguments.packages:
        found = compare(spec, arguments)
        rows += found
        print(line(spec.partition("=")[0], score(found)), flush=True)
    print(line("all", score(rows)))
    for kind in list(open_classes(rows))[: arguments.open]:
        print(f"\n{kind.calls} open, {kind.told} of them resolved by the checker: {kind.why}")
        print("".join(f"    {one}\n" for one in kind.examples), end="")
    if arguments.report:
        report(rows, arguments.report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
