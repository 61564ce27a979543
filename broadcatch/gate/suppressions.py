"""Which findings has somebody silenced, and with what reason? And what did each suppression silence?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from broadcatch.config.options import Config
from broadcatch.config.selectors import matches_per_file, ruff_selectors
from broadcatch.gate.meanings import meaning, selected
from broadcatch.gate.reach import Place, Silencer, covers, handler_of, of_finding, silencers
from broadcatch.gate.uses import Hit, uses
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.findings import Finding, Suppressed, Use

_ABOUT = "BC9"
"""The rules about suppressions themselves: only our own comments that name them silence them."""


@dataclass(frozen=True, slots=True)
class Gated:
    """The findings with `suppressed` set, and what each suppression comment did."""

    findings: tuple[Finding, ...]
    uses: tuple[Use, ...] = ()


def apply(findings: Sequence[Finding], facts: FileFacts, config: Config) -> Gated:
    """`findings` of one file, in their order, with `suppressed` set where a comment or the config says so.

    What is suppressed already stays as it is. A comment counts on any row of the clause, on the row
    where another linter reports the same, and, in the forms that allow it, above them.
    """
    found = silencers(facts.comments, config.today)
    if not (found or config.per_file_ignores or config.ruff_ignores):
        return Gated(tuple(findings))
    hits: list[Hit] = []
    gated = tuple(
        finding if finding.suppressed is not None else _judged(finding, facts, found, config, hits)
        for finding in findings
    )
    return Gated(gated, uses(found, hits, gated, facts))


def apply_own(findings: Sequence[Finding], facts: FileFacts, config: Config) -> tuple[Finding, ...]:
    """As `apply`, for findings about suppressions: only the configuration and our own comments count."""
    own = [one for one in silencers(facts.comments, config.today) if one.directive.by == "broadcatch"]
    named = [one for one in own if any(code.startswith(_ABOUT) for code in one.directive.codes or ())]
    return tuple(_judged(finding, facts, named, config, []) for finding in findings)


def _judged(
    finding: Finding, facts: FileFacts, found: Sequence[Silencer], config: Config, hits: list[Hit]
) -> Finding:
    handler = handler_of(finding, facts)
    mine = [
        (one, code)
        for one in found
        for code in _codes_of(one)
        if _silences(one, code, finding, handler, found)
    ]
    hits += [Hit(one, code, finding) for one, code in mine]
    if mine:
        nearest = min((one for one, _ in mine), key=_distance)
        told = nearest.directive
        return replace(finding, suppressed=Suppressed(told.by, told.reason, told.owner, told.until))
    return replace(finding, suppressed=_configured(finding, handler, config))


def _distance(silencer: Silencer) -> int:
    return ("line", "block", "file").index(silencer.reach)


def _codes_of(silencer: Silencer) -> Sequence[str | None]:
    """The codes, or None alone for all."""
    codes = silencer.directive.codes
    return (None,) if codes is None else codes


def _silences(
    one: Silencer, code: str | None, finding: Finding, handler: Handler | None, every: Sequence[Silencer]
) -> bool:
    if one.directive.verb == "enable" or (code is not None and not _means(code, one, finding, handler)):
        return False
    place = _place(code, finding, handler)
    return covers(one, place) and not (code and _taken_back(one, code, place, every))


def _place(code: str | None, finding: Finding, handler: Handler | None) -> Place:
    place = of_finding(finding, handler, through=code in ("S110", "S112"))
    if code == "TRY400":  # Ruff reports the call in the handler, not the clause
        return replace(place, rows=[*place.rows, *(line for line, _ in finding.steps)])
    return place


def _means(code: str, one: Silencer, finding: Finding, handler: Handler | None) -> bool:
    """Whether `code` stands for this finding; our own comments may give a prefix or the rule's name."""
    by = one.directive.by
    if by == "broadcatch":
        return code == finding.name or (code.startswith("BC") and finding.code.startswith(code))
    found = meaning(by, code)
    if found.clause == "bare" and not (handler and handler.bare):
        return False
    return code == finding.code or finding.code in found.ours


def _taken_back(one: Silencer, code: str, place: Place, every: Sequence[Silencer]) -> bool:
    """Whether pylint is told further down to report the message again at this place."""
    if one.directive.by != "pylint":
        return False
    ours = set(meaning("pylint", code).ours)
    return any(
        other.directive.verb == "enable"
        and other.directive.by == "pylint"
        and other.comment.line > one.comment.line
        and covers(other, place)
        and any(ours <= set(meaning("pylint", name).ours) for name in other.directive.codes or ())
        for other in every
    )


def _configured(finding: Finding, handler: Handler | None, config: Config) -> Suppressed | None:
    pattern = matches_per_file(finding.path, finding.code, config)
    if pattern is not None:
        return Suppressed("config", f"per-file-ignores: {pattern}")
    for pattern, selector in ruff_selectors(finding.path, config):
        for found in selected(selector):
            if finding.code in found.ours and (found.clause == "any" or (handler and handler.bare)):
                return Suppressed("ruff", f"per-file-ignores: {pattern}")
    return None
