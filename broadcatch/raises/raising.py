"""Which exceptions does a `raise` let out? By name, by variable, by factory, or chosen at run time."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from broadcatch.model.raising import Evidence, Raised
from broadcatch.program.calls import resolve_meaning, shown
from broadcatch.program.module import Class
from broadcatch.program.project import External
from broadcatch.raises.chosen import Chosen, class_of_caught, classes_of, instances_of
from broadcatch.raises.context import Context
from broadcatch.raises.families import made_class
from broadcatch.raises.regions import Item, PutBack
from broadcatch.raises.targets import target_items

_COPIES = frozenset({"with_traceback"})

_MAKERS = {"ctypes.WinError": "OSError", "builtins.WindowsError": "OSError"}
"""What looks like a class of errors, and only makes or names one of another."""


def raise_items(context: Context, statement: ast.Raise) -> Iterator[Item]:
    """What a raise statement lets out, and what evaluating its parts does."""
    raised = statement.exc
    if statement.cause is not None:
        yield from context.read(statement.cause)
    if raised is None:
        if context.bound:
            yield PutBack(statement.lineno)
        else:
            yield context.open(statement, "raise", "bare raise outside an except clause")
        return
    again = _bound_name(raised)
    if again and again in context.bound:
        for part in raised.args if isinstance(raised, ast.Call) else ():
            yield from context.read(part)
        yield PutBack(statement.lineno, context.bound[::-1].index(again))
        return
    yield from _raise_value(context, statement, raised)


def _bound_name(raised: ast.expr) -> str:
    """The name in `raise name`, `raise name.with_traceback(…)`, `raise type(name)(…)`."""
    if isinstance(raised, ast.Call):
        if isinstance(raised.func, ast.Attribute) and raised.func.attr in _COPIES:
            raised = raised.func.value
        else:
            raised = class_of_caught(raised.func) or raised
    else:
        raised = class_of_caught(raised) or raised
    return raised.id if isinstance(raised, ast.Name) else ""


def _raise_value(context: Context, statement: ast.Raise, raised: ast.expr) -> Iterator[Item]:
    """An exception that is made here, or one that a value holds."""
    made = isinstance(raised, ast.Call)
    named = raised.func if isinstance(raised, ast.Call) else raised
    chosen = _directly_named(context, named)
    direct = chosen is not None
    chosen = chosen or classes_of(context, named)
    if chosen is None:
        chosen = instances_of(context, raised)
        yield from context.read(raised)
    elif made:
        yield from () if direct else context.read(named)
        yield from _parts(context, raised)  # type: ignore[arg-type]
    elif not direct:
        yield from context.read(named)
    if chosen is None:
        yield context.open(statement, f"raise {shown(raised)}", "the class of what is raised is not known")
        return
    yield from _raised(context, statement, raised, chosen)


def _directly_named(context: Context, named: ast.expr) -> Chosen | None:
    """The class in `raise C` and `raise C(…)`, where C names it."""
    resolver = context.resolver
    found = resolver.meaning(named, context.scope)
    if not isinstance(found, (Class, External)):
        return None
    name = made_class(context, named) or resolver.class_named(named, context.scope)
    if isinstance(found, External) and found.name in _MAKERS:
        return Chosen((_MAKERS[found.name],))
    if isinstance(found, External) and not resolver.hierarchy.is_known(name):
        return Chosen((name,)) if name.rpartition(".")[2][:1].isupper() else None
    return Chosen((name,))


def _parts(context: Context, raised: ast.Call) -> Iterator[Item]:
    """The arguments, and the constructor where the class is known."""
    for part in [*raised.args, *(keyword.value for keyword in raised.keywords)]:
        yield from context.read(part.value if isinstance(part, ast.Starred) else part)
    found = context.resolver.meaning(raised.func, context.scope)
    if found is not None and not isinstance(found, External):
        target = resolve_meaning(context.resolver, found, shown(raised.func))
        if target.functions or not target.why:
            yield from target_items(context, target, raised, True)


def _raised(context: Context, statement: ast.Raise, raised: ast.expr, chosen: Chosen) -> Iterator[Item]:
    text = shown(raised.func if isinstance(raised, ast.Call) else raised)
    for name in chosen.names:
        short = name.rpartition(".")[2]
        detail = (
            f"raise {text}: {short} is one of those it may choose" if chosen.dynamic else f"raise {short}"
        )
        evidence = Evidence("raise", context.path, statement.lineno, detail)
        yield Raised(name, statement.lineno, evidence)
