"""What is asked of `fix`, and which kinds of rewrite are there?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "bare",
    "batch",
    "cancellation",
    "chain",
    "narrow",
    "re-raise",
    "split",
    "traceback",
    "translate",
    "useless",
    "worker",
]
"""One name a codemod; `docs/fixes.md` describes each."""
KINDS: tuple[Kind, ...] = get_args(Kind)
By: TypeAlias = Literal["file", "owner", "rule"]
"""What makes a piece that one person reviews: a file, all files of an owner, all rewrites for one rule."""

RUNS = 100
"""How often the command of `--verify` may run, unless it is said."""

Stage: TypeAlias = Literal["observe", "surface", "narrow"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""How far a split is taken: what the residual logs goes on as before, is raised again, is caught no more."""

RESIDUAL: str = "broadcatch: residual"
"""What the comment on a clause begins with that a split left behind: `except Exception:  # …`."""

UNEXPECTED: str = "unexpected error in"
"""What the log record of such a clause begins with."""


def is_residual(comment: str) -> bool:
    """Whether a comment (without its `#`) marks the clause as the residual of a split."""
    return comment.lstrip("# ").startswith(RESIDUAL)


@dataclass(frozen=True, slots=True)
class FixRequest:
    """What a run of `fix` may do: `write` the files, with the `unsafe` rewrites too.

    `kinds` are the kinds of rewrite that are asked for (() for all), `by` cuts them into pieces. `verify` is
    the command that must pass after as before ("" for none), at most `runs` times run. `allow_escape`: those
    rewrites too that let an exception end where nobody hears of it. `closed`: classes are written only where
    all that can come is known.
    `stage` asks for the splitting of broad clauses alone, taken that far; `scaffold` names a file that is
    given the exception classes which the mapping names, and nothing else is done.
    """

    write: bool = False
    unsafe: bool = False
    kinds: tuple[Kind, ...] = ()
    by: By | None = None
    verify: str = ""
    runs: int = RUNS
    allow_escape: bool = False
    closed: bool = False
    stage: Stage | None = None
    scaffold: str = ""
