"""Where do the installed packages and the standard library lie? Folders are looked at; nothing is run."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

from broadcatch.errors import BroadcatchError
from broadcatch.source.project import SITES, is_packages_folder

_LIBRARY = re.compile(r"python3\.(\d+)t?$")


@dataclass(frozen=True, slots=True)
class Environment:
    """What a project runs with.

    `packages` are the folders of installed packages in the order in which Python asks them, `standard` the
    folder of the standard library's sources (None where there is none), `minor` the 3.x of the Python.
    `moved` are packages that an editable install keeps elsewhere: name -> folder or file.
    """

    packages: tuple[Path, ...] = ()
    standard: Path | None = None
    minor: int = sys.version_info[1]
    moved: tuple[tuple[str, Path], ...] = ()


def bare_environment() -> Environment:
    """No packages; the standard library of the Python that runs."""
    return Environment((), _own_standard(), sys.version_info[1])


def find_environment(python: str, root: Path) -> Environment:
    """The environment of the project at `root`.

    `python` is an interpreter, a virtual environment or a folder of packages; "" asks the folder of packages
    that the project is installed in, then its `.venv`, then `VIRTUAL_ENV`, then whether it is installed where
    broadcatch itself runs; if none is there, only the standard library is known. Raises BroadcatchError where
    `python` is none of these.
    """
    if python:
        found = _of(Path(os.path.abspath(python)))
        if found is None:
            raise BroadcatchError(f"--python {python}: no interpreter, virtual environment or site-packages")
        return found
    if is_packages_folder(root.parent):
        return _of_site(root.parent)
    for folder in (root / ".venv", root / "venv", Path(os.environ.get("VIRTUAL_ENV") or root / ".venv")):
        found = _of(folder) if (folder / "pyvenv.cfg").is_file() else None
        if found is not None and not _is_own(found):
            return found
    own = _of(Path(sys.prefix))
    return own if own is not None and _holds(own, root) else bare_environment()


def _of(path: Path) -> Environment | None:
    if path.is_file():
        return _of_prefix(path.parent.parent)
    if not path.is_dir():
        return None
    if is_packages_folder(path):
        return _of_site(path)
    return _of_prefix(path)


def _of_site(site: Path) -> Environment:
    """A folder of packages, wherever it lies."""
    match = _LIBRARY.search(site.parent.name)
    minor = int(match[1]) if match else sys.version_info[1]
    standard = site.parent if (site.parent / "os.py").is_file() else _own_standard()
    return _environment((site,), standard, minor)


def _of_prefix(prefix: Path) -> Environment | None:
    """A virtual environment or an installed Python."""
    libraries = [*sorted(prefix.glob("lib*/python3.*")), *prefix.glob("Lib")]
    sites = [site for library in libraries for site in _sites(library)]
    if not sites:
        return None
    match = _LIBRARY.search(sites[0].parent.name)
    minor = int(match[1]) if match else _version(prefix)
    return _environment(tuple(sites), _standard_of(prefix, sites[0].parent, minor), minor)


def _sites(library: Path) -> Iterator[Path]:
    yield from (library / name for name in SITES if (library / name).is_dir())


def _version(prefix: Path) -> int:
    match = re.search(
        r"3\.(\d+)", _settings(prefix).get("version", "") or _settings(prefix).get("version_info", "")
    )
    return int(match[1]) if match else sys.version_info[1]


def _settings(prefix: Path) -> dict[str, str]:
    """The lines of `pyvenv.cfg`."""
    try:
        text = (prefix / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _standard_of(prefix: Path, library: Path, minor: int) -> Path | None:
    """The standard library's sources: beside the packages, or where the virtual environment came from."""
    home = _settings(prefix).get("home", "")
    base = Path(home).parent if home else prefix
    beside = (base / "lib" / f"python3.{minor}", base / "Lib", Path(home or prefix) / "Lib")
    for candidate in (library, *beside):
        if (candidate / "os.py").is_file():
            return candidate
    return _own_standard()


@cache
def _own_standard() -> Path | None:
    folder = Path(sysconfig.get_paths()["stdlib"])
    return folder if (folder / "os.py").is_file() else None


def _is_own(found: Environment) -> bool:
    return bool(found.packages) and found.packages[0].is_relative_to(Path(sys.prefix))


def _holds(found: Environment, root: Path) -> bool:
    """Whether the project at `root` is installed there as an editable distribution."""
    for site in found.packages:
        for record in site.glob("*.dist-info/direct_url.json"):
            try:
                url = json.loads(record.read_text(encoding="utf-8")).get("url", "")
            except (OSError, ValueError, AttributeError):
                continue
            if url.startswith("file:") and Path(unquote(urlparse(url).path)) == root:
                return True
    return False


def _environment(sites: tuple[Path, ...], standard: Path | None, minor: int) -> Environment:
    """With the folders that `.pth` files add, and the packages that editable installs keep elsewhere."""
    folders = list(sites)
    moved: list[tuple[str, Path]] = []
    for site in sites:
        for pth in sorted(site.glob("*.pth")):
            folders += [folder for folder in _added(pth, site) if folder not in folders]
        for finder in sorted(site.glob("__editable__*_finder.py")):
            moved += _mapping(finder)
    return Environment(tuple(folders), standard, minor, tuple(moved))


def _added(pth: Path, site: Path) -> Iterator[Path]:
    try:
        lines = pth.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in map(str.strip, lines):
        if line and not line.startswith(("#", "import ", "import\t")) and (site / line).is_dir():
            yield Path(os.path.abspath(site / line))


def _mapping(finder: Path) -> Iterator[tuple[str, Path]]:
    """The `MAPPING` that setuptools writes for an editable install."""
    try:
        tree = ast.parse(finder.read_text(encoding="utf-8", errors="replace"))
    except (OSError, SyntaxError, ValueError):
        return
    for node in tree.body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        named = any(isinstance(target, ast.Name) and target.id == "MAPPING" for target in targets)
        if named and isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Dict):
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Constant):
                    yield str(key.value), Path(str(value.value))
