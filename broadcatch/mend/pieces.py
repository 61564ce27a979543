"""How are many rewrites reviewed? In pieces: a file, all that one owner has, or all for one rule."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from broadcatch.errors import BroadcatchError
from broadcatch.lint.catalogue import find_rule
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
Knife: TypeAlias = Callable[[Sequence[Draft]], tuple[Piece, ...]]
"""Cuts the rewrites of drafts into pieces."""
NOBODY = "nobody"
SUBJECT = 72
"""As long as the first line of a commit message may be."""
BODY = 76
"""As long as the others should be; a place and a title stay in one line."""


def pieces(drafts: Sequence[Draft], by: By, named: Named, owners: OwnersOf) -> tuple[Piece, ...]:
    """All rewrites of the drafts in pieces; each diff applies to the texts after the pieces before it."""
    members: dict[str, list[tuple[Draft, Rewrite]]] = {}
    for draft in drafts:
        for rewrite in draft.rewrites:
            members.setdefault(_key(draft, rewrite, by, named, owners), []).append((draft, rewrite))
    done: dict[str, list[Rewrite]] = {}
    return tuple(_piece(name, by, members[name], done, named) for name in _ordered(members, by))


def knife(by: By, paths: Sequence[str]) -> Knife:
    """As `pieces`, for files of the project that holds the first path, with the owners that it names.

    Raises BroadcatchError where a CODEOWNERS file cannot be read, or is needed and missing.
    """
    root = project_root(Path(paths[0] if paths else "."))
    owners = read_owners(root) if by == "owner" else None
    if by == "owner" and owners is None:
        raise BroadcatchError(f"--by owner: no CODEOWNERS file in {display(root)} ({', '.join(PLACES)})")

    def named(path: str) -> str:
        return os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")

    return lambda drafts: pieces(drafts, by, named, owners.of if owners else lambda _: ())


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
    if by == "rule":
        rule = find_rule(name)
        return f"Mend {rule.name} ({name})" if rule else f"Mend handlers: {name}"
    where = f"in {name}" if by == "file" else f"in files of {name}"
    alone = f"{offers[0].title} {where}" if len(offers) == 1 else ""
    return alone if alone and len(alone) <= SUBJECT else f"Mend exception handling {where}"


def _item(offer: Offer, named: Named) -> Iterator[str]:
    """One rewrite as an item of a list: where, what, how far to trust it, what it lets through."""
    yield f"- {named(offer.path)}:{offer.line}: {offer.title}"
    yield from _wrapped(f"{offer.safety}: {offer.reason}" if offer.reason else offer.safety)
    for line in offer.lands:
        yield from _wrapped(f"lets through {line}")


def _wrapped(text: str) -> Sequence[str]:
    return textwrap.wrap(
        text,
        BODY,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
