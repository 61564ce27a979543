"""What is asked of a rewrite, and what comes of it? Plain values, no syntax trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from broadcatch.model.findings import Edit, Fix, Safety
from broadcatch.model.fixing import Kind
from broadcatch.model.raising import Suggestion
from broadcatch.model.span import Span

BROAD: tuple[str, ...] = ("Exception", "BaseException", "builtins.Exception", "builtins.BaseException")
CONTROL_FLOW: tuple[str, ...] = (
    "StopIteration",
    "StopAsyncIteration",
    "GeneratorExit",
    "SystemExit",
    "KeyboardInterrupt",
)
"""Exceptions that steer the program: a cause would only be noise on them."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """One class of a replacement: its `spelling` in this file, the class meant, and the import it needs.

    `type` is the defining module's name for it ("" if not known; builtins without a module). `module` and
    `name` are both "" where the file has the name already; `name` is "" for a plain `import module`. `local`:
    the import belongs into the function, because at the top of the file it would close a circle of imports.
    """

    spelling: str
    type: str = ""
    module: str = ""
    name: str = ""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one codemod is asked to do at one line: that of the clause, or of the statement in it."""

    kind: ClassVar[Kind]
    line: int


@dataclass(frozen=True, slots=True)
class NarrowWanted(Wanted):
    """Put `replacement` where a broad class stands in the clause of `line` (the row of the `except`).

    `broad` are the caught names, as written in the file, that give way; `leaves`, `closed` as in `Rewrite`.
    """

    kind: ClassVar[Kind] = "narrow"
    replacement: str
    names: tuple[Spelled, ...] = ()
    safety: Safety = "unsafe"
    reason: str = ""
    broad: tuple[str, ...] = BROAD
    leaves: tuple[str, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class NarrowCallWanted(NarrowWanted):
    """The same for a class that a call is given: the one that stands within `call`.

    `alone`: the call takes one class there, several as a tuple; else they stand side by side.
    """

    call: Span = Span(0, 0, 0, 0)
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ToldWanted(Wanted):
    """Nothing is rewritten at `line`; `reason` says what a person would do."""

    kind: ClassVar[Kind] = "narrow"
    reason: str


@dataclass(frozen=True, slots=True)
class ChainWanted(Wanted):
    """Give the `raise` at this place the caught exception as its cause (line from 1, column from 0).

    `skip` are class names that get no cause.
    """

    kind: ClassVar[Kind] = "chain"
    column: int
    skip: tuple[str, ...] = CONTROL_FLOW


@dataclass(frozen=True, slots=True)
class BareWanted(Wanted):
    """Name what the bare `except:` of `line` catches.

    `reraises`: the error leaves again on every path. `cleans_up`: the body undoes something and raises
    again on some path, so it must see cancellation and exit too.
    """

    kind: ClassVar[Kind] = "bare"
    reraises: bool = False
    cleans_up: bool = False
    replacement: str | None = None
    names: tuple[Spelled, ...] = ()
    reason: str = ""
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One change of one file; `edits` are on the original text, `reason` says why it is so safe.

    `leaves` are the classes (under the modules that define them) that newly leave the `try` of the clause in
    row `clause` (`line`, where that is 0), "Exception" for whatever else may; `gone` those that no longer
    do. `lands` says in words where they go; who makes the rewrite leaves it empty. `closed`: all that can
    come is known, mistakes of the program aside.
    """

    kind: Kind
    path: str
    line: int
    title: str
    safety: Safety
    reason: str
    edits: tuple[Edit, ...]
    leaves: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    clause: int = 0
    lands: tuple[str, ...] = ()
    closed: bool = False

    @property
    def fix(self) -> Fix:
        """The same as a finding carries it."""
        return Fix(self.title, self.safety, self.edits, self.reason)


@dataclass(frozen=True, slots=True)
class Refused:
    """A target that is left alone, and why."""

    kind: Kind
    path: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be done to one file, in the order of its lines, and what cannot."""

    rewrites: tuple[Rewrite, ...]
    refused: tuple[Refused, ...]


def spelled(suggestion: Suggestion) -> tuple[Spelled, ...]:
    """The proposals of a suggestion, and what else stands in its clause, with the imports that they need."""
    return tuple(
        Spelled(proposal.spelling, proposal.type, proposal.import_module, proposal.import_name)
        for proposal in (*suggestion.proposals, *suggestion.also)
    )


def narrow_wanted(suggestion: Suggestion, safety: Safety, reason: str) -> NarrowWanted | None:
    """The narrowing that a suggestion asks for; None where it proposes none."""
    if suggestion.replacement is None:
        return None
    return NarrowWanted(suggestion.line, suggestion.replacement, spelled(suggestion), safety, reason)
