"""What stands in this file, as a baseline remembers it? Facts and findings in, one standing a place out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from broadcatch.config.options import Config
from broadcatch.judge.stakes import money_moved, working_calls, write_lost
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.model.baseline import Entry, Standing
from broadcatch.model.facts import FileFacts, Handler, Print
from broadcatch.model.findings import Finding

FAILING = frozenset({"warning", "error"})
"""The severities that are remembered: a note never fails a run."""


def is_live(finding: Finding) -> bool:
    """Whether a finding is one that a baseline is for: it can fail a run, and nobody has silenced it."""
    return finding.suppressed is None and finding.severity in FAILING


def standings(facts: FileFacts, findings: Sequence[Finding], config: Config) -> tuple[Standing, ...]:
    """All handlers of a file, and the places without a clause that have findings, in the order of the text.

    A handler stands there without findings too, so that it is not taken for another one that has some.
    """
    if not (findings or facts.handlers):
        return ()
    places = _Places({one.line: one for one in facts.prints}, findings)
    made = [*places.handlers(facts, config), *places.apart(facts)]
    return tuple(_numbered(sorted(made, key=lambda one: (one.line, one.entry.clause))))


@dataclass(slots=True)
class _Places:
    """The prints of a file by line, and its findings."""

    prints: Mapping[int, Print]
    findings: Sequence[Finding]

    def handlers(self, facts: FileFacts, config: Config) -> Iterator[Standing]:
        """The handlers, each with what is found in it."""
        for judged in judge_file(facts, config):
            line = judged.handler.span.line
            mine = self._at(f"{facts.path}:{line}")
            known = self.prints.get(line)
            if known is None and not mine:
                continue  # this Python cannot parse the file, and there is nothing to remember
            entry = _remembered(facts.path, judged.handler.place.qualname, clause_of(judged.handler), mine)
            entry = replace(entry, outcome=judged.verdict.outcome, stakes=tuple(_stakes(judged)))
            yield Standing(_printed(entry, known), line, mine)

    def apart(self, facts: FileFacts) -> Iterator[Standing]:
        """The places of findings that belong to no handler."""
        handlers = {f"{facts.path}:{one.span.line}" for one in facts.handlers}
        for place in dict.fromkeys(one.handler for one in self.findings):
            if place in handlers:
                continue
            mine = self._at(place)
            first = mine[0]
            entry = _remembered(facts.path, first.function, min(one.code for one in mine), mine)
            known = self.prints.get(first.span.line)
            yield Standing(_printed(replace(entry, outcome=first.outcome), known), first.span.line, mine)

    def _at(self, place: str) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.handler == place)


def clause_of(handler: Handler) -> str:
    """`except Exception`, `except (A, B)`, `except*`: the classes as written, without the name."""
    names = ", ".join(one.name for one in handler.caught)
    word = "except*" if handler.star else "except"
    return f"{word} ({names})" if len(handler.caught) > 1 else f"{word} {names}".rstrip()


def _remembered(path: str, scope: str, clause: str, findings: Sequence[Finding]) -> Entry:
    """An entry whose text is that of its first finding, until a better one is known."""
    codes = tuple(sorted({one.code for one in findings if is_live(one)}))
    text = findings[0].identity.text_hash if findings else ""
    return Entry(path, scope, clause, text, codes=codes)


def _printed(entry: Entry, known: Print | None) -> Entry:
    return entry if known is None else replace(entry, text=known.text, words=known.words)


def _stakes(judged: Judged) -> Iterator[str]:
    handler = judged.handler
    commits = (one.name for one in working_calls(handler) if one.name.rpartition(".")[2] == "commit")
    for name, found in (
        ("money", money_moved(handler)),
        ("write", write_lost(handler) or next(commits, "")),
    ):
        if found:
            yield f"{name}: {found}"


def _numbered(made: Iterable[Standing]) -> Iterator[Standing]:
    """The places with their number in their scope."""
    seen: Counter[str] = Counter()
    for one in made:
        yield replace(one, entry=replace(one.entry, ordinal=seen[one.entry.scope]))
        seen[one.entry.scope] += 1
