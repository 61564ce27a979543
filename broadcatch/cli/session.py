"""What does a command work with? The functions of `api`, or others of the same shape in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from broadcatch.cli.options import Request
from broadcatch.cli.selectors import any_given, demand_rules
from broadcatch.config.options import Config
from broadcatch.model.doctoring import DoctorResult
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


class Progress(Protocol):
    """Told how many of how many files are done."""

    def __call__(self, done: int, total: int, /) -> None: ...


class Api(Protocol):
    """One function a command; `broadcatch.api` is one such thing."""

    def configure(
        self, paths: Sequence[str], config_file: str | None, isolated: bool, given: Mapping[str, object]
    ) -> Config: ...

    def check(
        self,
        paths: Sequence[str],
        config: Config,
        progress: Progress | None = None,
        fixes: bool = False,
        suggestions: bool = False,
        only: Only = EVERYTHING,
    ) -> CheckResult: ...

    def check_source(
        self, source: bytes, filename: str, config: Config, fixes: bool = False
    ) -> CheckResult: ...

    def explain(self, targets: Sequence[Target], config: Config) -> ExplainResult: ...

    def report(
        self,
        paths: Sequence[str],
        config: Config,
        progress: Progress | None = None,
        request: ReportRequest = PLAIN_REPORT,
    ) -> ReportResult: ...

    def suggest(
        self, targets: Sequence[Target], config: Config, progress: Progress | None = None
    ) -> SuggestResult: ...

    def fix(
        self,
        targets: Sequence[Target],
        config: Config,
        request: FixRequest,
        progress: Progress | None = None,
        choose: Choose | None = None,
    ) -> FixResult: ...

    def raises(
        self, targets: Sequence[Asked], config: Config, progress: Progress | None = None
    ) -> RaisesResult: ...

    def lands(
        self,
        targets: Sequence[Asked],
        config: Config,
        types: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> LandsResult: ...

    def baseline_write(
        self,
        paths: Sequence[str],
        config: Config,
        request: BaselineRequest,
        progress: Progress | None = None,
    ) -> BaselineResult: ...

    def baseline_prune(
        self, paths: Sequence[str], config: Config, progress: Progress | None = None
    ) -> BaselineResult: ...

    def baseline_show(self, config: Config) -> BaselineResult: ...

    def progress(
        self, paths: Sequence[str], since: str, config: Config, progress: Progress | None = None
    ) -> ProgressResult: ...

    def doctor(
        self, paths: Sequence[str], config: Config, write: bool = False, progress: Progress | None = None
    ) -> DoctorResult: ...

    def rule(self, code: str | None = None) -> tuple[RuleInfo, ...]: ...

    def cache_info(self, config: Config) -> CacheInfo: ...

    def cache_clear(self, config: Config) -> int: ...

    def source_lines(self, path: str) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Session:
    """What click hands to every command."""

    given_api: Api | None = None

    @property
    def api(self) -> Api:
        """The functions of the run; imported only when a command needs them."""
        if self.given_api is not None:
            return self.given_api
        import broadcatch.api

        return broadcatch.api

    def configure(self, paths: Sequence[str], request: Request) -> Config:
        """The configuration for a run over `paths`, with what the command line sets."""
        config = self.api.configure(paths, request.config, request.isolated, request.settings)
        if any_given(config):
            demand_rules(config, request.settings, self.api.rule())
        return config
