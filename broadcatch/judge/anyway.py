"""What goes on behind a `try` as if it had gone well, though its error was kept?"""

from __future__ import annotations

from broadcatch.flow.walk import calls_in
from broadcatch.judge import stakes
from broadcatch.judge.lexicon import parts
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Call
from broadcatch.model.outcome import LEAVES

_ENDS = frozenset("stop exit quit abort terminate shutdown kill fail raise".split())


def anyway(judged: Judged) -> str:
    """What is done all the same, in words; "" where nothing is, or the handler leaves or sets it right."""
    handler = judged.handler
    if judged.verdict.outcome in LEAVES or stakes.first_that_works(handler):
        return ""
    if handler.saved_over:
        return f"`{handler.saved_over}` will write over what could not be loaded"
    if _skips(judged):
        return ""
    if handler.advanced and not handler.advanced.endswith(("]", ")")):  # a commit keeps other work too
        return f"`{handler.advanced}` after it is done all the same"
    told = "" if any(map(_ends, calls_in(handler.body))) else handler.tells_success
    return f"`{told}` after it says that all went well" if told else ""


def _ends(call: Call) -> bool:
    """Whether a call of the handler stops what would go on: `self.stop(exitcode=1)`."""
    return not _ENDS.isdisjoint(parts(call.name.rpartition(".")[2]))


def _skips(judged: Judged) -> bool:
    """Whether no path comes to what stands behind the `try`."""
    ends = (path.steps[-1].text if path.steps else "" for path in judged.verdict.paths)
    return all(text.startswith(("continue", "return", "break", "raise")) for text in ends)
