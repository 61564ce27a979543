"""Where do the pieces of `fix --by` go? Into a folder, or to stdout as one mailbox."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from broadcatch.cli import emit
from broadcatch.cli.options import Request
from broadcatch.errors import BroadcatchError
from broadcatch.model.results import Piece
from broadcatch.output import fix_pieces
from broadcatch.source.git import GitError, git

_NOBODY = "broadcatch <broadcatch@localhost>"


def deliver(pieces: Sequence[Piece], request: Request) -> None:
    """Write one patch and one message a piece to the folder `--output`. Raises BroadcatchError."""
    if request.output in (None, "-"):
        emit.deliver(fix_pieces.mailbox(pieces, _author()), request)
        return
    folder = str(request.output)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise BroadcatchError(f"cannot write to the folder {folder}: {error.strerror or error}") from error
    for name, text in fix_pieces.files(pieces, _author()):
        emit.deliver(text, replace(request, output=os.path.join(folder, name)))


def _author() -> str:
    """Whom git takes for the author of a commit made here: `Name <address>`."""
    try:
        who = os.fsdecode(git(".", "var", "GIT_AUTHOR_IDENT"))
    except GitError:
        return _NOBODY
    return who.rpartition(">")[0] + ">" if ">" in who else _NOBODY
