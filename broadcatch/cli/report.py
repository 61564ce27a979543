"""`broadcatch report`: what first?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session


@click.command("report")
@options.paths()
@options.SELECTION
@options.DISCOVERY
@options.output_format("table", "json")
@options.VOICE
@click.pass_obj
def command(session: Session, /, paths: tuple[str, ...], **given: Any) -> int:
    """Rank files and broad handlers by risk, with reasons."""
    request = Request.of(given)
    wanted = paths or (".",)
    config = session.configure(wanted, request)
    with Bar(not request.quiet) as bar:
        result = session.api.report(wanted, config, bar)
    emit.tell(result.failures, result.skipped, request)
    if request.output_format == "json":
        from broadcatch.output import report_json

        emit.deliver(report_json.render(result), request)
    else:
        from broadcatch.output import report_table

        emit.deliver(report_table.render(result, emit.view(request)), request)
    return exits.CLEAN
