"""Which part of a function that is given an error does one see that nobody has thought of?

A function that a framework or `with` calls looks at the error itself: `if isinstance(error, NotFound): …`
is for it what a clause of a specific class is for a `try`. What is left when such parts are taken away is
its broad handler.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from broadcatch.flow.walk import nodes_in
from broadcatch.model.flow import Body, Branch, Evaluate, Loop, Node, Raise, Return, Try, Value, With
from broadcatch.model.span import Span

Question: TypeAlias = Literal["", "there", "none", "one", "other"]
"""What a test asks: nothing about the error; whether there is one, or none; whether it is one of those that
were thought of, or another."""

_ANY = frozenset({"Exception", "BaseException"})
_PARTS = re.compile(r" (?:and|or) ")
_NEGATED = re.compile(r"^not\b|\bis not (?!None\b)|\bnot in\b|!=|\bnot (?:isinstance|issubclass)\b")


def unforeseen(body: Body, names: Sequence[str]) -> Body:
    """`body` without what runs only for errors that were thought of, or for none; `names` hold the error."""
    found: list[Node] = []
    for node in body:
        asks = asked(node.test, names) if isinstance(node, Branch) and node.kind == "if" else ""
        if isinstance(node, Branch) and asks:
            arms = (*node.arms, ())
            found += unforeseen(arms[0] if asks in ("there", "other") else arms[1], names)
        elif isinstance(node, Evaluate) and node.kind == "assert" and asked(node.value, names) == "one":
            return (*found, leave(node.line))
        else:
            found.append(_inside(node, names))
    return tuple(found)


def unrecognised(body: Body, name: str) -> Body:
    """The body of a clause without what runs only for classes that it looks for: `isinstance(e, X)`.

    That part is a clause of a specific class, written in another way. Not where it asks for Exception itself.
    """
    found: list[Node] = []
    for node in body:
        which = _recognises(node.test, name) if isinstance(node, Branch) and node.kind == "if" else ""
        if isinstance(node, Branch) and which:
            found += unrecognised((*node.arms, ())[0 if which == "other" else 1], name)
        else:
            found.append(node)
    return tuple(found)


def _recognises(test: Value, name: str) -> Question:
    by_class = name and f"isinstance({name}," in test.text and _ANY.isdisjoint(test.names)
    asks = asked(test, (name,)) if by_class and " or " not in test.text else ""
    return asks if asks in ("one", "other") else ""


def _inside(node: Node, names: Sequence[str]) -> Node:
    if isinstance(node, Branch):
        return replace(node, arms=tuple(unforeseen(arm, names) for arm in node.arms))
    if isinstance(node, (With, Loop)):
        return replace(node, body=unforeseen(node.body, names))
    if isinstance(node, Try):
        return replace(node, body=unforeseen(node.body, names), final=unforeseen(node.final, names))
    return node


def asked(test: Value, names: Sequence[str]) -> Question:
    """What a test asks about the error."""
    if not any(name in test.names for name in names):
        return ""
    parts = [_part(part, names) for part in _PARTS.split(test.text)]
    told = [part for part in parts if part]
    if "other" in told:
        return "other" if len(told) == len(parts) else ""
    if "one" in told:
        return "one"
    return told[0] if told and len(set(parts)) == 1 else ""


def _part(text: str, names: Sequence[str]) -> Question:
    text = text.strip("() ")
    name = rf"(?:{'|'.join(map(re.escape, names))})(?:\[\d\])?"
    if not re.search(rf"\b{name}", text):
        return ""
    if re.fullmatch(rf"(?:{name} is not None|{name}|(?:any|bool)\({name}\)?)", text):
        return "there"
    if re.fullmatch(rf"(?:{name} is None|not {name}|not any\({name}\)?)", text):
        return "none"
    return "other" if _NEGATED.search(text) else "one"


def swallowing(body: Body, names: Sequence[str]) -> Body:
    """The body of an `__exit__` as that of a handler: it ends quietly where a true value is returned, else
    the error goes on. Where the value, or whether it is returned, cannot be told, it goes on too.
    """
    return (*_ended(unforeseen(body, names), names, certain=True), leave(_last_line(body)))


def _ended(body: Body, names: Sequence[str], certain: bool) -> Body:
    found: list[Node] = []
    for node in body:
        if isinstance(node, Return):
            found.append(replace(node, value=None) if certain and _is_true(node, names) else leave(node.line))
        elif isinstance(node, Branch):
            found.append(replace(node, arms=tuple(_ended(arm, names, False) for arm in node.arms)))
            certain = certain and not any(isinstance(inner, Return) for inner in nodes_in((node,)))
        elif isinstance(node, Loop):
            found.append(replace(node, body=_ended(node.body, names, False)))
        elif isinstance(node, With):
            found.append(replace(node, body=_ended(node.body, names, certain)))
        elif isinstance(node, Try):
            found.append(_ended_try(node, names, certain))
        else:
            found.append(node)
    return tuple(found)


def _ended_try(node: Try, names: Sequence[str], certain: bool) -> Try:
    clauses = tuple(replace(one, body=_ended(one.body, names, False)) for one in node.clauses)
    body, orelse, final = (_ended(part, names, certain) for part in (node.body, node.orelse, node.final))
    return replace(node, body=body, clauses=clauses, orelse=orelse, final=final)


def _is_true(node: Return, names: Sequence[str]) -> bool:
    value = node.value
    if value is None:
        return False
    if value.kind == "number":
        return value.text.strip("0.-") != ""
    return value.kind in ("true", "text", "literal") or asked(value, names) == "there"


def answering(body: Body, bound: str, none_passes: bool) -> Body:
    """The body of a registered function as that of a handler: what it returns takes the error's place.

    A text of the error in the answer is told to a client and recorded nowhere. With `none_passes`, the
    error goes on where nothing is returned (Django's `process_exception`).
    """
    ended = _all_answered(unforeseen(body, (bound,)), bound, none_passes)
    return (*ended, leave(_last_line(body))) if none_passes else ended


def _answered(node: Node, bound: str, none_passes: bool) -> Node:
    if isinstance(node, Return):
        if node.value is None or node.value.kind == "none":
            return leave(node.line) if none_passes else node
        if bound in node.value.objects:
            return node
        return replace(node, value=replace(node.value, names=(), objects=()), calls=())
    if isinstance(node, Branch):
        return replace(node, arms=tuple(_all_answered(arm, bound, none_passes) for arm in node.arms))
    if isinstance(node, (With, Loop)):
        return replace(node, body=_all_answered(node.body, bound, none_passes))
    if isinstance(node, Try):
        clauses = tuple(
            replace(one, body=_all_answered(one.body, bound, none_passes)) for one in node.clauses
        )
        return replace(node, body=_all_answered(node.body, bound, none_passes), clauses=clauses)
    return node


def _all_answered(body: Body, bound: str, none_passes: bool) -> Body:
    return tuple(_answered(node, bound, none_passes) for node in body)


def leave(line: int) -> Raise:
    """The error goes on from here."""
    return Raise(Span(line, 0, line, 0), "", "", "bare", "absent")


def _last_line(body: Body) -> int:
    last = body[-1]
    return last.span.line if isinstance(last, Raise) else last.line
