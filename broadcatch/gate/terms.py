"""Who answers for a suppression, and until when? `(payments, until 2027-03-01)` at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TERMS = re.compile(
    r"\(\s*(?:(?:(?P<owner>[^\s(),][^(),]*?)\s*,\s*)?until\b\s*:?\s*(?P<until>[^\s(),]*)"
    r"|(?P<alone>@[^\s(),]+))\s*\)(?=[\s.]*(?:#|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """`until` is the last day on which it holds (`2027-03-01`); "" where nothing is said."""

    owner: str = ""
    until: str = ""
    flaw: str = ""


def terms(text: str) -> tuple[Terms, str]:
    """The terms in the words of a suppression, and the words with blanks in their place."""
    found = _TERMS.search(text)
    if found is None:
        return Terms(), text
    rest = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    if found["alone"]:
        return Terms(found["alone"]), rest
    until = found["until"]
    flaw = "" if is_day(until) else f'"{until}" is no day; it is written 2027-03-01'
    return Terms(found["owner"] or "", until, flaw), rest


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar, as `2027-03-01`."""
    from datetime import date  # few comments name a day

    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
