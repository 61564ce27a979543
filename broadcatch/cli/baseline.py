"""`broadcatch baseline`: what is there already, and may only shrink?"""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.group import show_help
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session
from broadcatch.config import clock
from broadcatch.model.results import BaselineRequest

_DATE = click.option(
    "--date", "today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.", metavar="DATE"
)


@click.group("baseline", invoke_without_command=True)
@click.pass_context
def command(context: click.Context, /) -> None:
    """Record the findings that are there, so that only new ones fail `check`."""
    show_help(context)


@command.command("write")
@options.paths()
@options.BASELINE
@click.option("--add", is_flag=True, help="Add what an existing baseline does not cover.")
@click.option("--reason", default="", metavar="TEXT", help="Why the added entries are accepted.")
@click.option("--owner", default="", metavar="NAME", help="Who looks after the added entries.")
@_DATE
@options.DISCOVERY
@options.VOICE
@click.pass_obj
def write(
    session: Session, /, paths: tuple[str, ...], add: bool, reason: str, owner: str, today: Any, **given: Any
) -> int:
    """Record what is there.

    An existing baseline is pruned; it never grows without --add. Exit code: 0 written, 1 refused because it
    would grow, 2 the run itself failed.
    """
    from broadcatch.output import baseline_text

    request = Request.of(given)
    wanted = paths or (".",)
    config = session.configure(wanted, request)
    asked = BaselineRequest(add, _day(today).isoformat(), reason, owner)
    with Bar(not request.quiet) as bar:
        result = session.api.baseline_write(wanted, config, asked, bar)
    emit.tell(result.failures, result.skipped, request)
    emit.deliver(baseline_text.render_written(result, bool(config.baseline), request.verbose), request)
    return exits.REPORTED if result.refused else exits.CLEAN


@command.command("prune")
@options.paths()
@options.BASELINE
@options.DISCOVERY
@options.VOICE
@click.pass_obj
def prune(session: Session, /, paths: tuple[str, ...], **given: Any) -> int:
    """Take out what is gone or fixed, and lower what has become better."""
    from broadcatch.output import baseline_text

    request = Request.of(given)
    wanted = paths or (".",)
    config = session.configure(wanted, request)
    with Bar(not request.quiet) as bar:
        result = session.api.baseline_prune(wanted, config, bar)
    emit.tell(result.failures, result.skipped, request)
    emit.deliver(baseline_text.render_pruned(result, request.verbose), request)
    return exits.CLEAN


@command.command("show")
@options.BASELINE
@_DATE
@options.CONFIGURATION
@options.output_format("text", "json")
@options.VOICE
@click.pass_obj
def show(session: Session, /, today: Any, **given: Any) -> int:
    """Count what the baseline holds by rule, tier and age."""
    from broadcatch.output import baseline_json, baseline_text

    request = Request.of(given)
    result = session.api.baseline_show(session.configure((".",), request))
    render = baseline_json.render if request.output_format == "json" else baseline_text.render_shown
    emit.deliver(render(result, _day(today)), request)
    return exits.CLEAN


def _day(given: Any) -> date:
    """The day that was given, else the one that the environment or the clock names."""
    return date.fromisoformat(clock.today()) if given is None else date(given.year, given.month, given.day)
