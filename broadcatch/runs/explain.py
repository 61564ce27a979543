"""Why is this place reported, or left alone? Asks the rules, the zones and the suppressions themselves.

Nothing is decided here: what is reported is what `check` reports, and why a rule is silent is what the
rule answers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from broadcatch.config.options import Config
from broadcatch.config.selectors import is_selected
from broadcatch.errors import BroadcatchError
from broadcatch.flow.walk import nodes_in
from broadcatch.judge.meaning import ConfiguredMeaning, is_logging
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.lint.catalogue import all_rules
from broadcatch.lint.ruff import handler_rows, raise_rows
from broadcatch.lint.wording import path_words
from broadcatch.model.explaining import (
    Catch,
    Explanation,
    HandlerStory,
    RuffSaid,
    Said,
    Stake,
    Way,
)
from broadcatch.model.facts import Failure, FileFacts, Handler
from broadcatch.model.findings import Finding
from broadcatch.model.flow import Assign
from broadcatch.model.results import Target

Check = Callable[[FileFacts, Config], Sequence[Finding]]
"""What `check` finds in one file, suppressed findings included."""


Meant = Callable[[int, Sequence[Judged]], Sequence[Judged]]
"""Which handlers a line stands for."""


class Read(Protocol):
    """The files that were read, and those that could not be."""

    @property
    def facts(self) -> tuple[FileFacts, ...]: ...

    @property
    def failures(self) -> tuple[Failure, ...]: ...


def explain_all(
    targets: Iterable[Target], config: Config, read: Callable[[str], Read], meant: Meant, check: Check
) -> Iterator[Explanation]:
    """What there is to say of each target. Raises BroadcatchError where there is nothing."""
    for target in targets:
        if target.line is None or os.path.isdir(target.path):
            raise BroadcatchError(f"{target.path}: --explain needs a line of a file: PATH:LINE")
        found = read(target.path)
        for failure in found.failures:
            raise BroadcatchError(f"{failure.path}: {failure.stage} error: {failure.message}")
        told = [one for facts in found.facts for one in _at(target.line, facts, config, meant, check)]
        if not told:
            place = f"{target.path}:{target.line}"
            raise BroadcatchError(f"{place}: there is no try, handler or finding at this line")
        yield from told


def _at(line: int, facts: FileFacts, config: Config, meant: Meant, check: Check) -> list[Explanation]:
    """A finding of its own at the line, and the handler there; else the handlers around it."""
    handlers = meant(line, judge_file(facts, config))
    apart = explain_apart(line, facts, config, check)
    if apart is None:
        return [explain(one, facts, config, check) for one in handlers]
    here = [one for one in handlers if one.handler.span.line == line]
    return [apart, *(explain(one, facts, config, check) for one in here)]


def explain(one: Judged, facts: FileFacts, config: Config, check: Check) -> Explanation:
    """Everything that is known of one handler of the file."""
    line = one.handler.span.line
    spoken = _spoken(facts, config, check, lambda found: _is_of(found, facts.path, line))
    silent = (
        Said(rule.code, rule.name, "silent", rule.excuse(one, facts, config))
        for rule in all_rules()
        if rule.code not in {said.code for said, _ in spoken}
    )
    rules = sorted((*(said for said, _ in spoken), *silent), key=lambda said: said.code)
    story = _story(one, config)
    function = one.handler.place.qualname
    return Explanation(facts.path, line, function, tuple(rules), tuple(_ruff(one, facts, spoken)), story)


def explain_apart(line: int, facts: FileFacts, config: Config, check: Check) -> Explanation | None:
    """What is said of a line without a handler; None where nothing is."""
    clauses = {handler.span.line for handler in facts.handlers}
    spoken = _spoken(
        facts,
        config,
        check,
        lambda found: (
            found.span.line <= line <= found.span.end_line
            and not any(_is_of(found, facts.path, clause) for clause in clauses)
        ),
    )
    if not spoken:
        return None
    function = spoken[0][1].function
    return Explanation(facts.path, line, function, tuple(said for said, _ in spoken))


def _is_of(found: Finding, path: str, line: int) -> bool:
    return found.handler == f"{path}:{line}"


Spoken = list[tuple[Said, Finding]]


def _spoken(facts: FileFacts, config: Config, check: Check, wanted: Callable[[Finding], bool]) -> Spoken:
    """The findings of the wanted place, those of rules that are off among them."""
    everything = replace(config, select=("BC",), extend_select=(), ignore=())
    found = [one for one in check(facts, everything) if wanted(one)]
    return [(_said(one, facts, config, check), one) for one in found]


def _said(found: Finding, facts: FileFacts, config: Config, check: Check) -> Said:
    said = Said(found.code, found.name, "reported", found.message, found.severity)
    if not is_selected(found.code, config):
        return replace(said, status="off", because="the rule is not selected")
    if found.suppressed is None:
        return said
    reason = f" ({found.suppressed.reason})" if found.suppressed.reason else ""
    line = _comment_line(found, facts, config, check)
    return replace(said, status="suppressed", because=found.suppressed.by + reason, line=line)


def _comment_line(found: Finding, facts: FileFacts, config: Config, check: Check) -> int:
    """The line of the comment that silences a finding alone; 0 where none does."""
    bare = replace(config, select=(found.code,), extend_select=(), ignore=(), per_file_ignores={})
    for comment in facts.comments:
        alone = check(replace(facts, comments=(comment,)), bare)
        if any(one.suppressed and one.identity == found.identity for one in alone):
            return comment.line
    return 0


def _ruff(one: Judged, facts: FileFacts, spoken: Spoken) -> Iterator[RuffSaid]:
    """Ruff's verdict on the handler and its raises, each with the finding of ours that holds it."""
    for row in dict.fromkeys((*handler_rows(one.handler, facts.module), *raise_rows(one.handler))):
        holder = next((found for _, found in spoken if row in found.ruff), None)
        if holder is None:
            yield RuffSaid(row.code, row.row)
        else:
            yield RuffSaid(row.code, row.row, holder.code, holder.severity)


def _story(one: Judged, config: Config) -> HandlerStory:
    handler, verdict = one.handler, one.verdict
    ways = tuple(Way(path, path_words(path), path == verdict.worst) for path in verdict.paths)
    return HandlerStory(
        handler.span,
        handler.try_line,
        tuple(_catches(handler, ConfiguredMeaning(config))),
        ways,
        verdict.zone,
        verdict.zone_reason,
        verdict.logging,
        verdict.logging_reason,
        tuple(_stakes(handler)),
    )


def _catches(handler: Handler, meaning: ConfiguredMeaning) -> Iterator[Catch]:
    if handler.bare:
        yield Catch("", "", True, "a clause without a class takes everything, Ctrl-C and exits too")
    for one in handler.caught:
        why = meaning.why_broad(one)
        specific = "specific" if one.qualified else "taken for specific: the name is not resolved here"
        yield Catch(one.name, one.qualified, bool(why), why or specific, one.via)


def _stakes(handler: Handler) -> Iterable[Stake]:
    """What the try body calls, log records aside, and what it sets beyond local names; each once."""
    found: dict[tuple[str, str], Stake] = {}
    for node in nodes_in(handler.attempt):
        for call in getattr(node, "calls", ()):
            if call.name and not is_logging(call):
                found.setdefault(("call", call.name), Stake(call.line, "call", f"{call.name}()"))
        if isinstance(node, Assign):
            for target in node.targets:
                if "." in target or "[" in target:
                    found.setdefault(("write", target), Stake(node.line, "write", target))
    return found.values()
