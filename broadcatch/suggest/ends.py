"""Can the row or operation at the end of a chain come true? By what was asked before, and what is passed."""

from __future__ import annotations

import ast

from broadcatch.model.raising import Raised
from broadcatch.program.calls import shown
from broadcatch.program.names import dotted
from broadcatch.program.text import expression
from broadcatch.raises.table import Table
from broadcatch.raises.when import applies
from broadcatch.source.walking import walk
from broadcatch.suggest.conditions import Conditions, is_literal, is_none
from broadcatch.suggest.filled import are_even
from broadcatch.suggest.fitting import fits
from broadcatch.suggest.origins import bindings
from broadcatch.suggest.outside import Frame, called, calls_of, nodes_of, outside, stores_of, written
from broadcatch.suggest.tested import around, is_tested

_EXISTS = ("exists", "is_file", "is_dir", "isfile", "isdir")
_LOOKS = ("stat", "getsize", "getmtime", "getatime", "getctime")
_DIFFER = "the lengths differ"
_IS_OVER = "the time-out is over"
_LIMITS = ("settimeout", "setblocking", "setdefaulttimeout")
_TAKES = ("remove", "index", "pop")


def cannot_be(one: Raised, frame: Frame, facts: Conditions, table: Table) -> bool:
    """Whether what the end of a chain needs was asked for before, or is not passed."""
    if one.evidence.kind == "operation":
        return _is_inside(one, frame, facts) or is_tested(one, frame, facts)
    if one.evidence.kind != "knowledge":
        return False
    settled = is_tested(one, frame, facts) or _is_there(one, frame, facts) or _is_element(one, frame, facts)
    settled = settled or _is_examined(one, frame, facts) or _waits_for_ever(one, frame)
    if settled or _is_off(one, frame, table):
        return True
    call = called(one, frame)
    return call is not None and (_is_even(one, frame, call) or fits(one, frame, call, facts))


def _is_even(one: Raised, frame: Frame, call: ast.Call) -> bool:
    """Whether what is zipped strictly is as long, because the one was made from the other."""
    return one.evidence.detail.endswith(_DIFFER) and are_even(call, frame)


def _is_there(one: Raised, frame: Frame, facts: Conditions) -> bool:
    """Whether it was asked just before if the file is there: then only somebody else's hand is left."""
    wanted = {"FileNotFoundError": True, "FileExistsError": False}.get(one.type)
    if wanted is None:
        return False
    for call in calls_of(frame):
        paths = [*call.args[:1], *([call.func.value] if isinstance(call.func, ast.Attribute) else [])]
        for path in paths:
            if _was_asked(outside(frame, path), facts, wanted):
                return True
    return False


def _is_examined(one: Raised, frame: Frame, facts: Conditions) -> bool:
    """Whether a file is only looked at that was asked for just before: that looked at it as well."""
    call = called(one, frame)
    if one.type != "OSError" or call is None or shown(call.func).rpartition(".")[2] not in _LOOKS:
        return False
    paths = [*call.args[:1], *([call.func.value] if isinstance(call.func, ast.Attribute) else [])]
    known = facts.and_([(outside(frame, test), holds) for test, holds in around(call, frame)])
    return any(_was_asked(outside(frame, path), known, True) for path in paths)


def _was_asked(path: ast.expr, facts: Conditions, wanted: bool) -> bool:
    """Whether it is known by one of the usual questions if the path is there."""
    if isinstance(path, ast.Starred) or isinstance(path, ast.Constant) and not isinstance(path.value, str):
        return False  # a descriptor (`open(0)`) is no path
    text = written(path)
    asked = (f"{text}.{name}()" for name in _EXISTS[:3])
    both = (*asked, *(f"os.path.{name}({text})" for name in ("exists", *_EXISTS[3:])))
    return any(facts.ask(test) is wanted for test in map(expression, both) if test is not None)


def _is_element(one: Raised, frame: Frame, facts: Conditions) -> bool:
    """Whether it was asked just before if what is taken out is there."""
    if one.type not in ("KeyError", "ValueError"):
        return False
    for call in calls_of(frame):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _TAKES and len(call.args) == 1:
            asked = ast.Compare(call.args[0], [ast.In()], [call.func.value])
            if facts.ask(outside(frame, ast.copy_location(asked, call))) is True:
                return True
            if call.func.attr != "pop" and _is_taken_from(call.args[0], dotted(call.func.value), frame):
                return True
    return False


def _is_taken_from(element: ast.expr, of: str, frame: Frame) -> bool:
    """Whether all that a variable is bound to comes out of the same container, None aside."""
    if not isinstance(element, ast.Name) or not of or frame.function is None:
        return False
    given = [value for value, _ in bindings(frame, element.id)]
    taken = [value for value in given if not is_none(value)]
    return bool(taken) and all(_takes_from(value, of) for value in taken)


def _takes_from(value: ast.expr, of: str) -> bool:
    """Whether it is an element of the container, or what a loop or comprehension runs over."""
    if dotted(value) == of:
        return True
    if isinstance(value, ast.Subscript):
        return dotted(value.value) == of and not isinstance(value.slice, ast.Slice)
    if not isinstance(value, ast.Call) or dotted(value.func) not in ("next", "random.choice", "min", "max"):
        return False
    first = value.args[0] if value.args else value
    if isinstance(first, ast.GeneratorExp):
        plain = ast.unparse(first.elt) == ast.unparse(first.generators[0].target)
        return plain and dotted(first.generators[0].iter) == of
    return dotted(first) == of


def _waits_for_ever(one: Raised, frame: Frame) -> bool:
    """Whether the time that may be over is None."""
    if one.evidence.detail.endswith(_IS_OVER) and _has_no_limit(one, frame):
        return True
    if not one.type.rpartition(".")[2].startswith(("Timeout", "Empty", "Full")):
        return False
    times = [k.value for call in calls_of(frame) for k in call.keywords if k.arg == "timeout"]
    times += [call.args[0] for call in calls_of(frame) if shown(call.func).endswith(".result") and call.args]
    return any(is_none(outside(frame, each)) for each in times)


def _has_no_limit(one: Raised, frame: Frame) -> bool:
    """Whether the socket was made in this function, and nothing there gives it a time-out."""
    call = called(one, frame)
    if call is None or not isinstance(call.func, ast.Attribute) or frame.function is None:
        return False
    name, made = dotted(call.func.value), False
    for node in walk(frame.function.node):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in _LIMITS:
            return False
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made = made or (dotted(node.targets[0]) == name and dotted(node.value.func) == "socket.socket")
    return made


def _is_inside(one: Raised, frame: Frame, facts: Conditions) -> bool:
    """`xs[i]` behind `while i < len(xs)`, or behind `i < n` where n is that."""
    if one.type != "IndexError":
        return False
    for node in nodes_of(frame):
        if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name)):
            continue
        if node.lineno != frame.line or _moves(frame, node.slice.id):
            continue
        length = ast.Call(ast.Name("len", ast.Load()), [node.value], [])
        for most in (length, *_names_of(frame, ast.unparse(length))):
            asked = ast.copy_location(ast.Compare(node.slice, [ast.Lt()], [most]), node)
            if facts.ask(outside(frame, asked)) is True:
                return True
    return False


def _moves(frame: Frame, name: str) -> bool:
    """Whether the variable is bound anew before the row, in the statement around it."""
    stored = (one for one in nodes_of(frame) if isinstance(one, ast.Name) and one.id == name)
    return any(isinstance(one.ctx, ast.Store) and one.lineno < frame.line for one in stored)


def _names_of(frame: Frame, text: str) -> list[ast.expr]:
    """The variables that are only ever bound to this."""
    found: list[ast.expr] = []
    stores = stores_of(frame)
    for statement in frame.body:
        if isinstance(statement, ast.Assign):
            for name, given in _pairs(statement.targets[0], statement.value):
                if isinstance(name, ast.Name) and ast.unparse(given) == text and len(stores[name.id]) == 1:
                    found.append(name)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _is_off(one: Raised, frame: Frame, table: Table) -> bool:
    """Whether the argument that the row needs is passed on as a constant that switches it off."""
    because = one.evidence.detail.partition(": ")[2]
    call = called(one, frame)
    rows = [row for row in table.because(because) if row.when] if call is not None else []
    if not rows or call is None:
        return False
    args = [_known(frame, each) for each in call.args]
    keywords = [ast.keyword(each.arg, _known(frame, each.value)) for each in call.keywords]
    passed = ast.Call(call.func, args, keywords)
    last = shown(call.func).rpartition(".")[2]
    near = [row for row in rows if row.call.rpartition(".")[2] in (last, "*")]
    return (
        bool(near)
        and any(applies(row, call) for row in near)
        and not any(applies(row, passed) for row in near)
    )


def _known(frame: Frame, expr: ast.expr) -> ast.expr:
    """The constant that an argument is, else the argument."""
    found = outside(frame, expr) if not isinstance(expr, ast.Starred) else expr
    return found if is_literal(found) else expr
