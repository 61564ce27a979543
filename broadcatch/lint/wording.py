"""How is it said to a person what a clause catches and what becomes of the error?"""

from __future__ import annotations

from collections.abc import Iterable

from broadcatch.judge.attempts import is_log_helper
from broadcatch.judge.meaning import is_logging
from broadcatch.judge.records import records, shows_error
from broadcatch.judge.verdict import Judged
from broadcatch.judge.words import BROAD
from broadcatch.model.flow import Caught
from broadcatch.model.outcome import Outcome, Path, Verdict

_WORDS: dict[Outcome, str] = {
    "dropped": "the error is dropped",
    "logged-text": "the error is logged without its traceback",
    "logged-traceback": "the error is logged and goes no further",
    "handed-on": "the error is handed on",
    "exits": "the program exits",
    "translated": "another error takes its place",
    "chained": "another error is raised from it",
    "reraised": "the error is raised again",
}
_FIXED = "a fixed text is logged; the error itself is not in it"


def caught_words(judged: Judged) -> str:
    """`catches Exception`, `catches everything`, `catches Exception through ERRORS`."""
    if judged.handler.bare:
        return "catches everything"
    named = [one for one in judged.handler.caught if one.name in judged.verdict.broad]
    # A constant stands for several classes, all under its name: the broad ones are meant.
    broad = [one for one in named if one.qualified in BROAD] or named or judged.handler.caught
    return "catches " + joined(dict.fromkeys(map(_class_words, broad)))


def outcome_words(verdict: Verdict) -> str:
    """What becomes of the error on the worst path, and whether that is so on every path."""
    others = any(path.outcome != verdict.outcome for path in verdict.paths)
    return ("on one path " if others else "") + path_words(verdict.worst)


def kept_words(judged: Judged) -> str:
    """As `outcome_words`; where only a fixed text is told, or no log has it, that is said."""
    words, told = outcome_words(judged.verdict), _WORDS["logged-text"]
    if judged.verdict.outcome != "logged-text":
        return words
    shown = list(records(judged.handler))
    logged = any(is_logging(call) or is_log_helper(call) for call in shown)
    if not shows_error(judged.handler):
        return words.replace(told, _FIXED if logged else _FIXED.replace("logged", "shown"))
    return words if logged else words.replace(told, _given_to(judged, bool(shown)))


def _given_to(judged: Judged, shown: bool) -> str:
    """What is said where no log has anything: the text is printed, or some other call has it."""
    calls = [step.text for step in judged.verdict.worst.steps if step.text.endswith("(…)")]
    if shown or not calls:
        return "the error is shown without its traceback"
    return f"only the error's text goes to `{calls[-1]}`"


def path_words(path: Path) -> str:
    """What becomes of the error on one path."""
    if path.outcome == "fallback":
        return f"`{_statement(path)}` takes its place"
    words = _WORDS[path.outcome]
    statement = _statement(path) if path.value else ""
    if path.outcome in ("logged-text", "logged-traceback") and statement.startswith(("return", "yield")):
        return f"{words}, and `{statement}` takes its place"
    return words


def joined(words: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _class_words(caught: Caught) -> str:
    if not caught.via or caught.via.rpartition(".")[2] == caught.qualified.rpartition(".")[2]:
        return caught.name  # written out, or re-exported under its own name
    return f"{caught.qualified.removeprefix('builtins.') or caught.name} through {caught.via}"


def _statement(path: Path) -> str:
    """The statement that puts a value in the error's place, as the path's steps spell it."""
    spelled = (path.value, f"return {path.value}", f"yield {path.value}")
    return next((step.text for step in reversed(path.steps) if step.text in spelled), path.value)
