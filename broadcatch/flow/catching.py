"""Does a clause of a nested try catch what is raised in its body?"""

from __future__ import annotations

import builtins
from typing import Literal, TypeAlias

from broadcatch.flow.ways import Meaning, Way
from broadcatch.model.flow import Call, Caught
from broadcatch.model.span import Span

Answer: TypeAlias = Literal["surely", "perhaps", "no"]


def catches(meaning: Meaning, caught: tuple[Caught, ...], way: Way) -> Answer:
    """Whether a clause of the classes `caught` takes what leaves on `way`."""
    if way.exit == "stop":
        return "surely" if meaning.catches_exit(caught) else "no"
    if meaning.is_broad(caught):
        return "surely"
    answers = [_takes(one.qualified or one.name, way.state.leaving.raised) for one in caught]
    return "surely" if "surely" in answers else "perhaps" if "perhaps" in answers else "no"


def _takes(caught: str, raised: str) -> Answer:
    if not raised:
        return "perhaps"
    if caught == raised:
        return "surely"
    upper, lower = _builtin(caught), _builtin(raised)
    if upper is None or lower is None:
        return "perhaps"
    return "surely" if issubclass(lower, upper) else "no"


def _builtin(name: str) -> type[BaseException] | None:
    module, _, last = name.rpartition(".")
    found = getattr(builtins, last, None) if module == "builtins" else None
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def caught_by_context(call: Call) -> tuple[Caught, ...]:
    """The classes that `suppress(A, B)` names; a builtin's name is taken for the builtin."""
    names = [arg.value.text for arg in call.args]
    span = Span(call.line, 0, call.line, 0)
    return tuple(
        Caught(name, f"builtins.{name}" if hasattr(builtins, name) else name, span) for name in names
    )
