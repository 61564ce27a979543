"""What can a user mend? Every error that ends a run with one line and exit code 2."""

from __future__ import annotations


class BroadcatchError(Exception):
    """The run cannot go on; the message is one line for the user."""


class ConfigError(BroadcatchError):
    """The configuration is wrong: the message names the file and the key."""


class PathError(BroadcatchError):
    """A path given on the command line does not exist or cannot be used."""


class RewriteError(BroadcatchError):
    """A rewrite cannot be applied to this file; nothing of it was written."""


class CommandError(BroadcatchError):
    """A command of the user's failed; `output` is the end of what it said, to be shown as it is."""

    def __init__(self, message: str, output: str) -> None:
        super().__init__(message)
        self.output = output
