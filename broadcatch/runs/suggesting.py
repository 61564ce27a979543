"""What could the broad handlers of a file catch instead? The engine's answers, as seen from here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import FileFacts, Handler, Site
from broadcatch.model.raising import Proposal, Suggestion
from broadcatch.raises.escapes import Engine
from broadcatch.source.paths import display
from broadcatch.suggest.answer import suggest


def suggestions_for(facts: FileFacts, judged: Iterable[Judged], engine: Engine) -> Sequence[Suggestion]:
    """The suggestions for the broad handlers of one file."""
    path = os.path.abspath(facts.path)
    broad = [one.handler for one in judged if one.verdict.broad]
    return [_from_here(_answer(engine, path, one), facts.path, engine.project.root) for one in broad]


def guarded_suggestions(facts: FileFacts, sites: Iterable[Site], engine: Engine) -> Sequence[Suggestion]:
    """The suggestions for calls that take errors without a clause: for what each of them guards."""
    path, root = os.path.abspath(facts.path), engine.project.root
    found = (suggest(engine, path, one.span.line, ("Exception",), one.place.qualname) for one in sites)
    return [_from_here(one, facts.path, root) for one in found]


def _answer(engine: Engine, path: str, handler: Handler) -> Suggestion:
    """The answer on record, else the engine's."""
    names, line, around = _names(handler), handler.span.line, handler.place.qualname
    question: tuple[str | int, ...] = (path, line, around, *names)
    found = engine.answers.get(Suggestion, question)
    if found is None:
        found = suggest(engine, path, line, names, around)
        engine.answers.put(Suggestion, question, path, found)
    return found


def _from_here(one: Suggestion, path: str, root: Path) -> Suggestion:
    """The suggestion with all paths as seen from the working directory instead of the project's root."""

    def seen(those: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
        return tuple(
            replace(
                proposal,
                evidence=tuple(replace(why, path=display(root / why.path)) for why in proposal.evidence),
            )
            for proposal in those
        )

    return replace(one, path=path, proposals=seen(one.proposals), also=seen(one.also))


def _names(handler: Handler) -> tuple[str, ...]:
    return tuple(caught.name for caught in handler.caught)
