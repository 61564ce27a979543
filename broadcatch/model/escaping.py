"""What can a function, a try or a module raise, and where would it land? The answers of `raises`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.outcome import Outcome
from broadcatch.model.raising import Evidence, Unknown

PlaceKind: TypeAlias = Literal["function", "try", "module"]
LandingKind: TypeAlias = Literal[
    "handler", "suppressed", "finally", "entry", "test", "passed", "module", "possible", "nobody"
]
"""`possible`: a call, on an object of unknown type, that may be one. `passed`: handed on by its name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a target names: `line` of the file `path`, or `name` (dotted) in `path` or in `module`."""

    word: str
    path: str = ""
    line: int = 0
    module: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Escaping:
    """One type that can come out, with its evidence, nearest first; never empty.

    `line` is the line of the asked code that it comes out of, by the nearest evidence. `under` is the base
    that stands for it where a family is shown as one, "" where the type stands for itself. `aside`: a
    programming error that some operation of the language may end in, and no more.
    """

    type: str
    line: int
    evidence: tuple[Evidence, ...]
    transient: bool = False
    documented: bool = False
    aside: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class RaisesAnswer:
    """What can come out of one place; `closed` as in `RaiseSet`."""

    path: str
    line: int
    function: str
    kind: PlaceKind
    closed: bool
    raises: tuple[Escaping, ...]
    unresolved: tuple[Unknown, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """One call on the way up: the function it stands in ("" at module level), as written, and its place."""

    function: str
    call: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the exception ends, or is lost from sight; `chain` is the nearest way there, first call first.

    `caught` are the classes of a handler's clause as written; `sure` is false where it catches only a part
    of what the type stands for, or cannot be resolved. `passes` marks a handler that may raise the exception
    again; `through` are such handlers that were passed before. `outcome` and `words` say what the handler
    does; `detail` says in words what the end is where no handler is. `lost` says why nobody hears of an
    exception that ends here, "" where somebody does. `loop`: the handler stands in a loop, which goes on.
    """

    kind: LandingKind
    path: str
    line: int
    function: str
    chain: tuple[Caller, ...] = ()
    caught: tuple[str, ...] = ()
    detail: str = ""
    sure: bool = True
    passes: bool = False
    through: tuple[tuple[str, int], ...] = ()
    outcome: Outcome | None = None
    words: str = ""
    lost: str = ""
    loop: bool = False


@dataclass(frozen=True, slots=True)
class Landed:
    """Types that all land in the same places."""

    types: tuple[str, ...]
    landings: tuple[Landing, ...]


@dataclass(frozen=True, slots=True)
class LandsAnswer:
    """Where what leaves one function lands. Not `closed`: other types than those in `groups` may leave it."""

    path: str
    line: int
    function: str
    kind: PlaceKind
    closed: bool
    groups: tuple[Landed, ...]
