"""How are many rewrites reviewed? In pieces: a file, all that one owner has, or all for one rule."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from broadcatch.errors import BroadcatchError
from broadcatch.mend.draft import Draft
from broadcatch.model.fixing import By
from broadcatch.model.results import Offer, Piece
from broadcatch.rewrite.diff import unified
from broadcatch.rewrite.values import Rewrite
from broadcatch.source.owners import PLACES, read_owners
from broadcatch.source.paths import display
from broadcatch.source.project import project_root

Named: TypeAlias = Callable[[str], str]
"""The path of a file as the repository's top sees it, with `/`."""
OwnersOf: TypeAlias = Callable[[str], tuple[str, ...]]
"""Who owns a file (its path from the repository's top)."""
NOBODY = "nobody"
SUBJECT = 72
"""As long as the first line of a commit message may be."""


def pieces(drafts: Sequence[Draft], by: By, named: Named, owners: OwnersOf) -> tuple[Piece, ...]:
    """All rewrites of the drafts in pieces; each diff applies to the texts after the pieces before it."""
    members: dict[str, list[tuple[Draft, Rewrite]]] = {}
    for draft in drafts:
        for rewrite in draft.rewrites:
            members.setdefault(_key(draft, rewrite, by, named, owners), []).append((draft, rewrite))
    done: dict[str, list[Rewrite]] = {}
    return tuple(_piece(name, by, members[name], done, named) for name in _ordered(members, by))


def in_pieces(drafts: Sequence[Draft], by: By, paths: Sequence[str]) -> tuple[Piece, ...]:
    """As `pieces`, for files of the project that holds the first path, with the owners that it names.

    Raises BroadcatchError where a CODEOWNERS file cannot be read, or is needed and missing.
    """
    root = project_root(Path(paths[0] if paths else "."))
    owners = read_owners(root) if by == "owner" else None
    if by == "owner" and owners is None:
        raise BroadcatchError(f"--by owner: no CODEOWNERS file in {display(root)} ({', '.join(PLACES)})")

    def named(path: str) -> str:
        return os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")

    return pieces(drafts, by, named, owners.of if owners else lambda _: ())


def _key(draft: Draft, rewrite: Rewrite, by: By, named: Named, owners: OwnersOf) -> str:
    if by == "file":
        return named(draft.path)
    if by == "owner":
        return " ".join(owners(named(draft.path))) or NOBODY
    codes = draft.offer(rewrite).codes
    return codes[0] if codes else rewrite.kind


def _ordered(names: dict[str, list[tuple[Draft, Rewrite]]], by: By) -> Sequence[str]:
    """Files as they come, owners and rules by name, and last what nobody owns."""
    return list(names) if by == "file" else sorted(names, key=lambda name: (name == NOBODY, name))


def _piece(
    name: str,
    by: By,
    members: Sequence[tuple[Draft, Rewrite]],
    done: dict[str, list[Rewrite]],
    named: Named,
) -> Piece:
    """One piece; `done` are the rewrites of the pieces before it by file, and gains those of this one."""
    offers = tuple(draft.offer(rewrite) for draft, rewrite in members)
    diffs = []
    for draft in dict.fromkeys(draft.path for draft, _ in members):
        own = [(one, rewrite) for one, rewrite in members if one.path == draft]
        whole, before = own[0][0], done.setdefault(draft, [])
        after = [*before, *(rewrite for _, rewrite in own)]
        diffs.append(unified(named(draft), whole.text(before), whole.text(after)))
        done[draft] = after
    return Piece(name, offers, "".join(diffs), _message(name, by, offers, named))


def _message(name: str, by: By, offers: Sequence[Offer], named: Named) -> str:
    body = "\n".join(line for offer in offers for line in _item(offer, named))
    return f"{_subject(name, by, offers)}\n\n{body}\n"


def _subject(name: str, by: By, offers: Sequence[Offer]) -> str:
    """What the piece is, in one line; a single rewrite speaks for itself if there is room."""
    where = {"file": f"in {name}", "owner": f"in files of {name}", "rule": f"that {name} reports"}[by]
    alone = f"{offers[0].title} {where}" if len(offers) == 1 and by != "rule" else ""
    if alone and len(alone) <= SUBJECT:
        return alone
    return f"Mend exception handling {where}" if by != "rule" else f"Mend what {name} reports"


def _item(offer: Offer, named: Named) -> Iterator[str]:
    """One rewrite as an item of the message's list: where, what, and how far it may be trusted."""
    yield f"- {named(offer.path)}:{offer.line}: {offer.title}"
    yield f"  {offer.safety}{': ' + ' '.join(offer.reason.split()) if offer.reason else ''}"
    yield from (f"  lets through {line}" for line in offer.lands)
