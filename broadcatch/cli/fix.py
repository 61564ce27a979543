"""`broadcatch fix`: how is it mended?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session
from broadcatch.cli.targets import targets
from broadcatch.model.fixing import FixRequest


@click.command("fix")
@options.paths("[PATH[:LINE]]...")
@options.SELECTION
@options.DISCOVERY
@options.PYTHON
@click.option("--write", is_flag=True, help="Apply the rewrites to the files.")
@click.option("--unsafe", "--unsafe-fixes", "unsafe", is_flag=True, help="Include unsafe rewrites.")
@options.VOICE
@click.pass_obj
def command(session: Session, /, paths: tuple[str, ...], write: bool, unsafe: bool, **given: Any) -> int:
    """Rewrite handlers: print a diff, or apply it with --write.

    Exit code: 0 nothing to rewrite (or written), 1 a rewrite is offered, 2 the run itself failed.
    """
    from broadcatch.output import fix_diff, fix_summary

    request = Request.of(given)
    wanted = targets(paths)
    config = session.configure([one.path for one in wanted], request)
    with Bar(not request.quiet) as bar:
        result = session.api.fix(wanted, config, FixRequest(write, unsafe), bar)
    emit.tell(result.failures, result.skipped, request)
    look = emit.view(request)
    emit.deliver(fix_diff.render(result, look), request)
    if not request.quiet:
        emit.remark(fix_summary.render(result, look))
    return exits.after_fix(result, write)
