"""A clause of a coroutine that swallows its cancellation gets one before it that does not."""

from __future__ import annotations

from textwrap import dedent

import pytest
from mending import mended, planned

KIND = "cancellation"


def check(before: str, after: str) -> None:
    assert mended(before, KIND) == dedent(after)
    assert mended(after, KIND) == dedent(after)


def test_a_clause_for_everything_lets_it_out_first_and_the_import_comes_along() -> None:
    check(
        """\
        import logging

        async def poll(queue):
            while True:
                try:
                    await queue.get()
                # whatever comes
                except BaseException as error:
                    logging.error(error)
        """,
        """\
        import asyncio
        import logging

        async def poll(queue):
            while True:
                try:
                    await queue.get()
                except asyncio.CancelledError:
                    raise
                # whatever comes
                except BaseException as error:
                    logging.error(error)
        """,
    )


def test_a_tuple_does_not_name_it_again_and_the_file_s_own_name_is_used() -> None:
    check(
        """\
        from asyncio import CancelledError, sleep

        async def poll():
            while True:
                try:
                    await sleep(1)
                except (CancelledError, ValueError):
                    continue
        """,
        """\
        from asyncio import CancelledError, sleep

        async def poll():
            while True:
                try:
                    await sleep(1)
                except CancelledError:
                    raise
                except ValueError:
                    continue
        """,
    )


def test_trio_s_own_class_is_used_in_a_file_of_trio() -> None:
    before = (
        "import trio\nasync def f():\n    try:\n        await g()\n    except BaseException:\n        pass\n"
    )
    assert "    except trio.Cancelled:\n        raise\n    except BaseException:" in mended(before, KIND)


def test_where_the_clause_cleans_up_it_is_only_shown() -> None:
    before = """\
        import asyncio
        async def f(pool):
            try:
                await g()
            except BaseException:
                await pool.close()
        """
    [made] = planned(before, KIND).rewrites
    assert (made.safety, made.line) == ("display", 5)
    assert "skipped" in made.reason


@pytest.mark.parametrize(
    ("head", "clause", "reason"),
    [
        ("import asyncio", "except asyncio.CancelledError:", "for cancellations alone"),
        ("import anyio", "except BaseException:", "asked of anyio"),
        ("import asyncio", "except* BaseException:", "except*"),
    ],
)
def test_it_is_left_alone_where_it_is_a_decision(head: str, clause: str, reason: str) -> None:
    body = f"    while True:\n        try:\n            await g()\n        {clause}\n            x = 1\n"
    made = planned(f"{head}\nasync def f():\n{body}", KIND)
    assert made.rewrites == ()
    assert all(reason in one.reason for one in made.refused)


def test_a_bare_clause_that_becomes_exception_needs_none() -> None:
    before = "import asyncio\nasync def f():\n    try:\n        await g()\n    except:\n        pass\n"
    assert [one.kind for one in planned(before).rewrites] == ["bare"]


def test_a_bare_clause_that_keeps_its_meaning_gets_one_too() -> None:
    body = "try:\n        await g()\n    except Exception:\n        raise\n    except:\n        pass\n"
    before = f"import asyncio\nasync def f():\n    {body}"
    kinds = [one.kind for one in planned(before).rewrites]
    assert kinds.count("cancellation") == 1
    assert mended(mended(before)) == mended(before)
