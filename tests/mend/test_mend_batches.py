"""The errors of a batch are results, and are told from them."""

from __future__ import annotations

from mending import mended, planned

CHECK = """\
import asyncio

async def balances(accounts):
    results = await asyncio.gather(*[one.get() for one in accounts], return_exceptions=True)
    for result in results:
        if isinstance(result, (Exception, int)):
            log(result)
    return [one for one in results if not isinstance(one, Exception)]
"""
FAILS = """\
import asyncio

async def balances(accounts):
    return await asyncio.gather(*[one.get() for one in accounts])
"""


def test_every_check_of_the_results_asks_for_base_exception() -> None:
    [made] = planned(CHECK, "batch").rewrites
    assert made.safety == "unsafe"
    after = CHECK.replace("(Exception, int)", "(BaseException, int)").replace(
        "one, Exception", "one, BaseException"
    )
    assert mended(CHECK, "batch") == after
    assert mended(after, "batch") == after


def test_a_batch_that_fails_whole_is_offered_errors_as_results_and_never_changed() -> None:
    [made] = planned(FAILS, "batch").rewrites
    assert (made.safety, made.line) == ("display", 4)
    assert [edit.content for edit in made.edits] == [", return_exceptions=True"]
    assert mended(FAILS, "batch") == FAILS


def test_a_file_with_an_exception_of_its_own_is_left_alone() -> None:
    made = planned(CHECK.replace("import asyncio", "import asyncio\nfrom x import BaseException"), "batch")
    assert made.rewrites == ()
