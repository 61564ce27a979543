"""`broadcatch progress`: what has been done, and what remains?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session


@click.command("progress")
@options.paths()
@click.option("--since", default="", metavar="REV", help="A revision of git; else it is the baseline.")
@options.BASELINE
@options.SELECTION
@options.DISCOVERY
@options.output_format("text", "json", "markdown")
@options.VOICE
@click.pass_obj
def command(session: Session, /, paths: tuple[str, ...], since: str, **given: Any) -> int:
    """Say what is fixed, new and remaining since a revision or the baseline."""
    request = Request.of(given)
    wanted = paths or (".",)
    config = session.configure(wanted, request)
    with Bar(not request.quiet) as bar:
        result = session.api.progress(wanted, since, config, bar)
    emit.tell(result.failures, result.skipped, request)
    if request.output_format == "json":
        from broadcatch.output import progress_json

        emit.deliver(progress_json.render(result), request)
    elif request.output_format == "markdown":
        from broadcatch.output import progress_markdown

        emit.deliver(progress_markdown.render(result), request)
    else:
        from broadcatch.output import progress_text

        emit.deliver(progress_text.render(result, emit.view(request)), request)
    return exits.CLEAN
