"""Does broadcatch send a call to the definition that a type checker names?

    python -m benchmarks.targets NAME=ROOT[:ENVIRONMENT] ... --truth FOLDER [--ask BIN] [--checker NAME]

Looks at every call that runs in the body of a `try` with a broad clause. ROOT is the folder that holds the
package, ENVIRONMENT the virtual environment with its dependencies. With `--ask`, the answers of the language
server in the folder BIN are fetched and kept as FOLDER/NAME.CHECKER.json; without it, the kept ones are used.
`--report FILE` writes the differences as one JSON object a line, `--open N` shows the N largest kinds of
calls that are left open.

In the table, "below" counts agreements in which ours override what the checker names, "missed" the calls that
only the checker resolves, "phantom" answers of ours that name nothing in the standard library.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.targets.agree import phantoms
from benchmarks.targets.lsp import Server
from benchmarks.targets.ours import ours
from benchmarks.targets.score import Row, Score, open_classes, score
from benchmarks.targets.sites import Site, sites
from benchmarks.targets.truth import Answer, Truth, ask, checker, dump, key, load
from broadcatch.program.environment import find_environment
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
    """The resolver, with the packages of the environment."""
    return Resolver(Project(root, find_environment(str(environment), root) if environment else None))


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


HEADS = ("calls", "we resolve", "checker", "agree of both", "below", "missed", "phantom")
WIDTHS = (7, 16, 16, 20, 7, 8, 9)


def heading() -> str:
    """The first row of the table."""
    return f"{'package':<14}" + "".join(f"{head:>{width}}" for head, width in zip(HEADS, WIDTHS, strict=True))


def line(name: str, total: Score) -> str:
    """One row of the table; behind it, why the checker names nothing."""
    cells = (
        str(total.calls),
        _share(total.ours, total.calls),
        _share(total.theirs, total.calls),
        _share(total.same + total.below, total.both),
        str(total.below),
        str(total.missed),
        str(total.phantoms),
    )
    figures = "".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
    silent = ", ".join(f"{count} {state}" for state, count in sorted(total.unanswered.items()))
    return f"{name:<14}{figures}  {silent}"


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {100 * part / max(whole, 1):.1f}%"


def report(rows: list[Row], to: Path) -> None:
    """The differences, and names of ours that mean nothing, one JSON object a line."""
    with to.open("w", encoding="utf-8") as stream:
        for row in rows:
            names = phantoms(row.ours) if row.ours.resolved else ()
            if row.differs or names:
                entry = {
                    "kind": "differs" if row.differs else "phantom",
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
    print(heading())
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
