"""What is asked of the rewrites that change how many clauses a `try` has?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from broadcatch.model.fixing import Kind, Stage
from broadcatch.rewrite.values import BROAD, Spelled, Wanted


@dataclass(frozen=True, slots=True)
class SplitWanted(Wanted):
    """Part the broad clause of `line` into specific clauses and a residual, or take the residual on a stage.

    `replacement` and `names` are as of a narrowing; "" where the clause is a residual already. `observe` is
    the dotted name of a function that is told of each error that arrives at the residual, "" for none.
    `recorded`: the body leaves the traceback in a log on every path.
    """

    kind: ClassVar[Kind] = "split"
    stage: Stage
    replacement: str = ""
    names: tuple[Spelled, ...] = ()
    broad: tuple[str, ...] = BROAD
    observe: str = ""
    recorded: bool = False
