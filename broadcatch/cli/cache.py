"""`broadcatch cache`: where is the cache, and how is it emptied?"""

from __future__ import annotations

from typing import Any

import click

from broadcatch.cli import emit, exits, options
from broadcatch.cli.group import show_help
from broadcatch.cli.options import Request
from broadcatch.cli.session import Session

_COMMON = options.compose(options.CONFIGURATION, options.CACHE_DIR, options.DEBUG)


@click.group("cache", invoke_without_command=True)
@click.pass_context
def command(context: click.Context, /) -> None:
    """Show or empty the cache."""
    show_help(context)


@command.command("info")
@_COMMON
@click.pass_obj
def info(session: Session, /, **given: Any) -> int:
    """Show where the cache lies, and how large it is."""
    request = Request.of(given)
    found = session.api.cache_info(session.configure((".",), request))

    emit.deliver(f"{found.folder}: {_entries(found.entries)}, {found.size / 1024:.0f} KiB\n", request)
    return exits.CLEAN


@command.command("clear")
@_COMMON
@click.pass_obj
def clear(session: Session, /, **given: Any) -> int:
    """Remove everything from the cache."""
    request = Request.of(given)
    removed = session.api.cache_clear(session.configure((".",), request))
    emit.deliver(f"{_entries(removed)} removed\n", request)
    return exits.CLEAN


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
