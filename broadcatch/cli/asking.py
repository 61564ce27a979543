"""Which rewrites does the person at the keyboard want? A question a rewrite on stderr, a key from stdin."""

from __future__ import annotations

import sys

from broadcatch.cli import emit
from broadcatch.model.results import Answer, Choice
from broadcatch.output import fix_choice

_KEYS: dict[str, Answer] = {"y": "yes", "n": "no", "a": "all", "q": "quit", "": "quit"}


class Asking:
    """Call it with one choice after the other; the end of stdin means to stop."""

    def __init__(self, color: str) -> None:
        self._color = emit.use_color(color, sys.stderr.isatty())

    def __call__(self, choice: Choice, /) -> Answer:
        """Show a rewrite, and ask until the answer is one."""
        emit.remark(fix_choice.render(choice, self._color))
        while True:
            emit.remark(fix_choice.QUESTION)
            line = sys.stdin.readline()
            answer = _KEYS.get(line.strip()[:1].lower()) if line.strip() or not line else None
            if not sys.stdin.isatty():
                emit.remark("\n")
            if answer is not None:
                return answer
            emit.remark(fix_choice.HELP)
