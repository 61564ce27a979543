"""How does a piece reach a reviewer? As a patch that `git am` and `git apply` take, and as its message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from broadcatch.model.results import Piece

_COMMIT = "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001"
_HEADERS = (
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
)
LONGEST = 60
"""As long as the name of a file may be, without its number and ending."""


def mailbox(pieces: Sequence[Piece], author: str) -> str:
    """All pieces as one mailbox, in the order in which they apply."""
    return "\n".join(_patch(piece, author, number, len(pieces)) for number, piece in enumerate(pieces, 1))


def files(pieces: Sequence[Piece], author: str) -> Iterator[tuple[str, str]]:
    """The name and text of each file: `NN-<piece>.patch`, and `NN-<piece>.txt` with the message alone."""
    width = max(2, len(str(len(pieces))))
    for number, piece in enumerate(pieces, 1):
        name = f"{number:0{width}}-{_slug(piece.name)}"
        yield f"{name}.patch", _patch(piece, author, number, len(pieces))
        yield f"{name}.txt", piece.message


def _patch(piece: Piece, author: str, number: int, total: int) -> str:
    subject, _, body = piece.message.partition("\n")
    headers = (f"From: {author}", f"Subject: [PATCH {number}/{total}] {subject}", *_HEADERS)
    return "\n".join((_COMMIT, *headers, "", f"{body.strip()}\n---\n{piece.diff}"))


def _slug(name: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")[:LONGEST] or "piece"
