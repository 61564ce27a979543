"""Which rewrites does a command stand? Tried on the files, which are put back if anything fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from broadcatch.errors import BroadcatchError, CommandError
from broadcatch.mend.bisect import Found, keep_passing
from broadcatch.mend.command import Ran, ended_in_order, run_command
from broadcatch.mend.draft import Draft
from broadcatch.mend.journal import Journal
from broadcatch.model.results import Refusal, Trial
from broadcatch.rewrite.values import Rewrite
from broadcatch.rewrite.write import DISK, FileSystem, Original, write_text
from broadcatch.source.read import encode

Run: TypeAlias = Callable[[str, float | None], Ran]
Progress: TypeAlias = Callable[[int, int], None]
PATIENCE, LEAST = 10, 60.0
"""A run may take so many times as long as the first one, and always so many seconds."""


class Tried(NamedTuple):
    """The drafts with the rewrites that stood, as the files now are; how often the command ran."""

    drafts: tuple[Draft, ...]
    trial: Trial


class Tree:
    """The files of the drafts on the disk, with any of the rewrites made."""

    def __init__(self, drafts: Sequence[Draft], journal: Journal, files: FileSystem = DISK) -> None:
        self._drafts = drafts
        self._journal = journal
        self._files = files
        self._now: dict[str, Original] = {draft.path: draft.original for draft in drafts}

    def put(self, chosen: Sequence[Rewrite]) -> None:
        """Make exactly these rewrites. Raises BroadcatchError where a file cannot be written."""
        wanted = set(chosen)
        for draft in self._drafts:
            after = draft.text([one for one in draft.rewrites if one in wanted])
            data = encode(draft.original.source, after)
            if data != self._now[draft.path].data:
                self._write(draft.path, after, data)

    def _write(self, path: str, after: str, data: bytes) -> None:
        self._journal.expect(path, data)
        failure = write_text(self._now[path], after, self._files)
        if failure is not None:
            raise BroadcatchError(f"{failure.path}: {failure.message}; all files are put back")
        self._now[path] = replace(self._now[path], data=data)


def tried(
    drafts: Sequence[Draft],
    command: str,
    limit: int,
    cache: Path,
    progress: Progress | None = None,
    run: Run = run_command,
    files: FileSystem = DISK,
) -> Tried:
    """The drafts without the rewrites that break `command`; the files hold the others.

    Raises CommandError where the command fails before anything is changed, BroadcatchError where a file
    cannot be written; then, and when this is interrupted, the files are as they were.
    """
    asked = [draft for draft in drafts if draft.rewrites]
    with ended_in_order():
        counted = _Counted(command, run, limit, progress)
        first = counted.go(None)
        if not first.passed:
            raise CommandError(f"--verify: `{command}` fails before anything is changed", first.output)
        if not asked:
            return Tried(tuple(drafts), Trial(command, counted.runs))
        patience = max(LEAST, PATIENCE * first.seconds)
        with Journal.begin(cache, [draft.original for draft in asked], files) as journal:
            found = _search(Tree(asked, journal, files), asked, counted, patience)
    complete = not found.undecided
    return Tried(_sorted_out(drafts, found), Trial(command, counted.runs, complete))


class _Counted:
    """A command whose runs are counted and told."""

    def __init__(self, command: str, run: Run, limit: int, progress: Progress | None) -> None:
        self._command, self._run, self._progress = command, run, progress
        self.runs, self.limit = 0, limit
        self.expected = 2

    def go(self, timeout: float | None) -> Ran:
        """Run it once more."""
        ran = self._run(self._command, timeout)
        self.runs += 1
        self.expected = min(self.limit, max(self.expected, self.runs + 1))
        if self._progress is not None:
            self._progress(self.runs, self.expected)
        return ran


def _search(tree: Tree, drafts: Sequence[Draft], counted: _Counted, timeout: float) -> Found[Rewrite]:
    def fails(chosen: Sequence[Rewrite]) -> str | None:
        tree.put(chosen)
        ran = counted.go(timeout)
        if not ran.passed and counted.runs == 2:
            counted.expected = 2 + 2 * sum(len(draft.rewrites) for draft in drafts).bit_length()
        return None if ran.passed else ran.output or "(no output)\n"

    found = keep_passing([draft.rewrites for draft in drafts], fails, counted.limit - counted.runs)
    tree.put(found.kept)
    return found


def _sorted_out(drafts: Sequence[Draft], found: Found[Rewrite]) -> tuple[Draft, ...]:
    """The drafts with what stood; what did not is refused with what the command said."""
    said = dict(found.dropped)
    return tuple(
        replace(
            draft,
            rewrites=tuple(one for one in draft.rewrites if one in found.kept),
            refused=(
                *(_refusal(one, said) for one in draft.rewrites if one not in found.kept),
                *draft.refused,
            ),
        )
        for draft in drafts
    )


def _refusal(one: Rewrite, said: dict[Rewrite, str]) -> Refusal:
    why = "the command fails with it" if one in said else "not tried: the limit of --verify-runs was reached"
    return Refusal(one.path, one.line, one.title, why, one.kind, one.safety, said.get(one, ""))
