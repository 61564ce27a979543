"""What can be asked? One function a command; introduces the rooms to each other, decides nothing.

The rooms are imported inside the functions, so that each command pays only for what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn, TypeAlias

from broadcatch.config.options import Config
from broadcatch.errors import BroadcatchError
from broadcatch.model.results import (
    CacheInfo,
    CheckResult,
    FixResult,
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
    _unwired("configure")


def check(paths: Sequence[str], config: Config, progress: Progress | None = None) -> CheckResult:
    """All findings in the files below `paths`. Raises PathError for a path that does not exist."""
    _unwired("check")


def check_source(source: bytes, filename: str, config: Config) -> CheckResult:
    """All findings in one text that stands for `filename`, without touching the disk."""
    _unwired("check")


def report(paths: Sequence[str], config: Config, progress: Progress | None = None) -> ReportResult:
    """Files and broad handlers below `paths`, riskiest first. Raises PathError."""
    _unwired("report")


def suggest(targets: Sequence[Target], config: Config, progress: Progress | None = None) -> SuggestResult:
    """What each broad handler in `targets` could catch instead. Raises PathError."""
    _unwired("suggest")


def fix(
    targets: Sequence[Target],
    config: Config,
    write: bool = False,
    unsafe: bool = False,
    progress: Progress | None = None,
) -> FixResult:
    """The rewrites for `targets`, applied to the files if `write`. Raises PathError."""
    _unwired("fix")


def rule(code: str | None = None) -> tuple[RuleInfo, ...]:
    """The catalogue by code; with `code` (a code or a name) that rule alone. Raises BroadcatchError."""
    _unwired("rule")


def cache_info(config: Config) -> CacheInfo:
    """Where the cache lies and what it holds."""
    _unwired("cache")


def cache_clear(config: Config) -> int:
    """Remove the cache; returns how many entries went."""
    _unwired("cache")


def source_lines(path: str) -> Sequence[str]:
    """The lines of a file for showing them, () where it cannot be read."""
    _unwired("check")


def _unwired(command: str) -> NoReturn:
    raise BroadcatchError(f"{command} is not connected to its rooms yet")
