"""Which handler of then is which of now? The matching of baselines, asked about the facts of two states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadcatch.gate.entries import clause_of
from broadcatch.gate.matching import Pair
from broadcatch.gate.matching import pair as matched
from broadcatch.lint.identity import text_hash
from broadcatch.model.baseline import Entry
from broadcatch.model.facts import FileFacts, Handler

Known = tuple[FileFacts, Handler]
"""A handler in its file."""


def pair(old: Sequence[Known], new: Sequence[Known], renames: Mapping[str, str]) -> tuple[Pair, ...]:
    """Indices of what belongs together, sorted; `renames` are old paths of files to new ones."""
    return matched([_entry(*one) for one in old], [_entry(*one) for one in new], renames)


def _entry(facts: FileFacts, handler: Handler) -> Entry:
    """A handler as it is remembered; where this Python cannot parse a file, facts stand for its text."""
    known = next((one for one in facts.prints if one.line == handler.span.line), None)
    text = known.text if known else text_hash((handler.caught, handler.attempt, handler.body))
    words = known.words if known else ""
    return Entry(facts.path, handler.place.qualname, clause_of(handler), text, words)
