"""Which library does a logger come from, as far as this file tells?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import libcst as cst

from broadcatch.flow.spelling import chain
from broadcatch.rewrite.source import Source

Library: TypeAlias = Literal["logging", "loguru", "structlog", "twisted", ""]

_LIBRARIES: tuple[tuple[str, Library], ...] = (
    ("logging.", "logging"),
    ("absl.logging", "logging"),
    ("celery.utils.log.get_task_logger", "logging"),
    ("flask.current_app.logger", "logging"),
    ("loguru.", "loguru"),
    ("structlog.", "structlog"),
    ("twisted.", "twisted"),
)


def library_of(qualified: str) -> Library:
    """The library of a qualified name (`logging.getLogger().error`), "" for any other."""
    return next((library for start, library in _LIBRARIES if f"{qualified}.".startswith(start)), "")


def library_at(source: Source, receiver: str) -> Library:
    """The library of a dotted name (`self.log`) by all that the file binds to it, "" where that differs."""
    found = _Bindings(source, receiver)
    source.module.visit(found)
    libraries = {library_of(one) for one in found.made}
    return libraries.pop() if len(libraries) == 1 else ""


class _Bindings(cst.CSTVisitor):
    """What is bound to a name or an attribute anywhere in the file, by qualified name; "" for unknown."""

    def __init__(self, source: Source, receiver: str) -> None:
        super().__init__()
        self.source = source
        self.receiver = receiver
        head, _, rest = receiver.partition(".")
        self.in_class = rest if head in ("self", "cls") and "." not in rest else ""
        self.made: list[str] = []
        self._classes: list[bool] = []

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._classes.append(True)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self._classes.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._classes.append(False)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._classes.pop()

    def visit_Assign(self, node: cst.Assign) -> None:
        for target in node.targets:
            self._note(target.target, node.value)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._note(node.target, node.annotation.annotation)

    def visit_Param(self, node: cst.Param) -> None:
        if node.name.value == self.receiver:
            self.made.append(self._qualified(node.annotation.annotation) if node.annotation else "")

    def _note(self, target: cst.BaseExpression, value: cst.BaseExpression) -> None:
        name = chain(target)
        of_class = bool(self._classes) and self._classes[-1]
        if name == self.receiver or (of_class and name == self.in_class != ""):
            self.made.append(self._qualified(value))

    def _qualified(self, value: cst.BaseExpression) -> str:
        head, _, rest = chain(value).partition(".")
        bare = head.removesuffix("()")
        modules = list(self._imported(bare))
        if len(modules) != 1:
            return ""
        return ".".join(part for part in (modules[0] + head[len(bare) :], rest) if part)

    def _imported(self, name: str) -> Iterator[str]:
        for found in self.source.names.get(name, ()):
            if found.role == "import":
                yield f"{found.module}.{found.imported}" if found.imported else name
            elif found.binds:
                yield ""
