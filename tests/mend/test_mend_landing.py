"""An unsafe rewrite says where what now escapes is caught next, and is not made where it ends in nothing."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest

from broadcatch.config.options import Config
from broadcatch.mend.landing import Ways
from broadcatch.model.findings import Edit
from broadcatch.model.fixing import FixRequest
from broadcatch.model.span import Span
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.rewrite.values import Rewrite

NARROW = Rewrite(
    "narrow", "m.py", 5, "Catch KeyError instead of Exception", "unsafe", "seen", (), ("OSError",)
)
WORK = """\
import threading
def load():
    try:
        read()
    except Exception:
        pass
"""
ALL = FixRequest(unsafe=True)


@pytest.fixture
def graded(tmp_path, monkeypatch):
    """The rewrites after grading, in a project that is the file m.py."""
    monkeypatch.chdir(tmp_path)

    def ask(source, *rewrites, request=ALL):
        (tmp_path / "m.py").write_text(textwrap.dedent(source))
        ways = Ways(lambda: Engine(Project(tmp_path)), Config(cache=False), request)
        return ways.graded(rewrites or (NARROW,))

    return ask


LOOP = """
def run():
    while True:
        try:
            load()
        except OSError:
            log.exception("x")
"""


def test_the_next_handler_is_named_with_what_it_does(graded):
    [one] = graded(WORK + LOOP)
    assert one.safety == "unsafe"
    assert one.lands == ("OSError → run (m.py:12): logged, the loop goes on",)


def test_classes_that_land_alike_share_a_line(graded):
    [one] = graded(
        WORK + LOOP, replace(NARROW, leaves=("PermissionError", "OSError", "KeyError", "Exception"))
    )
    assert one.lands == (
        "OSError → run (m.py:12): logged, the loop goes on",
        "KeyError, anything else → out of run (m.py:8): nobody in the project calls it",
    )


def test_a_route_answers_500(graded):
    [one] = graded(WORK + "@app.get('/')\ndef price(): load()\n")
    assert one.lands == ("OSError → price (m.py:8), @app.get on price: a route, which answers 500",)


THREAD = "threading.Thread(target=load).start()\n"
LOST = (
    "escapes into nothing: OSError → m.py:7: it ends the thread, and nobody is told; "
    "--allow-escape makes it all the same"
)


def test_of_a_closed_answer_nothing_is_lost_but_mistakes(graded):
    whatever = replace(NARROW, leaves=("Exception",))
    [one] = graded(WORK + THREAD, whatever)
    assert one.safety == "display"
    [one] = graded(WORK + THREAD, replace(whatever, closed=True))
    assert one.safety == "unsafe"
    [one] = graded(WORK + THREAD, replace(NARROW, closed=True))
    assert one.safety == "display"


def test_what_would_end_a_thread_unheard_is_only_shown(graded):
    [one] = graded(WORK + THREAD)
    assert (one.safety, one.reason) == ("display", LOST)


@pytest.mark.parametrize(("steps", "safety"), [(0, "display"), (2, "display"), (3, "unsafe")])
def test_what_is_only_thinkable_speaks_against_a_rewrite_where_the_lost_end_is_near(graded, steps, safety):
    names = ["load", "a", "b", "c"][: steps + 1]
    between = "".join(f"def {up}(): {down}()\n" for down, up in zip(names, names[1:], strict=False))
    thread = f"threading.Thread(target={names[-1]}).start()\n"
    [one] = graded(WORK + between + thread, replace(NARROW, leaves=("Exception",)))
    assert one.safety == safety
    assert graded(WORK + between + thread)[0].safety == "display"


def test_escapes_may_be_allowed(graded):
    [one] = graded(WORK + THREAD, request=replace(ALL, allow_escape=True))
    assert one.safety == "unsafe"
    assert one.lands == ("OSError → m.py:7: it ends the thread, and nobody is told",)


def test_a_rewrite_that_shares_an_edit_with_one_that_is_not_made_is_not_made_either(graded):
    edit = Edit(Span(5, 4, 5, 10), "except KeyError")
    chain = Rewrite("chain", "m.py", 6, "Add `from exc`", "unsafe", "", (edit,))
    found = graded(WORK + THREAD, replace(NARROW, edits=(edit,)), chain)
    assert [(one.safety, one.reason) for one in found] == [("display", LOST)] * 2


def test_a_caller_that_waits_for_what_no_longer_comes_is_named(graded):
    caller = "def f():\n    try: load()\n    except ValueError: return 1\n"
    [one] = graded(WORK + caller, replace(NARROW, leaves=("KeyError",), gone=("ValueError",)))
    assert one.lands[1] == "ValueError no longer reaches f (m.py:9): `except ValueError` there waits for it"


def test_a_caller_that_takes_the_new_one_too_does_not_wait(graded):
    caller = "def f():\n    try: load()\n    except (ValueError, KeyError): return 1\n"
    [one] = graded(WORK + caller, replace(NARROW, leaves=("KeyError",), gone=("ValueError",)))
    assert len(one.lands) == 1


def test_nothing_is_followed_for_safe_rewrites_or_without_unsafe(graded):
    safe = replace(NARROW, safety="safe")
    assert graded(WORK + THREAD, safe) == (safe,)
    assert graded(WORK + THREAD, request=FixRequest()) == (NARROW,)
