"""Is only the program's own state asked? Then what fails is a mistake of the code."""

from __future__ import annotations

from broadcatch.flow.walk import calls_in
from broadcatch.judge import stakes
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Assign, Return


def own_state(judged: Judged) -> str:
    """The words for it, "" where something else is asked too: `return self.found.get(name)`."""
    handler = judged.handler
    nodes = [node for node in handler.attempt if isinstance(node, (Assign, Return)) and node.value]
    own = nodes and all("self" in node.value.names for node in nodes if node.value is not None)
    calls = list(calls_in(handler.attempt))
    asks = (
        own and calls and all(call.name.startswith("self.") and call.name.endswith(".get") for call in calls)
    )
    given = any(one.value is not None for one in stakes.answers(handler))
    return (
        "only the program's own state is asked, and what fails there is a mistake" if asks and given else ""
    )
