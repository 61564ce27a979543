"""What can be asked? One function a command; introduces the rooms to each other, decides nothing.

The rooms are imported inside the functions, so that each command pays only for what it needs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from broadcatch.config.options import Config
from broadcatch.errors import BroadcatchError
from broadcatch.model.escaping import Asked
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.model.findings import Finding
from broadcatch.model.ranking import FileRisk, HandlerRisk
from broadcatch.model.results import (
    CacheInfo,
    CheckResult,
    ExplainResult,
    FixResult,
    LandsResult,
    RaisesResult,
    ReportResult,
    RuleInfo,
    SuggestResult,
    Target,
)

if TYPE_CHECKING:
    from broadcatch.lint.rule import Rule
    from broadcatch.raises.escapes import Engine
    from broadcatch.rewrite.values import Wanted

Progress: TypeAlias = Callable[[int, int], None]
"""Told (done, total) as files are finished."""


def configure(
    paths: Sequence[str], config_file: str | None, isolated: bool, given: Mapping[str, object]
) -> Config:
    """The configuration for a run over `paths`: defaults < file < `given` (Config field names).

    Raises ConfigError for a wrong file, key or value.
    """
    from broadcatch.config.load import resolve
    from broadcatch.config.schema import checked

    values = {name: checked(name, _plain(value), _option(name)) for name, value in given.items()}
    file = None if config_file is None else Path(config_file)
    return resolve(Path(paths[0] if paths else "."), file, isolated, values)


def check(
    paths: Sequence[str],
    config: Config,
    progress: Progress | None = None,
    fixes: bool = False,
    suggestions: bool = False,
) -> CheckResult:
    """All findings in the files below `paths`, with their fixes if asked for (that costs a parse a file).

    With `suggestions` those about breadth name the first types to catch instead. Raises PathError for a path
    that does not exist.
    """
    from broadcatch.gather import gather

    found = gather(paths, config, progress)
    parts: Iterable[Sequence[Finding]] = [_checked(facts, config) for facts in found.facts]
    if fixes:
        from broadcatch.mend import all_fixed

        parts = all_fixed(list(zip(found.facts, parts, strict=True)), config)
    if suggestions:
        from broadcatch.telling import all_told

        parts = all_told(zip(found.facts, parts, strict=True), paths, config)
    findings = tuple(finding for part in parts for finding in part)
    return CheckResult(findings, found.failures, found.skipped, len(found.facts), found.lines)


def check_source(source: bytes, filename: str, config: Config, fixes: bool = False) -> CheckResult:
    """All findings in one text that stands for `filename`, whatever lies there."""
    from broadcatch.gather import gather_text

    facts = gather_text(source, filename, config)
    if isinstance(facts, Failure):
        return CheckResult((), (facts,))
    findings = _checked(facts, config)
    if fixes:
        from broadcatch.mend import fixed

        findings = fixed(facts, findings, config, source)
    return CheckResult(tuple(findings), files=1, lines=facts.lines)


def explain(targets: Sequence[Target], config: Config) -> ExplainResult:
    """Why the places that `targets` name are reported or left alone.

    Raises PathError, and BroadcatchError for a line at which there is nothing to explain.
    """
    from broadcatch.explain import explain_all
    from broadcatch.gather import gather
    from broadcatch.meant import explained

    # Handlers of specific classes can be asked about too, whatever `check` reads.
    deep = replace(config, typed=True, cache=False)
    told = explain_all(targets, config, lambda path: gather((path,), deep), explained, _findings)
    return ExplainResult(tuple(told))


def report(paths: Sequence[str], config: Config, progress: Progress | None = None) -> ReportResult:
    """Files and broad handlers below `paths`, riskiest first. Raises PathError."""
    from broadcatch.gather import gather

    found = gather(paths, config, progress)
    files, handlers = _ranking(found.facts, config)
    return ReportResult(files, handlers, found.failures, found.skipped)


def suggest(targets: Sequence[Target], config: Config, progress: Progress | None = None) -> SuggestResult:
    """What each broad handler in `targets` could catch instead. Raises PathError."""
    from broadcatch.asking import engine_of
    from broadcatch.gather import gather
    from broadcatch.judge.verdict import judge_file
    from broadcatch.meant import meant
    from broadcatch.suggesting import suggestions_for

    found = gather([target.path for target in targets], config, progress)
    engine = engine_of([target.path for target in targets], config)
    suggestions = tuple(
        one
        for facts in found.facts
        for one in suggestions_for(facts, meant(facts.path, judge_file(facts, config), targets), engine)
    )
    engine.save()
    return SuggestResult(suggestions, found.failures, found.skipped)


def raises(targets: Sequence[Asked], config: Config, progress: Progress | None = None) -> RaisesResult:
    """What can come out of each place. Raises BroadcatchError for a target that means none."""
    from broadcatch.asking import what_raises

    return what_raises(targets, config, progress)


def lands(
    targets: Sequence[Asked], config: Config, types: Sequence[str] = (), progress: Progress | None = None
) -> LandsResult:
    """Where an exception that leaves each function lands: those of `types`, else all that it can raise.

    Raises BroadcatchError for a target that means no function, and for a type that is no exception.
    """
    from broadcatch.asking import where_lands

    return where_lands(targets, config, types, progress)


def fix(
    targets: Sequence[Target],
    config: Config,
    write: bool = False,
    unsafe: bool = False,
    progress: Progress | None = None,
) -> FixResult:
    """The rewrites for `targets`, applied to the files if `write`. Raises PathError."""
    from broadcatch.asking import engine_of
    from broadcatch.gather import gather
    from broadcatch.mend import joined, mend

    found = gather([target.path for target in targets], config, progress)
    engine = engine_of([target.path for target in targets], config)
    mended = joined(
        mend(facts.path, _wanted(facts, config, targets, engine), write, unsafe)
        for facts in found.facts
        if facts.handlers
    )
    engine.save()
    return replace(mended, failures=found.failures + mended.failures, skipped=found.skipped)


def rule(code: str | None = None) -> tuple[RuleInfo, ...]:
    """The catalogue by code; with `code` (a code or a name) that rule alone. Raises BroadcatchError."""
    from broadcatch.lint.catalogue import all_rules, find_rule

    if code is None:
        return tuple(_described(one) for one in all_rules())
    found = find_rule(code)
    if found is None:
        known = ", ".join(one.code for one in all_rules())
        raise BroadcatchError(f"there is no rule {code!r}; there are: {known}")
    return (_described(found),)


def cache_info(config: Config) -> CacheInfo:
    """Where the cache of the working directory's project lies and what it holds."""
    from broadcatch.cache.store import info
    from broadcatch.gather import cache_of

    found = info(cache_of((), config))
    return CacheInfo(found.folder, found.entries, found.size)


def cache_clear(config: Config) -> int:
    """Remove the cache of the working directory's project; returns how many entries went."""
    from broadcatch.cache.store import clear
    from broadcatch.gather import cache_of

    return clear(cache_of((), config)).entries


def source_lines(path: str) -> Sequence[str]:
    """The lines of a file for showing them, () where it cannot be read."""
    from broadcatch.source.lines import split
    from broadcatch.source.read import Text, read

    source = read(path)
    return [line.rstrip("\r\n") for line in split(source.text)] if isinstance(source, Text) else ()


def _described(rule: Rule) -> RuleInfo:
    doc = inspect.getdoc(rule) or ""
    ruff = tuple(code for code in (rule.twin, *rule.carries) if code)
    return RuleInfo(rule.code, rule.name, doc.partition("\n")[0], doc + "\n", ruff)


def _plain(value: object) -> object:
    """Lists are what a configuration file would give."""
    return list(value) if isinstance(value, tuple) else value


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _wanted(facts: FileFacts, config: Config, targets: Sequence[Target], engine: Engine) -> Sequence[Wanted]:
    from broadcatch.judge.verdict import judge_file
    from broadcatch.meant import meant
    from broadcatch.mend import wanted
    from broadcatch.suggesting import suggestions_for

    judged = judge_file(facts, config)
    asked_for = {one.handler.span.line for one in meant(facts.path, judged, targets)}
    findings = [one for one in _findings(facts, config) if _line(one) in asked_for]
    lines = {_line(one) for one in findings}
    asked = [one for one in judged if one.handler.span.line in lines]
    catches = engine.resolver.hierarchy.catches
    return wanted(findings, judged, suggestions_for(facts, asked, engine), catches)


def _line(finding: Finding) -> int:
    line = finding.handler.rpartition(":")[2]
    return int(line) if line.isdecimal() else finding.span.line


def _findings(facts: FileFacts, config: Config) -> Sequence[Finding]:
    """All rules about the code of one file, then the suppressions."""
    from broadcatch.gate.suppressions import apply
    from broadcatch.lint.check import check

    return apply(check(facts, config), facts, config).findings


def _checked(facts: FileFacts, config: Config) -> Sequence[Finding]:
    """As `_findings`, and what is to be said of the suppressions themselves."""
    from broadcatch.gate.suppressions import apply, apply_own
    from broadcatch.lint.check import check
    from broadcatch.lint.uses import check_uses

    if not (facts.handlers or facts.sites or facts.clauses or facts.comments):
        return ()  # as in most files
    gated = apply(check(facts, config), facts, config)
    about = check_uses(facts.path, gated.uses, config)
    if not about:
        return gated.findings
    every = (*gated.findings, *apply_own(about, facts, config))
    return sorted(every, key=lambda one: (one.span, one.code))


def _ranking(
    facts: Sequence[FileFacts], config: Config
) -> tuple[tuple[FileRisk, ...], tuple[HandlerRisk, ...]]:
    """Files and handlers by risk, riskiest first; suppressed handlers are marked."""
    from broadcatch.risk.rank import rank

    found = rank(facts, config, _silenced(one for each in facts for one in _findings(each, config)))
    return found.files, found.handlers


def _silenced(findings: Iterable[Finding]) -> frozenset[tuple[str, int]]:
    """Path and line of the handlers of which every finding is suppressed."""
    marked = [(one.suppressed is not None, (one.path, _line(one))) for one in findings]
    live = {place for silent, place in marked if not silent}
    return frozenset(place for silent, place in marked if silent and place not in live)
