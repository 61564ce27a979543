"""The errors of a batch are results, and are told from them."""

from __future__ import annotations

import asyncio

import pytest
from mending import PATH, asked, mended, planned

from broadcatch.rewrite.plan import carry_out, plan

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


SURVIVES = """\
import asyncio

async def balances(accounts):
    results = await asyncio.gather(*[one.get() for one in accounts], return_exceptions=True)
    for result in results:
        if isinstance(result, asyncio.CancelledError):
            raise result
    return [
        {"error": str(result) or type(result).__name__}
        if isinstance(result, BaseException)
        else result
        for result in results
    ]
"""


def chosen(text: str) -> str:
    """The text after the rewrites of kind batch, chosen by name."""
    made = plan(text, PATH, asked(text, kinds=("batch",)))
    return carry_out(text, [one for one in made.rewrites if one.kind == "batch" and one.safety != "display"])


def refusal(text: str) -> str:
    [refused] = planned(text, "batch").refused
    return refused.reason


def test_a_batch_that_fails_whole_is_offered_an_entry_for_each_error_and_not_changed() -> None:
    [made] = planned(FAILS, "batch").rewrites
    assert (made.safety, made.line) == ("display", 4)
    assert "--kind batch" in made.reason
    assert mended(FAILS, "batch") == FAILS


def test_chosen_by_name_it_survives_one_bad_item() -> None:
    assert chosen(FAILS) == SURVIVES
    assert chosen(SURVIVES) == SURVIVES


def test_a_file_with_an_exception_of_its_own_is_left_alone() -> None:
    made = planned(CHECK.replace("import asyncio", "import asyncio\nfrom x import BaseException"), "batch")
    assert made.rewrites == ()


class Bad:
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def terms(self) -> int:
        if isinstance(self.error, ValueError):
            raise self.error
        return 1


EARLY = """\
from __future__ import annotations

import asyncio
import logging

logger = logging.getLogger(__name__)


class Prices:
    async def all(self, orders: list[Order]) -> list[int]:
        \"\"\"One price an order.\"\"\"
        tasks = [self.price(o.terms(), o.error) for o in orders]
        return await asyncio.gather(*tasks)
"""


def ran(text: str, errors: list[BaseException | None]) -> list[object]:
    """What `Prices.all` gives for orders of which some fail."""
    space: dict[str, object] = {"__name__": "prices"}
    exec(compile(text, "prices", "exec"), space)

    async def price(_self: object, terms: int, error: BaseException | None) -> int:
        if error is not None:
            raise error
        return terms

    prices = space["Prices"]
    prices.price = price  # type: ignore[attr-defined]
    orders = [Bad(one) for one in errors]  # type: ignore[arg-type]
    return asyncio.run(prices().all(orders))  # type: ignore[operator]


def test_an_item_that_fails_before_its_task_is_an_entry_too() -> None:
    after = chosen(EARLY)
    assert "async def one(o: Order) -> int:\n            return await self.price(o.terms(), o.error)" in after
    assert "-> list[int | dict[str, str]]:" in after
    assert 'logger.error("an item of all failed", exc_info=result)' in after
    entries = ran(after, [None, ValueError("expired"), KeyError(), None])
    assert entries == [1, {"error": "expired"}, {"error": "KeyError"}, 1]


def test_a_cancelled_item_still_ends_the_batch() -> None:
    with pytest.raises(asyncio.CancelledError):
        ran(chosen(EARLY), [None, asyncio.CancelledError()])


LOOP = """\
import asyncio

async def totals(accounts):
    found = []
    results = await asyncio.gather(*[one.get() for one in accounts])
    for account, result in zip(accounts, results):
        found.append((account, result))
    return found
"""


def test_a_loop_that_fills_a_list_fills_in_entries() -> None:
    after = chosen(LOOP)
    assert (
        """\
    for account, result in zip(accounts, results):
        if isinstance(result, BaseException):
            found.append({"error": str(result) or type(result).__name__})
            continue
        found.append((account, result))
"""
        in after
    )
    assert "return_exceptions=True" in after
    assert chosen(after) == after


def test_a_loop_that_does_more_passes_an_error_over_once_it_is_logged() -> None:
    text = LOOP.replace("    found = []\n", "").replace(
        "found.append((account, result))", "account.set(result)"
    )
    text = text.replace("    return found\n", "")
    assert "no logger" in refusal(text)
    logs = text.replace("asyncio\n", "asyncio\nimport logging\n\nlog = logging.getLogger(__name__)\n", 1)
    after = chosen(logs)
    assert 'log.error("an item of totals failed", exc_info=' in after
    assert "        if isinstance(result, BaseException):\n            continue\n        account.set" in after


def test_a_comprehension_chooses() -> None:
    text = """\
import asyncio

async def totals(accounts):
    results = await asyncio.gather(*[one.get() for one in accounts])
    return [(account, result.total) for account, result in zip(accounts, results)]
"""
    assert (
        'return [{"error": str(result) or type(result).__name__} if isinstance(result, BaseException) '
        "else (account, result.total) for account, result in zip(accounts, results)]"
    ) in chosen(text)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("return await asyncio", "return len(await asyncio", "more is done"),
        ("import asyncio", "from asyncio import gather", "no name for"),
        ("(accounts):", "(accounts) -> dict[str, int]:", "no place for errors"),
        ("return await", "found, more = await", "neither returned nor bound"),
        ("return await", "found = await", "not read in one loop"),
        ("accounts])", "accounts], **options)", "said elsewhere"),
        ("(accounts):", "(accounts, results, outcomes, gathered):", "no name is free"),
    ],
)
def test_a_batch_is_left_alone_where_the_shape_is_not_clear(old: str, new: str, reason: str) -> None:
    text = FAILS.replace(old, new)
    text = text.replace("accounts])", "accounts]))") if "len(" in new else text
    text = text.replace("asyncio.gather", "gather") if "import gather" in new else text
    assert reason in refusal(text)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("    return found\n", "    return await send(found)\n", "not returned at once"),
        ("found.append((account, result))", "totals[account] = result", "may be missed"),
        ("account, result in", "account, (result, rest) in", "taken apart"),
    ],
)
def test_entries_of_errors_go_nowhere_but_to_who_called(old: str, new: str, reason: str) -> None:
    assert reason in refusal(LOOP.replace(old, new))
