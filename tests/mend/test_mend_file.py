"""From findings to a changed file: what is asked for, what is offered, and what is left alone?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.mend.case import FileCase
from broadcatch.mend.file import joined, mend
from broadcatch.mend.wanted import wanted
from broadcatch.model.facts import Failure
from broadcatch.model.findings import Suppressed
from broadcatch.model.fixing import FixRequest
from broadcatch.model.raising import Evidence, Ground, Unknown
from broadcatch.model.span import Span
from broadcatch.rewrite.values import BareWanted, ChainWanted, NarrowWanted
from broadcatch.runs.texts import gather_text
from tests.samples import finding, proposal, suggestion

PATH = "x.py"
BROAD = "try:\n    n = int(text)\nexcept Exception:\n    n = 0\n"
BARE = "try:\n    run()\nexcept:\n    pass\n"
UNDONE = "try:\n    run()\nexcept:\n    if undo():\n        raise\n"
CHAIN = "try:\n    run()\nexcept KeyError as error:\n    raise ValueError('no')\n"
ON_RAISE = {"path": PATH, "span": Span(4, 4, 4, 26), "handler": "x.py:3"}
INT = suggestion(
    path=PATH,
    line=3,
    closed=True,
    possible=("TypeError", "ValueError"),
    replacement="ValueError",
    proposals=(proposal("ValueError", type="ValueError"),),
    unresolved=(),
)


def facts_of(text):
    facts = gather_text(text.encode(), PATH, Config(typed=True))
    assert not isinstance(facts, Failure)
    return facts


def by_exception(clause, raised):
    return clause in (raised, "Exception")


def asked(text, *findings, suggestions=(), catches=by_exception):
    live = tuple(one for one in findings if one.suppressed is None)
    judged = {one.handler.span.line: one for one in judge_file(facts_of(text), Config())}
    return wanted(FileCase(PATH, live, judged, {one.line: one for one in suggestions}, catches))


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a text to x.py in an empty working directory; what stands there afterwards."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / PATH


def test_an_unchained_raise_asks_for_a_cause_where_it_stands():
    assert asked(CHAIN, finding("BC201", **ON_RAISE)) == (ChainWanted(4, 4),)


def test_a_clause_asks_once_however_many_findings_it_has():
    findings = [finding(code, PATH, 3) for code in ("BC102", "BC302")]
    [one] = asked(BROAD, *findings, suggestions=[INT])
    assert isinstance(one, NarrowWanted)
    assert (one.line, one.replacement, one.broad, one.safety) == (3, "ValueError", ("Exception",), "unsafe")


def test_a_suppressed_finding_asks_for_nothing():
    assert asked(BROAD, finding(path=PATH, line=3, suppressed=Suppressed("noqa")), suggestions=[INT]) == ()


def test_without_a_proposal_a_broad_clause_asks_for_nothing():
    assert asked(BROAD, finding(path=PATH, line=3)) == ()


GUESS = replace(INT, alone=Ground(0.1, ("ValueError",)))


def test_while_a_call_is_unknown_an_improbable_type_is_only_a_proposal(file):
    file.write_text(BROAD)
    half = replace(GUESS, closed=False, unresolved=(Unknown(2, "http.post", "?"),) * 2)
    result = mend(PATH, asked(BROAD, finding(path=PATH, line=3), suggestions=[half]), FixRequest(True, True))
    assert [one.reason for one in result.refused] == [
        "only a proposal: what these raise is not known: http.post"
    ]
    assert file.read_text() == BROAD


ATTRIBUTE = "the attribute belongs to an object of unknown type, and may run code"


def half_known(*unknown, **other):
    return replace(INT, closed=False, unresolved=unknown, **other)


def test_where_only_attributes_are_unknown_a_type_is_unsafe_and_says_what_is_open():
    reads = tuple(Unknown(2, name, ATTRIBUTE) for name in ("a.x", "b.x", "b.x", "c.x", "d.x", "e.x"))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[half_known(*reads)])
    assert (one.safety, one.reason) == ("unsafe", "what these raise is not known: a.x, b.x, c.x, 2 more")


@pytest.mark.parametrize(
    "why", ["a parameter is called", "it runs code that cannot be seen", "more than 25 classes override it"]
)
def test_code_that_others_bring_along_keeps_the_clause_broad(why):
    half = half_known(Unknown(2, "hook", why), alone=Ground(0.5, ("ValueError",)))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[half])
    assert (one.safety, one.reason) == ("display", "code that is not known here runs in it: hook")


def test_two_calls_of_which_nothing_is_known_keep_the_clause_broad():
    one, two = (
        Unknown(2, name, "method of `http`, whose type is not known") for name in ("http.a", "http.b")
    )
    [wish] = asked(BROAD, finding(path=PATH, line=3), suggestions=[half_known(one)])
    assert wish.safety == "unsafe"
    both = half_known(one, two, alone=Ground(0.5, ("ValueError",)))
    [wish] = asked(BROAD, finding(path=PATH, line=3), suggestions=[both])
    assert wish.safety == "display"


def test_a_library_that_cannot_be_read_keeps_the_clause_broad():
    why = "`redis.Redis.get`: nothing is known of it, from redis (not part of the project)"
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[half_known(Unknown(2, "db.get", why))])
    assert (one.safety, one.reason) == ("display", "nothing of this library can be read here: db.get")


def test_what_cannot_all_be_named_keeps_the_clause_broad():
    ground = Ground(0.9, ("A",), ("A", "B", "C", "D", "E", "F"), uncovered=("a.run",))
    half = half_known(Unknown(2, "a.x", ATTRIBUTE), alone=ground)
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[half])
    assert one.reason == "more can come than a clause would name: A, B, C, 3 more"


@pytest.mark.parametrize(
    ("closed", "near", "safety"),
    [(False, True, "display"), (False, False, "unsafe"), (True, True, "display"), (True, False, "display")],
)
def test_what_raises_exception_itself_keeps_the_clause_broad_unless_it_is_far_and_more_is_open(
    closed, near, safety
):
    ground = Ground(0.9, ("ValueError",), broad=near)
    half = half_known(*() if closed else (Unknown(2, "a.x", ATTRIBUTE),), alone=ground)
    answer = replace(half, closed=closed, possible=("Exception", "ValueError"))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[answer])
    assert one.safety == safety
    assert ("raises `Exception` itself" in one.reason) is (safety == "display")


BEHIND = "try:\n    n = int(text)\nexcept KeyError:\n    n = 1\nexcept Exception:\n    n = 0\n"
FORESEEN = "it stands behind clauses for what was foreseen"


@pytest.mark.parametrize("probability", [0.4, 0.9])
def test_behind_clauses_for_what_was_foreseen_the_rest_is_meant(probability):
    half = half_known(Unknown(2, "a.run", "?"), line=5, alone=Ground(probability, ("ValueError",)))
    [one] = asked(BEHIND, finding(path=PATH, line=5, handler="x.py:5"), suggestions=[half])
    assert (one.safety, one.reason) == ("display", f"{FORESEEN}; what these raise is not known: a.run")


def test_behind_clauses_the_rest_of_a_closed_answer_is_meant_where_the_handler_tells_of_it():
    told = BEHIND.replace("Exception:\n    n = 0", "Exception as e:\n    print(e)")
    [one] = asked(told, finding(path=PATH, line=5, handler="x.py:5"), suggestions=[replace(INT, line=5)])
    assert (one.safety, one.reason) == ("display", f"{FORESEEN}, and tells of the rest")


LIBRARY = (
    "import ccxt\ntry:\n    n = a.run()\nexcept ccxt.RateLimit as e:\n    raise Later() from e\n"
    "except Exception as e:\n    raise Failed() from e\n"
)


@pytest.mark.parametrize(
    ("text", "missed", "safety"),
    [
        (LIBRARY, (), "unsafe"),
        (LIBRARY, ("ccxt.Other",), "display"),
        (LIBRARY.replace("ccxt.RateLimit", "(ccxt.RateLimit, OSError)"), (), "display"),
    ],
)
def test_behind_clauses_for_errors_of_one_library_its_base_is_the_rest(text, missed, safety):
    base = proposal("ccxt.BaseError", type="ccxt.BaseError")
    half = half_known(Unknown(3, "a.run", "?"), line=6, proposals=(base,), replacement="ccxt.BaseError")
    answer = replace(half, possible=("ccxt.BaseError", *missed))
    [one] = asked(text, finding(path=PATH, line=6, handler="x.py:6"), suggestions=[answer])
    assert one.safety == safety


@pytest.mark.parametrize(
    ("why", "type_", "safety"),
    [
        ("it runs code that cannot be seen", "requests.RequestException", "unsafe"),
        ("a parameter is called", "requests.RequestException", "display"),
        ("it runs code that is passed to it", "ValueError", "unsafe"),
        ("it runs code that cannot be seen", "ValueError", "display"),
    ],
)
def test_a_library_s_own_error_is_written_around_its_calls_though_they_run_other_code(why, type_, safety):
    half = half_known(Unknown(2, "requests.get", why), alone=Ground(0.5, (type_,)))
    answer = replace(half, proposals=(proposal(type_, type=type_),), replacement=type_, possible=(type_,))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[answer])
    assert one.safety == safety


@pytest.mark.parametrize(
    ("types", "safety"),
    [(["redis.RedisError"], "unsafe"), (["redis.ConnectionError", "redis.TimeoutError"], "display")],
)
def test_of_a_package_that_is_not_installed_one_class_must_stop_all_that_is_known(types, safety):
    why = "`redis` is not installed here, so it was not read"
    half = half_known(Unknown(2, "db.get", why), alone=Ground(0.5, tuple(types)))
    named = tuple(proposal(one, type=one) for one in types)
    text = types[0] if len(types) == 1 else f"({', '.join(types)})"
    answer = replace(half, proposals=named, replacement=text, possible=tuple(types))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[answer])
    assert one.safety == safety


def test_what_runs_any_text_may_raise_anything():
    half = half_known(Unknown(2, "exec", "it runs code that cannot be seen"), alone=Ground(0.9, ("A",)))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[half])
    assert one.safety == "display"


@pytest.mark.parametrize(("probability", "safety"), [(0.2, "display"), (0.4, "unsafe")])
def test_what_only_clauses_elsewhere_speak_for_must_be_probable_by_this_try_too(probability, safety):
    heard = proposal("ValueError", evidence=(Evidence("usage", PATH, 2, "this file catches ValueError"),))
    half = half_known(Unknown(2, "a.x", ATTRIBUTE), alone=Ground(probability, ("ValueError",)))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[replace(half, proposals=(heard,))])
    assert one.safety == safety


def test_what_the_handler_reads_of_every_error_decides_however_much_is_open():
    ground = Ground(0.1, ("ValueError", "KeyError"), asked=("code",), unfit=("KeyError",))
    half = half_known(Unknown(2, "hook", "a parameter is called"), alone=ground)
    told = replace(half, possible=("KeyError", "ValueError"))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[told])
    assert (one.safety, one.reason) == ("unsafe", "for an error without `code` the handler itself fails")
    assert one.leaves == ("Exception",)


def test_what_is_known_and_not_named_leaves_and_so_may_anything_else():
    half = replace(READ, closed=False, unresolved=(Unknown(2, "http.post", "?"),))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[half])
    assert one.leaves == ("FileNotFoundError", "UnicodeDecodeError", "Exception")


def test_a_bare_clause_takes_the_types_where_a_broad_one_would():
    half = replace(GUESS, closed=False, unresolved=(Unknown(2, "plugin.run", "?"),))
    assert asked(BARE, finding("BC101", PATH, 3), suggestions=[half]) == (BareWanted(3),)
    [one] = asked(BARE, finding("BC101", PATH, 3), suggestions=[INT])
    assert one.replacement == "ValueError"
    [one] = asked(BARE, finding("BC101", PATH, 3), suggestions=[replace(half, alone=Ground(0.5))])
    assert one.replacement == "ValueError"


def test_where_only_mistakes_of_the_program_are_known_the_clause_stays_broad():
    mistake = proposal("AttributeError", type="AttributeError")
    half = replace(INT, closed=False, unresolved=(Unknown(2, "http.post", "?"),), proposals=(mistake,))
    guessed = replace(half, replacement="AttributeError")
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[guessed])
    assert (one.safety, one.reason.partition(";")[0]) == ("display", "only mistakes of the program are known")


def test_where_nothing_but_mistakes_can_come_people_must_surely_mean_them():
    mistake = proposal("AttributeError", type="AttributeError")
    closed = replace(INT, possible=("AttributeError",), proposals=(mistake,), replacement="AttributeError")
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[closed])
    assert one.safety == "unsafe"
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[replace(closed, alone=Ground(0.4))])
    assert (one.safety, one.reason) == ("display", "nothing but mistakes of the program can come")


def test_who_catches_everything_and_lets_it_leave_again_means_everything():
    everything = "try:\n    n = int(text)\nexcept BaseException:\n    raise ValueError from None\n"
    assert asked(everything, finding(path=PATH, line=3), suggestions=[INT]) == ()
    at_times = everything.replace("    raise ValueError", "    if text:\n        raise ValueError")
    assert asked(at_times, finding(path=PATH, line=3), suggestions=[INT]) == ()


def test_what_only_other_clauses_speak_for_is_not_written():
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[replace(INT, alone=Ground())])
    assert one.safety == "display"


READ = replace(INT, possible=("FileNotFoundError", "TypeError", "UnicodeDecodeError", "ValueError"))
LEFT_OUT = "only a proposal: it would let FileNotFoundError, UnicodeDecodeError through"


def test_what_is_known_and_not_proposed_is_not_let_through(file):
    file.write_text(BROAD)
    result = mend(PATH, asked(BROAD, finding(path=PATH, line=3), suggestions=[READ]), FixRequest(True, True))
    assert [one.reason for one in result.refused] == [LEFT_OUT]
    assert file.read_text() == BROAD


def test_a_proposed_base_stops_its_subclasses():
    def catches(clause, raised):
        return clause in ("Exception", "ValueError")

    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[READ], catches=catches)
    assert (one.replacement, one.safety) == ("ValueError", "unsafe")


def test_an_exit_was_never_caught_by_exception():
    def catches(clause, raised):
        return clause == raised or (clause == "Exception" and raised != "SystemExit")

    exits = replace(INT, possible=("SystemExit", "ValueError"))
    [one] = asked(BROAD, finding(path=PATH, line=3), suggestions=[exits], catches=catches)
    assert one.safety == "unsafe"
    everything = BROAD.replace("Exception", "BaseException")
    [one] = asked(everything, finding(path=PATH, line=3), suggestions=[exits], catches=catches)
    assert one.reason == "it would let SystemExit through"


def test_a_bare_clause_is_not_narrowed_past_a_known_error():
    assert asked(BARE, finding("BC101", PATH, 3), suggestions=[READ]) == (BareWanted(3),)


def test_a_bare_clause_says_whether_it_cleans_up():
    assert asked(BARE, finding("BC101", PATH, 3)) == (BareWanted(3),)
    assert asked(UNDONE, finding("BC101", PATH, 3)) == (BareWanted(3, cleans_up=True),)


def test_an_offered_rewrite_is_a_diff_and_the_file_stays(file):
    file.write_text(CHAIN)
    result = mend(PATH, [ChainWanted(4, 4)], FixRequest(False, False))
    assert "+    raise ValueError('no') from error\n" in result.diffs[0].text
    assert [(offer.line, offer.safety) for offer in result.offered] == [(4, "safe")]
    assert result.written == ()
    assert file.read_text() == CHAIN


def test_write_applies_it(file):
    file.write_text(CHAIN)
    assert mend(PATH, [ChainWanted(4, 4)], FixRequest(True, False)).written == (PATH,)
    assert file.read_text() == CHAIN.replace("('no')", "('no') from error")


def test_an_unsafe_rewrite_waits_for_the_word(file):
    file.write_text(BROAD)
    narrow = asked(BROAD, finding(path=PATH, line=3), suggestions=[INT])
    held = mend(PATH, narrow, FixRequest(True, False))
    assert (held.diffs, held.offered, held.written) == ((), (), ())
    assert [refusal.reason for refusal in held.refused] == ["unsafe: --unsafe includes it"]
    mend(PATH, narrow, FixRequest(True, True))
    assert file.read_text() == BROAD.replace("Exception", "ValueError")


def test_a_file_that_has_gone_is_a_failure(file):
    result = mend(PATH, [ChainWanted(4, 4)], FixRequest(True, True))
    assert [failure.stage for failure in result.failures] == ["read"]


def test_results_of_files_are_joined_in_order(file):
    file.write_text(CHAIN)
    one = mend(PATH, [ChainWanted(4, 4)], FixRequest(False, False))
    assert joined([one, mend(PATH, [], FixRequest(False, False)), one]).offered == one.offered * 2
