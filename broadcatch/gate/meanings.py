"""Which of our rules does another tool's code mean? Decided by what the codes say, not by their numbers.

Also under which condition, and which of our rules must be on before we may call such a code unused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Clause: TypeAlias = Literal["any", "bare"]

BROAD = ("BC101", "BC102", "BC103", "BC203", "BC301", "BC302", "BC303")
"""What is said about a handler that is too broad: one suppression for it silences all of them."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one code of another tool stands for.

    `ours` are our rules that say the same; `clause` is "bare" where only bare clauses are meant. `needs`:
    the rules of ours that must be on to tell whether the code is of use, () where that cannot be told.
    """

    ours: tuple[str, ...]
    clause: Clause = "any"
    needs: tuple[str, ...] = ()


RUFF: Mapping[str, Meaning] = {
    "BLE001": Meaning(BROAD, needs=("BC102",)),
    "E722": Meaning(BROAD, "bare", ("BC101",)),
    "B001": Meaning(BROAD, "bare"),
    "B904": Meaning(("BC201",), needs=("BC201",)),
    "TRY200": Meaning(("BC201",)),
    "S110": Meaning(("BC301",), needs=("BC301",)),
    "S112": Meaning(("BC301",), needs=("BC301",)),
    "TRY400": Meaning(("BC303",)),
    "TRY201": Meaning(("BC204",)),
    "TRY203": Meaning(("BC205",)),
    "TRY302": Meaning(("BC205",)),
    "B012": Meaning(("BC304",)),
    "SIM107": Meaning(("BC304",)),
    "B017": Meaning(("BC104",)),
    "PT011": Meaning(("BC104",)),
    "B014": Meaning(("BC105",)),
    "B025": Meaning(("BC105",)),
    "ASYNC103": Meaning(("BC103",)),
    "ASYNC104": Meaning(("BC103",)),
}
"""Codes of Ruff and of plug-ins of flake8, as `noqa` and Ruff's brackets name them."""

NAMES: Mapping[str, str] = {
    "blind-except": "BLE001",
    "bare-except": "E722",
    "raise-without-from-inside-except": "B904",
    "try-except-pass": "S110",
    "try-except-continue": "S112",
    "error-instead-of-exception": "TRY400",
    "verbose-raise": "TRY201",
    "useless-try-except": "TRY203",
    "jump-statement-in-finally": "B012",
    "return-in-try-except-finally": "SIM107",
    "assert-raises-exception": "B017",
    "pytest-raises-too-broad": "PT011",
    "duplicate-handler-exception": "B014",
    "duplicate-try-block-exception": "B025",
}
"""Ruff's names of them, which its brackets take in preview."""

_BROAD_EXCEPT = Meaning(BROAD, needs=("BC102",))
_BARE_EXCEPT = Meaning(BROAD, "bare", ("BC101",))
_RAISE_FROM = Meaning(("BC201",), needs=("BC201",))
_HIDDEN_CLAUSE = Meaning(("BC105",))
_FINALLY = Meaning(("BC304",))
PYLINT: Mapping[str, Meaning] = {
    **dict.fromkeys(("broad-except", "broad-exception-caught", "W0703", "W0718"), _BROAD_EXCEPT),
    **dict.fromkeys(("bare-except", "W0702"), _BARE_EXCEPT),
    **dict.fromkeys(("raise-missing-from", "W0707"), _RAISE_FROM),
    **dict.fromkeys(("try-except-raise", "W0706"), Meaning(("BC205",))),
    **dict.fromkeys(("lost-exception", "W0150", "return-in-finally", "W0134"), _FINALLY),
    **dict.fromkeys(("continue-in-finally", "E0116", "break-in-finally"), _FINALLY),
    **dict.fromkeys(("bad-except-order", "E0701", "duplicate-except", "W0705"), _HIDDEN_CLAUSE),
    "W": Meaning((*BROAD, "BC105", "BC201", "BC205", "BC304")),
    "E": Meaning(("BC105",)),
    "exceptions": Meaning((*BROAD, "BC105", "BC201", "BC205")),
}
"""Messages of pylint by every name they have had, its categories, and its checker of exceptions."""

PYCHARM: Mapping[str, Meaning] = {
    "PyBroadException": _BROAD_EXCEPT,
    "PyExceptClausesOrder": _HIDDEN_CLAUSE,
}

_NOTHING = Meaning(())


def meaning(by: str, code: str) -> Meaning:
    """What `code` stands for in a suppression written for `by`; without `ours` where we do not know it."""
    if by == "pylint":
        return PYLINT.get(code, _NOTHING)
    if by == "pycharm":
        return PYCHARM.get(code, _NOTHING)
    return RUFF.get(NAMES.get(code, code) if by == "ruff" else code, _NOTHING)


def selected(selector: str) -> Iterator[Meaning]:
    """What a selector of Ruff's configuration (`BLE`, `B9`, `PL`, `ALL`) stands for."""
    letters = selector.rstrip("0123456789")
    for code, found in RUFF.items():
        if selector == "ALL" or (code.startswith(selector) and code.rstrip("0123456789") == letters):
            yield found
