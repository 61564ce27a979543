"""Do Ruff and broadcatch share the work? Under `ruff = "defer"` no row fails in both, none is lost by both.

    python benchmarks/beside_ruff.py [--show N] REPOSITORY...

In each repository Ruff is run over everything, as its own CI would, and broadcatch three times: alone, beside
the Ruff that is installed, and beside one that is only configured (its configuration is read). A row is what
a finding stands on: the lines of the clause or raise. `both`: it fails in both tools. `lost`: it fails
where broadcatch is alone, and in neither beside. Exits with 1 where there is one of either.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcatch import api
from broadcatch.config.ruff_rules import CODES, RuffReader
from broadcatch.model.findings import Finding
from broadcatch.runs import beside
from broadcatch.source.ruff import installed

Row = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shared:
    """How one run of broadcatch and that of Ruff share the rows."""

    failing: int
    deferred: int
    both: Sequence[Row]
    lost: Sequence[Row]


def rows_of_ruff(ruff: str) -> dict[str, set[int]]:
    """What Ruff reports in the working directory under its own configuration: path, rows."""
    done = subprocess.run([ruff, "check", "--output-format", "json", "--exit-zero", "--no-fix", "-q", "."],
                          capture_output=True, check=True)  # fmt: skip
    rows: dict[str, set[int]] = collections.defaultdict(set)
    for one in json.loads(done.stdout):
        if one["code"] in CODES:
            rows[os.path.relpath(one["filename"]).replace(os.sep, "/")].add(one["location"]["row"])
    return rows


def findings(mode: str) -> Sequence[Finding]:
    """What broadcatch finds in the working directory, the suppressed ones left out."""
    config = api.configure(["."], None, False, {"ruff": mode} if mode else {})
    return [one for one in api.check(["."], config).findings if one.suppressed is None]


def failing(found: Sequence[Finding]) -> list[Finding]:
    """Those that fail a run."""
    return [one for one in found if one.severity != "note"]


def on(one: Finding, rows: dict[str, set[int]]) -> bool:
    """Whether a finding stands on a row of Ruff's."""
    own = {*range(one.span.line, one.span.end_line + 1), *(row.row for row in one.ruff)}
    return not own.isdisjoint(rows.get(one.path, ()))


def shared(alone: Sequence[Finding], beside_it: Sequence[Finding], rows: dict[str, set[int]]) -> Shared:
    """Both and lost rows; what Ruff says nowhere (BC4, BC9) may stand on its rows."""
    left = failing(beside_it)
    fails = {(one.path, one.span.line, one.code) for one in left}
    both = [one for one in left if not one.code.startswith(beside.OWN_MATTER) and on(one, rows)]
    gone = [one for one in failing(alone) if (one.path, one.span.line, one.code) not in fails]
    lost = [one for one in gone if not on(one, rows)]
    return Shared(
        len(left),
        sum(bool(one.deferred) for one in beside_it),
        [(one.path, one.span.line) for one in both],
        [(one.path, one.span.line) for one in lost],
    )


def measured(ruff: str) -> Iterator[tuple[str, Shared]]:
    """The run beside the installed Ruff, then that beside the configuration."""
    rows, alone = rows_of_ruff(ruff), findings("own")
    yield "asked", shared(alone, findings("defer"), rows)
    kept, beside.installed = beside.installed, lambda: ""  # type: ignore[assignment]
    try:
        yield "read", shared(alone, findings("defer"), rows)
    finally:
        beside.installed = kept


def main() -> int:
    """Print a line a repository and way; 1 where a row fails twice or is lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("repositories", nargs="+", type=Path)
    given = parser.parse_args()
    ruff, bad = installed(), 0
    for folder in given.repositories:
        os.chdir(folder.resolve())
        rules = sorted(RuffReader().rules(".").on)
        for way, one in measured(ruff):
            bad += len(one.both) + len(one.lost)
            print(f"{folder.name:<32} {way:<6} {','.join(rules) or '-':<28} fails {one.failing:>4}  "
                  f"left to Ruff {one.deferred:>4}  both {len(one.both)}  lost {len(one.lost)}")  # fmt: skip
            for name, rows in (("both", one.both), ("lost", one.lost)):
                for path, line in rows[: given.show]:
                    print(f"    {name} {path}:{line}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
