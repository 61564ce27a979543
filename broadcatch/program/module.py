"""What does one file define? Its functions, classes and module-level names; read by `ast`, never run."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from functools import cached_property

from broadcatch.program.locate import Origin
from broadcatch.program.names import Binding, FunctionNode, absolute, bindings, own_nodes, own_statements
from broadcatch.program.versions import pruned


@dataclass(frozen=True, eq=False)
class Function:
    """A function or method. `owner` is its class, None for a plain one; `outer` the enclosing function."""

    module: Module
    qualname: str
    node: FunctionNode
    owner: Class | None = None
    outer: Function | None = None

    @cached_property
    def key(self) -> str:
        """Unique in the project: module, qualified name and line."""
        return f"{self.module.path}:{self.qualname}:{self.node.lineno}"

    @property
    def name(self) -> str:
        """`package.module.Class.method`."""
        return f"{self.module.name}.{self.qualname}"

    @cached_property
    def yields(self) -> bool:
        """Whether calling it only makes a generator: its body runs when iterated."""
        return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in own_nodes(self.node.body))

    @property
    def is_async(self) -> bool:
        return isinstance(self.node, ast.AsyncFunctionDef)


@dataclass(frozen=True, eq=False)
class Class:
    """A class; `members` are its functions, `names` everything that its body binds."""

    module: Module
    qualname: str
    node: ast.ClassDef
    members: dict[str, Function] = field(default_factory=dict)
    names: dict[str, tuple[Binding, ...]] = field(default_factory=dict)
    nested: dict[str, Class] = field(default_factory=dict)
    outer: Function | None = None

    @property
    def name(self) -> str:
        """`package.module.Class`."""
        return f"{self.module.name}.{self.qualname}"


@dataclass(frozen=True, eq=False)
class Module:
    """One file. `error` says why it could not be read ("" if it could); then everything else is empty."""

    name: str
    path: str
    is_package: bool
    names: dict[str, tuple[Binding, ...]] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    classes: dict[str, Class] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    rebound: frozenset[str] = frozenset()
    tree: ast.Module | None = None
    error: str = ""
    origin: Origin = "project"
    extents: list[Function] = field(default_factory=list)


def read_module(
    source: str, name: str, path: str, is_package: bool, origin: Origin = "project", minor: int = 0
) -> Module:
    """The module in `source`; a syntax that this Python does not know gives a module with `error`.

    Of a stub, only what holds for Python 3.`minor` is read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
            if origin == "stub" and minor:
                tree = pruned(tree, minor)
    except SyntaxError as exc:
        error = f"cannot be parsed: {exc.msg} (line {exc.lineno})"
        return Module(name, path, is_package, error=error, origin=origin)
    except (ValueError, RecursionError, MemoryError) as exc:
        return Module(name, path, is_package, error=f"cannot be parsed: {exc}", origin=origin)
    module = Module(
        name,
        path,
        is_package,
        names=bindings(tree.body, name, is_package),
        stars=_stars(tree, name, is_package),
        rebound=_rebound(tree) if "global " in source else frozenset(),
        tree=tree,
        origin=origin,
    )
    _define(module, tree.body, "", None, None)
    return module


def _stars(tree: ast.Module, name: str, is_package: bool) -> tuple[str, ...]:
    return tuple(
        absolute(name, is_package, statement.level, statement.module or "")
        for statement in own_statements(tree.body)
        if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"
    )


def _rebound(tree: ast.Module) -> frozenset[str]:
    """Names that functions assign through `global`: their module-level value proves nothing."""
    return frozenset(name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names)


def _define(
    module: Module, body: list[ast.stmt], prefix: str, owner: Class | None, outer: Function | None
) -> None:
    for statement in own_statements(body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            _define_function(module, statement, prefix, owner, outer)
        elif isinstance(statement, ast.ClassDef):
            _define_class(module, statement, prefix, owner, outer)


def _define_function(
    module: Module, node: FunctionNode, prefix: str, owner: Class | None, outer: Function | None
) -> None:
    function = Function(module, prefix + node.name, node, owner, outer)
    module.extents.append(function)
    if owner is not None:
        _keep(owner.members, node.name, function)
    else:
        _keep(module.functions, function.qualname, function)
    _define(module, node.body, f"{function.qualname}.<locals>.", None, function)


def _keep(table: dict[str, Function], name: str, function: Function) -> None:
    """The last definition wins, except that a property's setter does not hide its getter."""
    if name in table and any(
        isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter")
        for decorator in function.node.decorator_list
    ):
        return
    table[name] = function


def _define_class(
    module: Module, node: ast.ClassDef, prefix: str, owner: Class | None, outer: Function | None
) -> None:
    names = bindings(node.body, module.name, module.is_package)
    made = Class(module, prefix + node.name, node, names=names, outer=outer)
    if owner is not None:
        owner.nested[node.name] = made
    module.classes[made.qualname] = made
    _define(module, node.body, f"{made.qualname}.", made, outer)
