"""BC403."""

from __future__ import annotations

import textwrap

import pytest

from tests.rules.tools import ROOT, check_clean, check_finds, check_fixture, found, one


def coroutine(*lines: str, name: str = "f") -> str:
    """A coroutine of these lines."""
    return (
        f"import asyncio\nasync def {name}(xs, tasks):\n" + textwrap.indent("\n".join(lines), "    ") + "\n"
    )


KEPT = "results = await asyncio.gather(*tasks, return_exceptions=True)"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("batch_fails_whole")


def test_the_batch_of_the_pricing_service_is_found() -> None:
    code = (ROOT / "fixtures/pricing_api/app/services/pricing_service.py").read_text(encoding="utf-8")
    assert [finding.function for finding in found(code, "BC403")] == ["PricingService.price_batch"]


@pytest.mark.parametrize(
    "items", ["*[get(x) for x in xs]", "*(get(x) for x in xs)", "*tasks", "*map(get, xs)"]
)
def test_gathering_over_items_without_keeping_errors_is_a_note(items: str) -> None:
    finding = one(coroutine(f"return await asyncio.gather({items})"), "BC403")
    assert finding.severity == "note"
    assert finding.message == "the first failure fails the whole batch, and the others go on unobserved"


def test_return_exceptions_false_is_none() -> None:
    check_finds(coroutine("await asyncio.gather(*tasks, return_exceptions=False)  # BC403"), "BC403")


@pytest.mark.parametrize("items", ["a(), b()", "*[a(), b()]", "*(a(), b())", "a()"])
def test_a_fixed_handful_is_no_batch(items: str) -> None:
    check_clean(coroutine(f"return await asyncio.gather({items})"), "BC403")


@pytest.mark.parametrize("name", ["main", "run", "start_server"])
def test_the_parts_of_a_service_end_together(name: str) -> None:
    check_clean(coroutine("await asyncio.gather(*tasks)", name=name), "BC403")


def test_workers_end_together() -> None:
    check_clean(coroutine("await asyncio.gather(*[worker(x) for x in xs])"), "BC403")


def test_tests_are_left_alone() -> None:
    for call in ("asyncio.gather(*tasks)", "asyncio.gather(*tasks, return_exceptions=True)"):
        check_clean(coroutine(f"await {call}"), "BC403", path="tests/test_a.py")


def test_gather_of_another_library_is_not_meant() -> None:
    check_clean("def f(client, xs):\n    return client.gather(*xs)\n", "BC403")


@pytest.mark.parametrize(
    "line",
    [
        "await asyncio.gather(*tasks, return_exceptions=True)",
        "asyncio.gather(*tasks, return_exceptions=True)",
        "_ = await asyncio.gather(*tasks, return_exceptions=True)",
        "await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)",
        "await asyncio.gather(save(xs), send(xs), return_exceptions=True)",
    ],
)
def test_results_that_may_be_errors_and_are_dropped_are_a_warning(line: str) -> None:
    finding = one(coroutine(line, "return True"), "BC403")
    assert (finding.severity, finding.outcome) == ("warning", "dropped")
    assert finding.message == "keeps the errors as results, and nobody takes the results: they vanish"


def test_a_function_of_the_project_that_gathers_is_meant_too() -> None:
    code = "from .tools import safe_gather\n" + coroutine("await safe_gather(*tasks, return_exceptions=True)")
    assert one(code, "BC403").severity == "warning"


def test_results_that_are_bound_and_never_read_are_a_warning() -> None:
    finding = one(coroutine(KEPT, "return True"), "BC403")
    assert finding.message == "keeps the errors as results, and nobody reads `results`: they vanish"
    assert finding.severity == "warning"


@pytest.mark.parametrize("cancel", ["for t in tasks:\n    t.cancel()", "cancel_tasks(tasks)"])
def test_what_was_just_cancelled_may_be_awaited_and_forgotten(cancel: str) -> None:
    check_clean(coroutine(cancel, "await asyncio.gather(*tasks, return_exceptions=True)"), "BC403")


def test_cancelling_orders_is_not_cancelling_tasks() -> None:
    line = "await asyncio.gather(*[self.cancel(x) for x in xs], return_exceptions=True)"
    assert one(coroutine(line), "BC403").severity == "warning"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("close", "await asyncio.gather(*tasks, return_exceptions=True)"),
        ("f", "await asyncio.gather(*[x.close() for x in xs], return_exceptions=True)"),
    ],
)
def test_a_clean_up_that_drops_its_results_is_a_note(name: str, line: str) -> None:
    assert one(coroutine(line, name=name), "BC403").severity == "note"


@pytest.mark.parametrize(
    "line",
    [
        "return await asyncio.gather(*tasks, return_exceptions=True)",
        f"{KEPT}\nreturn results",
        f"{KEPT}\nreport(results)",
        f"{KEPT}\nfor x, r in zip(xs, results):\n    look(x, r)",
        "report(await asyncio.gather(*tasks, return_exceptions=True))",
        "self.results = await asyncio.gather(*tasks, return_exceptions=True)",
        "later = asyncio.gather(*tasks, return_exceptions=True)\nreturn later",
        "await asyncio.gather(*tasks, return_exceptions=True)\nfor t in tasks:\n    look(t.exception())",
    ],
)
def test_results_that_others_may_look_at_are_left_alone(line: str) -> None:
    check_clean(coroutine(line), "BC403")


@pytest.mark.parametrize(
    "line",
    [
        f"{KEPT}\nreturn [r for r in results if not isinstance(r, Exception)]",
        f"{KEPT}\nreturn [None if isinstance(r, Exception) else r for r in results]",
        f"{KEPT}\nfor r in results:\n    if isinstance(r, Exception):\n        continue\n    use(r)",
        f"{KEPT}\nfor r in results:\n    if not isinstance(r, Exception):\n        use(r)",
        f"{KEPT}\nfor x, r in zip(xs, results):\n    if isinstance(r, Exception):\n        log(r)\n"
        "    else:\n        use(r)",
        f"{KEPT}\nfor i, x in enumerate(xs):\n    r = results[i]\n"
        "    if isinstance(r, (OSError, Exception)):\n        continue\n    use(r)",
        "for r in await asyncio.gather(*tasks, return_exceptions=True):\n"
        "    if isinstance(r, Exception):\n        continue\n    use(r)",
        "return [r for r in await asyncio.gather(*tasks, return_exceptions=True)"
        " if not isinstance(r, Exception)]",
    ],
)
def test_a_check_that_lets_a_cancellation_pass_for_a_result_is_a_warning(line: str) -> None:
    finding = one(coroutine(line), "BC403")
    assert finding.severity == "warning"
    assert "lets a CancelledError pass for a result" in finding.message
    assert finding.steps[-1][1] == "isinstance(…, Exception)"


USED = "return [None if isinstance(r, Exception) else r for r in results]"


@pytest.mark.parametrize(
    ("made", "items"),
    [
        ("", "*[get(x) for x in xs]"),
        ("", "*(get(x) for x in xs)"),
        ("", "*map(get, xs)"),
        ("", "get(xs), put(xs)"),
        ("mine = [get(x) for x in xs]", "*mine"),
        ("mine = []\nfor x in xs:\n    mine.append(asyncio.create_task(get(x)))", "*mine"),
        ("mine = []\nfor x in xs:\n    one = get(x)\n    mine.append(one)", "*mine"),
        ("mine = {x: get(x) for x in xs}", "*mine.values()"),
    ],
)
def test_nobody_can_cancel_what_the_function_itself_makes(made: str, items: str) -> None:
    gathered = f"results = await asyncio.gather({items}, return_exceptions=True)"
    assert one(coroutine(made, gathered, USED), "BC403").severity == "note"


@pytest.mark.parametrize(
    ("made", "items"),
    [
        ("", "*self.tasks"),
        ("", "*[task for task in tasks]"),
        ("", "*[asyncio.shield(task) for task in tasks]"),
        ("mine = list(tasks)", "*mine"),
        ("mine = [get(x) for x in xs]\nself.tasks = mine", "*mine"),
        (
            "mine = []\nfor x in xs:\n    one = asyncio.create_task(get(x))\n    self.tasks.add(one)\n"
            "    mine.append(one)",
            "*mine",
        ),
    ],
)
def test_tasks_that_others_hold_may_be_cancelled(made: str, items: str) -> None:
    gathered = f"results = await asyncio.gather({items}, return_exceptions=True)"
    assert one(coroutine(made, gathered, USED), "BC403").severity == "warning"


@pytest.mark.parametrize(
    "line",
    [
        f"{KEPT}\nfor r in results:\n    if isinstance(r, Exception):\n        log(r)",
        f"{KEPT}\nfor r in results:\n    if isinstance(r, Exception) and not isinstance(r, OSError):\n"
        "        log(r)",
        f"{KEPT}\nfor r in results:\n    if isinstance(r, Exception):\n        raise r",
    ],
)
def test_a_check_that_only_tells_of_errors_is_a_note(line: str) -> None:
    assert one(coroutine(line), "BC403").severity == "note"


@pytest.mark.parametrize(
    "line",
    [
        f"{KEPT}\nreturn [r for r in results if not isinstance(r, BaseException)]",
        f"{KEPT}\nfor r in results:\n    if isinstance(r, asyncio.CancelledError):\n        raise r\n"
        "    if isinstance(r, Exception):\n        continue\n    use(r)",
        f"{KEPT}\nreturn [r for r in results if not isinstance(r, (Exception, asyncio.CancelledError))]",
        f"{KEPT}\nreturn [r for r in results if isinstance(r, Price)]",
    ],
)
def test_a_check_that_minds_cancelling_is_right(line: str) -> None:
    check_clean(coroutine(line), "BC403")


def loop(*body: str, before: str = "", after: str = "", last: str = "logger.exception('no')") -> str:
    """A `try` around a loop over `xs`."""
    lines = [before, "for x in xs:", *(f"    {line}" for line in body), after]
    inner = textwrap.indent("\n".join(line for line in lines if line), "        ")
    return f"def f(xs):\n    try:\n{inner}\n    except Exception:\n        {last}\n"


@pytest.mark.parametrize(
    "code",
    [
        loop("send(x)"),
        loop("x.send()"),
        loop("y = make(x)", "store(y)"),
        loop("if x.new:", "    send(x)"),
        loop("send(x)", before="xs = load()"),
        loop("send(x)", after="logger.info('done')"),
        loop("send(x)", last="return None"),
    ],
)
def test_one_try_around_a_whole_loop_is_a_note(code: str) -> None:
    finding = one(code, "BC403")
    assert finding.severity == "note"
    assert finding.message.startswith("catches Exception around the whole loop over `xs` on line ")
    assert finding.message.endswith("the first `x` that fails ends it, and the rest is never tried")


@pytest.mark.parametrize(
    "code",
    [
        loop("send(x)", last="raise"),
        loop("send(x)", last="raise Failed() from None"),
        loop("total += x"),
        loop("found.append(x)"),
        loop("if x.good:", "    use(x)", "    break"),
        loop("if not x.good:", "    raise Bad(x)", "send(x)"),
        loop("if use(x):", "    return x"),
        loop("try:", "    send(x)", "except OSError:", "    pass"),
        loop("session.add(x)", "store(x)", after="session.commit()"),
        loop("with transaction.atomic():", "    store(x)"),
        loop("send(x)", after="finish()"),
        loop("tick()"),
        loop("send(x)").replace("in xs:", "in range(3):"),
        loop("send(x)").replace("in xs:", "in response.iter_lines():"),
        loop("send(x)").replace("Exception:", "OSError:"),
        loop("send(x)").replace("for x in xs:", "while xs:"),
    ],
)
def test_other_loops_are_left_alone(code: str) -> None:
    check_clean(code, "BC403")


def test_a_loop_in_a_test_is_left_alone() -> None:
    check_clean(loop("send(x)"), "BC403", path="tests/test_a.py")


NAMED = """\
import asyncio
async def status():
    first, tasks = asyncio.create_task(a()), []
    tasks.append({})
    await asyncio.gather(*tasks, return_exceptions=True)
    return first.result()
"""


def test_results_that_the_tasks_themselves_are_asked_for_are_not_dropped() -> None:
    check_clean(NAMED.format("first"), "BC403")
    assert one(NAMED.format("asyncio.create_task(b())"), "BC403").severity == "warning"


@pytest.mark.parametrize(("given", "asked"), [("tasks.values()", "tasks.items()"), ("tasks", "tasks")])
def test_tasks_that_are_asked_themselves_keep_their_errors(given: str, asked: str) -> None:
    gathered = f"await asyncio.gather(*{given}, return_exceptions=True)"
    check_clean(coroutine(gathered, f"return [one for one in {asked}]"), "BC403")
    check_finds(coroutine(f"{gathered}  # BC403", "return xs"), "BC403")
