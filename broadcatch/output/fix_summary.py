"""What did `fix` offer, apply and refuse, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from broadcatch.model.results import FixResult, Refusal
from broadcatch.output.groups import plural
from broadcatch.output.paint import printable
from broadcatch.output.view import View


def render(result: FixResult, view: View) -> str:
    """A few lines for stderr; every place by name when verbose."""
    lines = [*_offered(result, view), *_dropped(result), *_refused(result, view), *result.notes]
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
        how = f"; {plural(len(result.pieces), 'piece')}." if result.pieces else "; --write applies."
        yield f"{count} offered in {plural(files, 'file')}{how}"
    if view.verbose:
        for offer in result.offered:
            why = f": {offer.reason}" if offer.reason else ""
            yield f"  {printable(offer.path)}:{offer.line}: {offer.title} ({offer.safety}){why}"
            yield from (f"    {printable(one)}" for one in offer.lands)
    elif len(result.offered) > 1:
        kinds = Counter((one.kind, one.safety) for one in result.offered if one.kind)
        for (kind, safety), times in kinds.most_common():
            yield f"  {times}  {kind} ({safety})"


def _dropped(result: FixResult) -> Iterator[str]:
    """What the command of `--verify` does not stand, each with the end of what it said."""
    if result.trial is None:
        return
    failing = [one for one in result.refused if one.output]
    yield f"{plural(result.trial.runs, 'run')} of `{printable(result.trial.command)}`" + (
        f": {plural(len(failing), 'rewrite')} dropped:" if failing else ": it passes."
    )
    for one in failing:
        yield f"  {printable(one.path)}:{one.line}: {one.title}: {one.reason}"
        yield from (f"    {printable(line)}" for line in one.output.splitlines())


def _refused(result: FixResult, view: View) -> Iterator[str]:
    refused = [one for one in result.refused if not one.output]
    if not refused:
        return
    yield f"{plural(len(refused), 'rewrite')} left alone:"
    if view.verbose:
        for refusal in refused:
            yield f"  {printable(refusal.path)}:{refusal.line}: {refusal.title}: {refusal.reason}"
        return
    for reason, count in Counter(map(_short, refused)).most_common():
        yield f"  {count}  {reason}"


def _short(refusal: Refusal) -> str:
    """The kind of a reason, without what differs from place to place: up to its second colon."""
    reason = ":".join(refusal.reason.split(":")[:2])
    return f"{refusal.kind}: {reason}" if refusal.kind else reason
