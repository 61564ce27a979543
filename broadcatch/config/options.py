"""What can be configured? The one list of options, with their defaults.

Field names are the keys of `[tool.broadcatch]` with `_` for `-`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from broadcatch.model.findings import Severity
from broadcatch.model.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run may be told; immutable, made by applying partial values in order."""

    select: tuple[str, ...] = ("BC",)
    """Codes or prefixes that are on."""
    ignore: tuple[str, ...] = ()
    """Codes or prefixes that are off; wins over `select` where it is at least as specific."""
    exclude: tuple[str, ...] = ()
    """Patterns (gitignore syntax) that replace the default exclusions of folders."""
    extend_exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: Severity = "warning"
    typed: bool = False
    """BC3xx look at handlers of specific types too."""
    broad_exceptions: tuple[str, ...] = ()
    """Qualified names that count as broad beside Exception and BaseException."""
    error_sinks: tuple[str, ...] = ()
    """Qualified or dotted names of calls that record an error with its traceback."""
    exit_calls: tuple[str, ...] = ()
    """Qualified or dotted names of calls that never return."""
    severity: Mapping[Outcome, Severity] = field(default_factory=dict)
    """Severity by outcome, over the defaults."""
    respect_gitignore: bool = True
    jobs: int = 0
    """Worker processes; 0 chooses."""
    cache: bool = True
    cache_dir: str = ""
    python: str = ""
    """Interpreter, virtual environment or site-packages folder whose packages `suggest` reads."""

    root: str = ""
    """Folder of the configuration file (absolute, posix), which patterns are relative to; not a key."""
    source: str = ""
    """The configuration file itself, "" if there is none; not a key."""
