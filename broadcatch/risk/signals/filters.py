"""Does the handler ask the error which one it is, and let every other go on?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import nodes_in
from broadcatch.judge.unforeseen import unforeseen
from broadcatch.judge.words import EXIT_CALLS
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Branch, Evaluate, Node, Raise
from broadcatch.risk.signals.afterwards import fails_itself
from broadcatch.risk.subject import Found, Subject


def filtered(subject: Subject) -> Iterator[Found]:
    """The handler asks the error which one it is, and raises every other again."""
    handler = subject.handler
    if subject.verdict.leaves or not handler.bound or _question_fails(subject):
        return
    others = unforeseen(handler.body, (handler.bound, *_asked_names(handler)))
    asks = f"{handler.bound} is asked which error it is"
    if others != handler.body and any(isinstance(node, Raise) for node in others):
        yield Found("others raised again", asks, line=handler.span.line)
    elif others != handler.body and any(map(_exits, others)):
        yield Found("others raised again", f"{asks}; every other ends the process", line=handler.span.line)


def _exits(node: Node) -> bool:
    return isinstance(node, Evaluate) and any(call.qualified in EXIT_CALLS for call in node.calls)


def _asked_names(handler: Handler) -> Iterator[str]:
    """The names by which the handler asks the error (`text = str(e)`).

    Not one of which it asks first whether there is any (`code and code != 404`): an error without it is
    one that nobody has thought of, and is kept.
    """
    tests = [node.test.text for node in nodes_in(handler.body) if isinstance(node, Branch)]
    for node in nodes_in(handler.body):
        if isinstance(node, Assign) and handler.bound in node.value.names:
            for name in node.targets:
                there = re.compile(rf"(?<!not ){re.escape(name)} (is not None|and)\b")
                if name.isidentifier() and not any(map(there.search, tests)):
                    yield name


def _question_fails(subject: Subject) -> bool:
    """Whether the error is asked in a way that fails itself: then no other is raised again as it came."""
    return any(found.strength == 1.0 for found in fails_itself(subject))
