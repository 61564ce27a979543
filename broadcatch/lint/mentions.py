"""Does a new error show the one that was caught?"""

from __future__ import annotations

from broadcatch.flow.walk import nodes_in
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Raise


def names_with_error(handler: Handler) -> frozenset[str]:
    """The bound name, and the names that were assigned from it in the handler, in order of the text."""
    names = {handler.bound} if handler.bound else set()
    for node in nodes_in(handler.body):
        if isinstance(node, Assign) and names.intersection(node.value.names):
            names.update(node.targets)
    return frozenset(names)


def mentions(found: Raise, names: frozenset[str]) -> bool:
    """Whether one of `names` goes into what is raised."""
    return found.value is not None and not names.isdisjoint(found.value.names)
