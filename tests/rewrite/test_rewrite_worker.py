"""A worker's loop tries again after what passes, each time later, and ends on anything else."""

from __future__ import annotations

import pytest
from rewriting import check_fixed, check_refused, clause, plan_of

from broadcatch.rewrite.structural import WorkerWanted
from broadcatch.rewrite.values import Spelled

CONNECTION = (Spelled("ConnectionError", "ConnectionError"),)
HEAD = "import logging\nimport time\n\nlogger = logging.getLogger(__name__)\n\n\n"
BEFORE = f"""\
{HEAD}def run(queue):
    # until it is stopped
    while True:
        try:
            handle(queue.get())
        except Exception as e:
            logger.error(f"failed: {{e}}")
            time.sleep(5)
"""
AFTER = f"""\
{HEAD}def run(queue):
    failures = 0
    # until it is stopped
    while True:
        try:
            handle(queue.get())
        except ConnectionError as e:
            failures += 1
            if failures > 5:
                raise
            logger.warning("run: next attempt in %d s: %s", 2**failures, e)
            time.sleep(2**failures)
        except Exception:
            logger.critical("unexpected error in run", exc_info=True)
            raise
        else:
            failures = 0
"""


def worker(before: str, transient: tuple[Spelled, ...] = CONNECTION, **given) -> WorkerWanted:
    return WorkerWanted(clause(before), transient, safety="unsafe", **given)


def test_it_retries_what_passes_with_a_growing_delay_and_ends_on_the_rest() -> None:
    check_fixed(BEFORE, AFTER, worker(BEFORE))


def test_the_result_runs_as_it_reads() -> None:
    waits: list[int] = []
    space: dict[str, object] = {"__name__": "worker"}
    code = AFTER.replace("import time\n", "").replace("logger = logging.getLogger(__name__)", "logger = log")

    class Log:
        def warning(self, *words: object) -> None: ...
        def critical(self, *words: object, exc_info: bool) -> None: ...

    class Time:
        sleep = staticmethod(waits.append)

    class Gone(Exception): ...

    errors = iter([ConnectionError(), None, ConnectionError(), ConnectionError(), Gone()])

    class Queue:
        def get(self) -> None:
            error = next(errors)
            if error is not None:
                raise error

    space |= {"log": Log(), "time": Time, "handle": lambda item: None}
    exec(compile(code, "worker", "exec"), space)
    with pytest.raises(Gone):
        space["run"](Queue())  # type: ignore[operator]
    assert waits == [2, 2, 4]


def test_in_a_coroutine_it_awaits() -> None:
    before = BEFORE.replace("def run", "async def run").replace("import time", "import asyncio")
    made = plan_of(before.replace("            time.sleep(5)\n", ""), worker(before, awaits=True))
    text = "".join(edit.content for edit in made.rewrites[0].edits)
    assert "await asyncio.sleep(2**failures)" in text


def test_where_nothing_passes_it_only_ends() -> None:
    after = BEFORE.replace(
        '        except Exception as e:\n            logger.error(f"failed: {e}")\n'
        "            time.sleep(5)\n",
        '        except Exception:\n            logger.critical("unexpected error in run", exc_info=True)\n'
        "            raise\n",
    )
    after = after.replace("import time\n", "")  # nothing uses it then
    check_fixed(BEFORE, after, worker(BEFORE, ()))


def test_what_the_body_undoes_is_undone_in_both_clauses() -> None:
    before = BEFORE.replace("time.sleep(5)", "queue.reset()\n            continue")
    made = plan_of(before, worker(before))
    text = "".join(edit.content for edit in made.rewrites[0].edits)
    assert text.count("            queue.reset()\n") == 2
    assert "time.sleep(2**failures)\n            continue\n" in text


def test_an_else_that_is_there_sets_the_counter_back() -> None:
    before = BEFORE + "        else:\n            queue.done()\n"
    after = AFTER + "            queue.done()\n"
    check_fixed(before, after, worker(before))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("except Exception as e", "except* Exception as e", "part of a group"),
        ("    while True:", "    if True:", "no loop"),
        ("handle(queue.get())", "if not queue: continue", "ends early"),
        ("(queue):", "(queue, failures=0, failed_turns=0, failures_in_a_row=0):", "no name is free"),
    ],
)
def test_a_worker_is_left_alone(old: str, new: str, reason: str) -> None:
    before = BEFORE.replace(old, new)
    check_refused(before, worker(before), reason)


def test_a_logger_that_fills_in_no_percent_signs_gets_none() -> None:
    before = BEFORE.replace("import logging\n", "").replace(
        "logger = logging.getLogger(__name__)", "from loguru import logger"
    )
    made = plan_of(before, worker(before))
    text = "".join(edit.content for edit in made.rewrites[0].edits)
    assert 'logger.warning(f"run: next attempt in {2**failures} s: {e}")' in text
