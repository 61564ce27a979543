"""What stands where a checker points? The kind and the dotted name of the definition in a row of a file."""

from __future__ import annotations

import ast
import sysconfig
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["function", "class", "property", "module", "other"]


@dataclass(frozen=True, slots=True)
class Place:
    """One answer of a checker: an absolute file, a row (from 1), what is defined there, and its full name."""

    file: str
    line: int
    kind: Kind
    name: str


def place(file: Path, line: int, column: int) -> Place:
    """What is defined there; `other` for a variable, a parameter, an attribute or an import."""
    module = module_name(file)
    found = definitions(file).get(line)
    if found is not None and is_its_name(file, line, column):
        return Place(str(file), line, found[0], f"{module}.{found[1]}")
    return Place(str(file), line, "module" if (line, column) == (1, 0) else "other", module)


def is_its_name(file: Path, line: int, column: int) -> bool:
    """Whether the name of a `def` or `class` stands there, rather than one of its parameters."""
    before = _rows(file)[line - 1][:column].split()
    return not before or before[-1] in ("def", "class")


@cache
def _rows(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8-sig", errors="replace").splitlines()


@cache
def definitions(file: Path) -> dict[int, tuple[Kind, str]]:
    """Row of a `def` or `class` -> kind and qualified name; empty for what cannot be parsed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return {}
    found: dict[int, tuple[Kind, str]] = {}
    _collect(tree, "", found)
    return found


def _collect(node: ast.AST, prefix: str, found: dict[int, tuple[Kind, str]]) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            kind: Kind = "property" if any(map(_is_property, child.decorator_list)) else "function"
            found[child.lineno] = (kind, prefix + child.name)
            _collect(child, f"{prefix}{child.name}.<locals>.", found)
        elif isinstance(child, ast.ClassDef):
            found[child.lineno] = ("class", prefix + child.name)
            _collect(child, f"{prefix}{child.name}.", found)
        else:
            _collect(child, prefix, found)


def _is_property(decorator: ast.expr) -> bool:
    """Whether calling the attribute calls its value, not the function."""
    name = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
    return name in ("property", "cached_property", "getter")


@cache
def module_name(file: Path) -> str:
    """The dotted name under which the file is imported; stubs count as what they describe."""
    parts = list(file.with_suffix("").parts)
    for marker in ("site-packages", "dist-packages"):
        if marker in parts and "typeshed-fallback" not in parts and "typeshed" not in parts:
            parts = parts[len(parts) - parts[::-1].index(marker) :]
            return _joined([parts[0].removesuffix("-stubs"), *parts[1:]])
    if "stdlib" in parts:
        return _joined(parts[parts.index("stdlib") + 1 :])
    if "stubs" in parts and "typeshed-fallback" in parts:
        return _joined(parts[parts.index("stubs") + 2 :])
    if file.is_relative_to(standard_library()):
        return _joined(list(file.relative_to(standard_library()).with_suffix("").parts))
    return _joined(_inside_packages(file))


def standard_library() -> Path:
    """Where the running Python keeps its own modules."""
    return Path(sysconfig.get_path("stdlib")).resolve()


def _inside_packages(file: Path) -> list[str]:
    parts, folder = [file.stem], file.parent
    while (folder / "__init__.py").exists() or (folder / "__init__.pyi").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    return parts


def _joined(parts: list[str]) -> str:
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
