"""Where does a new import belong? After the docstring and `from __future__`, in its group, in order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeAlias

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.import_lists import join_import, join_local_import, module_of
from broadcatch.rewrite.joining import kind_of_name
from broadcatch.rewrite.source import Refuse, Source, insertion

FUTURE, STANDARD, OTHER, OWN, RELATIVE = range(5)


@dataclass(frozen=True, slots=True)
class Line:
    """One import statement at the top of a file; `name` is the first of `from … import …`.

    `opens` tells that a new group begins with it.
    """

    module: str
    name: str
    plain: bool
    first: int
    last: int
    opens: bool

    @property
    def top(self) -> str:
        """The package that it imports from; "" for a relative import."""
        return self.module.split(".")[0]


Key: TypeAlias = Callable[[Line], tuple[object, ...]]
ORDERS: tuple[Key, ...] = (
    lambda line: (not line.plain, line.module.lower()),
    lambda line: (line.module.lower(), not line.plain),
    lambda line: (line.plain, line.module.lower()),
)
"""How people sort a group: `import x` before `from x import y` and by name; by name alone; the reverse."""


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


def place_import(
    source: Source, path: str, site: HandlerSite, module: str, statement: str
) -> tuple[Edit, ...]:
    """The edits that add `statement`; refuses where it would come too late, or before a star import.

    A name joins an import of its module that stands at the top already, else it gets a line of its own.
    """
    head = _head(source.module)
    block = list(_block(source, head))
    name = _name_in(statement)
    end = block[-1].last if block else 0
    joining = join_import(source, path, site, end, module, name) if name else ()
    if joining:
        return joining
    new = Line(module, name.partition(" ")[0], statement.startswith("import "), 0, 0, False)
    line, before, after = _where(source, head, block, new, path)
    _refuse_too_late(source, site, line)
    if any(star >= line for _, star in source.stars):
        raise Refuse("a star import may bind the imported name again")
    newline = source.module.default_newline
    return (insertion(line, 0, f"{newline * before}{statement}{newline * (1 + after)}"),)


def place_local_import(
    source: Source, path: str, site: HandlerSite, module: str, statement: str
) -> tuple[Edit, ...]:
    """The same at the top of the function around the handler, behind its docstring."""
    function = next((one.node for one in site.frame.outwards() if one.kind in ("function", "lambda")), None)
    body = function.body if isinstance(function, cst.FunctionDef) else None
    if not isinstance(function, cst.FunctionDef) or not isinstance(body, cst.IndentedBlock):
        raise Refuse("the import would close a circle of imports, and no function is around it")
    name = _name_in(statement)
    joining = join_local_import(source, path, site, body, module, name) if name else ()
    if joining:
        return joining
    behind = 1 if function.get_docstring(clean=False) is not None else 0
    first = body.body[behind]
    above = _first_line(source, first)
    line = source.positions[body.body[0]].end.line + 1 if behind else above - _lines_above(first)
    text = source.lines[above - 1]
    indent = text[: len(text) - len(text.lstrip())]
    return (insertion(line, 0, f"{indent}{statement}{source.module.default_newline}"),)


def _name_in(statement: str) -> str:
    """The name that `from … import …` imports, its alias included; "" for `import …`."""
    return statement.partition(" import ")[2]


def _first_line(source: Source, statement: cst.BaseStatement) -> int:
    """The row in which a statement begins, decorators included."""
    decorators = statement.decorators if isinstance(statement, cst.FunctionDef | cst.ClassDef) else ()
    return source.positions[[*decorators, statement][0]].start.line


def _lines_above(statement: cst.BaseStatement) -> int:
    """How many comments and blank lines belong to a statement."""
    lines: Sequence[cst.EmptyLine] = getattr(statement, "leading_lines", ())
    return len(lines)


def _head(module: cst.Module) -> int:
    """How many statements stand before the imports: the docstring."""
    return 1 if module.get_docstring(clean=False) is not None else 0


def _block(source: Source, head: int) -> Iterator[Line]:
    """The imports at the top: dunder assignments and guarded imports may stand before and among them."""
    opens = False
    for statement in source.module.body[head:]:
        line = _import_line(source, statement)
        if line is not None:
            yield replace(line, opens=line.opens or opens)
        elif not (_is_dunder(statement) or _is_guard(statement)):
            return
        opens = line is None


def _import_line(source: Source, statement: cst.CSTNode) -> Line | None:
    imports = _imports_of(statement)
    if not imports or not isinstance(statement, cst.SimpleStatementLine):
        return None
    place = source.positions[statement]
    blank = any(empty.comment is None for empty in statement.leading_lines)
    first = imports[0]
    return Line(
        _module(first),
        _first_name(first),
        isinstance(first, cst.Import),
        place.start.line,
        place.end.line,
        blank,
    )


def _imports_of(statement: cst.CSTNode) -> Sequence[cst.Import | cst.ImportFrom]:
    """What a line imports that does nothing else."""
    if not isinstance(statement, cst.SimpleStatementLine):
        return ()
    imports = [small for small in statement.body if isinstance(small, cst.Import | cst.ImportFrom)]
    return imports if len(imports) == len(statement.body) else ()


def _is_guard(statement: cst.CSTNode) -> bool:
    """Whether it is a `try` or an `if` around imports alone."""
    return isinstance(statement, cst.Try | cst.If) and all(map(_imports_of, statement.body.body))


def _module(node: cst.Import | cst.ImportFrom) -> str:
    return node.names[0].evaluated_name if isinstance(node, cst.Import) else module_of(node)


def _first_name(node: cst.Import | cst.ImportFrom) -> str:
    one = None if isinstance(node.names, cst.ImportStar) else node.names[0]
    return one.evaluated_name if isinstance(node, cst.ImportFrom) and one is not None else ""


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
    akin = [group for group in _groups(block) if any(_is_akin(line, new) for line in group)]
    same = next(iter([*akin, *_groups([line for rank, line in ranked if rank == here])]), None)
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
    return _first_line(source, first), 0, 1


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """The groups that blank lines make."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line.opens:
            groups.append([])
        groups[-1].append(line)
    return groups


def _is_akin(line: Line, new: Line) -> bool:
    """Whether the file imports from the same package there: that is where it groups it."""
    return line.top == new.top and line.top != "__future__"


def _in_order(group: Sequence[Line], new: Line) -> int:
    """The line to put it before, so that a sorted group stays sorted; else behind its kin, or at the end."""
    for key in (*map(_by_name_too, ORDERS), *ORDERS):
        if all(key(a) <= key(b) for a, b in pairwise(group)):
            before = [line for line in group if key(line) <= key(new)]
            return before[-1].last + 1 if before else group[0].first
    akin = [line for line in group if _is_akin(line, new)]
    return (akin or group)[-1].last + 1


def _by_name_too(key: Key) -> Key:
    return lambda line: (*key(line), kind_of_name(line.name), line.name)


def _refuse_too_late(source: Source, site: HandlerSite, line: int) -> None:
    """A handler that runs while the module is imported must come after the new import."""
    in_function = any(frame.kind in ("function", "lambda") for frame in site.frame.outwards())
    if not in_function and site.try_line < line:
        raise Refuse("the import would come after the handler has run")
