"""Which file holds a module: of the project, of an installed package, or of the standard library?"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from broadcatch.program.environment import Environment
from broadcatch.program.published import FOLDER as PUBLISHED
from broadcatch.source.project import is_packages_folder

Origin: TypeAlias = Literal["project", "dependency", "standard", "stub"]

_BACKPORTS = frozenset({"typing_extensions"})
_COMPILED = (".so", ".pyd")


@dataclass(frozen=True, slots=True)
class Place:
    """A file, the folder from which its package is imported, and whose it is."""

    path: Path
    base: Path
    origin: Origin


class Locator:
    """Finds files; `root` is absolute. Nothing is read but the names in folders."""

    def __init__(self, root: Path, environment: Environment) -> None:
        self.root = root
        self.environment = environment
        self._installed = is_packages_folder(root.parent)
        self._own = [] if self._installed else [root / "src", *_tops(root)]
        self._moved = dict(environment.moved)
        self._found: dict[tuple[str, Path | None, bool, bool], Place | None] = {}
        self._packages: dict[tuple[str, Path | None], bool] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._owned: dict[Path, bool] = {}

    def find(self, name: str, base: Path | None, origin: Origin) -> Place | None:
        """The file of the module `name`, as a file below `base` would import it; None if there is none.

        Of a package that is nowhere, the project's files see the skeleton that comes with broadcatch.
        """
        outside = origin in ("dependency", "stub")
        base, unread = (None, True) if base == PUBLISHED else (base, not outside)
        key = (name, base, outside, unread)
        if key not in self._found:
            found = self._find(name, base, outside)
            self._found[key] = found or (self._published(name, base) if unread else None)
        return self._found[key]

    def standard(self, name: str) -> Place | None:
        """The source of a module of the standard library."""
        folder = self.environment.standard
        if folder is None or not is_standard(name):
            return None
        path = self._file(folder, name)
        return Place(path, folder, "standard") if path else None

    def is_compiled(self, package: Path, name: str) -> bool:
        """Whether a package's folder holds `name` as an extension module without source."""
        starts = (f"{name}.", f"{name}_d.")
        return any(
            one.startswith(starts) and one.endswith(_COMPILED) for one in self._listing(os.fspath(package))
        )

    def holds_package(self, head: str, base: Path | None) -> bool:
        """Whether the project, or an installed package, has sources under this first name."""
        key = (head, base)
        if key not in self._packages:
            folders = [folder / head for folder, _ in self._search(head, base, False)]
            self._packages[key] = any(
                folder.is_dir() and next(folder.glob("**/*.py"), None) is not None for folder in folders
            )
        return self._packages[key]

    def place_of(self, path: Path) -> Place:
        """Whose file this is, and from where its package is imported."""
        if self._installed and path.is_relative_to(self.root):
            return Place(path, self.root.parent, "project")
        for folder in self.environment.packages:
            if path.is_relative_to(folder) and not self._is_own(path, folder):
                return Place(path, folder, "dependency")
        standard = self.environment.standard
        if standard is not None and path.is_relative_to(standard) and not path.is_relative_to(self.root):
            return Place(path, standard, "standard")
        return Place(path, self._import_root(path), "project")

    def _is_own(self, path: Path, folder: Path) -> bool:
        """Whether a folder of packages is the project's own, put there by an editable install."""
        return (
            path.is_relative_to(self.root)
            and not folder.is_relative_to(self.root / ".venv")
            and ("site-packages" not in folder.parts)
        )

    def _find(self, name: str, base: Path | None, outside: bool) -> Place | None:
        head, _, rest = name.partition(".")
        for folder, origin in self._search(head, base, outside):
            path = self._file(folder, name)
            if path is not None:
                return Place(path, folder, "stub" if path.suffix == ".pyi" else origin)
        moved = self._moved.get(head)
        if moved is not None:
            path = self._file(moved.parent, name) if moved.name == head else None
            return Place(path, moved.parent, "project") if path else None
        return None

    def _published(self, name: str, base: Path | None) -> Place | None:
        """The skeleton of a module whose package is neither in the project nor installed."""
        head = name.partition(".")[0]
        path = self._file(PUBLISHED, name)
        if path is None or self._find(head, base, False) is not None or self.holds_package(head, base):
            return None
        return Place(path, PUBLISHED, "stub")

    def _search(self, head: str, base: Path | None, outside: bool) -> list[tuple[Path, Origin]]:
        """The folders to look into. The standard library hides installed packages of its names."""
        own: list[tuple[Path, Origin]] = [] if outside else [(folder, "project") for folder in self._own]
        if own and head == self.root.name and not (self.root / head).exists():
            own.append((self.root.parent, "project"))  # the package itself was given
        near: list[tuple[Path, Origin]] = (
            [(base, "dependency" if outside else "project")] if base is not None else []
        )
        installed: list[tuple[Path, Origin]] = []
        if not is_standard(head):
            installed = [(folder, "dependency") for folder in self.environment.packages]
        elif outside:
            near = []
        found = {folder: (folder, origin) for folder, origin in (*near, *own, *installed)}
        return [self._whose(folder, head, origin) for folder, origin in found.values()]

    def _whose(self, folder: Path, head: str, origin: Origin) -> tuple[Path, Origin]:
        """Of a folder of packages, an installed project owns one; an editable install puts its own there."""
        if not self._installed or folder != self.root.parent:
            if folder not in self._owned:
                self._owned[folder] = self._is_own(folder, folder)
            return folder, "project" if self._owned[folder] else origin
        return folder, "project" if head == self.root.name else "dependency"

    def _file(self, folder: Path, name: str) -> Path | None:
        *above, last = name.split(".")
        where = os.fspath(folder)
        for part in above:
            if part not in self._listing(where):
                return None
            where = os.path.join(where, part)
        names = self._listing(where)
        if last in names:
            for initial in ("__init__.py", "__init__.pyi"):
                if initial in self._listing(os.path.join(where, last)):
                    return Path(where, last, initial)
        for suffix in (".py", ".pyi"):
            if last + suffix in names:
                return Path(where, last + suffix)
        return None

    def _listing(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(folder))
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]

    def _import_root(self, path: Path) -> Path:
        """The folder from which a file's own package is imported."""
        folder = self._package_around(path.parent)
        if folder is None:
            source = self.root / "src"
            if path.is_relative_to(source):
                return source
            return self.root if path.is_relative_to(self.root) else path.parent
        while (folder / "__init__.py").is_file():
            folder = folder.parent
        return folder

    def _package_around(self, folder: Path) -> Path | None:
        """The nearest folder with an `__init__.py`: one without, inside such a package, belongs to it."""
        if (folder / "__init__.py").is_file() or not folder.is_relative_to(self.root):
            return folder if (folder / "__init__.py").is_file() else None
        inside = [folder, *(one for one in folder.parents if one.is_relative_to(self.root))]
        return next((one for one in inside if (one / "__init__.py").is_file()), None)


def _tops(root: Path) -> list[Path]:
    """Where the project is imported from: of a root that is itself part of a package, where that lies."""
    top = root
    while (top / "__init__.py").is_file():
        top = top.parent
    return [] if top != root and is_packages_folder(top) else [top]


def is_standard(name: str) -> bool:
    """Whether a dotted name belongs to Python itself, or to what brings its newer names to older ones."""
    head = name.partition(".")[0]
    return head in sys.stdlib_module_names or head in _BACKPORTS or head == "builtins"


def module_name(where: Path, base: Path) -> tuple[str, bool]:
    """The name under which the file `where` is imported from `base`, and whether it is a package."""
    is_package = where.stem == "__init__"
    parts = where.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if is_package else parts), is_package
