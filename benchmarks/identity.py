"""Does a handler stay itself through real history, and is what is really new reported?

    python -m benchmarks.identity GITDIR... [--commits 200] [--show 10]

A baseline is made of the tree COMMITS first-parent commits before HEAD, then each later commit is held
against it. What is true is told by git alone: its diffs follow every `try` line by line. One that no diff has
touched is untouched; a broad `except` in added lines is really new where the commit deletes no `except`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from broadcatch.config.options import Config
from broadcatch.gate.entries import is_live, standings
from broadcatch.gate.matching import pair
from broadcatch.gate.ratchet import slack, weigh, worse
from broadcatch.model.baseline import Entry, Standing
from broadcatch.model.facts import Failure
from broadcatch.runs.checking import checked
from broadcatch.runs.gather import facts_alone

CONFIG = Config(cache=False, jobs=1)
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
BROAD = re.compile(r"^\+\s*except\b\s*(:|.*\b(Base)?Exception\b)")
ANY = re.compile(r"^-\s*except\b")


@dataclass(frozen=True)
class Place:
    """A handler at a commit: its standing, and the lines of its `try`."""

    standing: Standing
    first: int
    last: int


@dataclass
class FileDiff:
    """One file of a commit's diff: hunks are (old line, old count, new line, new count)."""

    before: str = ""
    after: str = ""
    hunks: list[tuple[int, int, int, int]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def moved(self, first: int, last: int) -> tuple[int, int] | None:
        """Where lines stand after this diff, None where it touches them."""
        shift = 0
        for old, gone, _, come in self.hunks:
            start, end = (old, old + gone - 1) if gone else (old + 1, old)
            if start > last:
                break
            if end >= first and not (gone == 0 and start == first):
                return None
            shift += come - gone
        return first + shift, last + shift


class History:
    """A bare repository and what its files hold."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.known: dict[tuple[str, str], tuple[Place, ...]] = {}
        self.batch = subprocess.Popen(
            ["git", "-C", folder, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def git(self, *words: str) -> str:
        """What git prints."""
        command = ["git", "-C", self.folder, "-c", "core.quotePath=false", *words]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode(
            "utf-8", "surrogateescape"
        )

    def commits(self, count: int) -> list[str]:
        """The last commits on the first-parent line, oldest first."""
        return self.git("rev-list", "--first-parent", "-n", str(count + 1), "HEAD").split()[::-1]

    def tree(self, commit: str) -> dict[str, str]:
        """The Python files of a commit: path -> blob."""
        rows = (row.split("\t", 1) for row in self.git("ls-tree", "-r", "-z", commit).split("\0") if row)
        return {path: head.split()[2] for head, path in rows if path.endswith(".py") and " blob " in head}

    def places(self, path: str, blob: str) -> tuple[Place, ...]:
        """The handlers in a file, read once a content."""
        key = (path, blob)
        if key not in self.known:
            self.known[key] = tuple(self._read(path, blob))
        return self.known[key]

    def _read(self, path: str, blob: str) -> Iterator[Place]:
        assert self.batch.stdin and self.batch.stdout
        self.batch.stdin.write(f"{blob}\n".encode())
        self.batch.stdin.flush()
        head = self.batch.stdout.readline().split()
        if head[-1] == b"missing":
            return
        data = self.batch.stdout.read(int(head[2]) + 1)[:-1]
        if b"except" not in data and b"uppress" not in data:
            return
        facts = facts_alone(data, path, CONFIG)
        if isinstance(facts, Failure):
            return
        extents = {one.line: (one.first, one.last) for one in facts.prints}
        for one in standings(facts, checked(facts, CONFIG), CONFIG):
            yield Place(one, *extents.get(one.line, (one.line, one.line)))

    def diff(self, before: str, after: str) -> list[FileDiff]:
        """What a commit changed."""
        found: list[FileDiff] = []
        text = self.git("diff", "-U0", "-M", "--no-color", "--text", before, after, "--", "*.py")
        for line in text.split("\n"):
            if line.startswith("diff --git "):
                found.append(FileDiff())
            elif line.startswith("rename from "):
                found[-1].before = line[12:]
            elif line.startswith("rename to "):
                found[-1].after = line[10:]
            elif line.startswith("--- a/") and not found[-1].hunks:
                found[-1].before = line[6:].rstrip("\t")
            elif line.startswith("+++ b/") and not found[-1].hunks:
                found[-1].after = line[6:].rstrip("\t")
            elif hunk := HUNK.match(line):
                old, gone, new, come = (int(one) if one else 1 for one in hunk.groups())
                found[-1].hunks.append((old, gone, new, come))
            elif line[:1] in ("+", "-"):
                found[-1].lines.append(line)
        return found


@dataclass
class Figures:
    """What was counted in one repository."""

    entries: int = 0
    untouched: int = 0
    kept: int = 0
    exact: int = 0
    new: int = 0
    reported: int = 0
    reported_unpruned: int = 0
    alarms: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)


def recorded(places: list[Place]) -> list[Entry]:
    """What `baseline write` would record."""
    live = ((one.standing, [each for each in one.standing.findings if is_live(each)]) for one in places)
    return [
        replace(one.entry, codes=tuple(sorted({each.code for each in found}))) for one, found in live if found
    ]


def walk(folder: str, count: int) -> Figures:
    """Walk the history of one repository."""
    history, figures = History(folder), Figures()
    commits = history.commits(count)
    tree = history.tree(commits[0])
    now = [place for path, blob in sorted(tree.items()) for place in history.places(path, blob)]
    base = recorded(now)
    pruned = list(base)
    figures.entries = len(base)
    # What git says of each recorded handler: where its try and its clause stand, while nobody touched it.
    places = [one for one in now if any(map(is_live, one.standing.findings))]
    tracked = {
        index: (one.standing.entry.path, one.standing.line, one.first, one.last)
        for index, one in enumerate(places)
    }
    silent: set[tuple[str, int]] = set()
    for before, after in zip(commits, commits[1:], strict=False):
        diffs = history.diff(before, after)
        tree = {path: blob for path, blob in _changed(history, tree, before, after)}
        now = [place for path, blob in sorted(tree.items()) for place in history.places(path, blob)]
        tracked = dict(_followed(tracked, {one.before: one for one in diffs if one.before}))
        _count(figures, base, pruned, now, tracked, diffs, silent, after)
        pruned = list(_pruned(pruned, now))
    return figures


def _changed(history: History, tree: dict[str, str], before: str, after: str) -> Iterator[tuple[str, str]]:
    rows = history.git("diff-tree", "-r", "-z", "--no-renames", before, after).split("\0")
    fresh = dict(tree)
    for head, path in zip(rows[::2], rows[1::2], strict=False):
        _, mode, _, blob, status = head.split()
        if status == "D" or not mode.startswith("100"):
            fresh.pop(path, None)
        elif path.endswith(".py"):
            fresh[path] = blob
    yield from fresh.items()


def _followed(
    tracked: dict[int, tuple[str, int, int, int]], diffs: dict[str, FileDiff]
) -> Iterator[tuple[int, tuple[str, int, int, int]]]:
    for index, (path, line, first, last) in tracked.items():
        diff = diffs.get(path)
        if diff is None:
            yield index, (path, line, first, last)
        elif diff.after and (place := diff.moved(first, last)) is not None:
            yield index, (diff.after, line + place[0] - first, *place)


def _count(
    figures: Figures,
    base: list[Entry],
    pruned: list[Entry],
    now: list[Place],
    tracked: dict[int, tuple[str, int, int, int]],
    diffs: list[FileDiff],
    silent: set[tuple[str, int]],
    commit: str,
) -> None:
    standing = [one.standing for one in now]
    at = {(one.entry.path, one.line): index for index, one in enumerate(standing)}
    weighed = weigh(base, standing, lambda _: True)
    places = dict(weighed.pairs)
    for index, (path, line, *_) in tracked.items():
        figures.untouched += 1
        found = at.get((path, line))
        same = found is not None and places.get(index) == found
        figures.kept += same
        figures.exact += found is not None and standing[found].entry.text == base[index].text
        live = found is not None and [one for one in weighed.standings[found].findings if is_live(one)]
        if (not same or live) and (path, line) not in silent:
            silent.add((path, line))
            why = "not recognised" if not same else worse(base[index], standing[found or 0].entry)
            why = why.partition(",")[0] or f"another rule: {', '.join(one.code for one in live or ())}"
            figures.alarms[f"untouched: {why}"] += 1
            figures.shown.append(f"{commit[:10]} {path}:{line} {why} {base[index]}")
    fresh = list(_really_new(diffs))
    tight = weigh(pruned, standing, lambda _: True)
    for path, line in fresh:
        found = at.get((path, line))
        if found is None or not any(map(is_live, standing[found].findings)):
            continue
        figures.new += 1
        told = any(map(is_live, tight.standings[found].findings))
        figures.reported += told
        figures.reported_unpruned += any(map(is_live, weighed.standings[found].findings))
        if not told:
            old = next(pruned[one] for one, other in tight.pairs if other == found)
            figures.shown.append(f"{commit[:10]} {path}:{line} new but taken for {old}")
    edited = _edited(diffs)
    for found, one in enumerate(tight.standings):
        if (one.entry.path, one.line) in edited and any(map(is_live, one.findings)):
            if not (set(fresh) & {(one.entry.path, one.line)}) and (one.entry.path, one.line) not in silent:
                entry = next((pruned[first] for first, second in tight.pairs if second == found), None)
                why = "no entry for it" if entry is None else worse(entry, one.entry) or "another rule"
                figures.alarms[f"clause in a hunk that also deletes one: {why.partition(',')[0]}"] += 1


def _edited(diffs: list[FileDiff]) -> set[tuple[str, int]]:
    """Lines that a commit added in files in which it deleted a clause too: an edit, a move, or a new one."""
    return {
        (one.after, line)
        for one in diffs
        if any(ANY.match(text) for text in one.lines)
        for _, _, start, count in one.hunks
        for line in range(start, start + count)
    }


def _really_new(diffs: list[FileDiff]) -> Iterator[tuple[str, int]]:
    """The lines with a broad clause that a commit adds without deleting any clause."""
    if any(ANY.match(line) for one in diffs for line in one.lines):
        return
    for one in diffs:
        added = iter([line for line in one.lines if line.startswith("+")])
        for _, _, start, count in one.hunks:
            for line in range(start, start + count):
                if BROAD.match(next(added, "")):
                    yield one.after, line


def _pruned(entries: list[Entry], now: list[Place]) -> Iterator[Entry]:
    """What `baseline prune` would leave."""
    standing = [one.standing for one in now]
    for first, second in pair(entries, [one.entry for one in standing]):
        entry, place = entries[first], standing[second]
        if worse(entry, place.entry):
            yield entry
        elif any(map(is_live, place.findings)):
            codes = {one.code for one in place.findings if is_live(one)}
            kept = codes if not slack(entry, place) else codes & {*entry.codes, "BC101", "BC102", "BC303"}
            yield replace(place.entry, codes=tuple(sorted(kept)))


def main() -> None:
    """Walk each repository and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--commits", type=int, default=200)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    print(
        "repository  entries  untouched x commits  kept  same text  really new  reported (pruned)  unpruned"
    )
    for folder in given.folders:
        one = walk(folder, given.commits)
        kept = one.kept / max(one.untouched, 1)
        print(
            f"{folder.rstrip('/').split('/')[-2]}  {one.entries}  {one.untouched}  {kept:.4%}  "
            f"{one.exact / max(one.untouched, 1):.4%}  {one.new}  {one.reported}  {one.reported_unpruned}",
            flush=True,
        )
        for why, times in one.alarms.most_common():
            print(f"    {times} x {why}")
        for text in one.shown[: given.show]:
            print(f"    {text}")


if __name__ == "__main__":
    main()
