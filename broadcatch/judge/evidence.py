"""What shows that the error matters where it ends? Positive evidence, each with its words; () for none.

A handler whose error is hidden is worth a change only where something speaks for it: several different steps
failed alike, something may not have been written, a made-up value looks like an answer, nobody can find out
what it was. Each is a small function of the judged handler, as in `stakes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, never_goes_on
from broadcatch.judge import attempts, records, stakes, state
from broadcatch.judge.answers import TELLS_FAILURE, answer_instead, expected
from broadcatch.judge.anyway import anyway
from broadcatch.judge.broken import breaks, same_story
from broadcatch.judge.left_out import assertion, item, only_removes, several_names
from broadcatch.judge.lexicon import AMBIGUOUS_EVERYWHERE, is_about_showing, parts, subject_of
from broadcatch.judge.own_state import own_state
from broadcatch.judge.steps import own_code, steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Call, Value

HIDES = ("dropped", "fallback", "logged-text")
"""Outcomes in which nobody has the error in full."""

UNSAID = "nobody can tell what failed"
UNKNOWN = "nothing is known of what is called"
"""Signs that the message of a finding tells already, or that tell nobody anything."""

_MANY = 4
_FEW = 2
_DECIDES = frozenset(
    "authenticate authorize authorise login logout check verify validate require has is can grant revoke "
    "assign create decode jwt add register load process".split()
)
"""Words beside one of access that say that it is decided, not only mentioned."""
_OF_FILES = frozenset("dir dirs directory file files folder folders path paths".split())
"""Whose permissions the system decides."""
_SAYS_NOTHING = re.compile(r"""^f?["'](n/?a|none|unknown|error|-*|\?)["']$""", re.IGNORECASE)
_BESIDE = frozenset("log logs img image thumbnail fig plt plot error errors traceback screenshot".split())
"""Records and pictures of the work, which can be made again."""
_TAKES_AWAY = frozenset("delete remove unlink discard".split())
_FIGURE = re.compile(r"""^(-?[1-9][\d.]*|Decimal\(["']?-?[1-9][\d.]*["']?\))$""")
"""A number that is not nothing."""
_NUMBER = re.compile(r"\d|^(int|float)\(")
_STATUS = ("1", "-1")
"""Numbers by which a function says that it failed; beside a record nobody takes them for a result."""
_CONSTANT = re.compile(r"(?:\w+\.)*_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_MADE = ("number", "name", "call", "other")
_SEVERAL = 3
_SORTED = frozenset("by file files link links package packages list items item rows columns queue".split())


def evidence(judged: Judged) -> tuple[str, ...]:
    """What speaks for a change; only of errors that are dropped, replaced by a value, or told by a text."""
    if judged.verdict.outcome not in HIDES:
        return ()
    return tuple(filter(None, (sign(judged) for sign in _SIGNS)))


def several_steps(judged: Judged) -> str:
    """Different steps failed alike: nobody can tell which, and a bug in one is taken for what was meant."""
    made = steps_of(judged)
    names = {call.name for call in made}
    own = {call.name for call in made if attempts.is_own(call, judged.module)}
    recorded = judged.verdict.outcome == "logged-text"
    if recorded and judged.handler.place.loop and records.tells_item(judged.handler):
        return ""
    several = len(names) >= _MANY or (len(names) >= _SEVERAL and len(own) >= (_FEW if recorded else 1))
    return f"{len(names)} different calls fail alike here" if several else ""


def _unsaid(judged: Judged) -> str:
    """A record that does not say what it was sends its reader away with nothing."""
    if judged.verdict.outcome != "logged-text":
        return ""
    if not records.shows_error(judged.handler):
        loud = any(map(records.is_loud, records.records(judged.handler)))
        if not loud and only_removes(judged):
            return ""
        worth = steps_of(judged) and (loud or len(steps_of(judged)) > _FEW or own_code(judged))
        return UNSAID if worth else ""
    only = records.says_only(judged.handler) and not _asks_a_service(judged)
    return "the record says nothing but the error's own text" if only else ""


def _asks_a_service(judged: Judged) -> bool:
    """Whether all that is tried is one call of another service, of which the error's text says which."""
    made = steps_of(judged)
    return len(made) == 1 and attempts.is_client(made[0])


def _rest(judged: Judged) -> str:
    """Behind clauses for what was foreseen, only what nobody foresaw arrives: it needs its traceback."""
    foreseen = [one for one in judged.handler.earlier if not never_goes_on(one.body) or len(one.body) > 1]
    text = judged.verdict.outcome == "logged-text" and foreseen
    return "what was foreseen has clauses of its own: this is the rest" if text else ""


def _write(judged: Judged) -> str:
    """Not of one file of which the record says which and why."""
    call = stakes.kept_call(judged.handler)
    if (
        call is None
        or not _BESIDE.isdisjoint(parts(call.name))
        or (judged.verdict.outcome == "logged-text" and _is_told(judged, call))
        or stakes.written_otherwise(judged.handler)
    ):
        return ""
    return f"`{call.name}` may not have been written"


def _is_told(judged: Judged, call: Call) -> bool:
    """Whether the record tells all there is to know about one thing that was not written or removed."""
    words = parts(call.name.rpartition(".")[2])
    here = stakes.function_of(judged.handler)
    plain = (
        words[:1] == ("publish",)
        or (words[:1] == ("dump",) and not stakes.saves(here))
        or not _TAKES_AWAY.isdisjoint(words)
    )
    given = [one.value for one in stakes.answers(judged.handler)]
    plain = plain or (bool(given) and all(one is not None and one.kind == "false" for one in given))
    outside = len(steps_of(judged)) == 1 and not own_code(judged) and not stakes.saves(here)
    return (plain or outside) and len(steps_of(judged)) <= _FEW and records.tells_well(judged.handler)


def _half(judged: Judged) -> str:
    half = state.half_done(judged.handler)
    return f"`{half.write.text}` stays when `{half.call.name}` fails" if half else ""


def counted(judged: Judged) -> str:
    """A value is made up where money is counted, or one's own code that counts it may fail unseen."""
    name = next(filter(_is_money, stakes.names_at_work(judged.handler)), "")
    given = judged.verdict.fallback.rpartition(" = ")[2]
    counts = given or (own_code(judged) and (len(steps_of(judged)) > 1 or judged.handler.place.loop))
    if _SAYS_NOTHING.match(given) or (_is_text(given) and TELLS_FAILURE.search(given)):
        return ""
    return f"`{name}` is about money" if name and counts else ""


def _is_text(given: str) -> bool:
    """Whether a value is, or holds, a text for somebody: `return False, "it could not be read"`."""
    return '"' in given or "'" in given


def _is_money(name: str) -> bool:
    words = parts(name)
    if words[:1] == ("order",) and not _SORTED.isdisjoint(words):
        return False  # to put in order
    return not is_about_showing(words) and bool(subject_of("money", words, AMBIGUOUS_EVERYWHERE)[1])


def _access(judged: Judged) -> str:
    """Not where a log tells of a login that is tried here: that it was refused is the ordinary case."""
    name = decided(judged)
    tried = {call.name.rpartition(".")[2] for call in calls_in(judged.handler.attempt)}
    if (
        judged.verdict.outcome == "logged-text"
        and name in tried
        and "login" in parts(name)
        and records.tells_well(judged.handler)
    ):
        return ""
    return f"`{name}` is about who may do what" if name else ""


def decided(judged: Judged) -> str:
    """The name by which it is decided here who may do what; "" where that is only mentioned."""
    name = stakes.access(judged.handler)
    words = set(parts(name))
    return name if words & _DECIDES and not words & _OF_FILES else ""


def _answer(judged: Judged) -> str:
    """The caller gets what also a success may give, though a whole step has failed."""
    if expected(judged):
        return ""
    text, told = answer_instead(judged), judged.verdict.outcome == "logged-text"
    figure = next((value for value in _returned(judged) if _FIGURE.match(value)), "")
    told_status = figure in _STATUS and told and records.tells_well(judged.handler)
    if figure and steps_of(judged) and not told_status:
        return f"`{figure}` looks like any other answer"
    named = _named(judged)
    if named:
        return f"`{named}` looks like any other answer"
    if told and _is_told_of(judged, text):
        return ""  # whoever asked sees that there is nothing, and the log says why
    empty = text in ("[]", "{}")
    asked = empty and (
        attempts.reads_document(judged.handler) or any(call.awaited for call in steps_of(judged))
    )
    return f"`{text}` looks like any other answer" if text and (own_code(judged) or told or asked) else ""


def _is_told_of(judged: Judged, text: str) -> bool:
    """Whether a record says what failed and why, and the value in its place cannot be taken for an answer.

    A number is taken for the answer all the same.
    """
    if _NUMBER.search(text):
        return False
    loud = any(map(records.is_loud, records.records(judged.handler))) and records.shows_error(judged.handler)
    return (loud and _asks_a_service(judged)) or records.tells_well(judged.handler)


def _named(judged: Judged) -> str:
    """The named constant that is returned for what was asked of others or of one's own code; "" for none."""
    asked = own_code(judged) or any(call.awaited for call in steps_of(judged))
    found = next(filter(_CONSTANT.fullmatch, _returned(judged)), "")
    return found if asked and not TELLS_FAILURE.search(found.replace("_", " ")) else ""


def _returned(judged: Judged) -> Iterator[str]:
    return (answer.value.text for answer in stakes.answers(judged.handler) if answer.value is not None)


def _made_up(judged: Judged) -> str:
    """A value of the handler's own stands for what takes several statements to work out."""
    if (
        judged.verdict.outcome != "fallback"
        or len(judged.handler.attempt) < _SEVERAL
        or judged.handler.documented
        or expected(judged)
    ):
        return ""
    values = (answer.value for answer in stakes.answers(judged.handler))
    made = next((value.text for value in values if value and (value.kind in _MADE or _is_list(value))), "")
    told = TELLS_FAILURE.search(made) or not attempts.steps(judged.handler) or "fallback" in made.lower()
    return f"`{made}` looks like any other answer" if made and not told else ""


def _is_list(value: Value) -> bool:
    """Whether a list with something in it is written out: whoever asked for several takes it for some."""
    return value.kind == "literal" and value.text.startswith("[")


def _several_tasks(judged: Judged) -> str:
    silent = judged.verdict.outcome != "logged-text" and attempts.asks_several(judged.handler)
    return "it waits for what was begun elsewhere, which fails in many ways" if silent else ""


def _unknown(judged: Judged) -> str:
    """What the file does not say where it comes from may be anything, and gets no benefit of the doubt."""
    if judged.verdict.outcome == "logged-text" and records.shows_error(judged.handler):
        return ""
    names = (call.name for call in attempts.steps(judged.handler) if call.head == "unknown")
    name = next(names, "")
    return UNKNOWN if name else ""


def _client(judged: Judged) -> str:
    """Whoever asked is told of a failure of which the log keeps no traceback."""
    told = judged.verdict.outcome == "logged-text" and not judged.handler.place.loop
    answers = [one for one in stakes.answers(judged.handler) if one.value is not None]
    failed = any(one.value is not None and TELLS_FAILURE.search(one.value.text) for one in answers)
    outside = len(steps_of(judged)) == 1 and judged.verdict.zone == "core" and not own_code(judged)
    plain = outside and records.tells_well(judged.handler)
    return (
        "it is answered as a failure, of which only a text is left" if told and failed and not plain else ""
    )


def _worker(judged: Judged) -> str:
    worker = judged.verdict.zone == "worker" and not stakes.first_that_works(judged.handler)
    return "a worker goes on after it" if worker and judged.verdict.outcome == "logged-text" else ""


_SIGNS = (
    several_steps,
    _unsaid,
    _rest,
    _write,
    _half,
    counted,
    _access,
    item,
    assertion,
    _answer,
    _made_up,
    several_names,
    _several_tasks,
    own_state,
    _client,
    _worker,
    anyway,
    breaks,
    same_story,
    _unknown,
)
