"""What is asked of the rewrites that change how many clauses a `try` has?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from broadcatch.model.findings import Safety
from broadcatch.model.fixing import Kind, Stage
from broadcatch.rewrite.values import BROAD, Spelled, Wanted


@dataclass(frozen=True, slots=True)
class SplitWanted(Wanted):
    """Part the broad clause of `line` into specific clauses and a residual, or take the residual on a stage.

    `replacement` and `names` are as of a narrowing; "" where the clause is a residual already. `observe` is
    the dotted name of a function that is told of each error that arrives at the residual, "" for none.
    `recorded`: the body leaves the traceback in a log on every path. `leaves` as in `Rewrite`.
    """

    kind: ClassVar[Kind] = "split"
    stage: Stage
    replacement: str = ""
    names: tuple[Spelled, ...] = ()
    broad: tuple[str, ...] = BROAD
    observe: str = ""
    recorded: bool = False
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """What one error becomes: `to`, made with `arguments` ("" for a text), where `when` holds ("" always).

    Both are code over `exc`, the caught error. Without `to` it is raised again.
    """

    to: Spelled | None = None
    when: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """One clause of a translation: the classes that it catches, and what becomes of them."""

    caught: tuple[Spelled, ...]
    turned: tuple[Turned, ...]


@dataclass(frozen=True, slots=True)
class TranslateWanted(Wanted):
    """Put a clause for each of `causes`, in their order, where the broad clause of `line` stands.

    A residual behind them logs what else arrives and raises it again. `leaves` and `gone` as in `Rewrite`.
    `flaw` says why the mapping cannot be used here, "" where it can. `rest_stays`: the broad clause itself
    stays behind the others as it is. `offer`: it is told with these words and leaves its place to others.
    """

    kind: ClassVar[Kind] = "translate"
    causes: tuple[Cause, ...]
    broad: tuple[str, ...] = BROAD
    safety: Safety = "unsafe"
    reason: str = ""
    observe: str = ""
    leaves: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    flaw: str = ""
    rest_stays: bool = False
    offer: str = ""


@dataclass(frozen=True, slots=True)
class WorkerWanted(Wanted):
    """Let the loop around the clause of `line` try again after the `transient` errors, and end on others.

    Without any it ends on all. `awaits`: the loop runs in a coroutine. `leaves` as in `Rewrite`. `library`
    tries again (`tenacity`, `backoff`), "" for the loop itself.
    """

    kind: ClassVar[Kind] = "worker"
    transient: tuple[Spelled, ...] = ()
    broad: tuple[str, ...] = BROAD
    awaits: bool = False
    safety: Safety = "display"
    reason: str = ""
    leaves: tuple[str, ...] = ()
    library: str = ""
