"""By which constant does a function say that it failed? Told by its docstring, or by its other ends."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from broadcatch.program.calls import shown

Function = ast.FunctionDef | ast.AsyncFunctionDef
_VALUE = r"[`'\"*]*(?P<value>None|True|False|-1|0|\[\]|\{\}|an empty (?:list|dict|string|tuple|set))[`'\"*]*"
_FAILS = r"(?:fail\w*|errors?|exceptions?|unsuccessful\w*|cannot|can't|could not|unable|went wrong)\b"
_SAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_VALUE} (?:if|when|on|upon|in case|where|should|for)\b[^.,;]{{0,60}}?\b{_FAILS}",
        rf"\b(?:if|when|on|upon|in case)\b[^.;]{{0,40}}?\b{_FAILS}[^.;]{{0,30}}? returns? {_VALUE}",
        rf"\bTrue (?:if|when|on)\b[^.;]{{0,40}}?\bsucce\w+[^.]{{0,30}}?\b{_VALUE} (?:otherwise|if not|else)",
    )
)
_SHOWS = frozenset("warn warning error critical fatal exception print rprint echo secho".split())
_EMPTY = {"list": "[]", "dict": "{}", "string": "''", "tuple": "()", "set": "set()"}
_QUESTIONS = frozenset(
    "is has can should check exists valid validate needs supports test verify contains matches filter "
    "accept allow".split()
)


def failure_values(function: Function, clause: ast.ExceptHandler, tried: ast.Try) -> tuple[str, ...]:
    """The constants, as written, that mean a failure of `function`; of True and False only one at most."""
    found = dict.fromkeys((*_documented(function), *_by_ending(function, tried), *_status(function, clause)))
    return () if {"True", "False"} <= set(found) else tuple(found)


def _documented(function: Function) -> Iterator[str]:
    text = " ".join((ast.get_docstring(function) or "").split())
    for says in _SAYS:
        for match in says.finditer(text):
            value = match["value"]
            yield _EMPTY.get(value.rpartition(" ")[2], value[:1].upper() + value[1:])


def _by_ending(function: Function, tried: ast.Try) -> Iterator[str]:
    """True, where a try body that goes well runs on to the `return False` at the function's end."""
    last = function.body[-1]
    if _constant(last) != "False" or last.lineno < (tried.end_lineno or 0):
        return
    block = tried.orelse or tried.body
    if not isinstance(block[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break)):
        yield "True"


def _status(function: Function, clause: ast.ExceptHandler) -> Iterator[str]:
    """False, where a function that is no question else answers True, or False behind a record of why."""
    words = [word for word in function.name.lower().split("_") if word not in ("", "async", "do")]
    if not words or words[0] in _QUESTIONS:
        return
    inside = set(ast.walk(clause))
    ends = [node for node in _own(function.body) if isinstance(node, ast.Return) and node not in inside]
    given = {_constant(node) for node in ends}
    told = set(_told(function))
    if "True" in given and all(node in told for node in ends if _constant(node) != "True"):
        yield "False"


def _told(function: Function) -> Iterator[ast.stmt]:
    """Each `return False` that stands in a handler, or behind a call that logs or shows something."""
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            told = isinstance(node, ast.ExceptHandler)
            for one in block if isinstance(block, list) else ():
                if _constant(one) == "False" and told:
                    yield one
                told = told or (isinstance(one, ast.Expr) and _records(one.value))


def _records(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and shown(node.func).rpartition(".")[2] in _SHOWS


def _constant(node: ast.stmt) -> str:
    value = node.value if isinstance(node, ast.Return) else None
    return repr(value.value) if isinstance(value, ast.Constant) else ""


def _own(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a function, without those of inner ones."""
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(node, ast.stmt):
            yield node
        stack.extend(ast.iter_child_nodes(node))
