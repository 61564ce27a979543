"""Do the laws of the inference hold for real functions?

    python -m benchmarks.laws PACKAGE_FOLDER [--python ENVIRONMENT] [--sample N] [--seed S] [--law NAME]...

Draws functions of the package, writes copies of it in which each of them is worded differently (one copy a
law), and compares what is said of them there with what is said of the originals: types, and whether the
answer is closed. Answers that end at the horizon (`raises/horizon.py`) are left out: which functions are the
nearest depends on how many there are. What differs is asked about again in a copy in which nothing else was
changed; what differs there, too, is printed as a violation, and the exit code is 1. What differs only where
others were changed beside it is counted as `together`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import renaming, rewording
from benchmarks.rewording import MARKER, Change, Reworded, in_place
from benchmarks.sampling import Spot, Texts, eligible, texts_of
from broadcatch.program.classes import Hierarchy
from broadcatch.program.environment import Environment, bare_environment, find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a function; `opens` are the reasons why it is not closed.

    `is_cut`: it ends at the horizon.
    """

    types: frozenset[str]
    opens: frozenset[str]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Law:
    """A change, and whether the answers before and after it are as it demands; `is_kept` sees the classes."""

    name: str
    change: Change
    is_kept: Callable[[Answer, Answer, Hierarchy], bool]


@dataclass(frozen=True, slots=True)
class Breach:
    """A function of which a law does not hold; `alone`: also where nothing else was changed."""

    law: str
    spot: Spot
    before: Answer
    after: Answer
    alone: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one law: how many functions were asked about, how many were left out, what broke it."""

    law: str
    asked: int
    cut: int
    breaches: tuple[Breach, ...]


def equal(before: Answer, after: Answer, classes: Hierarchy) -> bool:
    """The same types, as closed."""
    return before.types == after.types and (not before.opens) == (not after.opens)


def one_more(before: Answer, after: Answer, classes: Hierarchy) -> bool:
    """The marker and nothing else came, nothing went."""
    own = {one for one in after.types if one.endswith(f".{MARKER}")}
    return bool(own) and equal(before, Answer(after.types - own, after.opens), classes)


def only_less(before: Answer, after: Answer, classes: Hierarchy) -> bool:
    """Nothing came, only kinds of ValueError went, and what was closed is closed."""
    gone = before.types - after.types
    stopped = all(classes.is_subclass(one, "ValueError") is True for one in gone)
    return after.types <= before.types and stopped and (bool(before.opens) or not after.opens)


LAWS = (
    Law("formatting", in_place(rewording.printed_anew), equal),
    Law("moving", in_place(rewording.moved), equal),
    Law("locals", in_place(renaming.locals_renamed), equal),
    Law("renaming", renaming.renamed, equal),
    Law("manager", in_place(rewording.in_a_manager), equal),
    Law("re-export", rewording.reexported, equal),
    Law("alias", in_place(rewording.aliased), equal),
    Law("raise", in_place(rewording.with_a_marker), one_more),
    Law("handler", in_place(rewording.in_a_handler), only_less),
)


class Held:
    """A package against which laws are held; copies of it are written below `folder`."""

    def __init__(self, texts: Texts, environment: Environment, folder: Path, seed: int = 0) -> None:
        self.texts = texts
        self._environment = environment
        self._folder = folder
        self._dice = random.Random(seed)
        self._copies = 0
        self._before: dict[Spot, Answer] = {}

    def before(self, spots: Iterable[Spot]) -> dict[Spot, Answer]:
        """What is said of the functions as they are."""
        missing = [one for one in spots if one not in self._before]
        if missing:
            self._before |= self._asked(Reworded({}, {one: one for one in missing}))[0]
        return self._before

    def outcome(self, law: Law, spots: list[Spot]) -> Outcome:
        """Whether a law holds of each of the functions that its change can be applied to."""
        before = self.before(spots)
        after, classes = self._asked(law.change(self.texts, spots))
        whole = [one for one in after if not (before[one].is_cut or after[one].is_cut)]
        broken = [one for one in whole if not law.is_kept(before[one], after[one], classes)]
        breaches = tuple(self._breach(law, one, after[one]) for one in broken)
        return Outcome(law.name, len(whole), len(after) - len(whole), breaches)

    def out_of_order(self, spots: list[Spot]) -> Outcome:
        """Whether the answers stay where files are written, and questions asked, in another order."""
        before = self.before(spots)
        again = Law("order", lambda _, those: Reworded({}, {one: one for one in those}), equal)
        after, _ = self._asked(Reworded({}, {one: one for one in self._shuffled(spots)}))
        broken = [one for one in spots if before[one] != after[one]]
        return Outcome(
            again.name, len(spots), 0, tuple(self._breach(again, one, after[one]) for one in broken)
        )

    def _breach(self, law: Law, spot: Spot, after: Answer) -> Breach:
        again, classes = self._asked(law.change(self.texts, [spot]))
        alone = not law.is_kept(self._before[spot], again[spot], classes)
        return Breach(law.name, spot, self._before[spot], again[spot] if alone else after, alone)

    def _asked(self, reworded: Reworded) -> tuple[dict[Spot, Answer], Hierarchy]:
        self._copies += 1
        root = self._folder / str(self._copies)
        texts = {**self.texts, **reworded.texts}
        for file in self._shuffled(texts):
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(texts[file], encoding="utf-8")
        engine = Engine(Project(root, self._environment))
        found = {spot: _answer(engine, asked) for spot, asked in reworded.asked.items()}
        return found, engine.resolver.hierarchy

    def _shuffled(self, those: Iterable[Spot] | Iterable[str]) -> list:  # type: ignore[type-arg]
        found = list(those)
        self._dice.shuffle(found)
        return found


def _answer(engine: Engine, spot: Spot) -> Answer:
    module = engine.project.module_at(spot.file)
    (function,) = module.by_qualname[spot.qualname]
    found = engine.function_escapes(function)
    return Answer(
        frozenset(one.type for one in found.raised),
        frozenset(f"{one.call}: {one.why}" for one in found.unknown),
        engine.is_cut(function),
    )


def told(outcome: Outcome) -> Iterator[str]:
    """An outcome for people."""
    alone = sum(one.alone for one in outcome.breaches)
    together = len(outcome.breaches) - alone
    counts = (outcome.asked, "asked"), (outcome.cut, "cut"), (alone, "broken"), (together, "together")
    yield f"{outcome.law:11}" + "".join(f"{number:5} {what}" for number, what in counts)
    for one in outcome.breaches:
        yield f"    {'' if one.alone else '(together) '}{one.spot.file} {one.spot.qualname}"
        yield from _difference(one)


def _difference(breach: Breach) -> Iterator[str]:
    before, after = breach.before, breach.after
    for sign, types in (("+", after.types - before.types), ("-", before.types - after.types)):
        if types:
            yield f"        {sign} {', '.join(sorted(types))}"
    if bool(before.opens) != bool(after.opens):
        why = "; ".join(sorted(before.opens | after.opens)[:3])
        yield f"        {'opened' if after.opens else 'closed'}: {why}"


def main(arguments: list[str]) -> int:
    """Hold the laws against a package and print the figures; 1 where one is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path)
    parser.add_argument("--python", default="")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--law", action="append", default=[])
    options = parser.parse_args(arguments)
    package = options.package.resolve()
    environment = find_environment(options.python, package) if options.python else bare_environment()
    texts = texts_of(package)
    every = eligible(texts)
    spots = random.Random(options.seed).sample(every, min(options.sample, len(every)))
    with tempfile.TemporaryDirectory() as folder:
        held = Held(texts, environment, Path(folder), options.seed)
        return _report(held, spots, options.law, len(every))


def _report(held: Held, spots: list[Spot], only: list[str], every: int) -> int:
    started = time.process_time()
    before = held.before(spots).values()
    closed, named = sum(not one.opens for one in before), sum(bool(one.types) for one in before)
    print(
        f"{len(spots)} of {every} functions: {named} raise something that is known, {closed} closed",
        flush=True,
    )
    outcomes = [] if only and "order" not in only else [held.out_of_order(spots)]
    print(*told(outcomes[0]), sep="\n") if outcomes else None
    for law in LAWS:
        if not only or law.name in only:
            outcomes.append(held.outcome(law, spots))
            print(*told(outcomes[-1]), sep="\n", flush=True)
    print(f"{time.process_time() - started:.1f} s of the processor")
    return 1 if any(one.alone for outcome in outcomes for one in outcome.breaches) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
