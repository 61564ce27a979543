"""Which exceptions come out of a region with all that it reaches? A fixpoint over calls.

Sets only grow while solving and each type keeps its least evidence, so the result is the least fixpoint
and does not depend on the order in which functions are visited.
"""

from __future__ import annotations

from collections.abc import Callable

from broadcatch.program.classes import Hierarchy
from broadcatch.program.module import Function
from broadcatch.raises.components import components
from broadcatch.raises.evaluate import Evaluator, Frame
from broadcatch.raises.evidence import Escapes, Summary, summary_of
from broadcatch.raises.frames import NOTHING, Frames, Node, reached
from broadcatch.raises.regions import Region

NONE = Summary()


class Solver:
    """Summaries of functions, made when asked for and kept."""

    def __init__(self, region_of: Callable[[Function], Region], hierarchy: Hierarchy) -> None:
        self._make_region = region_of
        self._regions: dict[Function, Region] = {}
        self._summaries: dict[Node, Summary] = {}
        self._callees: dict[Node, tuple[Node, ...]] = {}
        self._frames = Frames(self.region)
        self._evaluator = Evaluator(self._frames, self.region, self._summary, hierarchy)

    def escapes(self, region: Region) -> Escapes:
        """What comes out of a region, with everything that it reaches solved first."""
        roots = dict.fromkeys(reached(self._frames, region, NOTHING, self.region))
        for component in components(roots, self._unsolved):
            self._solve(component)
        return self._evaluator.evaluate(region, Frame(), all_evidence=True)

    def region(self, function: Function) -> Region:
        """The region of a function, made once."""
        if function not in self._regions:
            self._regions[function] = self._make_region(function)
        return self._regions[function]

    def _summary(self, node: Node) -> Summary:
        return self._summaries.get(node, NONE)

    def _unsolved(self, node: Node) -> tuple[Node, ...]:
        """What a function calls, as far as it is not solved."""
        if node in self._summaries:
            return ()
        region = self.region(node.function)
        found = dict.fromkeys(reached(self._frames, region, node.env, self.region))
        self._callees[node] = tuple(one for one in found if one not in self._summaries)
        return self._callees[node]

    def _solve(self, component: list[Node]) -> None:
        """The least fixpoint of functions that call each other."""
        callers: dict[Node, list[Node]] = {node: [] for node in component}
        todo = [node for node in component if node not in self._summaries]
        for node in todo:
            for callee in self._callees.pop(node):
                if callee in callers:
                    callers[callee].append(node)
        position = {node: index for index, node in enumerate(component)}
        waiting = dict.fromkeys(todo)
        while waiting:
            for node in sorted(waiting, key=position.__getitem__):
                del waiting[node]
                new = self._evaluated(node)
                if new != self._summaries.get(node):
                    self._summaries[node] = new
                    waiting.update(dict.fromkeys(callers[node]))

    def _evaluated(self, node: Node) -> Summary:
        return summary_of(self._evaluator.evaluate(self.region(node.function), Frame(node.env)))
