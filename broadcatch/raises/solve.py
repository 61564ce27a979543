"""Which exceptions come out of a region with all that it reaches? A fixpoint over calls.

Sets only grow while solving and each type keeps its least evidence, so the result is the least fixpoint
and does not depend on the order in which functions are visited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from broadcatch.program.classes import Hierarchy
from broadcatch.program.module import Function
from broadcatch.raises.components import components
from broadcatch.raises.evaluate import Evaluator, Frame
from broadcatch.raises.evidence import Escapes, Summary, summary_of
from broadcatch.raises.frames import Frames, Node
from broadcatch.raises.horizon import MOST, Callees, Horizon, Reach
from broadcatch.raises.regions import Region

NONE = Summary()


class Solver:
    """Summaries of functions, made when asked for; those that no question cuts short are kept."""

    def __init__(
        self, region_of: Callable[[Function], Region], hierarchy: Hierarchy, most: int = MOST
    ) -> None:
        self._make_region = region_of
        self._regions: dict[Function, Region] = {}
        self._summaries: dict[Node, Summary] = {}
        self._frames = Frames(self.region)
        self._horizon = Horizon(self._frames, most)
        self._hierarchy = hierarchy
        self._catches: dict[tuple[str, str], bool] = {}

    def escapes(self, region: Region) -> Escapes:
        """What comes out of a region, with everything that it reaches solved first."""
        reach = self._horizon.reach(region)
        question = _Question(self._horizon, self._summaries, reach)
        evaluator = Evaluator(self._frames, question.known, reach.functions, self.catches)
        question.solve(reach.nodes, evaluator)
        return evaluator.evaluate(region, Frame(), all_evidence=True)

    def is_cut(self, region: Region) -> bool:
        """Whether a region leads to more functions than are followed."""
        return self._horizon.reach(region).is_cut

    def region(self, function: Function) -> Region:
        """The region of a function, made once."""
        if function not in self._regions:
            self._regions[function] = self._make_region(function)
        return self._regions[function]

    def catches(self, clause: str, raised: str) -> bool:
        """As the hierarchy tells; remembered."""
        key = (clause, raised)
        if key not in self._catches:
            self._catches[key] = self._hierarchy.catches(clause, raised)
        return self._catches[key]


class _Question:
    """One question: the functions that are `followed`, and what comes out of them.

    `kept` is what holds for every question that follows all that it reaches; one that is cut has to look.
    """

    def __init__(self, horizon: Horizon, kept: dict[Node, Summary], reach: Reach) -> None:
        self._horizon = horizon
        self._kept = kept
        self._followed = reach.functions
        self._is_cut = reach.is_cut
        self._cut: dict[Node, Summary] = {}
        self._callees: dict[Node, Callees] = {}

    def known(self, node: Node) -> Summary:
        """What comes out of the function, as far as it is found out by now."""
        return self._cut.get(node) or self._kept.get(node, NONE)

    def solve(self, nodes: Iterable[Node], evaluator: Evaluator) -> None:
        """Find out what comes out of these functions, and of all that they call."""
        for component in components(nodes, self._unsolved):
            callers, is_cut = self._callers(component)
            if is_cut or component[0] not in self._kept:
                self._iterate(component, callers, evaluator)
                if not is_cut:
                    self._kept.update({node: self._cut.pop(node) for node in component})

    def _unsolved(self, node: Node) -> tuple[Node, ...]:
        """What a function calls, as far as it can matter; what is kept may reach beyond where this is cut."""
        if node in self._kept and not self._is_cut:
            self._callees[node] = Callees((), False)
        else:
            self._callees[node] = self._horizon.callees(node, self._followed)
        return self._callees[node].followed

    def _callers(self, component: list[Node]) -> tuple[dict[Node, list[Node]], bool]:
        """(who calls whom within a circle, whether what it reaches is not followed to the end)."""
        callers: dict[Node, list[Node]] = {node: [] for node in component}
        is_cut = False
        for node in component:
            callees = self._callees.pop(node)
            is_cut = is_cut or callees.is_cut or any(one in self._cut for one in callees.followed)
            for callee in callees.followed:
                if callee in callers:
                    callers[callee].append(node)
        return callers, is_cut

    def _iterate(self, component: list[Node], callers: dict[Node, list[Node]], evaluator: Evaluator) -> None:
        """The least fixpoint of functions that call each other."""
        position = {node: index for index, node in enumerate(component)}
        self._cut.update(dict.fromkeys(component, NONE))
        waiting = dict.fromkeys(component)
        while waiting:
            for node in sorted(waiting, key=position.__getitem__):
                del waiting[node]
                new = summary_of(evaluator.of_function(node))
                if new != self._cut.get(node):
                    self._cut[node] = new
                    waiting.update(dict.fromkeys(callers[node]))
