"""What comes after a `try` whose handler kept the error? Facts for the ranking, without verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

How: TypeAlias = Literal[
    "arithmetic", "comparison", "asked", "kept", "argument", "iterated", "returned", "ignored", "used"
]
"""What is done with a value: `asked` only whether it holds anything, `kept` in an attribute or an item."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of the value that takes an error's place.

    `name` is the variable, or the function whose result it is; `text` is the statement, on one line. `into`
    is the call that gets it as an argument, or the target that keeps it. `caller` is the function around a
    call of the handler's own function, "" for a use in that function itself; `path` is "" in the same file.
    """

    line: int
    how: How
    name: str
    text: str
    into: str = ""
    caller: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A statement that sets state or saves something: its target or call, and its line."""

    line: int
    target: str


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the code does after a handler that lets it go on.

    - `uses`: where the value that takes the error's place goes, in the function and in its callers.
    - `unbound`: the first use of a name that has no value when the `try` fails.
    - `stale`: the first use of one that then still has its value from the last turn of a loop.
    - `kept`: the first use of one that keeps what it had before the `try`.
    - `advanced`: state that is set after the `try`, or in its `finally`, as if it had gone well.
    - `saved_over`: the method of the same class, or the function of the file, that will write what could not
      be loaded.
    - `finishes`: the call behind the `try` that puts what was made in its place (`rename`), or keeps it.
    - `gives`: whether its function has an answer other than None elsewhere.
    - `turn`: the line of what runs next in the same turn of the loop around the `try`, 0 for nothing.
    - `then`: the first answer behind the `try`, as written; `straight`: the one on its own level.
    - `types`: what methods of the try body are called on, with the imported class it is of.
    - `failures`: the constants that mean a failure of the function, by its docstring or its other answers.
    - `inherited`: the method of a base class in another file that the handler calls last; nobody has looked
      whether it raises.
    - `raises`: the line of the error that what comes after the `try` raises on every way, 0 for none.
    - `ends_loop`: a turn of the loop that comes behind the `try` always leaves it.
    - `tells_success`: the call on its own level behind the `try` whose text says that all went well.
    - `otherwise`: the answer that is worked out in another way after the `try`, which success does not reach.
    """

    uses: tuple[Use, ...] = ()
    unbound: Use | None = None
    stale: Use | None = None
    kept: Use | None = None
    advanced: Written | None = None
    saved_over: Written | None = None
    otherwise: Written | None = None
    finishes: Written | None = None
    gives: bool = True
    turn: int = 0
    then: Written | None = None
    types: tuple[tuple[str, str], ...] = ()
    failures: tuple[str, ...] = ()
    inherited: str = ""
    straight: Written | None = None
    tells_success: Written | None = None
    raises: int = 0
    ends_loop: bool = False


NOTHING = Aftermath()
