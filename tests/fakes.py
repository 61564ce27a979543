"""An api that answers what it was told to, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from broadcatch.cli.session import Progress
from broadcatch.config.options import Config
from broadcatch.errors import BroadcatchError
from broadcatch.model.doctoring import DoctorResult, RuffHere, Shares
from broadcatch.model.escaping import Asked
from broadcatch.model.fixing import FixRequest
from broadcatch.model.progress import ProgressResult
from broadcatch.model.reporting import PLAIN_REPORT, ReportRequest
from broadcatch.model.results import (
    EVERYTHING,
    BaselineRequest,
    BaselineResult,
    CacheInfo,
    CheckResult,
    Choice,
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
from tests.samples import SOURCE, rule_info


@dataclass
class FakeApi:
    """Every answer is a field; `asked` holds the arguments of each call by name; `error` is raised by all."""

    config: Config = field(default_factory=Config)
    checked: CheckResult = field(default_factory=lambda: CheckResult(()))
    explained: ExplainResult = field(default_factory=lambda: ExplainResult(()))
    reported: ReportResult = field(default_factory=lambda: ReportResult((), ()))
    suggested: SuggestResult = field(default_factory=lambda: SuggestResult(()))
    recorded: BaselineResult = field(default_factory=lambda: BaselineResult(".broadcatch-baseline.json", ()))
    progressed: ProgressResult = field(default_factory=lambda: ProgressResult("HEAD~1", ()))
    fixed: FixResult = field(default_factory=lambda: FixResult(()))
    choices: Sequence[Choice] = ()
    error: BaseException | None = None
    asked: dict[str, Any] = field(default_factory=dict)

    def configure(
        self, paths: Sequence[str], config_file: str | None, isolated: bool, given: Mapping[str, object]
    ) -> Config:
        self.asked["configure"] = (tuple(paths), config_file, isolated, dict(given))
        known = {name: value for name, value in given.items() if hasattr(self.config, name)}
        return replace(self.config, **known)

    def check(
        self,
        paths: Sequence[str],
        config: Config,
        progress: Progress | None = None,
        fixes: bool = False,
        suggestions: bool = False,
        only: Only = EVERYTHING,
    ) -> CheckResult:
        self._note("check", tuple(paths))
        self._note("only", only)
        return self.checked

    def check_source(self, source: bytes, filename: str, config: Config, fixes: bool = False) -> CheckResult:
        self._note("check_source", (source, filename))
        return self.checked

    def explain(self, targets: Sequence[Target], config: Config) -> ExplainResult:
        self._note("explain", tuple(targets))
        return self.explained

    def report(
        self,
        paths: Sequence[str],
        config: Config,
        progress: Progress | None = None,
        request: ReportRequest = PLAIN_REPORT,
    ) -> ReportResult:
        self._note("report", tuple(paths))
        self._note("report request", request)
        return self.reported

    def suggest(
        self, targets: Sequence[Target], config: Config, progress: Progress | None = None
    ) -> SuggestResult:
        self._note("suggest", tuple(targets))
        return self.suggested

    def raises(
        self, targets: Sequence[Asked], config: Config, progress: Progress | None = None
    ) -> RaisesResult:
        self._note("raises", tuple(targets))
        return RaisesResult(())

    def lands(
        self,
        targets: Sequence[Asked],
        config: Config,
        types: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> LandsResult:
        self._note("lands", (tuple(targets), tuple(types)))
        return LandsResult(())

    def fix(
        self,
        targets: Sequence[Target],
        config: Config,
        request: FixRequest,
        progress: Progress | None = None,
        choose: Choose | None = None,
    ) -> FixResult:
        self._note("fix", (tuple(targets), request.write, request.unsafe))
        self.asked["fix request"] = request
        if choose is not None:
            self.asked["fix answers"] = [choose(one) for one in self.choices]
        return self.fixed

    def baseline_write(
        self,
        paths: Sequence[str],
        config: Config,
        request: BaselineRequest,
        progress: Progress | None = None,
    ) -> BaselineResult:
        self._note("baseline_write", (tuple(paths), request))
        return self.recorded

    def baseline_prune(
        self, paths: Sequence[str], config: Config, progress: Progress | None = None
    ) -> BaselineResult:
        self._note("baseline_prune", tuple(paths))
        return self.recorded

    def baseline_show(self, config: Config) -> BaselineResult:
        self._note("baseline_show", ())
        return self.recorded

    def progress(
        self, paths: Sequence[str], since: str, config: Config, progress: Progress | None = None
    ) -> ProgressResult:
        self._note("progress", (tuple(paths), since))
        return self.progressed

    def doctor(
        self, paths: Sequence[str], config: Config, write: bool = False, progress: Progress | None = None
    ) -> DoctorResult:
        self._note("doctor", (tuple(paths), write))
        return DoctorResult(RuffHere(), Shares())

    def rule(self, code: str | None = None) -> tuple[RuleInfo, ...]:
        self._note("rule", code)
        rules = tuple(rule for rule in (rule_info(), rule_info("BC301")) if code in (None, rule.code))
        if not rules:
            raise BroadcatchError(f"no rule {code!r}")
        return rules

    def cache_info(self, config: Config) -> CacheInfo:
        return CacheInfo("/project/.broadcatch_cache", 3, 2048)

    def cache_clear(self, config: Config) -> int:
        return 3

    def source_lines(self, path: str) -> Sequence[str]:
        return SOURCE.splitlines()

    def _note(self, name: str, arguments: object) -> None:
        self.asked[name] = arguments
        if self.error is not None:
            raise self.error
