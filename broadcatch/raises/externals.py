"""What can running something without source here raise? The table first, then Python's own source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.model.raising import Raised
from broadcatch.program.calls import Target, constructor, is_deferred
from broadcatch.program.meaning import Instance
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External
from broadcatch.program.types import STR, Type
from broadcatch.program.unread import is_of_unread, is_unread
from broadcatch.raises.arguments import uses_unseen
from broadcatch.raises.context import Context, is_standard
from broadcatch.raises.kinds import is_ruled_out
from broadcatch.raises.regions import Item
from broadcatch.raises.services import answers_with
from broadcatch.raises.surely.settled import is_settled
from broadcatch.raises.table import Row
from broadcatch.raises.when import applies

UNREAD = "`{}` is not installed here, so it was not read"
_CLIENT_ERROR = "botocore.exceptions.ClientError"


def is_tabled(context: Context, function: Function) -> bool:
    """Whether the table speaks for this function of a library, so that its source is not followed.

    What the user says counts for functions of the project too.
    """
    if function.module.origin == "project":
        return context.table.given(function.name) is not None
    return context.table.lookup(function.name) is not None


def external_items(context: Context, target: Target, name: str, node: ast.expr) -> Iterator[Item]:
    """What running the callable of this dotted name can raise, at `node`."""
    target = replace(target, name=target.name or name)
    call = node if isinstance(node, ast.Call) else None
    named = (name, *context.resolver.spellings(name)) if is_standard(name) else (name,)
    unread = not is_standard(name) and is_unread(context.resolver.project, name)
    entry = next((found for one in named if (found := context.table.lookup(one))), None)
    entry = context.table.behind(name) if entry is None and unread else entry
    if entry is None:
        yield from _unlisted(context, target, name, node)
        return
    if unread:
        yield context.open(node, target.name, UNREAD.format(name.partition(".")[0]))
    unseen = uses_unseen(context, entry, call) or (name == "builtins.getattr" and _has_unknown(context, call))
    if not unread and (entry.runs_unknown or unseen):
        yield context.open(node, target.name, "it runs code that cannot be seen")
    for row in entry.rows:
        if applies(row, call) and not is_ruled_out(context, row, call):
            if is_settled(context, row, node):
                continue
            known = context.known(row, node, target.name)
            known = _unread(known, name) if unread else known
            yield _worded(context, _modelled(context, known, target), row, call)


def _unread(one: Raised, name: str) -> Raised:
    """The same, with the word that it is by the table alone."""
    package = name.partition(".")[0]
    detail = f"{one.evidence.detail} (`{package}` was not read)"
    return replace(one, evidence=replace(one.evidence, detail=detail))


def _modelled(context: Context, one: Raised, target: Target) -> Raised:
    """The same, with the errors that the model of a service lists for the method."""
    if one.type != _CLIENT_ERROR or target.receiver is None:
        return one
    told = answers_with(context, target.receiver, target.name.rpartition(".")[2])
    detail = f"{one.evidence.detail}, such as {told}" if told else one.evidence.detail
    return replace(one, evidence=replace(one.evidence, detail=detail))


def _worded(context: Context, one: Raised, row: Row, call: ast.Call | None) -> Raised:
    """The same, with what it would take where a value that is parsed may be no text."""
    if call is None or "parsed" not in row.when or not call.args:
        return one
    if context.resolver.type_of(call.args[0], context.scope) == STR:
        return one
    detail = one.evidence.detail.replace(": the text is ", ": ")
    return replace(one, evidence=replace(one.evidence, detail=f"{detail}, if it is text"))


def _unlisted(context: Context, target: Target, name: str, node: ast.expr) -> Iterator[Item]:
    """What the table does not know: exception classes, and Python's own source."""
    canonical = context.resolver.hierarchy.canonical(name)
    if context.resolver.hierarchy.is_known(canonical):
        return
    source = context.resolver.standard(name) if is_standard(name) else None
    if source is not None:
        yield from _followed(context, target, source, node)
        return
    if not is_standard(name) and is_unread(context.resolver.project, name):
        yield context.open(node, target.name, UNREAD.format(name.partition(".")[0]))
        return
    origin = (
        "the standard library" if is_standard(name) else f"{name.split('.')[0]} (not part of the project)"
    )
    yield context.open(node, target.name, f"`{name}`: nothing is known of it, from {origin}")


def _followed(context: Context, target: Target, source: Function | Class, node: ast.expr) -> Iterator[Item]:
    """What the standard library's own source does there."""
    if isinstance(source, Class):
        made = constructor(context.resolver, source, target.name)
    else:
        made = Target(target.name, (source,))
    for function in made.functions:
        if is_tabled(context, function):
            yield from external_items(context, made, function.name, node)
        elif not is_deferred(function):
            yield context.invoke(node, made.name, function)
    for name in made.externals:
        yield from external_items(context, made, name, node)
    if made.why:
        yield context.open(node, made.name, made.why)


def _has_unknown(context: Context, call: ast.Call | None) -> bool:
    """Whether the type of the first argument is not known."""
    return call is None or not call.args or is_unknown(context, call.args[0])


def is_unknown(context: Context, expr: ast.expr) -> bool:
    """Whether the type of the value is not known."""
    found = context.resolver.meaning(expr, context.scope)
    foreign = isinstance(found, External) and not is_standard(found.name)
    if isinstance(found, Instance) and is_of_unread(context.resolver, found.type):
        return True
    return found is None or foreign or (isinstance(found, Instance) and _is_foreign(found.type))


def _is_foreign(of: Type | None) -> bool:
    """Whether nothing tells what the class does: it is not known, or has neither source nor stub."""
    return of is None or (of.target is None and "." in of.name and not is_standard(of.name))
