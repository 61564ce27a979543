"""Which loops try again, after what, and who decides?"""

from __future__ import annotations

from wishing import Names, case_of

from broadcatch.config.options import Translation
from broadcatch.mend.wishes.workers import wishes
from broadcatch.rewrite.structural import WorkerWanted
from tests.samples import proposal, suggestion

LOOP = """\
import logging
import time

logger = logging.getLogger(__name__)

def run(queue):
    while True:
        try:
            handle(queue.get())
        except Exception as e:
            logger.error("failed: %s", e)
            time.sleep(5)
"""
RESET = proposal("ConnectionResetError", type="ConnectionResetError", transient=True)
CONNECTION = proposal("ConnectionError", type="ConnectionError", transient=True)
KEY = proposal("KeyError", type="KeyError")
CLOSED = suggestion(closed=True, unresolved=(), possible=("KeyError",), proposals=(KEY,))
BUSY = Translation("lib.Busy", "app.errors.Busy", transient=True)


def asked(text: str = LOOP, known=CLOSED, rows=(), names=None, kinds=()) -> list[WorkerWanted]:
    return list(wishes(case_of(text, known, rows, names, kinds)))


def passing(known, rows=(), names=None) -> list[str]:
    [one] = asked(known=known, rows=rows, names=names)
    return [name.spelling for name in one.transient]


def test_it_is_only_shown_until_it_is_asked_for_by_name() -> None:
    [shown] = asked()
    assert (shown.line, shown.safety) == (10, "display")
    assert "--kind worker" in shown.reason
    [chosen] = asked(kinds=("worker",))
    assert (chosen.safety, chosen.reason) == ("unsafe", "an unexpected error ends the worker")


def test_a_closed_answer_without_anything_that_passes_only_ends_the_worker() -> None:
    assert passing(CLOSED) == []


def test_proposals_that_pass_are_tried_again_and_the_others_are_not() -> None:
    known = suggestion(closed=True, unresolved=(), possible=(), proposals=(KEY, RESET))
    assert passing(known) == ["ConnectionResetError"]


def test_of_an_open_answer_the_errors_of_the_network_pass() -> None:
    assert passing(suggestion(proposals=(KEY,))) == ["ConnectionError", "TimeoutError"]


def test_a_class_whose_base_passes_is_not_named_beside_it() -> None:
    known = suggestion(closed=True, unresolved=(), possible=(), proposals=(RESET, CONNECTION))
    assert passing(known) == ["ConnectionError"]


def test_a_target_of_the_mapping_that_is_marked_passes_where_it_can_arrive() -> None:
    arrives = suggestion(closed=True, unresolved=(), possible=("app.errors.Busy",), proposals=())
    assert passing(arrives, (BUSY,)) == ["Busy"]
    assert passing(CLOSED, (BUSY,)) == []
    assert passing(arrives, (Translation("lib.Busy", "app.errors.Busy"),)) == []


def test_a_target_that_is_not_there_yet_cannot_be_named() -> None:
    arrives = suggestion(closed=True, unresolved=(), possible=("app.errors.Busy",), proposals=())
    assert passing(arrives, (BUSY,), Names(missing=("app.errors.Busy",))) == []


def test_a_coroutine_waits_for_its_turn() -> None:
    assert [one.awaits for one in asked()] == [False]
    text = LOOP.replace("def run", "async def run").replace("time.sleep", "await asyncio.sleep")
    assert [one.awaits for one in asked(text.replace("import time", "import asyncio"))] == [True]


def test_what_a_split_left_behind_is_left_alone() -> None:
    assert asked(LOOP.replace("as e:", "as e:  # broadcatch: residual")) == []
