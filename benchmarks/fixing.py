"""Does `fix --write --unsafe` leave a package whole? All of it, on a copy, held against independent checks.

    python -m benchmarks.fixing SITE:DISTRIBUTION... --work FOLDER [--interpreter python3.11]
        [--out ROWS.jsonl] [--safe]

SITE is a folder of installed packages (a site-packages folder, or one filled by `pip install --target`),
DISTRIBUTION the one whose files are rewritten: they are copied, and the others stand for its environment.
For each it says

- whether every changed file parses and compiles, and whether each changed line belongs to an import, or to a
  statement (a try, a with, a decorated function) that a rewrite was announced for;
- whether every class named in a clause that was not named there before is, in the module imported by the
  interpreter, the class that was meant (only where the module could be imported before the rewrite);
- what Ruff's F821, F811 and F401 say more than before;
- whether a second run changes anything;
- the rewrites by kind and level, the refusals by reason, and the share of broad handlers that got specific
  types.
"""

from __future__ import annotations

import argparse
import ast
import json
import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from benchmarks.changed import strangers
from broadcatch import api
from broadcatch.config.options import Config
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import FixResult, Target

RESOLVER = Path(__file__).with_name("resolving.py")
RULES = "F821,F811,F401"
RAW = argparse.RawDescriptionHelpFormatter
SPECIFIC = frozenset({"narrow", "split", "translate", "worker"})


@dataclass
class Outcome:
    """What became of one distribution; the lists name what is wrong."""

    name: str
    handlers: int = 0
    specific: int = 0
    files: int = 0
    rewrites: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    ruff: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.failures or self.broken or self.outside or self.wrong or self.ruff or self.again)


def copied(site: Path, distribution: str, target: Path) -> list[Path]:
    """Copies what a distribution installed, with the data that modules read at their import; the modules."""
    [found] = list(distributions(name=distribution, path=[str(site)]))
    made = []
    for name in found.files or ():
        source = site / name
        if ".." in name.parts or ".dist-info" in name.parts[0] or not source.is_file():
            continue
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        if name.suffix == ".py":
            made.append(copy)
    return made


def texts_of(paths: Sequence[Path]) -> dict[Path, bytes]:
    """The files as they are now."""
    return {path: path.read_bytes() for path in paths}


def ruff_says(folder: Path) -> Counter[tuple[str, str, str]]:
    """What Ruff reports of names and imports: file, code and message, however the lines moved."""
    command = [
        "ruff",
        "check",
        "--isolated",
        "--ignore-noqa",
        "--select",
        "F821,F811,F401",
        "--output-format",
    ]
    done = subprocess.run(
        [sys.executable, "-m", *command, "json", str(folder)], capture_output=True, text=True, check=False
    )
    rows = json.loads(done.stdout or "[]")  # behind the semicolon stands advice, which hangs on the clause
    return Counter((one["filename"], one["code"], one["message"].partition(";")[0]) for one in rows)


def clause_names(text: bytes) -> Counter[str]:
    """The dotted names in the clauses of a module, by how often."""
    return Counter(ast.unparse(name) for name in _named(ast.parse(text)))


def _named(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            yield from node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]


def meant(folder: Path, files: Sequence[Path], config: Config) -> dict[str, dict[str, list[str]]]:
    """For each file the spellings that `suggest` proposes in it, with the classes that they stand for."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in api.suggest([Target(str(path)) for path in files], config).suggestions:
        here = found.setdefault(str(Path(one.path).resolve()), {})
        for proposal in (*one.proposals, *one.also):
            here.setdefault(proposal.spelling, []).append(proposal.type)
    return found


def run(site: Path, distribution: str, work: Path, options: argparse.Namespace) -> Outcome:
    """Copies, rewrites and checks one distribution."""
    outcome = Outcome(distribution)
    before, after = work / distribution / "before", work / distribution / "after"
    for folder in (before, after):
        shutil.rmtree(folder, ignore_errors=True)
    copied(site, distribution, before)
    files = copied(site, distribution, after)
    old = texts_of(files)
    config = _config(after, site)
    spelled = meant(after, files, config)
    outcome.handlers = len(api.report([str(after)], config).handlers)
    started = _seconds()
    result = api.fix([Target(str(after))], config, FixRequest(write=True, unsafe=not options.safe))
    outcome.seconds = round(_seconds() - started, 1)
    _count(outcome, result)
    changed = [path for path, text in texts_of(files).items() if text != old[path]]
    outcome.files = len(changed)
    _check_texts(outcome, after, changed, old, result)
    _check_names(outcome, before, after, changed, old, site, spelled, options.interpreter)
    gained = _moved(ruff_says(after), after) - _moved(ruff_says(before), before)
    outcome.ruff += [
        f"{name}: {code} {message} (x{count})" for (name, code, message), count in gained.items()
    ]
    request = FixRequest(write=False, unsafe=not options.safe)
    second = api.fix([Target(str(after))], _config(after, site), request)
    outcome.again += [f"{one.path}:{one.line} {one.title}" for one in second.offered]
    return outcome


def _config(folder: Path, site: Path) -> Config:
    return api.configure([str(folder)], None, True, {"python": str(site)})


def _seconds() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def _moved(said: Counter[tuple[str, str, str]], folder: Path) -> Counter[tuple[str, str, str]]:
    where = str(folder.resolve())
    return Counter({(n.removeprefix(where), code, text): count for (n, code, text), count in said.items()})


def _count(outcome: Outcome, result: FixResult) -> None:
    for offer in result.offered:
        outcome.rewrites[f"{offer.kind} {offer.safety}"] += 1
    outcome.specific = len({(one.path, one.line) for one in result.offered if one.kind in SPECIFIC})
    for refusal in result.refused:
        outcome.refusals[f"{refusal.title.split()[0]}: {':'.join(refusal.reason.split(':')[:2])[:90]}"] += 1
    unread = (one for one in result.failures if one.stage != "parse")
    outcome.failures += [f"{one.path}: {one.stage}: {one.message}" for one in unread]


def _check_texts(
    outcome: Outcome, folder: Path, changed: Sequence[Path], old: dict[Path, bytes], result: FixResult
) -> None:
    lines: dict[Path, set[int]] = {}
    for offer in result.offered:
        here = lines.setdefault(Path(offer.path).resolve(), set())
        here.add(offer.line)
        if offer.kind == "batch":  # announced at the gather, made where its results are read
            here |= {edit.span.line for edit in offer.edits}
    for path in changed:
        name, text = path.relative_to(folder).as_posix(), path.read_bytes()
        try:
            compile(text, name, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            outcome.broken.append(f"{name}: {error}")
            continue
        stray = strangers(old[path], text, lines.get(path.resolve(), set()))
        outcome.outside += [f"{name}:{line}" for line in stray]


def _check_names(
    outcome: Outcome,
    before: Path,
    after: Path,
    changed: Sequence[Path],
    old: dict[Path, bytes],
    site: Path,
    spelled: dict[str, dict[str, list[str]]],
    interpreter: str,
) -> None:
    asked = {}
    for path in changed:
        try:
            new = clause_names(path.read_bytes()) - clause_names(old[path])
        except SyntaxError:
            continue
        known = spelled.get(str(path.resolve()), {})
        asked[path.relative_to(after).as_posix()] = {name: known.get(name, []) for name in new}
    said = _resolved(asked, before, after, site, interpreter)
    for name, verdict, detail in said:
        outcome.names[verdict] += 1
        if verdict in ("other", "unbound", "import"):
            outcome.wrong.append(f"{name}: {verdict}: {detail}")


def _resolved(
    asked: dict[str, dict[str, list[str]]], before: Path, after: Path, site: Path, interpreter: str
) -> Iterator[tuple[str, str, str]]:
    for name, spellings in asked.items():
        if not spellings:
            continue
        question = json.dumps({"file": name, "before": str(before), "after": str(after), "names": spellings})
        command = [interpreter, "-W", "ignore", str(RESOLVER), str(site)]
        try:
            done = subprocess.run(
                command, input=question, capture_output=True, text=True, timeout=60, check=False
            )
        except subprocess.TimeoutExpired:
            yield name, "not importable", "takes a minute"
            continue
        told = [line for line in done.stdout.split("\n") if line.startswith("\x1e")]
        for line in dict.fromkeys(told):
            verdict, detail = json.loads(line[1:])
            yield name, verdict, detail
        if not told:
            yield name, "import", f"nothing was said: {done.stderr[-200:]}"


def told(outcome: Outcome) -> str:
    """One distribution in a few lines."""
    total = sum(outcome.rewrites.values())
    lines = [
        f"{outcome.name}: {outcome.handlers} broad handlers, {outcome.specific} got specific types; "
        f"{total} rewrites in {outcome.files} files, {outcome.seconds} CPU s; names {dict(outcome.names)}"
    ]
    for word in ("failures", "broken", "outside", "wrong", "ruff", "again"):
        lines += [f"  {word}: {one}" for one in getattr(outcome, word)]
    return "\n".join(lines)


def summary(outcomes: Sequence[Outcome]) -> str:
    """All distributions together."""
    rewrites: Counter[str] = sum((one.rewrites for one in outcomes), Counter())
    refusals: Counter[str] = sum((one.refusals for one in outcomes), Counter())
    names: Counter[str] = sum((one.names for one in outcomes), Counter())
    handlers, specific = sum(one.handlers for one in outcomes), sum(one.specific for one in outcomes)
    lines = [
        f"{len(outcomes)} distributions, {sum(one.whole for one in outcomes)} whole; "
        f"{handlers} broad handlers, "
        f"{specific} ({specific / max(handlers, 1):.0%}) got specific types; "
        f"{sum(one.files for one in outcomes)} files changed",
        f"names in clauses: {dict(names.most_common())}",
        *(f"  {count:6} {kind}" for kind, count in rewrites.most_common()),
        "left alone:",
        *(f"  {count:6} {reason}" for reason, count in refusals.most_common(30)),
    ]
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    """Returns 1 if any distribution is not whole afterwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=RAW)
    parser.add_argument("packages", nargs="+", metavar="SITE:DISTRIBUTION")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--interpreter", default=sys.executable)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--safe", action="store_true", help="only safe rewrites")
    options = parser.parse_args(words)
    outcomes = []
    for word in options.packages:
        site, _, name = word.rpartition(":")
        outcomes.append(run(Path(site).resolve(), name, options.work.resolve(), options))
        print(told(outcomes[-1]), flush=True)
        if options.out:
            with options.out.open("a", encoding="utf-8") as out:
                row: dict[str, Any] = {one.name: getattr(outcomes[-1], one.name) for one in fields(Outcome)}
                out.write(json.dumps(row) + "\n")
    print(summary(outcomes))
    return 0 if all(one.whole for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
