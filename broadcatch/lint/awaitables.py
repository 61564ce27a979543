"""Were the awaitables of a batch made for it, so that nobody else can cancel one of them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import nodes_in
from broadcatch.lint.batches import statement
from broadcatch.model.facts import Site
from broadcatch.model.flow import Arg, Assign, Body, Branch, Call, Evaluate, Node, Value

_OF_CALLS = re.compile(r"[\[({]\s*(?:[\w.\[\]]+: )?(?:await )?[\w.\[\]()]+\(")
_PASSES_ON = re.compile(r"[\[({]?\s*(?:[\w.]+\.)?(shield|wrap_future|\w*gather)\(")
_ADDING = frozenset({"append", "add", "extend"})


def made_here(site: Site) -> bool:
    """Whether the function makes all that the batch awaits, and keeps none of it for others."""
    args = [arg for arg in (site.call.args if site.call else ()) if arg.keyword in ("", "*")]
    return bool(args) and all(_is_fresh(arg, site) for arg in args)


def handed_over(site: Site) -> bool:
    """Whether other functions have begun what the batch awaits, and given it away: `await app.start()`."""
    args = [arg.value for arg in (site.call.args if site.call else ()) if arg.keyword == "*"]
    names = {name for value in args if value.kind == "name" for name in value.names}
    nodes = list(nodes_in(site.body))
    names |= {
        value.text
        for name in tuple(names)
        for node in nodes
        if isinstance(node, Evaluate)
        for value in _added(name, node)
    }
    given = (node for node in nodes if isinstance(node, Assign) and any(_is_to(name, node) for name in names))
    asked = (node.test.text for node in nodes if isinstance(node, Branch))
    return any("await " in node.value.text for node in given) or any(
        f"{name} := await " in text for text in asked for name in names
    )


def _is_fresh(arg: Arg, site: Site) -> bool:
    value = arg.value
    if value.kind == "call" and (arg.keyword == "" or value.text == "map()"):
        return not _PASSES_ON.match(value.text)
    name = value.text.removesuffix(".values()")
    if value.kind == "name" or name != value.text:
        return _is_made(name, site.body, one=arg.keyword == "")
    return value.kind in ("other", "literal") and _calls_something(site)


def _calls_something(site: Site) -> bool:
    """Whether a list or comprehension that stands in the call itself calls anything."""
    calls: tuple[Call, ...] = getattr(statement(site), "calls", ())
    inner = (call for call in calls if call != site.call and not call.qualified.startswith("builtins."))
    return any(not _PASSES_ON.match(f"{call.name}(") for call in inner)


def _makes(value: Value) -> bool:
    """Whether a list or comprehension holds calls: `[get(x) for x in xs]`, `[a(), b()]`, or is empty."""
    if value.kind == "empty" or value.text in ("list()", "dict()", "set()"):
        return True
    return bool(_OF_CALLS.match(value.text)) and not _PASSES_ON.match(value.text)


def _is_made(name: str, body: Body, one: bool) -> bool:
    """Whether a local name holds what calls of the same function make: `one` of it, or a collection."""
    nodes = list(nodes_in(body))
    given = [node.value for node in nodes if isinstance(node, Assign) and _is_to(name, node)]
    if not given or any(_is_kept(name, node) for node in nodes):
        return False
    if one:
        return all(map(_is_own_call, given))
    added = (value for node in nodes if isinstance(node, Evaluate) for value in _added(name, node))
    return all(map(_makes, given)) and all(
        _makes(value)
        or _is_own_call(value)
        or (value.kind == "name" and _is_made(value.text, body, one=True))
        for value in added
    )


def _is_own_call(value: Value) -> bool:
    return value.kind == "call" and not _PASSES_ON.match(value.text)


def _is_to(name: str, node: Assign) -> bool:
    return any(target.partition("[")[0] == name for target in node.targets)


def _added(name: str, node: Evaluate) -> Iterator[Value]:
    for call in node.calls:
        receiver, _, method = call.name.rpartition(".")
        if receiver == name and method in _ADDING:
            yield from (arg.value for arg in call.args)


def _is_kept(name: str, node: Node) -> bool:
    """Whether a statement stores what a name holds where others find it: `self.tasks.add(task)`."""
    if isinstance(node, Assign) and node.value.text == name:
        return any("." in target for target in node.targets)
    if not isinstance(node, Evaluate):
        return False
    return any(
        call.name.count(".") > 1 and call.name.rpartition(".")[2] in _ADDING and arg.value.text == name
        for call in node.calls
        for arg in call.args
    )
