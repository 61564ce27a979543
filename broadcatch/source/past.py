"""What would lie on the disk at another state of the repository? Its Python files, laid out elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from broadcatch.source.git import contents, git, tracked

INDEX = ""
"""The revision that stands for what is staged."""
_ENDINGS = (".py", ".pyi")


def laid_out(top: Path, revision: str, folder: Path) -> tuple[str, ...]:
    """Write the Python files of a commit (or of the `INDEX`) into `folder`; their paths from the top."""
    named = indexed(top) if revision == INDEX else tracked(top, revision)
    wanted = [path for path in named if path.endswith(_ENDINGS) and ".." not in path.split("/")]
    texts = contents(top, revision, wanted)
    _written(texts, folder)
    return tuple(texts)


def indexed(top: Path) -> tuple[str, ...]:
    """The files (paths from the top) that git's index holds, sorted."""
    listed = git(top, "ls-files", "-z", "--cached", "--full-name").split(b"\0")
    return tuple(sorted({os.fsdecode(name) for name in listed if name}))


def is_as_staged(top: Path) -> bool:
    """Whether the Python files of the work tree are those of the index, all of them and no others."""
    differ = git(top, "diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv").split(b"\0")
    others = git(top, "ls-files", "-z", "--others", "--exclude-standard").split(b"\0")
    return not any(os.fsdecode(name).endswith(_ENDINGS) for name in (*differ, *others))


def _written(texts: Mapping[str, bytes], folder: Path) -> None:
    made: set[str] = set()
    for path, text in texts.items():
        above, name = os.path.split(path)
        if above not in made:
            made.add(above)
            os.makedirs(folder / above, exist_ok=True)
        with open(folder / above / name, "wb") as file:
            file.write(text)
