"""How does `doctor` speak to a person? Who reports what, what is wrong, what would be written, what next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.model.doctoring import Complaint, DoctorResult, Draft, Ill
from broadcatch.output.groups import plural
from broadcatch.output.paint import Paint, painter, printable
from broadcatch.output.view import View

FIRST = 5
"""So many suppressions of a kind are named; all of them with --verbose."""
WORDS: dict[Ill, str] = {
    "dead": "silence nothing",
    "expired": "have expired",
    "blanket": "name no code",
    "silent": "give no reason",
}
_MODES = {
    "defer": "what both report is left to Ruff",
    "both": "what both report is reported twice",
    "own": "broadcatch reports as if there were no Ruff",
}


def render(result: DoctorResult, view: View) -> str:
    """Four parts, those without content left out."""
    paint = painter(view.color)
    lines = [
        *_reporting(result, paint),
        *_suppressions(result, view, paint),
        *_drafts(result, paint),
        *_following(result, paint),
    ]
    return "".join(line + "\n" for line in lines)


def _reporting(result: DoctorResult, paint: Paint) -> Iterator[str]:
    here, shares = result.ruff, result.shares
    yield paint("Who reports what", "bold")
    if here.user:
        asked = f"Ruff {here.version} was asked" if here.program else "its configuration was read"
        yield f"  Ruff        {_counts(shares.ruff) or 'nothing'}   ({asked}; {printable(here.user)})"
    else:
        yield "  Ruff        is not used here"
    yield f"  broadcatch  {_counts(shares.ours) or 'nothing'}"
    if shares.left:
        yield f"  both        {plural(shares.left, 'finding')} on rows that Ruff reports too"
    if shares.excused:
        yield f"  Ruff alone  {plural(shares.excused, 'row')} on which broadcatch sees nothing to mend"
    if here.user:
        yield f'  ruff = "{here.mode}": {_MODES[here.mode]}'
    yield from (f"  {remark}" for remark in result.remarks)


def _counts(counts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{code} {count}" for code, count in counts)


def _suppressions(result: DoctorResult, view: View, paint: Paint) -> Iterator[str]:
    if not (result.suppressions or result.complaints):
        return
    yield ""
    silenced = sum(count for _, count in result.suppressions)
    yield paint("Suppressions", "bold") + f"  {plural(silenced, 'finding')} silenced"
    yield from (f"  {by:<11} {count}" for by, count in result.suppressions)
    for kind, words in WORDS.items():
        ill = [one for one in result.complaints if one.kind == kind]
        if ill:
            yield paint(f"  {len(ill)} {words}", "yellow")
            yield from (f"    {_place(one)}" for one in ill[: None if view.verbose else FIRST])
            if len(ill) > FIRST and not view.verbose:
                yield f"    … {len(ill) - FIRST} more with --verbose"


def _place(one: Complaint) -> str:
    where = f"{printable(one.path)}:{one.line}" if one.line else printable(one.path)
    return f"{where}  {printable(one.text)}"


def _drafts(result: DoctorResult, paint: Paint) -> Iterator[str]:
    if not result.drafts:
        return
    done = all(one.written for one in result.drafts if one.content)
    yield ""
    yield paint("Configuration", "bold") + ("" if done else "  (--write adds it)")
    for one in result.drafts:
        yield paint(f"  {printable(one.path)}", "cyan") + f": {one.title}{_fate(one)}"
        if not one.written:
            yield from (f"    {printable(line)}".rstrip() for line in one.text.splitlines())


def _fate(one: Draft) -> str:
    return " (written)" if one.written else f" ({one.why})" if one.why else ""


def _following(result: DoctorResult, paint: Paint) -> Iterator[str]:
    if result.following:
        yield ""
        yield paint("Next", "bold")
        yield from (f"  {command}" for command in result.following)
