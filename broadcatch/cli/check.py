"""`broadcatch check`: what is wrong?"""

from __future__ import annotations

import re
import sys
from typing import Any

import click

from broadcatch.cli import emit, exits, formats, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session
from broadcatch.cli.targets import targets
from broadcatch.config.options import Config
from broadcatch.model.results import CheckResult, Only, Target
from broadcatch.output.view import SourceLines

STDIN = "-"
_LINE_END = re.compile(r"\r\n?|\n")
"""What ends a line of Python; str.splitlines() knows more."""


@click.command("check")
@options.paths()
@options.SELECTION
@options.DISCOVERY
@options.output_format(*formats.FORMATS)
@click.option(
    "--ruff",
    type=click.Choice(["defer", "both", "own"]),
    metavar="defer|both|own",
    help="What Ruff reports already: leave it to Ruff, report it too, or as if there were no Ruff.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even where something was found.")
@click.option(
    "--with-suggestions",
    "suggestions",
    is_flag=True,
    help="Name the first types that a broad handler could catch instead.",
)
@options.PYTHON
@options.BASELINE
@click.option("--ratchet", is_flag=True, help="Exit 1 also where the baseline says more than is there.")
@click.option("--changed-since", metavar="REV", help="Only what has changed since a revision of git.")
@click.option("--staged", is_flag=True, help="Only what is staged, as it stands in git's index.")
@click.option(
    "--deep", is_flag=True, help="With these two: also handlers that changes elsewhere let more errors reach."
)
@click.option("--stdin-filename", metavar="NAME", help="The path that code read from stdin (`-`) stands for.")
@click.option(
    "--explain",
    "places",
    multiple=True,
    metavar="PATH:LINE",
    help="Say why this handler or line is reported or left alone; may be repeated.",
)
@options.OUTPUTS
@options.MANNER
@click.pass_obj
def command(
    session: Session,
    /,
    paths: tuple[str, ...],
    statistics: bool,
    exit_zero: bool,
    suggestions: bool,
    stdin_filename: str | None,
    places: tuple[str, ...],
    outputs: tuple[str, ...],
    ratchet: bool,
    **given: Any,
) -> int:
    """Find exceptions that are caught too broadly.

    Exit code: 0 nothing to report, 1 findings or unreadable files, 2 the run itself failed.
    """
    only = _only(given)
    request = Request.of(given)
    if places:
        if paths or statistics or suggestions or only or stdin_filename is not None:
            raise click.UsageError("--explain stands alone: without PATH and without options of `check`")
        return _explain(session, formats.readers(request, outputs), targets(places))
    wanted = formats.readers(request, outputs)
    fixes = any(one.output_format in formats.WITH_FIXES for one in wanted)
    if _reads_stdin(paths, stdin_filename):
        if suggestions or only:
            raise click.UsageError("--with-suggestions, --changed-since and --staged need files, not stdin")
        config, result, source = _check_stdin(session, request, stdin_filename, fixes)
    else:
        config, result, source = _check_paths(session, request, paths, fixes, suggestions, only)
    emit.tell(result.failures, result.skipped, request)
    for note in () if request.quiet else result.notes:
        emit.remark(f"{note}\n")
    for one in wanted:
        formats.deliver(session, result, one, statistics, source)
    _tell_stale(result, request, config, ratchet)
    return exits.after_check(result, config.fail_on, exit_zero, ratchet)


def _only(given: dict[str, Any]) -> Only:
    """What the check is narrowed down to; these options are no settings."""
    changed_since, staged, deep = given.pop("changed_since"), given.pop("staged"), given.pop("deep")
    if changed_since is not None and staged:
        raise click.UsageError("--changed-since and --staged exclude each other")
    if changed_since == "":
        raise click.UsageError("--changed-since: the revision is empty")
    if deep and not (changed_since or staged):
        raise click.UsageError("--deep compares two states: it needs --changed-since REV or --staged")
    return Only(changed_since or "", staged, deep)


def _tell_stale(result: CheckResult, request: Request, config: Config, ratchet: bool) -> None:
    if ratchet and not config.baseline:
        raise click.UsageError("--ratchet needs a baseline: --baseline FILE, or the key `baseline`")
    if result.stale and (ratchet or not request.quiet):
        from broadcatch.output import baseline_text

        emit.remark(baseline_text.render_stale(result.stale, ratchet or request.verbose))


def _explain(session: Session, readers: tuple[Request, ...], wanted: tuple[Target, ...]) -> int:
    request, *others = readers
    if others or request.output_format not in ("text", "json"):
        raise click.UsageError("--explain prints text or json, in one place")
    config = session.configure([one.path for one in wanted], request)
    result = session.api.explain(wanted, config)
    if request.output_format == "json":
        from broadcatch.output import explain_json

        emit.deliver(explain_json.render(result), request)
    else:
        from broadcatch.output import explain_text

        emit.deliver(explain_text.render(result, emit.view(request), session.api.source_lines), request)
    return exits.CLEAN


def _check_paths(
    session: Session, request: Request, paths: tuple[str, ...], fixes: bool, suggestions: bool, only: Only
) -> tuple[Config, CheckResult, SourceLines]:
    wanted = paths or (".",)
    config = session.configure(wanted, request)
    with Bar(not request.quiet) as bar:
        result = session.api.check(wanted, config, bar, fixes, suggestions, only)
    return config, result, session.api.source_lines


def _check_stdin(
    session: Session, request: Request, name: str | None, fixes: bool
) -> tuple[Config, CheckResult, SourceLines]:
    """The configuration is the one that a file called `name` would have."""
    text = sys.stdin.buffer.read()
    config = session.configure((name or ".",), request)
    lines = _LINE_END.split(text.decode("utf-8-sig", "replace"))
    result = session.api.check_source(text, name or STDIN, config, fixes)
    return config, result, lambda _path: lines


def _reads_stdin(paths: tuple[str, ...], stdin_filename: str | None) -> bool:
    if STDIN in paths and len(paths) > 1:
        raise click.UsageError("'-' (stdin) cannot stand beside other paths")
    if stdin_filename is not None and paths not in ((), (STDIN,)):
        raise click.UsageError("--stdin-filename needs '-' as the only path")
    return paths == (STDIN,) or stdin_filename is not None
