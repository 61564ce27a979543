"""How does a run begin and end? Words in, exit code out; every error becomes one line here."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

import click

from broadcatch.cli import emit
from broadcatch.cli.exits import BROKEN, CLEAN, INTERRUPTED
from broadcatch.cli.group import cli
from broadcatch.cli.session import Api, Session
from broadcatch.errors import BroadcatchError, CommandError
from broadcatch.output.paint import printable


def run(arguments: Sequence[str], api: Api | None = None) -> int:
    """Run one command line and return its exit code; nothing is raised, whatever happens."""
    debug = "--debug" in arguments
    try:
        return _invoke(list(arguments), api)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        emit.hush(sys.stdout)
        return CLEAN
    except click.ClickException as error:
        return _refuse(error.format_message(), debug)
    except CommandError as error:
        code = _refuse(str(error), debug)
        emit.remark("".join(f"  {printable(line)}\n" for line in error.output.splitlines()))
        return code
    except BroadcatchError as error:
        return _refuse(str(error), debug)
    # No traceback reaches a user: whatever was not foreseen ends here, as one line and exit code 2.
    except Exception as error:  # noqa: BLE001
        return _refuse(f"internal error: {type(error).__name__}: {error} (run with --debug)", debug)


def _invoke(arguments: list[str], api: Api | None) -> int:
    with cli.make_context("broadcatch", arguments, obj=Session(api)) as context:
        code = cli.invoke(context)
    return code if isinstance(code, int) else CLEAN


def _refuse(message: str, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    emit.remark(f"broadcatch: {' '.join(message.split())}\n")
    return BROKEN
