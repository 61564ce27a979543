"""Which names have to do with the error after a statement, and what does a `raise` make of it?"""

from __future__ import annotations

from dataclasses import replace

from broadcatch.flow.ways import Act, Knows, Meaning, State
from broadcatch.model.flow import Assign, Call, Raise
from broadcatch.model.outcome import Outcome

CAUSES = (".__cause__", ".__context__")


def learn(node: Assign, knows: Knows, meaning: Meaning) -> tuple[bool, Knows]:
    """Whether the error flows into the targets of an assignment, and what is known after it."""
    names = frozenset(node.targets)
    value = node.value
    owners = {name.rpartition(".")[0] for name in names if name.endswith(CAUSES)}
    if owners and knows.whole(value):
        return True, replace(knows, caused=knows.caused | owners)
    left = knows if node.augmented else knows.forget(names)
    made = makes(node.calls, knows, meaning)
    last = meaning.act(node.calls[-1], knows) if node.calls else ""
    if made == "makes-traceback":
        return True, replace(left, tracebacks=left.tracebacks | names)
    if last == "makes-error" or (value.kind == "name" and value.text in knows.errors):
        return True, replace(left, errors=left.errors | names)
    if value.kind == "name" and value.text in knows.caused:
        return True, replace(left, caused=left.caused | names)
    if made == "makes-error" or knows.whole(value):
        return True, replace(left, holders=left.holders | names)
    if any(name in knows.tracebacks for name in value.names):
        return True, replace(left, tracebacks=left.tracebacks | names)
    if knows.any(value):
        return True, replace(left, texts=left.texts | names)
    return False, left


def makes(calls: tuple[Call, ...], knows: Knows, meaning: Meaning) -> Act:
    """Whether one of `calls` makes the error or its traceback out of nothing."""
    for call in calls:
        act = meaning.act(call, knows)
        if act in ("makes-traceback", "makes-error"):
            return act
    return ""


def raise_end(node: Raise, state: State, meaning: Meaning) -> Outcome:
    """What a `raise` makes of the error."""
    knows = state.knows
    if node.form == "bare":
        return state.current
    head = node.exc.removesuffix(".with_traceback")
    again = node.form == "name" or head != node.exc
    if again and head.removesuffix("[]") in knows.errors:
        return "reraised"
    made = head.removesuffix("[]").removesuffix("()")
    if any(call.name == made and meaning.act(call, knows) == "makes-error" for call in node.calls):
        return "reraised"
    if again and head in knows.caused and node.cause == "absent":
        return "chained"
    return "chained" if _is_cause(node, knows) else "translated"


def _is_cause(node: Raise, knows: Knows) -> bool:
    """Whether the error is what a `raise … from …` names, or hangs on it."""
    if node.cause == "name":
        return node.cause_name in knows.errors | knows.caused
    if node.cause == "other":
        head = node.cause_name.partition(".")[0].removesuffix("[]")
        made_here = node.cause_name.endswith("()") and head not in knows.errors and head != "sys"
        return not made_here
    return False


def goes_out(node: Assign) -> bool:
    """Whether an attribute, an item or an outer name is set; a cause set by hand stays with its exception."""
    return node.outer or any("." in name or "[" in name for name in node.targets if not name.endswith(CAUSES))
