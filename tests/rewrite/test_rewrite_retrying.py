"""A worker tries again through the project's library as its own loop would."""

from __future__ import annotations

import asyncio
import logging
import time
import types
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rewriting import check_fixed, clause, plan_of

from broadcatch.rewrite.plan import carry_out
from broadcatch.rewrite.structural import WorkerWanted
from broadcatch.rewrite.values import Spelled

CONNECTION = (Spelled("ConnectionError", "ConnectionError"),)
HEAD = "import logging\n\nlogger = logging.getLogger(__name__)\n\n\n"
BEFORE = f"""\
{HEAD}def run(queue):
    # until it is stopped
    while True:
        try:
            # one at a time
            handle(queue.get())
        except Exception as e:
            logger.error(f"failed: {{e}}")
"""
TENACITY = """\
import logging

from tenacity import (
    Retrying,
    before_sleep_log,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
)

logger = logging.getLogger(__name__)


def run(queue):
    # until it is stopped
    while True:
        try:
            for attempt in Retrying(
                retry=retry_if_exception_type(ConnectionError),
                stop=stop_after_attempt(6),
                wait=wait_exponential(multiplier=2),
                before_sleep=before_sleep_log(logger, logging.WARNING),
                reraise=True,
            ):
                with attempt:
                    # one at a time
                    handle(queue.get())
        except Exception:
            logger.critical("unexpected error in run", exc_info=True)
            raise
"""
BACKOFF = """\
import logging

import backoff

logger = logging.getLogger(__name__)


def run(queue):
    @backoff.on_exception(backoff.expo, ConnectionError, max_tries=6, factor=2, jitter=None, logger=logger)
    def attempt():
        # one at a time
        handle(queue.get())

    # until it is stopped
    while True:
        try:
            attempt()
        except Exception:
            logger.critical("unexpected error in run", exc_info=True)
            raise
"""


def worker(before: str, library: str = "tenacity", **given) -> WorkerWanted:
    return WorkerWanted(clause(before), CONNECTION, safety="unsafe", library=library, **given)


def made(before: str, library: str = "tenacity", **given) -> str:
    plan = plan_of(before, worker(before, library, **given))
    assert plan.refused == ()
    return carry_out(before, plan.rewrites)


def title(before: str, library: str = "tenacity") -> str:
    [one] = plan_of(before, worker(before, library)).rewrites
    return one.title + " | " + one.reason


def test_tenacity_tries_the_body_again() -> None:
    check_fixed(BEFORE, TENACITY, worker(BEFORE))


def test_backoff_tries_a_function_again_that_the_turn_calls() -> None:
    check_fixed(BEFORE, BACKOFF, worker(BEFORE, "backoff"))


def test_coroutines_are_awaited() -> None:
    text = BEFORE.replace("def run", "async def run").replace("handle(queue.get())", "await handle(queue)")
    after = made(text, awaits=True)
    assert "            async for attempt in AsyncRetrying(\n" in after
    after = made(text, "backoff", awaits=True)
    assert "    async def attempt():\n        # one at a time\n        await handle(queue)\n" in after
    assert "            await attempt()\n" in after


def test_a_file_that_imports_the_module_writes_its_names_behind_it() -> None:
    after = made(BEFORE.replace("import logging\n", "import logging\n\nimport tenacity as t\n", 1))
    assert "for attempt in t.Retrying(\n" in after
    assert "import (" not in after
    after = made(BEFORE.replace("import logging\n", "import logging\n\nfrom tenacity import retry\n", 1))
    assert after.count("from tenacity import") == 1
    assert "    Retrying,\n    before_sleep_log,\n    retry,\n" in after


def test_a_logger_that_is_none_of_logging_gets_no_record_of_the_waits() -> None:
    text = BEFORE.replace(
        "import logging\n\nlogger = logging.getLogger(__name__)", "from loguru import logger"
    )
    assert "before_sleep" not in made(text)
    assert "logger=" not in made(text, "backoff")


def test_what_comes_by_name_before_the_broad_clause_may_end_the_worker() -> None:
    text = BEFORE.replace(
        "        except Exc", "        except KeyboardInterrupt:\n            raise\n        except Exc"
    )
    assert "tenacity" in title(text)


@pytest.mark.parametrize(
    ("old", "new", "library", "reason"),
    [
        (
            "            logger.error",
            "            db.rollback()\n            logger.error",
            "tenacity",
            "must be undone",
        ),
        (
            "        except Exc",
            "        except OSError:\n            pass\n        except Exc",
            "tenacity",
            "clause before",
        ),
        (
            "            handle(",
            "            if done(): break\n            handle(",
            "tenacity",
            "ends the loop",
        ),
        ("            handle(", "            item = handle(", "backoff", "would be lost"),
        ("            handle(", "            return handle(", "backoff", "would be lost"),
        ("            handle(", "            yield handle(", "backoff", "would be lost"),
        ("            handle(", "            super().handle(", "backoff", "would be lost"),
    ],
)
def test_the_loop_tries_again_where_the_library_cannot(old: str, new: str, library: str, reason: str) -> None:
    told = title(BEFORE.replace(old, new), library)
    assert "growing delay" in told
    assert f"{library} is not used: " in told
    assert reason in told


def test_a_loop_in_the_body_may_be_left() -> None:
    text = BEFORE.replace(
        "            handle(", "            for one in queue:\n                break\n            handle("
    )
    assert "through tenacity" in title(text)


def test_texts_over_several_lines_stay() -> None:
    text = BEFORE.replace("queue.get()", 'queue.get("""one\n  two""")')
    assert '"""one\n  two"""' in made(text)
    assert '"""one\n  two"""' in made(text, "backoff")


class Gone(Exception):
    """Nothing passes it."""


class Stop(Exception):
    """There is nothing left to do."""


OUTCOMES = st.lists(st.sampled_from([None, None, ConnectionError, ConnectionResetError, Gone]), max_size=16)
SYNC = f"""\
import time
{HEAD}def run(step):
    while True:
        try:
            step()
        except Exception as e:
            logger.error("failed: %s", e)
"""
ASYNC = (
    SYNC.replace("def run", "async def run")
    .replace("step()", "await step()")
    .replace("import time", "import asyncio")
)


class Seen:
    """What a worker did: its attempts, its waits, and what it said when it ended."""

    def __init__(self, outcomes: Sequence[type[Exception] | None]) -> None:
        self._next: Iterator[type[Exception] | None] = iter(outcomes)
        self.attempts = 0
        self.waits: list[float] = []

    def step(self) -> None:
        self.attempts += 1
        error = next(self._next, Stop)
        if error is not None:
            raise error(self.attempts)

    async def step_async(self) -> None:
        self.step()

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def sleep_async(self, seconds: float) -> None:
        self.waits.append(seconds)


def ran(text: str, outcomes: Sequence[type[Exception] | None]) -> tuple[object, ...]:
    """What the worker of a text did with these outcomes, and the error on which it ended."""
    seen, space = Seen(outcomes), {"__name__": "worker"}
    logging.getLogger("worker").disabled = True
    exec(compile(text, "worker", "exec"), space)
    run = space["run"]
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Exception) as ended:  # noqa: B017
        patch.setattr(time, "sleep", seen.sleep)
        patch.setattr(asyncio, "sleep", seen.sleep_async)
        if isinstance(run, types.FunctionType) and asyncio.iscoroutinefunction(run):
            asyncio.run(run(seen.step_async))
        else:
            run(seen.step)  # type: ignore[operator]
    return seen.attempts, seen.waits, type(ended.value), ended.value.args


@pytest.mark.parametrize("awaits", [False, True])
@pytest.mark.parametrize("library", ["tenacity", "backoff"])
@given(outcomes=OUTCOMES)
def test_the_library_makes_the_attempts_and_waits_of_the_loop(library, awaits, outcomes) -> None:
    text = ASYNC if awaits else SYNC
    by_library, by_loop = made(text, library, awaits=awaits), made(text, "", awaits=awaits)
    assert f"{library}" in by_library
    assert "failures" in by_loop
    assert ran(by_library, outcomes) == ran(by_loop, outcomes)


def test_the_last_error_is_raised_when_the_attempts_are_over() -> None:
    for library in ("", "tenacity", "backoff"):
        attempts, waits, error, _ = ran(made(SYNC, library), [ConnectionError] * 9)
        assert (attempts, waits, error) == (6, [2, 4, 8, 16, 32], ConnectionError)
