"""`broadcatch doctor`: who reports what here, and how should this repository be set up?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session


@click.command("doctor")
@options.paths()
@click.option("--write", is_flag=True, help="Add the configuration to the files, where that is safe.")
@options.SELECTION
@options.DISCOVERY
@options.output_format("text", "json")
@options.VOICE
@click.pass_obj
def command(session: Session, /, paths: tuple[str, ...], write: bool, **given: Any) -> int:
    """Say what Ruff and broadcatch report, which suppressions are wrong, and which configuration fits."""
    request = Request.of(given)
    wanted = paths or (".",)
    config = session.configure(wanted, request)
    with Bar(not request.quiet) as bar:
        result = session.api.doctor(wanted, config, write, bar)
    emit.tell(result.failures, result.skipped, request)
    if request.output_format == "json":
        from broadcatch.output import doctor_json

        emit.deliver(doctor_json.render(result), request)
    else:
        from broadcatch.output import doctor_text

        emit.deliver(doctor_text.render(result, emit.view(request)), request)
    return exits.CLEAN
