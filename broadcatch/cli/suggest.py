"""`broadcatch suggest`: what to catch instead?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session
from broadcatch.cli.targets import targets


@click.command("suggest")
@options.paths("[PATH[:LINE]]...")
@options.SELECTION
@options.DISCOVERY
@options.PYTHON
@options.output_format("text", "json")
@options.VOICE
@click.pass_obj
def command(session: Session, /, paths: tuple[str, ...], **given: Any) -> int:
    """For each broad handler, say which exceptions its try body can raise, with evidence."""
    request = Request.of(given)
    wanted = targets(paths)
    config = session.configure([one.path for one in wanted], request)
    with Bar(not request.quiet) as bar:
        result = session.api.suggest(wanted, config, bar)
    emit.tell(result.failures, result.skipped, request)
    if request.output_format == "json":
        from broadcatch.output import suggest_json

        emit.deliver(suggest_json.render(result), request)
    else:
        from broadcatch.output import suggest_text

        emit.deliver(suggest_text.render(result, emit.view(request)), request)
    return exits.CLEAN
