"""What can be asked? One function a command; introduces the rooms to each other, decides nothing.

The rooms are imported inside the functions, so that each command pays only for what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.model.doctoring import DoctorResult
from broadcatch.model.escaping import Asked
from broadcatch.model.facts import Failure
from broadcatch.model.fixing import FixRequest
from broadcatch.model.progress import ProgressResult
from broadcatch.model.reporting import PLAIN_REPORT, ReportRequest
from broadcatch.model.results import (
    EVERYTHING,
    BaselineRequest,
    BaselineResult,
    CacheInfo,
    CheckResult,
    Choose,
    ExplainResult,
    FixResult,
    LandsResult,
    Only,
    RaisesResult,
    ReportResult,
    RuleInfo,
    SuggestResult,
    Target,
)

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
    only: Only = EVERYTHING,
) -> CheckResult:
    """All findings in the files below `paths`, with their fixes if asked for (that costs a parse a file).

    With `suggestions` those about breadth name the first types to catch instead; `only` narrows down to what
    has changed. Raises PathError for a path that does not exist, and BroadcatchError where the baseline or
    git cannot be asked. Those that are left to Ruff are notes.
    """
    from broadcatch.runs.seeing import seen

    saw = seen(paths, only, config, progress)
    parts = saw.parts
    if fixes:
        from broadcatch.mend.fixes import all_fixed

        parts = list(all_fixed(list(zip(saw.found.facts, parts, strict=True)), config, saw.texts))
    if suggestions:
        from broadcatch.runs.telling import all_told

        parts = all_told(list(zip(saw.found.facts, parts, strict=True)), paths, config, progress)
    return saw.result(parts)


def check_source(source: bytes, filename: str, config: Config, fixes: bool = False) -> CheckResult:
    """All findings in one text that stands for `filename`, whatever lies there."""
    from broadcatch.runs.beside import beside
    from broadcatch.runs.checking import checked
    from broadcatch.runs.texts import gather_text

    facts = gather_text(source, filename, config)
    if isinstance(facts, Failure):
        return CheckResult((), (facts,))
    findings = beside(checked(facts, config), config, {facts.path: source})
    if config.baseline:
        from broadcatch.runs.seeing import against_baseline

        findings = against_baseline([facts], [findings], (filename,), config)[0][0]
    if fixes:
        from broadcatch.mend.fixes import fixed

        findings = fixed(facts, findings, config, source)
    return CheckResult(tuple(findings), files=1, lines=facts.lines)


def explain(targets: Sequence[Target], config: Config) -> ExplainResult:
    """Why the places that `targets` name are reported or left alone.

    Raises PathError, and BroadcatchError for a line at which there is nothing to explain.
    """
    from broadcatch.runs.checking import findings
    from broadcatch.runs.explain import explain_all
    from broadcatch.runs.gather import gather
    from broadcatch.runs.meant import explained

    # Handlers of specific classes can be asked about too, whatever `check` reads.
    deep = replace(config, typed=True, cache=False)
    told = explain_all(targets, config, lambda path: gather((path,), deep), explained, findings)
    return ExplainResult(tuple(told))


def report(
    paths: Sequence[str],
    config: Config,
    progress: Progress | None = None,
    request: ReportRequest = PLAIN_REPORT,
) -> ReportResult:
    """Files and broad handlers below `paths`, riskiest first, and what `request` asks for beside them.

    Raises PathError, and BroadcatchError where git cannot answer.
    """
    from broadcatch.runs.gather import gather
    from broadcatch.runs.ranking import ranking

    found = gather(paths, config, progress)
    reaching = None
    if request.reach:
        from broadcatch.runs.reaching import reached

        reaching = partial(reached, paths=paths, config=config)
    files, handlers = ranking(found.facts, config, reaching=reaching)
    result = ReportResult(files, handlers, found.failures, found.skipped)
    if request == PLAIN_REPORT:
        return result
    from broadcatch.mend.offered import offered
    from broadcatch.runs.reporting import RankedFiles, beside

    rewrites = offered(paths, handlers[: request.top], config, progress) if request.suggestions else {}
    ranked = RankedFiles(paths, config, found.facts, (files, handlers))
    return replace(result, beside=beside(ranked, request, rewrites, progress))


def suggest(targets: Sequence[Target], config: Config, progress: Progress | None = None) -> SuggestResult:
    """What each broad handler in `targets` could catch instead. Raises PathError."""
    from broadcatch.judge.verdict import judge_file
    from broadcatch.runs.asking import engine_of
    from broadcatch.runs.gather import gather
    from broadcatch.runs.meant import meant
    from broadcatch.runs.suggesting import suggestions_for

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
    from broadcatch.runs.asking import what_raises

    return what_raises(targets, config, progress)


def lands(
    targets: Sequence[Asked], config: Config, types: Sequence[str] = (), progress: Progress | None = None
) -> LandsResult:
    """Where an exception that leaves each function lands: those of `types`, else all that it can raise.

    Raises BroadcatchError for a target that means no function, and for a type that is no exception.
    """
    from broadcatch.runs.asking import where_lands

    return where_lands(targets, config, types, progress)


def fix(
    targets: Sequence[Target],
    config: Config,
    request: FixRequest,
    progress: Progress | None = None,
    choose: Choose | None = None,
) -> FixResult:
    """The rewrites for `targets`, applied to the files if the request says so. Raises PathError.

    `choose` is asked about one rewrite after the other.
    """
    from broadcatch.mend.run import fix as run

    return run(targets, config, request, progress, choose)


def baseline_write(
    paths: Sequence[str], config: Config, request: BaselineRequest, progress: Progress | None = None
) -> BaselineResult:
    """Record what is there; see `runs/recording.py`. Raises PathError and BroadcatchError."""
    from broadcatch.runs.recording import write

    return write(paths, config, request, progress)


def baseline_prune(paths: Sequence[str], config: Config, progress: Progress | None = None) -> BaselineResult:
    """Take out of the baseline what is not there any more. Raises PathError and BroadcatchError."""
    from broadcatch.runs.recording import prune

    return prune(paths, config, progress)


def baseline_show(config: Config) -> BaselineResult:
    """What the baseline of the working directory's project holds. Raises BroadcatchError."""
    from broadcatch.gate.shelf import read_entries
    from broadcatch.runs.baselining import place_of
    from broadcatch.source.paths import display

    file = place_of((), config)
    return BaselineResult(display(file), read_entries(file))


def progress(
    paths: Sequence[str], since: str, config: Config, progress: Progress | None = None
) -> ProgressResult:
    """What became of the handlers since a revision, or since the baseline (""). Raises BroadcatchError."""
    from broadcatch.runs.progressing import progress as run

    return run(paths, since, config, progress)


def doctor(
    paths: Sequence[str], config: Config, write: bool = False, progress: Progress | None = None
) -> DoctorResult:
    """Who reports what below `paths`, and the configuration that would fit; `write` adds it to the files.

    Raises PathError, and BroadcatchError for a file that cannot be written.
    """
    from broadcatch.runs.doctoring import doctor as run

    return run(paths, config, write, progress)


def rule(code: str | None = None) -> tuple[RuleInfo, ...]:
    """The catalogue by code; with `code` (a code or a name) that rule alone. Raises BroadcatchError."""
    from broadcatch.lint.described import catalogue

    return catalogue(code)


def cache_info(config: Config) -> CacheInfo:
    """Where the cache of the working directory's project lies and what it holds."""
    from broadcatch.cache.store import info
    from broadcatch.runs.gather import cache_of

    found = info(cache_of((), config))
    return CacheInfo(found.folder, found.entries, found.size)


def cache_clear(config: Config) -> int:
    """Remove the cache of the working directory's project; returns how many entries went."""
    from broadcatch.cache.store import clear
    from broadcatch.runs.gather import cache_of

    return clear(cache_of((), config)).entries


def source_lines(path: str) -> Sequence[str]:
    """The lines of a file for showing them, () where it cannot be read."""
    from broadcatch.source.lines import split
    from broadcatch.source.read import Text, read

    source = read(path)
    return [line.rstrip("\r\n") for line in split(source.text)] if isinstance(source, Text) else ()


def _plain(value: object) -> object:
    """Lists are what a configuration file would give."""
    return list(value) if isinstance(value, tuple) else value


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")
