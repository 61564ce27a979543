"""`broadcatch rule`: what does a rule look for, and why?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session


@click.command("rule")
@click.argument("code", required=False)
@options.output_format("text", "json")
@options.OUTPUT
@options.COLOR
@options.DEBUG
@click.pass_obj
def command(session: Session, /, code: str | None, **given: Any) -> int:
    """Show the catalogue of rules, or one rule (by code or name) in full."""
    request = Request.of(given)
    rules = session.api.rule(code)
    if request.output_format == "json":
        from broadcatch.output import rule_json

        text = rule_json.render(rules)
    else:
        from broadcatch.output import rule_text

        look = emit.view(request)
        text = rule_text.render_rule(rules[0], look) if code else rule_text.render_catalogue(rules, look)
    emit.deliver(text, request)
    return exits.CLEAN
