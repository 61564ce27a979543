"""Does a class stand for many kinds of failure, or does it say by itself what went wrong?"""

from __future__ import annotations

from broadcatch.model.facts import FileFacts, Handler

_ONE_STEP = dict.fromkeys("TypeError AttributeError NameError".split(), 10) | {"ObjectDoesNotExist": 5}
"""How many lines of a `try` may still be one step. In more, a mistake of the code raises these too, and
several records may be the one that does not exist."""


_MOST = 1_000_000


def says_what(handler: Handler, facts: FileFacts) -> bool:
    """Whether each class of a clause says what failed; an everyday one does in a `try` of one short step."""
    if not handler.caught:
        return False
    names = (one.name.rpartition(".")[2] for one in handler.caught)
    return _lines(handler, facts) <= min(
        (_ONE_STEP[name] for name in names if name in _ONE_STEP), default=_MOST
    )


def is_mistake(handler: Handler) -> bool:
    """Whether a clause names nothing but what a mistake of the code raises: `TypeError`, `AttributeError`."""
    names = {(one.qualified or one.name).rpartition(".")[2] for one in handler.caught}
    return names <= {"TypeError", "AttributeError"}


def _lines(handler: Handler, facts: FileFacts) -> int:
    """How many lines the body of the `try` has."""
    several = (one.spans[0].line for one in facts.clauses if one.line == handler.try_line)
    return next(several, handler.span.line) - handler.try_line - 1
