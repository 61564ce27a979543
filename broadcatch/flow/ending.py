"""How is a finished way told: its outcome, and the words of its steps?"""

from __future__ import annotations

from broadcatch.flow.ways import Way
from broadcatch.model.flow import Assign, Caught, Raise, Value
from broadcatch.model.outcome import Outcome, Path

_ALIKE = frozenset({"none", "true", "false", "number", "text", "empty"})
"""Values that several names get alike."""


def path_key(path: Path) -> tuple[object, ...]:
    """What tells two paths apart for a person."""
    return path.outcome, path.record, path.value, path.handed, path.text_only


def path_of(way: Way, bound: str) -> Path:
    """The path that a way ends as; `bound` is the name of the error, which dies with the handler."""
    state = way.state
    if state.leaving.end is not None:
        return Path(state.leaving.end, state.record, state.steps)
    knows = state.knows
    local = way.exit != "return"  # a return ends the life of the function's names
    held = local and bool((knows.errors | knows.holders | knows.caused) - {bound})
    value = state.leaving.returned or state.value or (state.local if local else "")
    outcome: Outcome
    if state.record == "traceback":
        outcome = "logged-traceback"
    elif state.handed or state.leaving.gives or held:
        outcome = "handed-on"
    elif state.record == "text":
        outcome = "logged-text"
    elif state.kept and local:
        outcome = "handed-on"
    else:
        outcome = "fallback" if value else "dropped"
    told = state.handed or state.leaving.gives or held or (state.kept and local)
    return Path(outcome, state.record, state.steps, value, told, told and not (state.whole or held))


def unless_text(test: Value) -> str:
    """The words for a condition that does not hold."""
    positive = test.text.removeprefix("not ")
    return f"if {positive}" if positive != test.text and " " not in positive else f"unless {test.text}"


def raise_text(node: Raise) -> str:
    """The words for a raise."""
    text = f"raise {node.value.text}" if node.value else "raise"
    if node.cause == "none":
        return text + " from None"
    return text + (f" from {node.cause_name}" if node.cause_name else "")


def clause_text(caught: tuple[Caught, ...]) -> str:
    """The words for entering the clause of a nested try."""
    return "except " + ", ".join(one.name for one in caught) if caught else "except"


def assigned(node: Assign) -> str:
    """The words for an assignment: `a = b = None`, but `a, b = pair`, and `a -= 1`."""
    joined = " = " if node.value.kind in _ALIKE and not node.unpacked else ", "
    return f"{joined.join(node.targets)} {node.augmented or '='} {node.value.text}"
