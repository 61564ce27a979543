"""What handlers, raises and names does a module hold? One pass over its tree."""

from __future__ import annotations

import libcst as cst

from broadcatch.rewrite.frames import (
    AnyHandler,
    AnyTry,
    Frame,
    FrameKind,
    HandlerSite,
    Occurrence,
    Positions,
    RaiseSite,
    Role,
)

FRAMES: dict[type[cst.CSTNode], FrameKind] = {
    cst.FunctionDef: "function",
    cst.ClassDef: "class",
    cst.Lambda: "lambda",
    cst.ListComp: "comprehension",
    cst.SetComp: "comprehension",
    cst.DictComp: "comprehension",
    cst.GeneratorExp: "comprehension",
    cst.For: "loop",
    cst.While: "loop",
    cst.Finally: "finally",
    cst.ExceptHandler: "handler",
    cst.ExceptStarHandler: "handler",
}


class Collector(cst.CSTVisitor):
    """Fills `handlers`, `raises`, `names` and `stars` (the frames of star imports)."""

    def __init__(self, module: cst.Module, positions: Positions) -> None:
        super().__init__()
        self.positions = positions
        self.frame = Frame("module", module)
        self.handlers: list[HandlerSite] = []
        self.raises: list[RaiseSite] = []
        self.names: list[Occurrence] = []
        self.stars: list[tuple[Frame, int]] = []
        self._roles: dict[int, Role | None] = {}
        self._clauses: dict[int, tuple[int, tuple[AnyHandler, ...], AnyTry]] = {}

    # -- frames ----------------------------------------------------------------------------------

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Notes what the node is, in the frame around it; then its children are in a frame of their own."""
        enters = super().on_visit(node)
        kind = FRAMES.get(type(node))
        if kind is not None:
            self.frame = Frame(kind, node, self.frame)
        if isinstance(node, cst.ExceptHandler | cst.ExceptStarHandler):
            self._open_handler(node)
        return enters is not False

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Goes back to the frame around the node."""
        super().on_leave(original_node)
        if type(original_node) in FRAMES:
            self._leave()

    def _leave(self) -> None:
        assert self.frame.parent is not None
        self.frame = self.frame.parent

    def visit_If_body(self, node: cst.If) -> None:
        if _is_type_checking(node):
            self.frame = Frame("typing", node, self.frame)

    def leave_If_body(self, node: cst.If) -> None:
        if _is_type_checking(node):
            self._leave()

    # -- handlers and raises ---------------------------------------------------------------------

    def visit_Try(self, node: cst.Try) -> None:
        self._open_try(node)

    def visit_TryStar(self, node: cst.TryStar) -> None:
        self._open_try(node)

    def _open_try(self, node: AnyTry) -> None:
        line = self.positions[node].start.line
        for index, clause in enumerate(node.handlers):
            self._clauses[id(clause)] = (line, tuple(node.handlers[:index]), node)

    def _open_handler(self, node: AnyHandler) -> None:
        start = self.positions[node].start
        line, earlier, whole = self._clauses[id(node)]
        self.handlers.append(HandlerSite(node, self.frame, start.line, start.column, line, earlier, whole))
        if node.name is not None:
            self._roles[id(node.name.name)] = "handler"

    def visit_Raise(self, node: cst.Raise) -> None:
        place = self.positions[node]
        start, end = place.start, place.end
        self.raises.append(RaiseSite(node, self.frame, start.line, start.column, end.line, end.column))

    # -- names -----------------------------------------------------------------------------------

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._define(node.name, "bind")

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._define(node.name, "class")

    def visit_For(self, node: cst.For) -> None:
        self._bind(node.target)

    def visit_Name(self, node: cst.Name) -> None:
        role = self._roles.pop(id(node), "use")
        if role is not None:
            self._note(node.value, role, node)

    def _note(self, name: str, role: Role, node: cst.CSTNode, module: str = "", imported: str = "") -> None:
        start = self.positions[node].start
        self.names.append(Occurrence(name, role, self.frame, start.line, start.column, module, imported))

    def _define(self, name: cst.Name, role: Role) -> None:
        self._note(name.value, role, name)
        self._roles[id(name)] = None

    def _bind(self, target: cst.CSTNode | None, role: Role = "bind") -> None:
        if isinstance(target, cst.Name):
            self._roles.setdefault(id(target), role)
        elif isinstance(target, cst.Tuple | cst.List):
            for element in target.elements:
                self._bind(element.value, role)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        self._roles[id(node.attr)] = None

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword is not None:
            self._roles[id(node.keyword)] = None

    def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement) -> None:
        self._roles[id(node.key)] = None

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._bind(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._bind(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self._bind(node.target)

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self._bind(node.target, "walrus")

    def visit_CompFor(self, node: cst.CompFor) -> None:
        self._bind(node.target)

    def visit_AsName(self, node: cst.AsName) -> None:
        self._bind(node.name)

    def visit_Param(self, node: cst.Param) -> None:
        self._bind(node.name)

    def visit_MatchAs(self, node: cst.MatchAs) -> None:
        self._bind(node.name)

    def visit_MatchStar(self, node: cst.MatchStar) -> None:
        self._bind(node.name)

    def visit_MatchMapping(self, node: cst.MatchMapping) -> None:
        self._bind(node.rest)

    def visit_TypeAlias(self, node: cst.TypeAlias) -> None:
        self._bind(node.name)

    def visit_Del(self, node: cst.Del) -> None:
        self._bind(node.target, "delete")

    def visit_NameItem(self, node: cst.NameItem) -> None:
        self._roles[id(node.name)] = "declare"

    # -- imports ---------------------------------------------------------------------------------

    def visit_Import(self, node: cst.Import) -> bool:
        for alias in node.names:
            module = alias.evaluated_name
            self._note(alias.evaluated_alias or module.split(".")[0], "import", alias, module)
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        module = "." * len(node.relative) + dotted(node.module)
        if isinstance(node.names, cst.ImportStar):
            self.stars.append((self.frame, self.positions[node].start.line))
            return False
        for alias in node.names:
            name = alias.evaluated_name
            self._note(alias.evaluated_alias or name, "import", alias, module, name)
        return False


def dotted(node: cst.CSTNode | None) -> str:
    """A chain of attributes as text, "" for anything else."""
    if isinstance(node, cst.Name):
        return node.value
    if not isinstance(node, cst.Attribute):
        return ""
    head = dotted(node.value)
    return f"{head}.{node.attr.value}" if head else ""


def _is_type_checking(node: cst.If) -> bool:
    return dotted(node.test).split(".")[-1] == "TYPE_CHECKING"
