"""Short words for the tests of this folder: a text in, what `fix` makes of it without inference out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.gate.suppressions import apply
from broadcatch.judge.verdict import judge_file
from broadcatch.lint.check import check
from broadcatch.mend.case import FileCase
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import FileFacts
from broadcatch.model.fixing import FixRequest, Kind
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import Plan, Wanted
from broadcatch.source.comments import suppression_comments
from broadcatch.source.slices import Reading

PATH = "app/service.py"
_MARK = re.compile(r" *#[^#\n]*?(?:BC\d{3}\s*)+$", re.MULTILINE)


def facts_of(text: str, config: Config, path: str = PATH) -> FileFacts:
    """The facts of a text as `check` reads them."""
    reading = Reading(config.typed, config.broad_exceptions)
    return read_facts(text, path, reading=reading, comments=suppression_comments(text))


def asked(
    text: str, config: Config | None = None, path: str = PATH, kinds: Sequence[Kind] = ()
) -> tuple[Wanted, ...]:
    """What the live findings of a dedented text ask for, without suggestions."""
    config = config or Config()
    facts = facts_of(dedent(text), config, path)
    live = tuple(one for one in apply(check(facts, config), facts, config).findings if one.suppressed is None)
    judged = {one.handler.span.line: one for one in judge_file(facts, config)}
    request = FixRequest(kinds=tuple(kinds))
    return wanted(FileCase(path, live, judged, {}, config=config, request=request, sites=facts.sites))


def planned(text: str, kind: str = "", path: str = PATH) -> Plan:
    """The plan for a dedented text, of one kind of rewrite or of all."""
    return plan(dedent(text), path, [one for one in asked(text, path=path) if kind in ("", one.kind)])


def mended(text: str, kind: str = "", path: str = PATH) -> str:
    """The dedented text after the rewrites of one kind or of all, those only shown left out."""
    made = planned(text, kind, path)
    return carry_out(dedent(text), [one for one in made.rewrites if one.safety != "display"])


def unmarked(text: str) -> str:
    """The text of a fixture without the comments that say what is found in it."""
    return _MARK.sub("", text)
