"""What can be raised, what would one catch instead, and how is that known?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

EvidenceKind: TypeAlias = Literal["raise", "operation", "documented", "knowledge", "usage", "observed"]
Confidence: TypeAlias = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One call on the way: the callee as written, where the call stands, and the function that it runs."""

    call: str
    path: str
    line: int
    function: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a type is possible: where it comes from, in one line a person can check.

    `path` and `line` point at the raise, operation or call; `via` is the chain of calls that leads
    there, nearest first.
    """

    kind: EvidenceKind
    path: str
    line: int
    detail: str
    via: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """One exception type, under the module that defines it (`json.decoder.JSONDecodeError`, `KeyError`).

    `line` is the line of the try body that it comes out of; `transient` marks what is worth a retry;
    `usual` is what people expect of such code, as against what is merely possible. `by_data`: the data
    decides it, even where the type is otherwise that of a programming error (`f(**json.loads(text))`).
    """

    type: str
    line: int
    evidence: Evidence
    transient: bool = False
    usual: bool = True
    by_data: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that could not be resolved: it may raise anything."""

    line: int
    call: str
    why: str


@dataclass(frozen=True, slots=True)
class RaiseSet:
    """What can come out of a piece of code; `closed` when nothing in it is unknown."""

    raised: tuple[Raised, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether nothing outside `raised` can come out (programming errors aside)."""
        return not self.unknown


@dataclass(frozen=True, slots=True)
class Proposal:
    """A type worth catching, spelled as the file would write it; `further` ways are known to it."""

    type: str
    spelling: str
    confidence: Confidence
    transient: bool
    evidence: tuple[Evidence, ...]
    import_module: str = ""
    import_name: str = ""
    """What must be imported for `spelling` to work; both "" when the file has it already."""
    further: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """What the body of a `try` alone says for a clause: whatever the handler does, the file's other clauses
    catch, and it imports.

    `probability` is that of the most probable type; `known` are the types that the code shows, near and
    expected; `unwritten` the same where they are more than a clause would name. `proven` are all that can
    come, mistakes of the program included, where that is proven; else (). `broad`: near by something raises
    `Exception` itself. `asked` is what the handler reads of the error on every path, if all types of the
    clause have it; for the types `unfit`, which lack it, the handler itself fails. Of an open answer
    `uncovered` are the calls that are open and out of which none of the clause's types is known to come,
    `everything` the classes that a clause would need for all that is known to come from anywhere; `own`:
    what it names is only raised in the body itself, or by its operations. `beside` are the types of the other
    clauses of its `try`; `asserts`: the body itself asserts something; `searched` are the attributes and
    items that an open body asks of what a search may not have found; `shown`: the code shows a way in which
    one of its types may come, told or not.
    """

    probability: float = 0.0
    known: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    broad: bool = False
    asked: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()
    everything: tuple[str, ...] = ()
    own: bool = False
    beside: tuple[str, ...] = ()
    asserts: bool = False
    searched: tuple[str, ...] = ()
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The answer for one broad handler.

    `replacement` is the text for the clause, None where none is proposed; `also` are the types in it that are
    known to come, and are no proposals because people seldom name them. `whole` are the types of a clause for
    all that is expected from near by, () where the replacement names it, or where it is too much for one.
    """

    path: str
    line: int
    function: str
    caught: tuple[str, ...]
    closed: bool
    possible: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    unresolved: tuple[Unknown, ...]
    replacement: str | None
    also: tuple[Proposal, ...] = ()
    alone: Ground = Ground()
    whole: tuple[Proposal, ...] = ()
