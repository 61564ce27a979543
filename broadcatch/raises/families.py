"""Which exceptions does a library make for each class of a kind, and which calls raise them? From data."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.calls import shown
from broadcatch.program.module import Class
from broadcatch.raises.context import Context
from broadcatch.raises.services import service_errors
from broadcatch.raises.table import FOLDER
from broadcatch.raises.when import applies


@dataclass(frozen=True, slots=True)
class Member:
    """Subclasses (or instances) of `base` have an exception class `name`, which derives from `derives`.

    `through`: it is reached by this attribute; `name` "*" stands for any name.
    """

    base: str
    name: str
    derives: str
    through: str = ""


@dataclass(frozen=True, slots=True)
class Raising:
    """Calls `X.through….method()` of a subclass X of `base` raise the class's own `raises`.

    Not where `X.through.method()` is given a keyword of `unless`: it names one row at most.
    """

    base: str
    through: str
    method: str
    raises: str
    because: str
    unless: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Calls `X.through….method()` of a subclass X of `base` raise what the table knows of `like.method`.

    For managers whose class a library makes while it runs, and whose type nothing tells.
    """

    base: str
    through: str
    like: str


@dataclass(frozen=True, slots=True)
class Families:
    """All that is on record."""

    classes: tuple[Member, ...]
    calls: tuple[Raising, ...]
    likenesses: tuple[Likeness, ...]


@cache
def families() -> Families:
    """What comes with broadcatch."""
    data = json.loads((FOLDER / "families.json").read_text(encoding="utf-8"))
    return Families(
        tuple(Member(**row) for row in data["classes"]),
        tuple(Raising(**row) for row in data["calls"]),
        tuple(Likeness(**row) for row in data["likenesses"]),
    )


def made_class(context: Context, expr: ast.expr) -> str:
    """The canonical name of such a class (`Order.DoesNotExist`), on record from now on; "" for others."""
    if not isinstance(expr, ast.Attribute):
        return ""
    for row in families().classes:
        if row.name not in ("*", expr.attr):
            continue
        owner = expr.value
        if row.through:
            if not (isinstance(owner, ast.Attribute) and owner.attr == row.through):
                continue
            owner = owner.value
        cls = _class_of(context, owner)
        if cls is not None and _is_a(context, cls, row.base):
            own = expr.attr in cls.nested or _is_none_of(context, owner, expr.attr)
            return "" if own else _declared(context, cls, expr.attr, row.derives)
        of = context.resolver.type_of(owner, context.scope) if cls is None else None
        if of is not None and of.name == row.base:  # its package is not installed here
            context.resolver.hierarchy.declare(f"{row.base}.{expr.attr}", (row.derives,))
            return f"{row.base}.{expr.attr}"
    return ""


def _is_none_of(context: Context, client: ast.expr, name: str) -> bool:
    """Whether the model of a client's service lists its errors, and not this one."""
    known = service_errors(context, context.resolver.type_of(client, context.scope)).get("", ())
    return bool(known) and name not in known and name != "ClientError"


def _is_settled(row: Raising, call: ast.Call) -> bool:
    """Whether the call names one row. After a filter it may not: a join can double rows."""
    direct = getattr(getattr(call.func, "value", None), "attr", "") == row.through
    return direct and any(one.arg in row.unless for one in call.keywords)


def family_items(context: Context, call: ast.Call) -> Iterator[Raised]:
    """What a call raises because of the kind of class that it starts from."""
    if not isinstance(call.func, ast.Attribute):
        return
    rows = [row for row in families().calls if row.method == call.func.attr]
    start = _start(call.func, rows[0].through) if rows else None
    cls = _class_of(context, start) if start is not None else None
    for row in rows if cls is not None else ():
        if _is_a(context, cls, row.base) and not _is_settled(row, call):  # type: ignore[arg-type]
            derives = next(
                one.derives for one in families().classes if (one.base, one.name) == (row.base, row.raises)
            )
            name = _declared(context, cls, row.raises, derives)  # type: ignore[arg-type]
            detail = f"{shown(call.func)}: {row.because}"
            yield Raised(name, call.lineno, Evidence("knowledge", context.path, call.lineno, detail))
    yield from _like_others(context, call, call.func)


def _like_others(context: Context, call: ast.Call, func: ast.Attribute) -> Iterator[Raised]:
    """What the table knows of such a call, but for what stands for an exception of the class's own."""
    for row in families().likenesses:
        entry = context.table.lookup(f"{row.like}.{func.attr}")
        start = _start(func, row.through) if entry is not None else None
        cls = _class_of(context, start) if start is not None else None
        if entry is None or cls is None or not _is_a(context, cls, row.base):
            continue
        own = {one.derives for one in families().classes if one.base == row.base}
        for known in entry.rows:
            if known.raises not in own and applies(known, call):
                yield context.known(known, call, shown(func))


def _start(func: ast.Attribute, through: str) -> ast.expr | None:
    """X in `X.through.a().b().method`."""
    inner: ast.expr = func.value
    while True:
        if isinstance(inner, ast.Attribute) and inner.attr == through:
            return inner.value
        if isinstance(inner, ast.Attribute):
            inner = inner.value
        elif isinstance(inner, ast.Call):
            inner = inner.func
        else:
            return None


def _class_of(context: Context, expr: ast.expr) -> Class | None:
    of = context.resolver.type_of(expr, context.scope)
    return of.target if of is not None and isinstance(of.target, Class) else None


def _is_a(context: Context, cls: Class, base: str) -> bool:
    hierarchy = context.resolver.hierarchy
    return hierarchy.is_subclass(hierarchy.name_of(cls), base) is True


def _declared(context: Context, cls: Class, name: str, derives: str) -> str:
    full = f"{cls.name}.{name}"
    hierarchy = context.resolver.hierarchy
    base = context.resolver.project.resolve(derives, cls.module)
    hierarchy.declare(full, (hierarchy.name_of(base) if isinstance(base, Class) else derives,))
    return full
