"""What is asked of `fix`, and which kinds of rewrite are there?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

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


@dataclass(frozen=True, slots=True)
class FixRequest:
    """What a run of `fix` may do: `write` the files, with the `unsafe` rewrites too.

    `allow_escape`: those too that let an exception end where nobody hears of it.
    """

    write: bool = False
    unsafe: bool = False
    allow_escape: bool = False
