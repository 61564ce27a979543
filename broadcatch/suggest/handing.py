"""What do the parameters of a callee stand for, and what is known of the object whose method it is?"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeAlias

from broadcatch.model.raising import Step
from broadcatch.program.module import Function, Module
from broadcatch.program.names import dotted
from broadcatch.raises.context import Context
from broadcatch.raises.passing import bound, defaults, has_receiver, unpacks
from broadcatch.suggest.outside import Frame, outside, receiver_of
from broadcatch.suggest.state import kept, made_with
from broadcatch.suggest.worth import class_name, literal

ContextOf: TypeAlias = Callable[[Module, "Function | None"], Context]


def parameters(
    frame: Frame, call: ast.Call, inner: Frame, step: Step, context_of: ContextOf
) -> dict[str, ast.expr]:
    """What the parameters of the callee stand for, in terms of the outermost function."""
    function = inner.function
    if function is None or function.qualname != step.function:
        return {}
    call, meant = _unpacked(frame, call)
    context = context_of(frame.module, frame.function)
    args = function.node.args
    plain = [one.arg for one in (*args.posonlyargs, *args.args)]
    own = {*plain, *(one.arg for one in args.kwonlyargs)}
    found = {name: meant(expr) for name, expr in bound(context, call, function) if name in own}
    if has_receiver(function) and plain and isinstance(call.func, ast.Attribute):
        found.setdefault(plain[0], _receiver(frame, call.func.value))
    for name, expr in () if unpacks(call) else defaults(function):
        found.setdefault(name, outside(inner, expr))
    return {**found, **_rest(call, function, own, meant)}


def _rest(
    call: ast.Call, function: Function, own: set[str], meant: Callable[[ast.expr], ast.expr]
) -> dict[str, ast.expr]:
    """What `*args` and `**kwargs` of the callee hold."""
    found: dict[str, ast.expr] = {}
    args = function.node.args
    if args.vararg is not None and not any(isinstance(one, ast.Starred) for one in call.args):
        rest = call.args[len(args.posonlyargs) + len(args.args) - has_receiver(function) :]
        found[args.vararg.arg] = ast.Tuple([meant(one) for one in rest], ast.Load())
    if args.kwarg is not None:
        more = [one for one in call.keywords if one.arg not in own]
        names = [None if one.arg is None else ast.Constant(one.arg) for one in more]
        found[args.kwarg.arg] = ast.Dict([*names], [meant(one.value) for one in more])
    return found


def attributes(frame: Frame, call: ast.Call, inner: Frame, context_of: ContextOf) -> dict[str, ast.expr]:
    """What is known of the object whose method is called: it was just made, or calls a method of its own."""
    if inner.function is None or inner.of is None or not receiver_of(inner.function):
        return {}
    made = _made(inner)
    return made_with(context_of(frame.module, frame.function), inner.of, made) if made else kept(frame, call)


def is_made(inner: Frame) -> bool:
    """Whether the object was just made by a call of its class: it is of none below that."""
    return _made(inner) is not None


def _made(inner: Frame) -> ast.Call | None:
    own = receiver_of(inner.function) if inner.function is not None else ""
    made = inner.given.get(own)
    known = isinstance(made, ast.Call) and inner.of is not None and class_name(made.func) == inner.of.short
    return made if known and isinstance(made, ast.Call) else None


def _unpacked(frame: Frame, call: ast.Call) -> tuple[ast.Call, Callable[[ast.expr], ast.expr]]:
    """The call with the arguments that `*args` and `**kwargs` are known to hold, and what each stands for."""
    known: dict[ast.expr, ast.expr] = {}

    def handed(value: ast.expr) -> ast.expr:
        one = ast.Name("handed", ast.Load())
        known[one] = value
        return one

    args: list[ast.expr] = []
    for one in call.args:
        held = outside(frame, one.value) if isinstance(one, ast.Starred) else None
        args += [handed(each) for each in held.elts] if isinstance(held, ast.Tuple) else [one]
    keywords: list[ast.keyword] = []
    for each in call.keywords:
        held = outside(frame, each.value) if each.arg is None else None
        if isinstance(held, ast.Dict):
            for key, value in zip(held.keys, held.values, strict=True):
                name = literal(key) if key is not None else None
                keywords.append(ast.keyword(name if isinstance(name, str) else None, handed(value)))
        else:
            keywords.append(each)
    return ast.Call(
        call.func, args, keywords
    ), lambda one: known[one] if one in known else outside(frame, one)


def _receiver(frame: Frame, expr: ast.expr) -> ast.expr:
    """The object whose method is called; `super()` is the object itself."""
    if isinstance(expr, ast.Call) and dotted(expr.func) == "super" and frame.function is not None:
        plain = frame.function.node.args.args
        return outside(frame, ast.Name(plain[0].arg, ast.Load())) if plain else expr
    return outside(frame, expr)
