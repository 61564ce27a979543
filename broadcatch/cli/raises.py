"""`broadcatch raises`: what can this function or try raise, and where would it land?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session
from broadcatch.cli.targets import asked
from broadcatch.model.escaping import Asked


@click.command("raises")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--tree", is_flag=True, help="Print the whole chain of calls that leads to each exception.")
@click.option("--lands", is_flag=True, help="Say where an exception that leaves the function is caught next.")
@click.option("--type", "types", multiple=True, metavar="NAME", help="With --lands: of this exception only.")
@options.DISCOVERY
@options.PYTHON
@options.output_format("text", "json")
@options.VOICE
@click.pass_obj
def command(
    session: Session,
    /,
    targets: tuple[str, ...],
    tree: bool,
    lands: bool,
    types: tuple[str, ...],
    **given: Any,
) -> int:
    """Say which exceptions can come out of a function, a try body or a module, with evidence.

    TARGET is PATH:LINE or package.module:Qual.name. The line of a `try`, or of one of its clauses, means
    the body of that try; any other line means the function around it. A class means its constructor.
    """
    if types and not lands:
        raise click.UsageError("--type needs --lands")
    request = Request.of(given)
    wanted = tuple(asked(word) for word in targets)
    text = _lands(session, wanted, types, request) if lands else _raises(session, wanted, tree, request)
    emit.deliver(text, request)
    return exits.CLEAN


def _raises(session: Session, wanted: tuple[Asked, ...], tree: bool, request: Request) -> str:
    config = session.configure([one.path or "." for one in wanted], request)
    with Bar(not request.quiet) as bar:
        result = session.api.raises(wanted, config, bar)
    if request.output_format == "json":
        from broadcatch.output import raises_json

        return raises_json.render(result)
    from broadcatch.output import raises_text

    return raises_text.render(result, emit.view(request), tree)


def _lands(session: Session, wanted: tuple[Asked, ...], types: tuple[str, ...], request: Request) -> str:
    config = session.configure([one.path or "." for one in wanted], request)
    with Bar(not request.quiet) as bar:
        result = session.api.lands(wanted, config, types, bar)
    if request.output_format == "json":
        from broadcatch.output import lands_json

        return lands_json.render(result)
    from broadcatch.output import lands_text

    return lands_text.render(result, emit.view(request))
