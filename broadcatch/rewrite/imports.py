"""Where does a new import belong? After the docstring and `from __future__`, in its group, in order."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.source import Refuse, Source, insertion

FUTURE, STANDARD, OTHER, OWN, RELATIVE = range(5)


@dataclass(frozen=True, slots=True)
class Line:
    """One import statement at the top of a file; `blank_before` tells that a new group begins."""

    module: str
    plain: bool
    first: int
    last: int
    blank_before: bool

    @property
    def key(self) -> tuple[bool, str]:
        """Its place in a group: `import x` before `from x import y`, then by name."""
        return (not self.plain, self.module.lower())


def section(module: str, path: str) -> int:
    """The group of a module in the file `path`: a package of the project is one that `path` leads through."""
    top = module.split(".")[0]
    if not top:
        return RELATIVE
    if top == "__future__":
        return FUTURE
    if top in PurePosixPath(path).parts:
        return OWN
    return STANDARD if top in sys.stdlib_module_names else OTHER


def place_import(source: Source, path: str, site: HandlerSite, module: str, statement: str) -> Edit:
    """The edit that adds `statement`; refuses where it would come too late, or before a star import."""
    head = _head(source.module)
    block = list(_block(source, head))
    new = Line(module, statement.startswith("import "), 0, 0, False)
    line, before, after = _where(source, head, block, new, path)
    _refuse_too_late(source, site, line)
    if any(star >= line for _, star in source.stars):
        raise Refuse("a star import may bind the imported name again")
    newline = source.module.default_newline
    return insertion(line, 0, f"{newline * before}{statement}{newline * (1 + after)}")


def _head(module: cst.Module) -> int:
    """How many statements stand before the imports: the docstring."""
    return 1 if module.get_docstring(clean=False) is not None else 0


def _block(source: Source, head: int) -> Iterator[Line]:
    """The first run of imports; assignments to dunder names (`__all__`) may stand before and among them."""
    for statement in source.module.body[head:]:
        line = _import_line(source, statement)
        if line is not None:
            yield line
        elif not _is_dunder(statement):
            return


def _import_line(source: Source, statement: cst.CSTNode) -> Line | None:
    if not isinstance(statement, cst.SimpleStatementLine):
        return None
    imports = [small for small in statement.body if isinstance(small, cst.Import | cst.ImportFrom)]
    if not imports or len(imports) != len(statement.body):
        return None
    place = source.positions[statement]
    blank = any(empty.comment is None for empty in statement.leading_lines)
    first = imports[0]
    return Line(_module(first), isinstance(first, cst.Import), place.start.line, place.end.line, blank)


def _module(node: cst.Import | cst.ImportFrom) -> str:
    if isinstance(node, cst.Import):
        return node.names[0].evaluated_name
    return "." * len(node.relative) + dotted(node.module)


def _is_dunder(statement: cst.CSTNode) -> bool:
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    assign = statement.body[0]
    target = assign.targets[0].target if isinstance(assign, cst.Assign) else None
    return isinstance(target, cst.Name) and target.value.startswith("__") and target.value.endswith("__")


def _where(source: Source, head: int, block: Sequence[Line], new: Line, path: str) -> tuple[int, int, int]:
    """The line to put it before, and how many blank lines go before and after it."""
    here = section(new.module, path)
    ranked = [(section(line.module, path), line) for line in block]
    same = _group([line for rank, line in ranked if rank == here], new.module)
    if same:
        return _in_order(same, new), 0, 0
    earlier = [line for rank, line in ranked if rank < here]
    later = [line for rank, line in ranked if rank > here]
    if earlier:
        return max(line.last for line in earlier) + 1, 1, 0
    if later:
        return later[0].first, 0, 1
    return _alone(source, head)


def _alone(source: Source, head: int) -> tuple[int, int, int]:
    """A place in a file that has no imports at its top."""
    first = source.module.body[0]
    if head:
        return source.positions[first].end.line + 1, 1, 0
    decorators = first.decorators if isinstance(first, cst.FunctionDef | cst.ClassDef) else ()
    return source.positions[[*decorators, first][0]].start.line, 0, 1


def _group(lines: Sequence[Line], module: str) -> Sequence[Line]:
    """Of the groups that blank lines make, the one with the same package; else the first."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line.blank_before:
            groups.append([])
        groups[-1].append(line)
    top = module.split(".")[0]
    akin = [group for group in groups if any(line.module.split(".")[0] == top for line in group)]
    return next(iter(akin or groups), [])


def _in_order(group: Sequence[Line], new: Line) -> int:
    """The line to put it before, so that a sorted group stays sorted; an unsorted one gets it at its end."""
    is_sorted = all(a.key <= b.key for a, b in zip(group, group[1:], strict=False))
    before = [line for line in group if line.key <= new.key] if is_sorted else list(group)
    return before[-1].last + 1 if before else group[0].first


def _refuse_too_late(source: Source, site: HandlerSite, line: int) -> None:
    """A handler that runs while the module is imported must come after the new import."""
    in_function = any(frame.kind in ("function", "lambda") for frame in site.frame.outwards())
    if not in_function and site.try_line < line:
        raise Refuse("the import would come after the handler has run")
