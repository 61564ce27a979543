"""Does this project use Ruff, and which of its rules about exceptions speak in a file? By its configuration.

For where Ruff itself cannot be asked. Followed as Ruff does: the nearest file counts, `extend` goes first, in
each file the more specific selector wins.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from broadcatch.config.ruff_file import extended, listed, nearest, table_of
from broadcatch.config.selectors import matching

NAMES: Mapping[str, str] = {
    "B904": "raise-without-from-inside-except",
    "BLE001": "blind-except",
    "E722": "bare-except",
    "S110": "try-except-pass",
    "S112": "try-except-continue",
}
"""The rules of Ruff that say what rules of ours say too."""
CODES = frozenset(NAMES)
DEFAULT = frozenset({"BLE001", "E722", "S110", "S112"})
"""What is on where nothing is selected, since Ruff 0.16."""
FORMER = frozenset({"E722"})
"""The same before."""
DEFAULT_EXCLUDE = (
    ".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox",
    ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox", ".venv", ".vscode",
    "__pypackages__", "_build", "buck-out", "dist", "node_modules", "site-packages", "venv",
)  # fmt: skip
HOOKS = ".pre-commit-config.yaml"
_HOOK = re.compile(r"^\s*(?:-\s*)?id:\s*[\"']?ruff(?:-check)?[\"']?\s*(?:#.*)?$", re.M)
_REPOSITORY = re.compile(r"/ruff-pre-commit[\"']?\s*\n\s*rev:\s*[\"']?v?(\d+)\.(\d+)", re.M)
_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock")
_LOCKED = re.compile(r'^name = "ruff"\nversion = "(\d+)\.(\d+)', re.M)
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Rules:
    """Which of `CODES` are on below a configuration file, and which files it leaves out."""

    on: frozenset[str]
    exclude: tuple[str, ...]
    root: str

    def speaks(self, path: str, code: str) -> bool:
        """Whether Ruff reports `code` in the file `path`, where something is to be reported."""
        return code in self.on and not any(
            matching(one, self.exclude, self.root) for one in _above(path, self.root)
        )


@dataclass(slots=True)
class RuffReader:
    """Answers for folders, each read once."""

    _users: dict[str, str] = field(default_factory=dict)
    _rules: dict[str, Rules] = field(default_factory=dict)

    def user(self, folder: str) -> str:
        """The file by which the repository around `folder` uses Ruff: it configures it or runs it as a hook.

        "" where it does not.
        """
        if folder not in self._users:
            self._users[folder] = next(_users(Path(os.path.abspath(folder))), "")
        return self._users[folder]

    def rules(self, folder: str) -> Rules:
        """The rules that hold for the files in `folder`."""
        if folder not in self._rules:
            self._rules[folder] = _rules(Path(os.path.abspath(folder)))
        return self._rules[folder]


def _users(start: Path) -> Iterator[str]:
    for folder in _repository(start):
        for name in (".ruff.toml", "ruff.toml", "pyproject.toml"):
            if table_of(folder / name) is not None:
                yield (folder / name).as_posix()
        if _HOOK.search(_text(folder / HOOKS)):
            yield (folder / HOOKS).as_posix()


def _repository(start: Path) -> Iterator[Path]:
    """The folders from `start` up to the top of its repository."""
    for folder in (start, *start.parents):
        yield folder
        if os.path.exists(folder / ".git"):
            return


def _rules(folder: Path) -> Rules:
    table, root = nearest(folder)
    on = _selected(table, root, _DEPTH)
    exclude = _exclusions(table, root, _DEPTH)
    return Rules(_default(folder) if on is None else on, exclude, root.as_posix())


def _default(folder: Path) -> frozenset[str]:
    """By the version that the repository pins, where it pins one."""
    for above in _repository(folder):
        texts = [(_LOCKED, _text(above / name)) for name in _LOCKS]
        for pattern, text in (*texts, (_REPOSITORY, _text(above / HOOKS))):
            found = pattern.search(text)
            if found is not None:
                return DEFAULT if (int(found[1]), int(found[2])) >= (0, 16) else FORMER
    return DEFAULT


def _selected(table: Mapping[str, object], folder: Path, depth: int) -> frozenset[str] | None:
    """The codes that are on; None where no file in the chain says anything."""
    path = extended(table, folder)
    below = _selected(table_of(path) or {}, path.parent, depth - 1) if path is not None and depth else None
    select = listed(table, "select")
    more = (*(listed(table, "extend-select") or ()), *(select or ()))
    off = (*(listed(table, "ignore") or ()), *(listed(table, "extend-ignore") or ()))
    if not more and not off and select is None:
        return below
    before = frozenset() if select is not None else _default(folder) if below is None else below
    return frozenset(code for code in CODES if _is_on(code, more, off, code in before))


def _is_on(code: str, on: Sequence[str], off: Sequence[str], before: bool) -> bool:
    for_it, against = (max((_weight(one, code) for one in chosen), default=-1) for chosen in (on, off))
    return before if for_it == against == -1 else for_it > against


def _weight(selector: str, code: str) -> int:
    """How specific a selector is about `code`: -1 where it does not mean it, 0 for ALL."""
    if selector == "ALL":
        return 0
    if selector == NAMES[code]:
        return len(code)
    same = selector.rstrip("0123456789") == code.rstrip("0123456789")
    return len(selector) if same and code.startswith(selector) else -1


def _exclusions(table: Mapping[str, object], folder: Path, depth: int) -> tuple[str, ...]:
    path = extended(table, folder)
    below = _exclusions(table_of(path) or {}, path.parent, depth - 1) if path is not None and depth else None
    own, more = listed(table, "exclude", top=True), listed(table, "extend-exclude", top=True) or ()
    lint = listed({"lint": table.get("lint")}, "exclude") or ()
    return (*(own if own is not None else below or DEFAULT_EXCLUDE), *more, *lint)


def _above(path: str, root: str) -> Iterator[str]:
    """The file, and the folders between it and `root`."""
    whole = os.path.abspath(path).replace(os.sep, "/")
    while len(whole) > len(root):
        yield whole
        whole = whole.rpartition("/")[0]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
