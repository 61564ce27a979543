"""Which commands are there? Each is a file beside this one, imported when it is asked for."""

from __future__ import annotations

import difflib
from importlib import import_module

import click

COMMANDS = ("check", "report", "suggest", "raises", "fix", "baseline", "progress", "doctor", "rule", "cache")
RUFF_VERSION = "0.17.6"
"""The version of Ruff whose semantics the `ruff` field of a finding follows."""


class Commands(click.Group):
    """A group that imports a command's file only when that command is run or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"broadcatch.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but an unknown word names the nearest command."""
        word = args[0]
        if not word.startswith("-") and word not in COMMANDS:
            near = difflib.get_close_matches(word, COMMANDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command {word!r}; {hint}")
        return super().resolve_command(ctx, args)


def _show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(version_line())
        context.exit()


def version_line() -> str:
    """broadcatch's own version, and those of what its answers depend on."""
    own, libcst = version_of("broadcatch"), version_of("libcst")
    return f"broadcatch {own} (follows Ruff {RUFF_VERSION}; LibCST {libcst})"


def version_of(distribution: str) -> str:
    """The version of an installed distribution, "not installed" where there is none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"


def show_help(context: click.Context) -> None:
    """Print the help of a group that was called without a command."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show versions.",
)
@click.pass_context
def cli(context: click.Context, /) -> None:
    """Find exceptions that are caught too broadly, rank them by risk, and mend them."""
    show_help(context)
