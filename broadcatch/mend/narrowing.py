"""Is a suggestion good enough to be written into a clause, or is it a proposal to a person?

Of a closed answer all that can come is named. Of an open one the clause names what is known to come, and
what people would catch. It is written where little is open: not where a callback or a plugin runs (but for
the library's own error around calls of that library), where calls are not seen at all, or where more is known
than a clause would name. Behind clauses for what was foreseen the broad one is for the rest, and stays,
unless the clause is that library's base of which they name the parts. What the handler reads of the error
decides before all else: whoever writes `exc.response` has said which class is meant.

What a handler does says what it is for: whoever says that it is for anything, tells somebody of the error, or
stands as a last line of defence, counted with what nobody can name (`mend/open_answers.py`).

What the file's other clauses catch and what the handler does helps to choose the types, but not to decide
whether they are written: else each rewrite would ask for the next one, or take it back.
"""

from __future__ import annotations

from dataclasses import replace

from broadcatch.mend.answers import named, still_open, written_in
from broadcatch.mend.case import Catches
from broadcatch.mend.intent import Intent
from broadcatch.mend.open_answers import objection_to_open
from broadcatch.model.raising import Proposal, Suggestion
from broadcatch.program.classes import PROGRAMMING

BASES = frozenset({"Exception", "BaseException"})
CERTAIN = 0.5
"""So probable must it be that people mean a mistake of the program, if nothing else can come."""


def objection_to(
    suggestion: Suggestion, intent: Intent, missed: tuple[str, ...], closed_only: bool = False
) -> str:
    """Why the replacement is only shown; "" where `--unsafe` may write it.

    `missed` is what is known to reach the clause and would no longer be caught; `closed_only`: no open answer
    is wanted.
    """
    if closed_only and not suggestion.closed:
        return still_open(suggestion)
    if suggestion.alone.asked:
        return ""
    if (suggestion.closed or suggestion.alone.broad) and not BASES.isdisjoint(missed):
        return "something below raises `Exception` itself, which only a broad clause stops"
    if suggestion.alone.asserts and not any(one.type == "AssertionError" for one in written_in(suggestion)):
        return "its body asserts something, and the clause would not name that"
    if not suggestion.closed:
        return objection_to_open(suggestion, intent, missed)
    if missed:
        return f"it would let {named(missed)} through"
    return _unfounded(suggestion) or _meant_for_the_rest(intent)


def is_proven(suggestion: Suggestion, catches: Catches) -> bool:
    """Whether the written types stop all that can come, mistakes of the program included."""
    written, proven = written_in(suggestion), suggestion.alone.proven
    plain = not any(one.import_module for one in written)
    return bool(proven) and plain and all(any(catches(one.type, each) for one in written) for each in proven)


def _unfounded(suggestion: Suggestion) -> str:
    """Why the types of a closed answer are not worth a clause."""
    ground = suggestion.alone.probability
    if ground < CERTAIN and all(one.type in PROGRAMMING for one in written_in(suggestion)):
        return "nothing but mistakes of the program can come"
    return "" if ground else "only what other clauses of this file catch speaks for it"


def _meant_for_the_rest(intent: Intent) -> str:
    """By which words or deeds a clause says that it is for what nobody foresaw, whatever is known."""
    if intent.anything:
        return intent.anything
    if intent.index and (intent.tells or intent.keeps):
        return "it stands behind clauses for what was foreseen, and tells of the rest"
    return ""


def completed(suggestion: Suggestion) -> Suggestion:
    """The suggestion with all that is expected from near by in its replacement."""
    if not suggestion.whole or suggestion.replacement is None:
        return suggestion
    names = [one.spelling for one in suggestion.whole]
    text = names[0] if len(names) == 1 else f"({', '.join(names)})"
    kept = {one.type for one in suggestion.proposals}
    added = tuple(one for one in suggestion.whole if one.type not in kept)
    return replace(suggestion, replacement=text, also=added)


def widened(suggestion: Suggestion, catches: Catches) -> Suggestion:
    """The suggestion with a builtin base in place of a class whose sibling may come too, if it is proposed.

    `json.loads` of what may be bytes raises UnicodeDecodeError beside JSONDecodeError, both ValueErrors.
    """
    written = written_in(suggestion)
    loose = [one for one in suggestion.possible if not any(catches(each.type, one) for each in written)]
    known = [one for one in (*suggestion.proposals, *suggestion.also) if _is_base(one.type)]
    for one in written:
        for base in known:
            if base not in written and catches(base.type, one.type) and _any(catches, base, loose):
                kept = [each for each in written if not catches(base.type, each.type)]
                names = [base.spelling, *(each.spelling for each in kept)]
                text = names[0] if len(names) == 1 else f"({', '.join(names)})"
                return replace(suggestion, replacement=text)
    return suggestion


def _is_base(type_: str) -> bool:
    return "." not in type_ and type_ not in BASES


def _any(catches: Catches, base: Proposal, those: list[str]) -> bool:
    return any(catches(base.type, one) for one in those if one not in PROGRAMMING)


def missed_by(suggestion: Suggestion, broad: tuple[str, ...], catches: Catches) -> tuple[str, ...]:
    """What can reach the clause, is no programming error, and is stopped by none of the written types, nor by
    another clause of the same `try`.
    """
    everything = bool({"", "BaseException", "builtins.BaseException"} & set(broad))
    aside, beside = {*PROGRAMMING, *suggestion.alone.unfit}, suggestion.alone.beside
    reaching = [one for one in suggestion.possible if one not in aside]
    reaching = [one for one in reaching if not any(catches(each, one) for each in beside)]
    caught = [one for one in reaching if everything or one == "Exception" or catches("Exception", one)]
    written = [one.type for one in written_in(suggestion)]
    return tuple(one for one in caught if not any(catches(each, one) for each in written))


def asked_words(suggestion: Suggestion) -> str:
    """Why the handler itself says what it is for; "" where it reads nothing of the error."""
    read = ", ".join(f"`{one}`" for one in suggestion.alone.asked)
    return f"for an error without {read} the handler itself fails" if read else ""


CLOSED = "nothing else was found that can reach it, mistakes aside (a None, a value of another kind)"
"""Why a closed answer is no safe one: what only a mistake in the program raises is named nowhere."""
