"""May what is raised here get a cause, and what would the cause replace?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst

from broadcatch.model.findings import Safety
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite, RaiseSite
from broadcatch.rewrite.source import Refuse, Source

SAFE_REASON = "only the cause changes"
OWN_CAUSE = "what is raised is not certainly made here: a cause of its own would be replaced"
CURRENT_ERROR = re.compile(r"[(\s]*(\w+\.)*(exc_info|exception)\(\)")
CLASS_NAME = re.compile(r"_*[A-Z]\w*[a-z]\w*$")
CALLED_CLASS = re.compile(r"_*[A-Z]\w*$")


def refuse_if_unfit(source: Source, target: RaiseSite, skip: Sequence[str]) -> None:
    """Refuses a raise that re-raises, that has a cause, or whose exception steers the program."""
    raised = target.node.exc
    if raised is None:
        raise Refuse("a bare raise keeps its exception")
    if target.node.cause is not None:
        raise Refuse("the raise has a cause already")
    caught = {outer.name for outer in source.around(target.frame) if outer.name}
    for part in alternatives(raised):
        if _root(part) in caught:
            raise Refuse("what is raised is the caught error, or comes out of it")
        if CURRENT_ERROR.match(source.module.code_for_node(part)):
            raise Refuse("what is raised is the caught error, by sys.exc_info()")
        if _last_name(part) in skip:
            raise Refuse(f"{_last_name(part)} steers the program and needs no cause")


def grade(source: Source, site: HandlerSite, raising: cst.Raise) -> tuple[Safety, str]:
    """`safe` where every alternative is an exception made by this very raise or in this handler."""
    assert raising.exc is not None
    made_here = all(_is_new(source, site, part) for part in alternatives(raising.exc))
    return ("safe", SAFE_REASON) if made_here else ("unsafe", OWN_CAUSE)


def alternatives(raised: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """What `raised` can be: both arms of a conditional, each operand of `or` and `and`."""
    if isinstance(raised, cst.IfExp):
        yield from alternatives(raised.body)
        yield from alternatives(raised.orelse)
    elif isinstance(raised, cst.BooleanOperation):
        yield from alternatives(raised.left)
        yield from alternatives(raised.right)
    else:
        yield raised


def _root(node: cst.BaseExpression) -> str:
    """The first name of a chain of attributes, calls and subscripts."""
    while isinstance(node, cst.Attribute | cst.Call | cst.Subscript):
        node = node.func if isinstance(node, cst.Call) else node.value
    return node.value if isinstance(node, cst.Name) else ""


def _last_name(node: cst.BaseExpression) -> str:
    callee = node.func if isinstance(node, cst.Call) else node
    return dotted(callee).split(".")[-1]


def _is_new(source: Source, site: HandlerSite, node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.Call):
        return _is_class(source, node.func, CALLED_CLASS)
    if isinstance(node, cst.Name) and not CLASS_NAME.match(node.value):
        return _made_in_handler(source, site, node.value)
    return isinstance(node, cst.Name | cst.Attribute) and _is_class(source, node, CLASS_NAME)


def _is_class(source: Source, node: cst.BaseExpression, pattern: re.Pattern[str]) -> bool:
    if not isinstance(node, cst.Name | cst.Attribute):
        return False
    if isinstance(node, cst.Name) and any(o.role == "class" for o in source.names.get(node.value, ())):
        return True
    return bool(pattern.match(_last_name(node)))


def _made_in_handler(source: Source, site: HandlerSite, name: str) -> bool:
    """Whether a local name holds what a class call in this handler made, and no cause is set on it."""
    bound = [o for o in source.names.get(name, ()) if o.role != "use" and o.scope is site.frame.scope]
    found = _Assignments(name)
    site.node.body.visit(found)
    made = [value for value in found.values if isinstance(value, cst.Call)]
    return (
        bool(bound)
        and not found.cause_is_set
        and len(bound) == len(made) == len(found.values)
        and all(o.role == "bind" and o.frame.within(site.frame) for o in bound)
        and all(_is_class(source, value.func, CALLED_CLASS) for value in made)
    )


class _Assignments(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.values: list[cst.BaseExpression] = []
        self.cause_is_set = False

    def visit_Assign(self, node: cst.Assign) -> None:
        for target in node.targets:
            if isinstance(target.target, cst.Name) and target.target.value == self.name:
                self.values.append(node.value)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        if isinstance(node.value, cst.Name) and node.value.value == self.name:
            self.cause_is_set |= node.attr.value in ("__cause__", "__context__", "with_traceback")
