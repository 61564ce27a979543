"""What `raises` prints: families, programming errors aside, chains, and the ends of the way up."""

from __future__ import annotations

from broadcatch.model.escaping import Caller, Escaping, Landed, Landing, LandsAnswer, RaisesAnswer
from broadcatch.model.raising import Evidence, Unknown
from broadcatch.model.results import LandsResult, RaisesResult
from broadcatch.output import lands_text, raises_text
from broadcatch.output.view import View
from tests.samples import steps


def escaping(type_, under="", aside=False, via=()):
    why = Evidence("operation" if aside else "raise", "lib/e.py", 7, f"raise {type_}", steps(*via))
    return Escaping(type_, 3, (why,), aside=aside, under=under)


def printed(*raised, unresolved=(), **view):
    answer = RaisesAnswer("app/x.py", 2, "load", "function", not unresolved, raised, unresolved)
    tree = view.pop("tree", False)
    return raises_text.render(RaisesResult((answer,)), View(**view), tree).splitlines()


def test_subclasses_are_counted_under_their_base():
    lines = printed(escaping("lib.Base"), escaping("lib.One", "lib.Base"), escaping("lib.Two", "lib.Base"))
    assert lines[1].startswith("  lib.Base  raise lib.Base   lib/e.py:7")
    assert lines[2].strip() == "with 2 subclasses: One, Two"
    assert lines[3] == "  closed: nothing else can come out, programming errors aside"


def test_a_base_that_is_not_possible_itself_stands_for_its_subclasses():
    lines = printed(escaping("lib.One", "lib.Base"), escaping("lib.Two", "lib.Base"))
    assert lines[2].strip() == "by 2 subclasses: One, Two"


def test_programming_errors_are_one_line_unless_all_is_asked_for():
    lines = printed(escaping("TypeError", aside=True), escaping("KeyError"))
    assert "  if the program is wrong: TypeError (all with --verbose)" in lines
    verbose = printed(escaping("TypeError", aside=True), verbose=True)
    assert verbose[1].startswith("  TypeError  raise TypeError")


def test_what_is_open_is_named_with_line_and_reason():
    lines = printed(unresolved=(Unknown(4, "plugin.run", "a parameter is called"),))
    assert lines[1:] == [
        "  nothing that is known",
        "  open: plugin.run (line 4): a parameter is called",
        "  not closed: what is open may raise anything",
    ]


def test_the_tree_shows_a_call_a_line():
    lines = printed(escaping("lib.One", via=("parse", "scan")), tree=True)
    assert lines[1:5] == [
        "  lib.One",
        "    parse   app/x.py:1",
        "      scan   app/x.py:2",
        "        raise lib.One   lib/e.py:7",
    ]


def test_there_is_colour_only_where_it_is_wanted():
    assert not any("\x1b" in line for line in printed(escaping("lib.One")))
    assert any("\x1b" in line for line in printed(escaping("lib.One"), color=True))


def landed(*ends, **view):
    answer = LandsAnswer("app/x.py", 2, "load", "function", True, (Landed(("lib.One",), ends),))
    return lands_text.render(LandsResult((answer,)), View(**view)).splitlines()


def test_an_end_is_told_with_the_calls_that_lead_there():
    chain = (Caller("read", "load", "app/x.py", 9), Caller("main", "read", "app/y.py", 4))
    end = Landing("handler", "app/y.py", 5, "main", chain, ("ValueError",), words="the error is dropped")
    assert landed(end)[1:] == [
        "  One",
        "    app/y.py:5  main: except ValueError: the error is dropped",
        "      called by read (app/x.py:9) ← main (app/y.py:4)",
    ]


def test_tests_and_possible_calls_are_only_counted():
    ends = [Landing("test", "tests/t.py", line, f"test_{line}") for line in range(1, 6)]
    ends.append(Landing("possible", "app/z.py", 8, "go", detail="x.load"))
    assert landed(*ends)[2:] == [
        "    reaches 5 tests: tests/t.py:1, tests/t.py:2, tests/t.py:3, …",
        "    1 call on objects of unknown type may lead here: app/z.py:8",
    ]
