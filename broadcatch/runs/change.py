"""What has changed, file by file, and which handler was which before? As `check --deep` asks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.model.facts import FileFacts
from broadcatch.model.results import Only
from broadcatch.runs.pairing import pair
from broadcatch.runs.texts import gather_text
from broadcatch.source.git import asks, changed, commit, contents, git
from broadcatch.source.paths import display


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since the commit `revision`: for each Python file (by its path from the top) the path
    and the text that it had, both empty for a new one. An empty `revision`: there was none."""

    top: Path
    revision: str
    before: Mapping[str, tuple[str, bytes]]


def change_of(top: Path, only: Only) -> Change:
    """The change that a check is narrowed down to. Raises BroadcatchError where git cannot tell."""
    if only.staged and not asks(top, "rev-parse", "--verify", "--quiet", "HEAD"):
        return Change(top, "", {})
    revision = commit(top, "HEAD" if only.staged else only.changed_since)
    was = {one.after: one.before for one in changed(top, revision, cached=only.staged) if one.after}
    if not only.staged:
        others = git(top, "ls-files", "-z", "--others", "--exclude-standard").split(b"\0")
        was |= {os.fsdecode(name): "" for name in others}
    files = {after: before for after, before in was.items() if after.endswith(".py")}
    texts = contents(top, revision, [before for before in files.values() if before])
    return Change(top, revision, {after: (before, texts.get(before, b"")) for after, before in files.items()})


def lines_before(change: Change, path: str, facts: FileFacts, config: Config) -> Mapping[int, int]:
    """The lines of the clauses of a changed file, and the lines in which they stood before.

    `path` is the file from the top, `facts` are what is known of it now.
    """
    before, text = change.before[path]
    then = gather_text(text, display(change.top / before), config) if before else None
    if not isinstance(then, FileFacts):
        return {}
    old, new = [(then, one) for one in then.handlers], [(facts, one) for one in facts.handlers]
    pairs = pair(old, new, {then.path: facts.path})
    return {new[to][1].span.line: old[at][1].span.line for at, to in pairs}
