"""`broadcatch report`: what first?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.bar import Bar
from broadcatch.cli.limits import passed
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session
from broadcatch.cli.targets import targets
from broadcatch.model.reporting import ReportRequest
from broadcatch.model.results import ReportResult
from broadcatch.output.view import SourceLines, View

NO_OWNERS = "no owners: no CODEOWNERS in .github/, the top folder or docs/ names any of these files"
_WHAT = options.compose(
    click.option("--top", type=click.IntRange(min=1), metavar="N", help="How many of each list to show."),
    click.option(
        "--by",
        type=click.Choice(["file", "package", "owner"]),
        default="file",
        show_default=True,
        help="What to list: files, their folders, or their owners (CODEOWNERS).",
    ),
    click.option(
        "--compare", "revision", metavar="REV", help="Say what has changed since a revision of git."
    ),
    click.option(
        "--reach", is_flag=True, help="Ask the call graph who calls each handler's function; costs more."
    ),
    click.option("--git", "history", is_flag=True, help="Show how often and when each file was changed."),
    click.option(
        "--explain",
        "places",
        multiple=True,
        metavar="PATH[:LINE]",
        help="Show every factor of this file's handlers, or of the one at this line; may be repeated.",
    ),
    click.option(
        "--with-suggestions",
        "suggestions",
        is_flag=True,
        help="In the page: what to catch instead, and the rewrites that `fix` offers.",
    ),
    options.PYTHON,
)
_LIMITS = options.compose(
    click.option(
        "--max-high", type=click.IntRange(min=0), metavar="N", help="End with 1 if more handlers are high."
    ),
    click.option(
        "--no-rise", metavar="REV", help="End with 1 if the tier of a file is higher than at this revision."
    ),
)


@click.command("report")
@options.paths()
@_WHAT
@_LIMITS
@options.SELECTION
@options.DISCOVERY
@options.output_format("table", "markdown", "html", "json")
@options.VOICE
@click.pass_obj
def command(
    session: Session,
    /,
    paths: tuple[str, ...],
    places: tuple[str, ...],
    top: int | None,
    by: Any,
    max_high: int | None,
    no_rise: str | None,
    **given: Any,
) -> int:
    """Rank files and broad handlers by risk, with reasons.

    Exit code: 0; 1 only where --max-high or --no-rise is given and passed; 2 the run itself failed.
    """
    wanted = paths or (".",)
    asked = _asked(given, by, no_rise, bool(places), top)
    request = Request.of(given)
    config = session.configure(wanted, request)
    with Bar(not request.quiet) as bar:
        result = session.api.report(wanted, config, bar, asked)
    emit.tell(result.failures, result.skipped, request)
    nobody = by == "owner" and not result.beside.owners
    emit.remark("".join(f"{one}\n" for one in (*result.beside.remarks, *([NO_OWNERS] if nobody else []))))
    view = replace(emit.view(request), top=top, by=by)
    emit.deliver(_rendered(result, request.output_format, view, places, session.api.source_lines), request)
    over = [*passed(result, max_high, no_rise is not None)]
    emit.remark("".join(f"broadcatch: {one}\n" for one in over))
    return exits.REPORTED if over else exits.CLEAN


def _asked(
    given: dict[str, Any], by: str, no_rise: str | None, explains: bool, top: int | None
) -> ReportRequest:
    """What the options mean together; they are taken out of `given`."""
    revision, history = given.pop("revision"), given.pop("history")
    reach = given.pop("reach")
    suggestions, form = given.pop("suggestions"), given["output_format"]
    if "" in (revision, no_rise):
        raise click.UsageError("a revision is empty")
    if revision and no_rise and revision != no_rise:
        raise click.UsageError("--compare and --no-rise look at one revision: name the same")
    if explains and form not in ("table", "json"):
        raise click.UsageError("--explain prints a table or json")
    if suggestions and form != "html":
        raise click.UsageError("--with-suggestions is for the page: --output-format html")
    page = form == "html"
    if reach and (revision or no_rise):
        raise click.UsageError("--reach changes scores, and a revision has none: leave one of them out")
    return ReportRequest(
        reach=reach,
        compare=revision or no_rise or "",
        history=history,
        owners=page or by == "owner",
        details=page,
        suggestions=suggestions,
        top=top if suggestions else None,
    )


def _rendered(
    result: ReportResult, form: str, view: View, places: tuple[str, ...], source: SourceLines
) -> str:
    """Each format is imported only where it is asked for."""
    if places:
        from broadcatch.output.report_places import chosen

        result = chosen(result, targets(places))
    if form == "json":
        from broadcatch.output import report_json

        return report_json.render(result, view)
    if form == "markdown":
        from broadcatch.output import report_markdown

        return report_markdown.render(result, view)
    if form == "html":
        from broadcatch.output import report_html

        return report_html.render(result, view)
    if places:
        from broadcatch.output import report_explain

        return report_explain.render(result, view, source)
    from broadcatch.output import report_table

    return report_table.render(result, view, source)
