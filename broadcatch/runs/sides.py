"""What did the files hold at a revision of git, and which of them differ? The work tree is left as it is."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.errors import BroadcatchError
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.runs.texts import gather_texts
from broadcatch.source.discover import taken
from broadcatch.source.git import changed, contents, from_top, repository, tracked
from broadcatch.source.paths import display


@dataclass(frozen=True, slots=True)
class Sides:
    """What differs: the facts of files then and now, and the old paths of those that were renamed.

    `same` are the files that are as they were, `texts` those of the others as they were; all paths are seen
    from the working directory.
    """

    then: tuple[FileFacts, ...]
    now: tuple[FileFacts, ...]
    same: tuple[FileFacts, ...]
    renames: Mapping[str, str]
    failures: tuple[Failure, ...]
    texts: Mapping[str, bytes]


def top_of(paths: Sequence[str]) -> Path:
    """The top folder of the one repository that holds all `paths`. Raises BroadcatchError."""
    roots = {repository(path) for path in paths}
    if len(roots) > 1:
        raise BroadcatchError("the paths lie in several git repositories: ask about one at a time")
    return roots.pop()


def sides_of(
    root: Path, name: str, paths: Sequence[str], facts: Sequence[FileFacts], config: Config
) -> Sides:
    """What differs between the commit `name` and `facts`, which are those of the work tree below `paths`."""
    differing = changed(root, name)
    moved = {one.after: one.before for one in differing if one.after}
    known = frozenset(tracked(root, name))
    here = {from_top(root, one.path): one for one in facts}
    was = {path: moved.get(path, path if _was_there(path, known) else "") for path in here}
    fresh = {path: before for path, before in was.items() if path in moved or not before}
    wanted = {before: path for path, before in fresh.items() if before}
    away = [one.before for one in differing if one.before != one.after and one.after not in here]
    lost = taken([os.fspath(root / one) for one in away if one], paths, config)
    asked = {**{one: one for one in (from_top(root, path) for path in lost)}, **wanted}
    texts = {_shown(root, path): text for path, text in contents(root, name, asked).items()}
    read = gather_texts(texts, config)
    return Sides(
        tuple(one for one in read.values() if isinstance(one, FileFacts)),
        tuple(here[path] for path in fresh),
        tuple(one for path, one in here.items() if path not in fresh),
        {_shown(root, before): _shown(root, path) for before, path in wanted.items() if before != path},
        tuple(one for one in read.values() if isinstance(one, Failure)),
        texts,
    )


def _was_there(path: str, known: frozenset[str]) -> bool:
    """Whether a file was there, or lies in what was: of another repository inside, nothing is told."""
    parents = (path[:index] for index, sign in enumerate(path) if sign == "/")
    return path in known or path.startswith("../") or any(parent in known for parent in parents)


def _shown(root: Path, path: str) -> str:
    return display(root / path)
