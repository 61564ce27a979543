"""What does git know? Its plumbing, run without a shell and without touching the work tree.

Git is asked as a program. Nothing that a repository's configuration names is started by these questions (no
pager, no external diff, no file-system monitor), and missing objects are not fetched over the network.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcatch.errors import BroadcatchError

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-pager", "--literal-pathspecs")
_POINTERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF")
"""Variables that a hook sets, and that would stand for another folder than the one that is asked about."""


class GitError(BroadcatchError):
    """Git is missing, this is no repository, or git refused; the message is one line."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One file that differs between a revision and the work tree, by paths from the repository's top.

    `before` is "" where the revision has no such file, `after` is "" where the work tree has none; both are
    given and differ where git sees a rename.
    """

    before: str
    after: str


def git(root: str | os.PathLike[str], *arguments: str, stdin: bytes = b"") -> bytes:
    """What `git ARGUMENTS` prints when it runs in the folder `root`. Raises GitError where it fails."""
    done = _run(root, arguments, stdin)
    if done.returncode != 0:
        raise GitError(_complaint(root, arguments, done.stderr))
    return done.stdout


def asks(root: str | os.PathLike[str], *arguments: str) -> bool:
    """Whether `git ARGUMENTS` ends with 0, for questions that it answers so."""
    return _run(root, arguments, b"").returncode == 0


def repository(path: str | os.PathLike[str]) -> Path:
    """The top folder (absolute) of the work tree that holds `path`. Raises GitError where there is none."""
    folder = path if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
    try:
        found = git(folder, "rev-parse", "--show-toplevel")
    except GitError as error:
        if "not a git repository" in str(error) or "must be run in a work tree" in str(error):
            raise GitError(f"{os.fspath(path)}: not in the work tree of a git repository") from error
        raise
    return Path(os.fsdecode(found).rstrip("\n"))


def commit(root: str | os.PathLike[str], revision: str) -> str:
    """The full name of the commit that `revision` means; `A...` and `A...B` mean their common ancestor.

    Raises GitError where there is none, and says so where the clone is shallow.
    """
    left, dots, right = revision.partition("...")
    if not dots:
        return _commit(root, revision)
    ends = _commit(root, left or "HEAD"), _commit(root, right or "HEAD")
    try:
        return git(root, "merge-base", *ends).decode("ascii").split()[0]
    except GitError as error:
        raise GitError(f"{revision}: no common ancestor{_shallow(root)}") from error


def _commit(root: str | os.PathLike[str], revision: str) -> str:
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    done = _run(root, asked, b"") if revision and "\0" not in revision else None
    found = done.stdout.decode("ascii", "replace").split() if done is not None else []
    if done is None or done.returncode != 0 or len(found) != 1:
        raise GitError(f"{revision or repr('')}: git knows no such revision{_shallow(root)}")
    return found[0]


def shallow(root: str | os.PathLike[str]) -> bool:
    """Whether a clone holds only a part of the history."""
    return _run(root, ("rev-parse", "--is-shallow-repository"), b"").stdout.strip() == b"true"


def _shallow(root: str | os.PathLike[str]) -> str:
    """The hint that a clone with a part of the history deserves, "" for a whole one."""
    return " (this clone is shallow: fetch more of its history)" if shallow(root) else ""


def from_top(root: Path, path: str | os.PathLike[str]) -> str:
    """A path as git gives it: from the repository's top `root`, with `/`; links on the way are followed."""
    folder, name = os.path.split(os.path.abspath(path))
    return Path(os.path.relpath(os.path.join(os.path.realpath(folder), name), root)).as_posix()


def changed(
    root: str | os.PathLike[str], revision: str, paths: Sequence[str] = (), cached: bool = False
) -> tuple[Changed, ...]:
    """The files that differ between the commit `revision` and the work tree, with renames, sorted.

    `paths` (from the repository's top `root`) narrow that down; `cached` asks about the index in place of the
    work tree. Files that git does not track are not told.
    """
    given = ("diff", "--name-status", "-z", "--no-ext-diff", "--no-textconv", "--find-renames")
    where = ("--cached", revision) if cached else (revision,)
    fields = iter(git(root, *given, *where, "--", *paths).split(b"\0"))
    found = (_changed(os.fsdecode(status), fields) for status in fields if status)
    return tuple(sorted(found, key=lambda one: (one.after or one.before, one.before)))


def _changed(status: str, fields: Iterator[bytes]) -> Changed:
    path = os.fsdecode(next(fields))
    if status.startswith(("R", "C")):
        after = os.fsdecode(next(fields))
        return Changed(path if status.startswith("R") else "", after)
    return Changed("" if status == "A" else path, "" if status == "D" else path)


def contents(root: str | os.PathLike[str], revision: str, paths: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes that files (paths from the repository's top) had at a commit; files it lacks are left out.

    One process for all of them. Links and submodules are no files.
    """
    wanted = [path for path in dict.fromkeys(paths) if "\n" not in path]
    asked = b"".join(os.fsencode(f"{revision}:{path}\n") for path in wanted)
    answer = git(root, "cat-file", "--batch", stdin=asked) if wanted else b""
    found, start = {}, 0
    for path in wanted:
        end = answer.index(b"\n", start)
        _, _, last = answer[start:end].rpartition(b" ")
        start = end + 1
        if last.isdigit():
            size = int(last)
            if answer[:end].endswith(b" blob " + last):
                found[path] = answer[start : start + size]
            start += size + 1
    return found


def tracked(root: str | os.PathLike[str], revision: str, paths: Sequence[str] = ()) -> tuple[str, ...]:
    """The files (paths from the repository's top) that a commit holds, below `paths` or all, sorted."""
    listed = git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", revision, "--", *paths)
    return tuple(sorted(os.fsdecode(name) for name in listed.split(b"\0") if name))


def _run(
    root: str | os.PathLike[str], arguments: Sequence[str], stdin: bytes
) -> subprocess.CompletedProcess[bytes]:
    words = ["git", *_SAFE, *arguments]
    try:
        return subprocess.run(
            words, input=stdin, capture_output=True, check=False, cwd=root, env=_environment()
        )
    except FileNotFoundError as error:
        if os.path.isdir(root):
            raise GitError("git is not installed, or not on the PATH") from error
        raise GitError(f"{os.fspath(root)}: no such folder") from error
    except (OSError, ValueError) as error:
        raise GitError(f"git cannot be run: {error}") from error


def _environment() -> dict[str, str]:
    """The folder that is asked about decides which repository is meant; a hook's index is kept."""
    given = {name: value for name, value in os.environ.items() if name not in _POINTERS}
    index = given.get("GIT_INDEX_FILE")
    if index:
        given["GIT_INDEX_FILE"] = os.path.abspath(index)
    quiet = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    return {**given, **quiet}


def _complaint(root: str | os.PathLike[str], arguments: Sequence[str], stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), "".join(lines[:1]))
    return f"git {arguments[0]} failed in {os.fspath(root)}: {said or 'it gave no reason'}"
