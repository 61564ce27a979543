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


@dataclass(frozen=True, slots=True)
class FixRequest:
    """What a run of `fix` may do: `write` the files, with the `unsafe` rewrites too.

    `kinds` are the kinds of rewrite that are asked for (() for all), `by` cuts them into pieces. `verify` is
    the command that must pass after as before ("" for none), at most `runs` times run.
    """

    write: bool = False
    unsafe: bool = False
    kinds: tuple[Kind, ...] = ()
    by: By | None = None
    verify: str = ""
    runs: int = 100
