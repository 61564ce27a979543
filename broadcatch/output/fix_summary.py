"""What did `fix` offer, apply and refuse, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from broadcatch.model.results import FixResult
from broadcatch.output.groups import plural
from broadcatch.output.paint import printable
from broadcatch.output.view import View


def render(result: FixResult, view: View) -> str:
    """A few lines for stderr; every place by name when verbose."""
    lines = [*_offered(result, view), *_refused(result, view)]
    return "".join(line + "\n" for line in lines)


def _offered(result: FixResult, view: View) -> Iterator[str]:
    if not result.offered:
        if not any(one.stage == "write" for one in result.failures):
            yield "Nothing to rewrite."
        return
    if result.written:
        yield f"{plural(len(result.offered), 'rewrite')} applied in {plural(len(result.written), 'file')}."
    else:
        files = len({offer.path for offer in result.offered})
        count = plural(len(result.offered), "rewrite")
        yield f"{count} offered in {plural(files, 'file')}; --write applies."
    if view.verbose:
        for offer in result.offered:
            why = f": {offer.reason}" if offer.reason else ""
            yield f"  {printable(offer.path)}:{offer.line}: {offer.title} ({offer.safety}){why}"
            yield from (f"    {printable(one)}" for one in offer.lands)


def _refused(result: FixResult, view: View) -> Iterator[str]:
    if not result.refused:
        return
    yield f"{plural(len(result.refused), 'handler')} left alone:"
    if view.verbose:
        for refusal in result.refused:
            yield f"  {printable(refusal.path)}:{refusal.line}: {refusal.title}: {refusal.reason}"
        return
    for reason, count in Counter(_short(refusal.reason) for refusal in result.refused).most_common():
        yield f"  {count}  {reason}"


def _short(reason: str) -> str:
    """The kind of a reason, without what differs from place to place: up to its second colon."""
    return ":".join(reason.split(":")[:2])
