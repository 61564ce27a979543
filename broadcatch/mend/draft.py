"""What could be made of one file? Its text, the rewrites that are allowed, and why the others are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadcatch.errors import RewriteError
from broadcatch.mend.again import Review
from broadcatch.mend.landing import Grade
from broadcatch.model.facts import Failure
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Offer, Refusal
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import Refused, Rewrite, Wanted
from broadcatch.rewrite.write import Original, read_original
from broadcatch.source.read import encode


@dataclass(frozen=True, slots=True)
class Draft:
    """One file with the `rewrites` that the request allows; they never overlap."""

    original: Original
    rewrites: tuple[Rewrite, ...]
    refused: tuple[Refusal, ...] = ()
    review: Review | None = None

    @property
    def path(self) -> str:
        """The file's path as it was given."""
        return self.original.path

    def text(self, chosen: Sequence[Rewrite]) -> str:
        """The text after the rewrites in `chosen`. Raises RewriteError."""
        return carry_out(self.original.text, chosen) if chosen else self.original.text

    def offer(self, rewrite: Rewrite) -> Offer:
        """A rewrite as it is shown, with the findings that it answers as far as that is known."""
        codes = self.review.codes.get(rewrite, ()) if self.review else ()
        return Offer(
            rewrite.path,
            rewrite.line,
            rewrite.title,
            rewrite.safety,
            rewrite.reason,
            rewrite.kind,
            codes,
            rewrite.edits,
            rewrite.lands,
        )


def drafted(
    path: str,
    asked: Sequence[Wanted],
    request: FixRequest,
    review: Review | None = None,
    grade: Grade | None = None,
) -> Draft | Failure:
    """The rewrites of one file that the request allows and that stand the check, the others refused.

    `grade` says of the rewrites where they land, and lowers those that let errors end in nothing.
    """
    original = read_original(path)
    if isinstance(original, Failure):
        return original
    kinds = request.kinds
    found = plan(original.text, path, [one for one in asked if not kinds or one.kind in kinds])
    rewrites = grade(found.rewrites) if grade else found.rewrites
    allowed = [one for one in rewrites if _held(one, request.unsafe) is None]
    refused = [
        *(_left(one, _held(one, request.unsafe) or "") for one in rewrites if one not in allowed),
        *map(_refusal, found.refused),
    ]
    return settled(Draft(original, tuple(allowed), tuple(refused), review))


def settled(draft: Draft) -> Draft:
    """The draft without the rewrites that cannot be made, mend nothing, or make something worse."""
    kept, dropped = list(draft.rewrites), list[Refusal]()
    while kept:
        objections = _objections(draft, kept)
        if not objections:
            break
        kept = [one for one in kept if one not in objections]
        dropped += [_left(one, why) for one, why in objections.items()]
    return Draft(draft.original, tuple(kept), (*dropped, *draft.refused), draft.review)


def _objections(draft: Draft, chosen: Sequence[Rewrite]) -> dict[Rewrite, str]:
    """Why some of these may not be made together; {} where all may."""
    try:
        after = draft.text(chosen)
        encode(draft.original.source, after)
    except RewriteError as error:
        return _impossible(draft, chosen) or dict.fromkeys(chosen, str(error))
    if draft.review is None:
        return {}
    return dict(draft.review.objections(draft.original.text, after, chosen))


def _impossible(draft: Draft, chosen: Sequence[Rewrite]) -> dict[Rewrite, str]:
    """The rewrites that cannot even be made alone."""
    found = {}
    for one in chosen if len(chosen) > 1 else ():
        try:
            draft.text([one])
        except RewriteError as error:
            found[one] = str(error)
    return found


def _held(rewrite: Rewrite, unsafe: bool) -> str | None:
    """Why a rewrite is not made now, None where it is."""
    if rewrite.safety == "display":
        return f"only a proposal: {rewrite.reason}"
    return None if rewrite.safety == "safe" or unsafe else "unsafe: --unsafe includes it"


def _left(rewrite: Rewrite, reason: str) -> Refusal:
    return Refusal(rewrite.path, rewrite.line, rewrite.title, reason, rewrite.kind, rewrite.safety)


def _refusal(refused: Refused) -> Refusal:
    return Refusal(refused.path, refused.line, refused.kind, refused.reason, refused.kind)
