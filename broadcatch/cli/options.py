"""Which options do commands share, and what do they mean together?"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

SPELLINGS = {"full": "text", "json-lines": "jsonl"}
"""Ruff's names of our formats."""


@dataclass(frozen=True, slots=True)
class Request:
    """The shared options of one run; `settings` are the configuration keys that were given."""

    settings: Mapping[str, object]
    config: str | None = None
    isolated: bool = False
    output_format: str = "text"
    output: str | None = None
    quiet: bool = False
    verbose: bool = False
    color: str = "auto"

    @classmethod
    def of(cls, given: dict[str, Any], **settings: object) -> Request:
        """Sort what click parsed: `None`, () and unset switches are not given, so they set nothing."""
        own = {name: given.pop(name) for name in _OWN if name in given}
        given.pop("debug", None)
        merged = {**given, **settings}
        if merged.pop("no_cache", False):
            merged["cache"] = False
        for key in ("cache_dir", "python", "baseline"):
            if merged.get(key):
                merged[key] = os.path.abspath(str(merged[key]))
        return cls({key: value for key, value in merged.items() if value not in (None, ())}, **own)


_OWN = ("config", "isolated", "output_format", "output", "quiet", "verbose", "color")


def compose(*decorators: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Apply decorators so that help lists the options in the order written."""

    def apply(function: Command) -> Command:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


def _split(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """`--select A,B --select C` is A, B and C."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _our_name(_context: click.Context, _option: click.Parameter, value: str) -> str:
    return SPELLINGS.get(value, value)


def _named(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """An empty path is an unset variable of some script, and not the working directory."""
    if "" in values:
        raise click.UsageError("a path is empty")
    return values


def paths(metavar: str = "[PATH]...") -> Callable[[Command], Command]:
    """PATH…, or "." where none is given."""
    return click.argument("paths", nargs=-1, metavar=metavar, callback=_named)


def listing(name: str, metavar: str, text: str) -> Callable[[Command], Command]:
    """An option that takes comma-separated values, and may be repeated."""
    return click.option(name, multiple=True, callback=_split, metavar=metavar, help=text)


def output_format(*names: str) -> Callable[[Command], Command]:
    """`--output-format`, the first name being the default; Ruff's spellings are understood too."""
    others = [ruff for ruff, ours in SPELLINGS.items() if ours in names]
    return click.option(
        "--output-format",
        type=click.Choice([*names, *others]),
        callback=_our_name,
        default=names[0],
        show_default=True,
        metavar="|".join(names),
        help="How to print the result.",
    )


SELECTION = compose(
    listing("--select", "CODES", "Rules that are on: codes or prefixes, separated by commas."),
    listing("--ignore", "CODES", "Rules that are off."),
    listing("--extend-select", "CODES", "Rules that are on beside the selected ones."),
)
CONFIGURATION = compose(
    click.option("--config", metavar="FILE", help="A pyproject.toml or broadcatch.toml to use."),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
)
CACHE_DIR = click.option(
    "--cache-dir", envvar="BROADCATCH_CACHE_DIR", metavar="FOLDER", help="Where the cache lies."
)
DISCOVERY = compose(
    listing("--exclude", "PATTERNS", "Files and folders to leave out (gitignore syntax)."),
    CONFIGURATION,
    click.option(
        "--jobs", "-j", type=click.IntRange(min=0), metavar="N", help="Worker processes; 0 chooses."
    ),
    click.option("--no-cache", "-n", is_flag=True, help="Neither read nor write the cache."),
    CACHE_DIR,
)
OUTPUT = click.option(
    "--output", "--output-file", "-o", "output", metavar="FILE", help="Write the result here."
)
OUTPUTS = click.option(
    "--output",
    "--output-file",
    "-o",
    "outputs",
    multiple=True,
    metavar="[FORMAT:]FILE",
    help="Write the result here; with FORMAT: in that format, beside what is printed. May be repeated.",
)
COLOR = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="When to use colour."
)
DEBUG = click.option("--debug", is_flag=True, help="Show the traceback of an error.")
MANNER = compose(
    click.option("--quiet", "-q", is_flag=True, help="Print results only."),
    click.option("--verbose", "-v", is_flag=True, help="Print notes, names of skipped files, all reasons."),
    COLOR,
    DEBUG,
)
VOICE = compose(OUTPUT, MANNER)
BASELINE = click.option("--baseline", metavar="FILE", help="The baseline that findings are held against.")
PYTHON = click.option(
    "--python",
    metavar="PATH",
    help="Interpreter, virtual environment or site-packages folder whose packages are read.",
)
