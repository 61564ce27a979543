"""Which files are meant? What is given, and what lies below it and is not hidden."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from broadcatch.errors import PathError
from broadcatch.model.facts import Skipped
from broadcatch.source.ignores import Patterns, compiled, git_folder, patterns_in
from broadcatch.source.paths import display

DEFAULT_EXCLUDE = frozenset(
    {
        ".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache", 
        ".nox", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox", ".venv",
        ".vscode", ".broadcatch_cache", "__pycache__", "__pypackages__", "_build", "buck-out", "build", 
        "dist", "node_modules", "site-packages", "venv",
    }
)  # fmt: skip
"""Names of folders that are not looked into (Ruff's, and our own cache)."""

_ENDINGS = (".py", ".pyw")
_NOTEBOOK = ".ipynb"


class Exclusion(Protocol):
    """What of the configuration counts here."""

    @property
    def exclude(self) -> tuple[str, ...]: ...
    @property
    def extend_exclude(self) -> tuple[str, ...]: ...
    @property
    def respect_gitignore(self) -> bool: ...
    @property
    def root(self) -> str: ...


@dataclass(slots=True)
class _Found:
    files: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, Skipped] = field(default_factory=dict)

    def skip(self, path: str, reason: str) -> None:
        self.skipped.setdefault(os.path.abspath(path), Skipped(display(path), reason))

    def add(self, path: str) -> None:
        if path.endswith(_NOTEBOOK):
            self.skip(path, "notebooks are not read")
        else:
            self.files.setdefault(os.path.abspath(path), path)


def discover(paths: Sequence[Path], config: Exclusion) -> tuple[tuple[str, ...], tuple[Skipped, ...]]:
    """The files to read, sorted and each once, and those that are passed over with a word.

    A file in `paths` is taken whatever its name; a folder is searched for `*.py` and `*.pyw`, minus
    what is excluded or ignored by git. What hides the folder itself does not count, since it was asked
    for. Folders behind symbolic links are not entered. A folder that cannot be listed and a link
    that leads nowhere stand among the files: reading them says why. Raises PathError for a path that does
    not exist.
    """
    found = _Found()
    for path in paths:
        if _is_folder(path):
            _search(os.path.normpath(path), config, found)
        else:
            found.add(os.path.normpath(path))
    files = tuple(path.replace("/", os.sep) for path in sorted(found.files.values()))
    return files, tuple(sorted(found.skipped.values(), key=lambda skipped: skipped.path))


def taken(files: Sequence[str], paths: Sequence[str], config: Exclusion) -> list[str]:
    """Those of the `files` (absolute; they need not exist) that a search below `paths` would take."""
    tops = [os.path.realpath(path) for path in paths]
    return [file for file in files if any(_would_take(file, top, config) for top in tops)]


def _would_take(file: str, top: str, config: Exclusion) -> bool:
    if file == top:
        return True
    if not (file.endswith(_ENDINGS) and _is_below(file, top)):
        return False
    names, fixed = _excluded(config, top)
    parts = file[len(os.path.join(top, "")) :].split("/")
    ways = [os.path.join(top, *parts[:depth], "") for depth in range(1, len(parts))]
    return names.isdisjoint(parts) and not any(_hidden(way, fixed, ()) for way in (*ways, file))


def _is_folder(path: Path) -> bool:
    """Whether a path that was asked for is a folder. Raises PathError where there is nothing at all."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PathError(f"{display(path)}: no such file or folder") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise PathError(f"{display(path)}: {reason}") from error


def _search(top: str, config: Exclusion, found: _Found) -> None:
    """Everything below the folder `top`, in one loop: this is the hot path of discovery."""
    whole = os.path.abspath(top)
    names, fixed = _excluded(config, whole)
    git = _above(whole) if config.respect_gitignore else ()
    stack = [("" if top == "." else os.path.join(top, ""), os.path.join(whole, ""), git)]
    while stack:
        shown, absolute, git = stack.pop()
        try:
            with os.scandir(absolute) as listing:
                entries = list(listing)
        except OSError:
            found.add(os.path.normpath(shown or "."))  # reading it fails as well, and says why
            continue
        if config.respect_gitignore:
            git = _here(absolute, {entry.name for entry in entries}, git, absolute[:-1] == whole)
        for entry in entries:
            name = entry.name
            if name.endswith(_ENDINGS) or name.endswith(_NOTEBOOK):
                if name not in names and _is_file(entry) and not _hidden(absolute + name, fixed, git):
                    found.add(shown + name)
                    continue
            if name not in names and entry.is_dir(follow_symlinks=False):
                if not _hidden(absolute + name + "/", fixed, git):
                    stack.append((f"{shown}{name}/", f"{absolute}{name}/", git))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Links that lead nowhere or to themselves count as files, so that reading them says what is wrong."""
    try:
        return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry))
    except OSError:
        return True


def _hidden(path: str, fixed: Patterns | None, git: tuple[Patterns, ...]) -> bool:
    """Whether configuration or git hides an absolute path; of git's patterns the innermost word counts."""
    if fixed is not None and fixed.decide(path):
        return True
    for patterns in git:
        word = patterns.decide(path)
        if word is not None:
            return word
    return False


def _excluded(config: Exclusion, top: str) -> tuple[frozenset[str], Patterns | None]:
    """Plain names, which need no pattern, and the patterns for the rest, from the configuration's folder."""
    given = (*config.exclude, *config.extend_exclude)
    plain = {text for text in given if text and not any(sign in text for sign in "/*?[]!#\\ ")}
    names = plain if config.exclude else plain | DEFAULT_EXCLUDE
    root = config.root if config.root and _is_below(top, config.root) else top
    lines = [text for text in given if text not in plain]
    return frozenset(names), compiled(root, [line for line in lines if not _hides(line, root, top)])


def _hides(line: str, root: str, top: str) -> bool:
    patterns = compiled(root, [line])
    return patterns is not None and bool(patterns.decide(os.path.join(top, "")))


def _is_below(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def _above(top: str) -> tuple[Patterns, ...]:
    """The patterns of the folders above `top`, innermost first, up to the repository's root.

    None outside a repository, and none where they hide `top`: they say nothing about what is in it.
    """
    if git_folder(top) is not None:
        return ()
    chain = []
    for folder in _parents(top):
        chain.append(patterns_in(os.path.join(folder, ".gitignore"), folder))
        git = git_folder(folder)
        if git is not None:
            chain.append(patterns_in(os.path.join(git, "info", "exclude"), folder))
            break
    else:
        return ()
    known = tuple(patterns for patterns in chain if patterns is not None)
    ways = [top, *_parents(top)][: len(chain)]
    return () if any(_hidden(os.path.join(way, ""), None, known) for way in ways) else known


def _parents(path: str) -> Iterator[str]:
    while (parent := os.path.dirname(path)) != path:
        yield parent
        path = parent


def _here(folder: str, names: set[str], above: tuple[Patterns, ...], is_top: bool) -> tuple[Patterns, ...]:
    """The patterns that count for the entries `names` of `folder`: its own before those from above.

    A repository in a repository begins afresh. A folder that was asked for and hides all that is in it
    (as virtual environments and caches do) is read nevertheless.
    """
    own = patterns_in(folder + ".gitignore", folder) if ".gitignore" in names else None
    if ".git" in names:
        git = git_folder(folder)
        shared = patterns_in(os.path.join(git, "info", "exclude"), folder) if git else None
        return tuple(patterns for patterns in (own, shared) if patterns is not None)
    if own is None or (is_top and _hides_all(own)):
        return above
    return (own, *above)


def _hides_all(patterns: Patterns) -> bool:
    return all(patterns.decide(f"{patterns.base}{name}") for name in ("a", "b/", "_.py"))
