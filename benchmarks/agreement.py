"""Does broadcatch's `ruff` field say what Ruff says? Compares both on whole trees, by file, row and code.

    python benchmarks/agreement.py [--ruff RUFF] [--show N] PATH...

Ruff is run with `--isolated --ignore-noqa` for BLE001, E722, B904, S110 and S112. Exits with 1 where
the two differ anywhere.
"""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import sys
from pathlib import Path

from broadcatch.facts.read import UnreadableError, read_facts
from broadcatch.lint.ruff import handler_rows, raise_rows

CODES = ("BLE001", "E722", "B904", "S110", "S112")
Row = tuple[str, int, str]


def module_of(path: Path) -> str:
    """The dotted module name by `__init__.py` folders, "" for a lone file."""
    parts, folder = [path.stem], path.parent
    while (folder / "__init__.py").exists():
        parts.append(folder.name)
        folder = folder.parent
    return ".".join(reversed(parts)) if len(parts) > 1 else ""


def ruff_rows(ruff: str, root: Path) -> set[Row]:
    """What Ruff reports under `root`."""
    command = [
        ruff,
        "check",
        "--isolated",
        "--ignore-noqa",
        "--no-cache",
        "--exit-zero",
        "--no-respect-gitignore",
    ]
    command += ["--output-format", "json", "--select", ",".join(CODES), "--config", "exclude=[]", str(root)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {
        (str(Path(item["filename"]).resolve()), item["location"]["row"], item["code"])
        for item in found
        if item["code"] in CODES
    }


def own_rows(root: Path) -> tuple[set[Row], list[Path]]:
    """What broadcatch says that Ruff reports under `root`, and the files that it cannot parse."""
    rows: set[Row] = set()
    unreadable = []
    for path in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
        source = path.read_bytes()
        if b"except" not in source:
            continue
        try:
            facts = read_facts(source.decode("utf-8-sig"), str(path), module_of(path))
        except (UnicodeDecodeError, UnreadableError):
            unreadable.append(path)
            continue
        for handler in facts.handlers:
            for row in (*handler_rows(handler, facts.module), *raise_rows(handler)):
                rows.add((str(path.resolve()), row.row, row.code))
    return rows, unreadable


def main() -> int:
    """Print a table of agreement for each path, and the first differences."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--ruff", default="ruff")
    parser.add_argument("--show", type=int, default=20)
    args = parser.parse_args()
    differ = 0
    for root in args.paths:
        theirs, (ours, unreadable) = ruff_rows(args.ruff, root), own_rows(root)
        skipped = {str(path.resolve()) for path in unreadable}
        theirs = {row for row in theirs if row[0] not in skipped}
        counts = collections.Counter(code for _, _, code in theirs)
        both = collections.Counter(code for _, _, code in theirs & ours)
        print(f"{root}: {len(skipped)} files not read by broadcatch")
        for code in CODES:
            extra = sum(1 for row in ours - theirs if row[2] == code)
            missing = counts[code] - both[code]
            print(f"  {code:7} ruff {counts[code]:6}  agreed {both[code]:6}", end="")
            print(f"  only ruff {missing:4}  only ours {extra:4}")
        for row in sorted(theirs ^ ours)[: args.show]:
            print("   ", "only ruff" if row in theirs else "only ours", f"{row[0]}:{row[1]} {row[2]}")
        differ += len(theirs ^ ours)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
