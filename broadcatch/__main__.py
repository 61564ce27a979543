"""How is broadcatch started? `broadcatch` and `python -m broadcatch` both come here."""

from __future__ import annotations

import gc
import os
import sys

_RARELY = 20_000
"""How many new objects make this process look for garbage: facts and findings hold no cycles and are kept."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    from broadcatch.cli.main import run

    gc.set_threshold(_RARELY)
    _open_streams()
    sys.exit(run(sys.argv[1:]))


def _open_streams() -> None:
    """Where the caller has closed stdout or stderr, what is written there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))


if __name__ == "__main__":
    main()
