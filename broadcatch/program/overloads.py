"""Which of several declared signatures does a call choose? By number, names and plain types of arguments."""

from __future__ import annotations

import ast

from broadcatch.program.annotations import Variables, annotated, inside, parsed
from broadcatch.program.generics import class_of, is_variable, lineage
from broadcatch.program.meaning import Arguments, Meanings
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External
from broadcatch.program.scope import Scope, decorators
from broadcatch.program.types import ANY, NONE, Type, alternatives

_PLAIN = frozenset(
    f"builtins.{one}" for one in "str bytes int float bool list dict set frozenset tuple NoneType".split()
)
_WIDER = {
    ("builtins.bool", "builtins.int"),
    ("builtins.bool", "builtins.float"),
    ("builtins.int", "builtins.float"),
}


def declared(function: Function) -> list[Function]:
    """The overloads of a function, or it alone."""
    same = function.module.by_qualname.get(function.qualname, []) if function.outer is None else []
    overloads = [one for one in same if "overload" in decorators(one)] if len(same) > 1 else []
    return overloads or [function]


def parameters_of(function: Function, skip_first: bool) -> tuple[list[ast.arg], list[ast.arg], int]:
    """(positional, keyword-only, how many of the positional have no default)."""
    args = function.node.args
    plain = [*args.posonlyargs, *args.args]
    required = len(plain) - len(args.defaults)
    return (plain[1:], args.kwonlyargs, required - 1) if skip_first else (plain, args.kwonlyargs, required)


def matched(function: Function, given: Arguments, skip_first: bool) -> list[tuple[ast.arg, ast.expr]] | None:
    """Which parameter takes which argument; None if they do not fit."""
    plain, keyword_only, required = parameters_of(function, skip_first)
    args = function.node.args
    pairs = list(zip(plain, given.positional, strict=False))
    if len(given.positional) > len(plain) and args.vararg is None:
        return None
    pairs += [(args.vararg, one) for one in given.positional[len(plain) :] if args.vararg]
    by_name = {one.arg: one for one in [*plain[len(given.positional) :], *keyword_only]}
    for name, value in given.named:
        if name not in by_name and args.kwarg is None:
            return None
        pairs.append((by_name.pop(name, None) or args.kwarg, value))  # type: ignore[arg-type]
    needed = {one.arg for one in plain[len(given.positional) : max(required, 0)]}
    needed |= {
        one.arg for one, default in zip(keyword_only, args.kw_defaults, strict=True) if default is None
    }
    return None if given.complete and needed & set(by_name) else pairs


def chosen(
    r: Meanings,
    candidates: list[Function],
    around: Scope,
    given: Arguments,
    skip_first: bool,
    known: Variables,
) -> list[Function]:
    """The signatures that the call may mean, up to the first that surely fits."""
    found = []
    for one in candidates:
        pairs = matched(one, given, skip_first)
        if pairs is None:
            continue
        answers = [
            accepts(r, parameter.annotation, around, value, given.scope, known) for parameter, value in pairs
        ]
        if False in answers:
            continue
        found.append(one)
        if None not in answers and given.complete:
            break
    return found


def accepts(
    r: Meanings,
    wanted: ast.expr | None,
    around: Scope,
    value: ast.expr,
    scope: Scope,
    known: Variables,
) -> bool | None:
    """Whether a parameter takes a value; None if that cannot be told."""
    if isinstance(wanted, ast.Constant) and isinstance(wanted.value, str):
        wanted = parsed(r, wanted.value)
    if wanted is None:
        return True
    if isinstance(wanted, ast.BinOp) and isinstance(wanted.op, ast.BitOr):
        sides = [accepts(r, one, around, value, scope, known) for one in (wanted.left, wanted.right)]
        return True if True in sides else None if None in sides else False
    if isinstance(wanted, ast.Subscript):
        base = r.meaning(wanted.value, around)
        name = base.name if isinstance(base, (External, Class)) else ""
        if name in ("typing.Literal", "typing_extensions.Literal"):
            return _is_literal(wanted, value)
        if name in ("typing.Callable", "collections.abc.Callable", "typing.Type", "builtins.type"):
            return None
    if is_variable(r, wanted, around) and getattr(wanted, "id", "") not in known:
        return True
    return _fits(r, annotated(r, wanted, around, known), r.type_of(value, scope))


def _is_literal(wanted: ast.Subscript, value: ast.expr) -> bool | None:
    values = [one.value for one in inside(wanted) if isinstance(one, ast.Constant)]
    if not isinstance(value, ast.Constant):
        return None
    return any(type(one) is type(value.value) and one == value.value for one in values)


def _fits(r: Meanings, wanted: Type | None, given: Type | None) -> bool | None:
    if wanted is None or given is None or ANY in (wanted, given):
        return None
    answers = set()
    for right in alternatives(given):
        row = {_one_fits(r, left, right) for left in alternatives(wanted)}
        answers.add(True if True in row else None if None in row else False)
    return answers.pop() if len(answers) == 1 else None


def _one_fits(r: Meanings, wanted: Type, given: Type) -> bool | None:
    if wanted.name == given.name and wanted.target is given.target:
        return True if not wanted.args or wanted.args == given.args or not given.args else None
    if (given.name, wanted.name) in _WIDER:
        return True
    if wanted.name in _PLAIN and given.name in _PLAIN:
        return False
    if NONE in (wanted, given):
        return False if wanted.name in _PLAIN or given.name in _PLAIN else None
    if any(cls.name in (wanted.name, f"builtins.{wanted.name}") for cls, _ in lineage(r, given)):
        return True if not wanted.args else None
    return None if _may_share(r, wanted, given) else False


def _may_share(r: Meanings, wanted: Type, given: Type) -> bool:
    """Whether a value of the one class may be of the other, too: a protocol, a subclass, an unknown base."""
    for one in (wanted, given):
        found = list(lineage(r, one))
        bases = [base for cls, _ in found for base in r.bases(cls)]
        if not found or None in bases or one.name.startswith(("typing.", "_typeshed.", "collections.abc.")):
            return True
        if any(getattr(base, "name", "").endswith(".Protocol") for base in bases):
            return True
    own = class_of(r, given)
    return any(cls is own for cls, _ in lineage(r, wanted))
