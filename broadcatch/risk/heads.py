"""What do the name of a class, its bases and a decorator tell of the work inside?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.judge.lexicon import TELEMETRY, parts
from broadcatch.risk.subject import Subject

_COMMAND = frozenset({"command", "commands", "cli"})
_KEEPERS = frozenset(
    "manager machine store storage service executor handler controller runner worker processor tracker "
    "registry file mixin base".split()
)
"""Head nouns of classes that do what the words before them say (`StateManager`)."""
_ADDED = frozenset("plugin plugins extension extensions addon".split())
"""What a class may be as a whole: its work is then no side issue."""
_COMMAND_BASES = frozenset({"BaseCommand", "Command", "Cmd"})
_COMMAND_LINES = ("click.", "typer.", "argparse.", "rich_click.", "asyncclick.")
_NO_TERMINAL = frozenset({"bot", "bots", "commands"})
"""On what `.command` makes a command of a chat."""


def tells_of_class(name: str, word: str, words: tuple[str, ...], subject: Subject) -> bool:
    """Whether a word in a class's name tells what its methods do: `MigrationQuestioner` migrates nothing."""
    if name == "state":
        return words[-1] == word or words[-1] in _KEEPERS
    if name != TELEMETRY:
        return True
    if word in _COMMAND - {"cli"}:
        return any(_is_command(base) for scope in subject.handler.place.scopes for base in scope.bases)
    return word not in _ADDED


def _is_command(base: str) -> bool:
    """Whether a base class is that of commands of a command line."""
    return base.rpartition(".")[2] in _COMMAND_BASES or base.startswith(_COMMAND_LINES)


def command_decorators(subject: Subject) -> Iterator[str]:
    """What makes the function a command; of other decorators the function's own work is not told."""
    function = subject.handler.place.function
    for name in function.decorators if function else ():
        receiver, _, last = name.rpartition(".")
        chat = not _NO_TERMINAL.isdisjoint(parts(receiver))
        if name.startswith(_COMMAND_LINES) or (last in _COMMAND and not chat):
            yield name
