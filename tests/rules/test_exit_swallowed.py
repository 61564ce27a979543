"""BC103."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_finds, check_fixture, one

CANCELLED = "import asyncio\nasync def f(task):\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("exit_swallowed")


@pytest.mark.parametrize("clause", ["except:", "except BaseException:", "except (OSError, SystemExit):"])
def test_an_exit_that_is_dropped_is_found(clause: str) -> None:
    check_finds(f"def f():\n    try:\n        work()\n    {clause}  # BC103\n        pass\n", "BC103")


def test_exception_holds_no_exit() -> None:
    check_clean("def f():\n    try:\n        work()\n    except Exception:\n        pass\n", "BC103")


def test_raising_again_is_right() -> None:
    check_clean("def f():\n    try:\n        work()\n    except BaseException:\n        raise\n", "BC103")


def test_an_earlier_clause_that_takes_the_exits_excuses_a_bare_one() -> None:
    code = """
        def f():
            try:
                work()
            except (KeyboardInterrupt, SystemExit):
                raise
            except:
                pass
    """
    check_clean(code, "BC103")


def test_an_earlier_clause_for_one_exit_leaves_the_other() -> None:
    code = """
        def f():
            try:
                work()
            except KeyboardInterrupt:
                raise
            except:
                pass
    """
    assert one(code, "BC103").message == "catches SystemExit; the error is dropped"


@pytest.mark.parametrize("last", ["sys.exit(130)", "return", "print('bye')"])
def test_control_c_may_end_in_main(last: str) -> None:
    code = f"""
        import sys
        def main():
            try:
                work()
            except KeyboardInterrupt:
                {last}
    """
    check_clean(code, "BC103")


def test_control_c_that_ends_a_loop_elsewhere_is_a_note() -> None:
    code = (
        "def f():\n    while True:\n        try:\n            work()\n"
        "        except KeyboardInterrupt:\n            break\n"
    )
    assert one(code, "BC103").severity == "note"


def test_control_c_that_is_dropped_while_a_loop_goes_on_is_a_warning() -> None:
    code = (
        "def f():\n    while True:\n        try:\n            work()\n"
        "        except KeyboardInterrupt:\n            pass\n"
    )
    assert one(code, "BC103").severity == "warning"


def test_system_exit_of_a_call_that_exits_may_be_caught() -> None:
    code = (
        "def f():\n    try:\n        parser.parse_args(argv)\n    except SystemExit:\n        return None\n"
    )
    check_clean(code, "BC103")


def test_an_exit_whose_status_is_used_is_handled() -> None:
    code = "def f():\n    try:\n        work()\n    except SystemExit as exit:\n        return exit.code\n"
    check_clean(code, "BC103")


def test_a_generator_may_end_at_generator_exit() -> None:
    code = "def f():\n    try:\n        yield 1\n    except GeneratorExit:\n        return\n"
    check_clean(code, "BC103")


def test_a_generator_that_goes_on_after_generator_exit_is_found() -> None:
    code = """
        def f():
            while True:
                try:
                    yield 1
                except GeneratorExit:  # BC103
                    pass
    """
    check_finds(code, "BC103")


def test_a_cancellation_that_is_dropped_in_a_coroutine_is_found() -> None:
    code = "    try:\n        await work()\n    except asyncio.CancelledError:  # BC103\n        pass\n"
    check_finds(CANCELLED + code, "BC103")


def test_a_loop_that_goes_on_after_a_cancellation_is_an_error() -> None:
    code = """
        from asyncio import CancelledError
        async def f():
            while True:
                try:
                    await work()
                except CancelledError:
                    pass
    """
    assert one(code, "BC103").severity == "error"


def test_a_cancellation_in_a_plain_function_is_anothers() -> None:
    code = (
        "import asyncio\ndef f(task):\n    try:\n        task.result()\n"
        "    except asyncio.CancelledError:\n        pass\n"
    )
    check_clean(code, "BC103")


def test_the_cancellation_of_a_finished_task_is_anothers() -> None:
    code = "    try:\n        return task.result()\n    except asyncio.CancelledError:\n        return None\n"
    check_clean(CANCELLED + code, "BC103")


def test_awaiting_a_task_that_one_has_cancelled_is_the_idiom() -> None:
    code = (
        "    task.cancel()\n    try:\n        await task\n    except asyncio.CancelledError:\n        pass\n"
    )
    check_clean(CANCELLED + code, "BC103")


def test_awaiting_something_else_after_a_cancel_is_not() -> None:
    code = (
        "    task.cancel()\n    try:\n        await queue.join()\n"
        "    except asyncio.CancelledError:  # BC103\n        pass\n"
    )
    check_finds(CANCELLED + code, "BC103")


def test_the_cancellation_of_a_thread_pools_work_is_an_ordinary_error() -> None:
    code = """
        from concurrent.futures import CancelledError
        async def f(future):
            try:
                await wrap(future)
            except CancelledError:
                pass
    """
    check_clean(code, "BC103")


def test_in_a_coroutine_a_bare_clause_behind_the_cancellation_is_excused() -> None:
    code = """
        import asyncio
        async def f():
            try:
                await work()
            except asyncio.CancelledError:
                raise
            except BaseException:
                pass
    """
    check_clean(code, "BC103")


OBEYED = """
def f(self):
    while not self.stopped.is_set():
        try:
            work()
        except KeyboardInterrupt:
            {handled}
"""


@pytest.mark.parametrize("handled", ["self.stopped.set()", "server.shutdown()", "thread.interrupt()"])
def test_control_c_that_is_obeyed_in_another_way_is_a_note(handled: str) -> None:
    assert one(OBEYED.format(handled=handled), "BC103").severity == "note"


def test_control_c_that_sets_something_else_is_a_warning() -> None:
    assert one(OBEYED.format(handled="self.seen.set()"), "BC103").severity == "warning"


TASK = """
import asyncio
def start(self):
    self.task = asyncio.create_task(self.beat())
async def beat(self):
    while self.alive:
        try:
            await self.ping()
        except asyncio.CancelledError:
            {handled}
"""


def test_a_task_that_ends_with_its_cancellation_is_a_note() -> None:
    assert one(TASK.format(handled="break"), "BC103").severity == "note"
    assert one(TASK.format(handled="self.alive = False"), "BC103").severity == "note"


def test_a_task_that_has_more_to_do_or_goes_on_is_none() -> None:
    assert one(TASK.format(handled="break") + "    await self.save()\n", "BC103").severity == "warning"
    assert one(TASK.format(handled="self.stop()"), "BC103").severity == "error"


def test_exits_that_an_earlier_clause_takes_are_no_reason_in_a_later_one() -> None:
    code = """
        def f():
            try:
                work()
            {earlier}
                raise
            except BaseException:
                logger.exception("no")
    """
    both = code.format(earlier="except (KeyboardInterrupt, SystemExit):")
    assert one(both, "BC102").severity == "note"
    assert "(exits end here too)" in one(code.format(earlier="except KeyboardInterrupt:"), "BC102").message


def test_a_loop_that_is_cancelled_in_its_sleep_may_end_quietly() -> None:
    code = """
        import asyncio
        async def tick(self):
            while self.open:
                try:
                    await asyncio.sleep(9)
                except asyncio.CancelledError:
                    return None
                await self.work()
    """
    assert one(code, "BC103").severity == "note"
    assert one(code.replace("asyncio.sleep(9)", "self.send()"), "BC103").severity == "warning"
