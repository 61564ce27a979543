"""Were the awaitables of a batch made for it, so that nobody else can cancel one of them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import nodes_in
from broadcatch.model.facts import Site
from broadcatch.model.flow import Arg, Assign, Body, Evaluate, Node, Value

_OF_CALLS = re.compile(r"[\[({]\s*(?:[\w.\[\]]+: )?(?:await )?[\w.\[\]()]+\(")
_PASSES_ON = re.compile(r"[\[({]\s*(?:[\w.]+\.)?(shield|wrap_future)\(")
_ADDING = frozenset({"append", "add", "extend"})


def made_here(site: Site) -> bool:
    """Whether the function makes all that the batch awaits, and keeps none of it for others."""
    args = [arg for arg in (site.call.args if site.call else ()) if arg.keyword in ("", "*")]
    return bool(args) and all(_is_fresh(arg, site.body) for arg in args)


def _is_fresh(arg: Arg, body: Body) -> bool:
    value = arg.value
    if arg.keyword == "" and value.kind == "call":
        return not _is_passed_on(value)
    if value.text.startswith("map("):
        return True
    name = value.text.partition(".")[0]
    if name.isidentifier() and name == value.text.removesuffix(".values()"):
        return _is_made(name, body)
    return _makes(value)


def _makes(value: Value) -> bool:
    """Whether a list or comprehension holds calls: `[get(x) for x in xs]`, `[a(), b()]`, or is empty."""
    if value.kind == "empty" or value.text in ("list()", "dict()", "set()"):
        return True
    return bool(_OF_CALLS.match(value.text)) and not _PASSES_ON.match(value.text)


def _is_made(name: str, body: Body) -> bool:
    """Whether all that a local name holds, or collects, comes from calls of the same function."""
    nodes = list(nodes_in(body))
    given = [node.value for node in nodes if isinstance(node, Assign) and _is_to(name, node)]
    added = [value for node in nodes if isinstance(node, Evaluate) for value in _added(name, node)]
    if not given or any(_is_kept(name, node) for node in nodes):
        return False
    return all(_makes(value) or value.kind == "call" for value in given) and all(
        _makes(value)
        or (value.kind == "call" and not _is_passed_on(value))
        or (value.text.isidentifier() and _is_made(value.text, body))
        for value in added
    )


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


def _is_passed_on(value: Value) -> bool:
    return bool(re.match(r"(?:[\w.]+\.)?(shield|wrap_future)\(", value.text))
