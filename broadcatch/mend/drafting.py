"""Which rewrites do the findings of the files ask for? A draft a file, with what is known of its errors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.mend.again import Clause, Review
from broadcatch.mend.case import FileCase, clause_of, points_into
from broadcatch.mend.draft import Draft, drafted
from broadcatch.mend.knowledge import Knowledge
from broadcatch.mend.landing import Ways
from broadcatch.mend.wanted import wanted
from broadcatch.mend.wishes.translations import LOSSY
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Target
from broadcatch.pool import counted
from broadcatch.runs.checking import findings
from broadcatch.runs.gather import Progress
from broadcatch.runs.meant import is_asked, meant
from broadcatch.runs.texts import gather_text
from broadcatch.source.read import encode, read


def drafts_of(
    each: Sequence[tuple[FileFacts, Sequence[Finding]]],
    targets: Sequence[Target],
    config: Config,
    request: FixRequest,
    progress: Progress | None = None,
) -> Sequence[Draft | Failure]:
    """The drafts of all files with their findings (suppressed ones too); none where nothing is asked for.

    `progress` counts the files.
    """
    known = Knowledge([target.path for target in targets], config, request)
    made = list(_drafts(counted(each, progress), config, targets, known, request))
    known.save()
    return made


def _drafts(
    each: Iterable[tuple[FileFacts, Sequence[Finding]]],
    config: Config,
    targets: Sequence[Target],
    known: Knowledge,
    request: FixRequest,
) -> Iterator[Draft | Failure]:
    ways = Ways(lambda: known.engine, config, request)
    for facts, every in each:
        case = _case(facts, config, every, targets, known, request)
        asked = wanted(case)
        if asked:
            yield drafted(facts.path, asked, request, _review(case, every), ways.graded)


def _case(
    facts: FileFacts,
    config: Config,
    every: Sequence[Finding],
    targets: Sequence[Target],
    known: Knowledge,
    request: FixRequest,
) -> FileCase:
    judged = judge_file(facts, config)
    asked_for = {one.handler.span.line for one in meant(facts.path, judged, targets)}
    live = tuple(one for one in every if _is_meant(one, judged, asked_for, targets))
    lines = {clause_of(one) or one.span.line for one in live}
    named = _named(facts.path, every, asked_for, targets)
    suggestions = known.suggestions(facts, [one for one in judged if one.handler.span.line in lines | named])
    rows = lines - {one.handler.span.line for one in judged}
    guarded = known.guarded(facts, [one for one in facts.sites if one.span.line in rows])
    return FileCase(
        facts.path,
        live,
        {one.handler.span.line: one for one in judged},
        {one.line: one for one in (*guarded, *suggestions)},
        known.catches,
        config,
        request,
        frozenset(asked_for),
        known.naming(facts.path) if _needs_names(config, live, known) else None,
        named,
        partial(known.circles, facts.path),
        facts.sites,
        known.retries,
        partial(known.missing, facts.path),
    )


def _needs_names(config: Config, live: Sequence[Finding], known: Knowledge) -> bool:
    """Whether classes of the project may be asked for: by the mapping, or by a translation that is lossy."""
    return known.needed and bool(live) and (bool(config.translate) or any(one.code == LOSSY for one in live))


def _is_meant(
    one: Finding, judged: Sequence[Judged], asked_for: Collection[int], targets: Sequence[Target]
) -> bool:
    """Whether a finding is live and asked for: of a place without a clause a target must name its row."""
    if one.suppressed is not None:
        return False
    line = clause_of(one) or one.span.line
    if line in {each.handler.span.line for each in judged}:
        return line in asked_for
    return is_asked(one.path, one.span.line, targets)


def _named(
    path: str, every: Sequence[Finding], asked_for: Collection[int], targets: Sequence[Target]
) -> frozenset[int]:
    """The clauses that a target names by its line, but for those whose findings are silenced."""
    if not points_into(path, targets):
        return frozenset()
    return frozenset(asked_for) - {clause_of(one) for one in every if one.suppressed is not None}


def _review(case: FileCase, every: Sequence[Finding]) -> Review:
    handlers = [one.handler for one in case.judged.values()]
    clauses = tuple(Clause(one.span.line, one.end_line, one.try_line) for one in handlers)
    live = tuple(one for one in every if one.suppressed is None)
    return Review(live, clauses, partial(_found, path=case.path, config=case.config))


def _found(text: str, path: str, config: Config) -> Sequence[Finding] | Failure:
    """What is found in a text that stands for a file, in the file's encoding."""
    source = read(path)
    if isinstance(source, Failure):
        return source
    facts = gather_text(encode(source, text), path, config)
    return facts if isinstance(facts, Failure) else findings(facts, config)
