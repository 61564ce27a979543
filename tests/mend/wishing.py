"""Short words for the tests of wishes: a text and what is known of its clause in, what is asked for out."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

from mending import PATH, facts_of

from broadcatch.config.options import Config, Translation
from broadcatch.gate.suppressions import apply
from broadcatch.judge.verdict import judge_file
from broadcatch.lint.check import check
from broadcatch.mend.case import FileCase
from broadcatch.mend.naming import Named, Naming
from broadcatch.model.fixing import FixRequest, Kind
from broadcatch.model.raising import Suggestion
from broadcatch.rewrite.values import Spelled

BASES = {
    "lib.TokenError": "lib.Error",
    "ConnectionError": "OSError",
    "ConnectionResetError": "ConnectionError",
    "TimeoutError": "OSError",
}


class Names(Naming):
    """Every name is a class that can be imported, those in `missing` aside; `app.…` is the project's."""

    def __init__(self, missing: tuple[str, ...] = (), odd: tuple[str, ...] = ()) -> None:
        self._missing, self._odd = missing, odd

    def at(self, line: int, name: str) -> Named:
        module, _, short = name.rpartition(".")
        spelled = Spelled(short, name, module, short if module else "")
        known = name not in self._missing
        return Named(name, spelled, known, name not in self._odd, name.startswith("app."))

    def type_of(self, name: str) -> str:
        return name


def catches(clause: str, raised: str) -> bool:
    """Whether a class is the other one, or a base of it."""
    while raised != clause and raised in BASES:
        raised = BASES[raised]
    return raised == clause or clause == "Exception"


def case_of(
    text: str,
    known: Suggestion,
    rows: tuple[Translation, ...] = (),
    names: Naming | None = None,
    kinds: tuple[Kind, ...] = (),
) -> FileCase:
    """The dedented text as a case in which `known` is the answer for its last broad clause."""
    config, text = Config(translate=rows), dedent(text)
    facts = facts_of(text, config)
    live = tuple(one for one in apply(check(facts, config), facts, config).findings if one.suppressed is None)
    judged = {one.handler.span.line: one for one in judge_file(facts, config)}
    line = max(line for line, one in judged.items() if one.verdict.broad)
    return FileCase(
        PATH,
        live,
        judged,
        {line: replace(known, path=PATH, line=line)},
        catches=catches,
        config=config,
        request=FixRequest(kinds=kinds),
        naming=names or Names(),
    )
