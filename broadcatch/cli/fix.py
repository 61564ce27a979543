"""`broadcatch fix`: how is it mended?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from broadcatch.cli import emit, exits, options, patches
from broadcatch.cli.asking import Asking
from broadcatch.cli.bar import Bar
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session
from broadcatch.cli.targets import targets
from broadcatch.model.fixing import KINDS, RUNS, STAGES, FixRequest
from broadcatch.model.results import FixResult

CHOSEN = ("write", "unsafe", "stage", "scaffold", "allow_escape", "closed", "by", "verify", "runs")
CHOOSING = options.compose(
    click.option("--write", is_flag=True, help="Apply the rewrites to the files."),
    click.option("--unsafe", "--unsafe-fixes", "unsafe", is_flag=True, help="Include unsafe rewrites."),
    options.listing("--kind", "KINDS", f"Kinds of rewrite that are made: {', '.join(KINDS)}."),
    click.option(
        "--stage",
        type=click.Choice(STAGES),
        metavar="|".join(STAGES),
        help="Only split broad clauses: what is known first; what else arrives is logged (observe), raised "
        "again (surface), caught no more (narrow).",
    ),
    click.option(
        "--scaffold-exceptions",
        "scaffold",
        metavar="FILE",
        default="",
        help="Only add to this file the exception classes that `translate` names and it lacks.",
    ),
    click.option(
        "--allow-escape",
        is_flag=True,
        help="Include unsafe rewrites that let an error end where nobody hears of it.",
    ),
    click.option(
        "--closed",
        is_flag=True,
        help="Of narrowings, include only those where all that can come is known.",
    ),
    click.option(
        "--interactive",
        "-i",
        is_flag=True,
        help="Ask about each rewrite, unsafe ones too, and apply those that are wanted.",
    ),
    click.option(
        "--by",
        type=click.Choice(["file", "owner", "rule"]),
        metavar="file|owner|rule",
        help="Cut the diff into pieces, each with a commit message; --output names a folder for them.",
    ),
    click.option(
        "--verify",
        metavar="COMMAND",
        default="",
        help="Keep only rewrites with which this command passes, as it must without any.",
    ),
    click.option(
        "--verify-runs",
        "runs",
        type=click.IntRange(min=2),
        default=RUNS,
        show_default=True,
        metavar="N",
        help="How often the command of --verify may run.",
    ),
)


@click.command("fix")
@options.paths("[PATH[:LINE]]...")
@options.SELECTION
@CHOOSING
@options.DISCOVERY
@options.PYTHON
@options.output_format("diff", "json")
@options.VOICE
@click.pass_obj
def command(session: Session, /, paths: tuple[str, ...], interactive: bool, **given: Any) -> int:
    """Rewrite handlers: print a diff, or apply it with --write.

    Exit code: 0 nothing to rewrite (or written), 1 a rewrite is offered, 2 the run itself failed.
    """
    asked = FixRequest(**{name: given.pop(name) for name in CHOSEN})
    asked = _checked(asked, given.pop("kind"), interactive)
    request = Request.of(given)
    wanted = targets(paths)
    config = session.configure([one.path for one in wanted], request)
    choose = Asking(request.color) if interactive else None
    with Bar(not request.quiet and not interactive) as bar:
        result = session.api.fix(wanted, config, asked, bar, choose)
    emit.tell(result.failures, result.skipped, request)
    _deliver(result, asked, request)
    return exits.after_fix(result, asked.write)


def _checked(asked: FixRequest, kinds: tuple[str, ...], interactive: bool) -> FixRequest:
    """The request, if its parts go together. Raises UsageError."""
    known = tuple(kind for kind in KINDS if kind in kinds)
    for kind in kinds:
        if kind not in known:
            raise click.UsageError(f"--kind: no rewrite is called {kind!r}; there are: {', '.join(KINDS)}")
    if asked.by and (asked.write or interactive):
        raise click.UsageError("--by cuts a diff into pieces: it goes with neither --write nor --interactive")
    if asked.verify and not (asked.write or interactive):
        raise click.UsageError("--verify tries what --write applies: it needs --write")
    write, unsafe = asked.write or interactive, asked.unsafe or interactive
    return replace(asked, write=write, unsafe=unsafe, kinds=known)


def _deliver(result: FixResult, asked: FixRequest, request: Request) -> None:
    """The result to stdout (of what was written, the diff only on request), the sum to stderr."""
    from broadcatch.output import fix_diff, fix_json, fix_summary

    look = emit.view(request)
    if request.output_format == "json":
        emit.deliver(fix_json.render(result), request)
    elif asked.by:
        patches.deliver(result.pieces, request)
    elif not asked.write or request.verbose or request.output:
        emit.deliver(fix_diff.render(result, look), request)
    if not request.quiet:
        emit.remark(fix_summary.render(result, look))
