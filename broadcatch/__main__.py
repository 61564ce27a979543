"""How is broadcatch started? `broadcatch` and `python -m broadcatch` both come here."""

from __future__ import annotations

import gc
import os
import sys

COLLECT = (200_000, 50, 1000)
"""Syntax trees are many objects that live long: looking for garbage among them is dear and finds none."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    from broadcatch.cli.main import run

    _open_streams()
    gc.set_threshold(*COLLECT)
    sys.exit(run(sys.argv[1:]))


def _open_streams() -> None:
    """Where the caller has closed stdout or stderr, what is written there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))


if __name__ == "__main__":
    main()
