"""What leaves a function that tenacity or backoff tries again? What is said, and what really happens."""

from __future__ import annotations

import asyncio
import inspect
import sys
import textwrap

import pytest

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from tests.raises.engines import engine_of, of

HEAD = """
import backoff
import operator
import tenacity
from tenacity import RetryError, retry, retry_if_exception_type, retry_if_result, stop_after_attempt
from tenacity import retry_if_exception, stop_never, wait_none
attempts = []
class Tired(RetryError): pass
def is_slow(exc): return isinstance(exc, TimeoutError)
def is_none(value): return value is None
def refuse(value): raise EOFError
def give_up(state): raise LookupError
def say_nothing(state): return None
often = retry(stop=stop_after_attempt(2), reraise=True)
seldom = retry(stop=stop_after_attempt(2), retry=retry_if_exception_type(OSError))
"""
WORK = """
def work(kind):
    attempts.append(kind)
    if attempts[5:]:
        return "done"
    if kind == "os":
        raise OSError
    if kind == "key":
        raise KeyError
    return None
"""
STOP = "stop=stop_after_attempt(2)"
OS = "retry=retry_if_exception_type(OSError)"
BOTH = {"OSError", "KeyError"}
ERROR = "tenacity.RetryError"
FOREVER = "@retry(retry=retry_if_result(is_none))"
"""A loop has no result, and would not end."""
CASES = [
    ("@retry", set()),
    ("@retry()", set()),
    ("@tenacity.retry(wait=wait_none())", set()),
    (f"@retry({OS})", {"KeyError"}),
    (f"@retry({OS}, stop=stop_never)", {"KeyError"}),
    (f"@retry({STOP})", {ERROR}),
    (f"@retry({STOP}, reraise=False)", {ERROR}),
    (f"@retry({STOP}, reraise=True)", BOTH),
    (f"@retry({STOP} | tenacity.stop_after_delay(3), wait=wait_none() + wait_none())", {ERROR}),
    (f"@retry({STOP}, {OS})", {ERROR, "KeyError"}),
    (f"@retry({STOP}, {OS}, reraise=True)", BOTH),
    (f"@retry({STOP}, retry=retry_if_exception_type((OSError, KeyError)))", {ERROR}),
    (f"@retry({STOP}, {OS} | retry_if_exception_type(KeyError))", {ERROR}),
    (f"@retry({STOP}, retry=tenacity.retry_any(retry_if_exception_type(OSError)))", {ERROR, "KeyError"}),
    (f"@retry({STOP}, {OS}, retry_error_cls=Tired)", {"app.Tired", "KeyError"}),
    (f"@retry({STOP}, retry_error_callback=give_up)", {"LookupError"}),
    (f"@retry({STOP}, retry_error_callback=say_nothing)", set()),
    (f"@retry({STOP}, {OS}, retry_error_callback=lambda state: None)", {"KeyError"}),
    (f"@retry({STOP}, retry=retry_if_result(is_none))", {ERROR, *BOTH}),
    (f"@retry({STOP}, retry=retry_if_result(is_none), reraise=True)", {ERROR, *BOTH}),
    (f"@retry({STOP}, retry=retry_if_result(refuse))", {"EOFError", ERROR, *BOTH}),
    (FOREVER, BOTH),
    (f"@retry({STOP}, before_sleep=give_up)", {"LookupError", ERROR}),
    (f"@retry({STOP}, before=say_nothing, after=say_nothing)", {ERROR}),
    ("@often", BOTH),
    ("@seldom", {ERROR, "KeyError"}),
    ("@backoff.on_exception(backoff.expo, OSError, factor=0)", {"KeyError"}),
    ("@backoff.on_exception(backoff.expo, OSError, max_tries=2, factor=0)", BOTH),
    ("@backoff.on_exception(backoff.expo, (OSError, KeyError), factor=0)", set()),
    (
        "@backoff.on_exception(backoff.expo, OSError, max_tries=2, raise_on_giveup=False, factor=0)",
        {"KeyError"},
    ),
    (
        "@backoff.on_exception(backoff.expo, OSError, max_tries=2, giveup=refuse, factor=0)",
        {"EOFError", *BOTH},
    ),
    ("@backoff.on_exception(backoff.constant, OSError, interval=[0, 0], jitter=None)", BOTH),
    ("@backoff.on_exception(backoff.expo, OSError, max_tries=2, on_giveup=[give_up], factor=0)", None),
    ("@backoff.on_predicate(backoff.expo, max_tries=2, factor=0)", BOTH),
    ("@backoff.on_predicate(backoff.expo, refuse, max_tries=2, factor=0)", {"EOFError", *BOTH}),
]
"""A decorator and what leaves the function behind it; None: nothing is missing, and no more is asked."""


def source(decorator: str, is_async: bool, in_loop: bool = False) -> str:
    before = "async " if is_async else ""
    wait = "await " if is_async else ""
    if in_loop:
        given = decorator.partition("(")[2] or ")"
        loop = f"{before}for attempt in tenacity.{'Async' * is_async}Retrying({given}:"
        inside = f"with attempt:\n            result = {wait}work(kind)\n    return None\n"
        work = WORK.replace("def work", f"{before}def work")
        return f"{HEAD}{work}\n{before}def f(kind):\n    {loop}\n        {inside}"
    work = WORK.replace("def work", f"{decorator}\n{before}def work")
    return f"{HEAD}{work}\n{before}def f(kind): return {wait}work(kind)\n"


def observed(text: str, monkeypatch) -> set[str]:
    """What leaves `f` where the packages really run, in whichever way one attempt ends."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    found = set()
    for kind in ("os", "key", "none"):
        names = {"__name__": "app"}
        exec(compile(text, "app.py", "exec"), names)
        try:
            made = names["f"](kind)
            asyncio.run(made) if inspect.iscoroutine(made) else None
        except Exception as exc:  # noqa: BLE001 - whatever it is, it is what was asked for
            of_type = type(exc)
            plain = of_type.__module__ == "builtins"
            found.add(of_type.__name__ if plain else f"{of_type.__module__}.{of_type.__name__}")
    return found


@pytest.mark.parametrize("is_async", [False, True], ids=["plain", "async"])
@pytest.mark.parametrize(("decorator", "expected"), CASES)
def test_a_function_that_is_tried_again_lets_out_what_it_lets_out_when_it_runs(
    tmp_path, monkeypatch, decorator, expected, is_async
):
    text = source(decorator, is_async)
    types, closed = of(engine_of(tmp_path, app=text))
    assert observed(text, monkeypatch) <= types
    assert closed
    if expected is not None:
        assert types == expected


@pytest.mark.parametrize("is_async", [False, True], ids=["plain", "async"])
@pytest.mark.parametrize(
    ("decorator", "expected"), [one for one in CASES if "retry(" in one[0] and one[0] != FOREVER]
)
def test_a_loop_of_attempts_lets_out_what_it_lets_out_when_it_runs(
    tmp_path, monkeypatch, decorator, expected, is_async
):
    text = source(decorator, is_async, in_loop=True)
    types, closed = of(engine_of(tmp_path, app=text))
    assert observed(text, monkeypatch) <= types
    assert (types, closed) == (expected, True)


@pytest.mark.parametrize(("decorator", "expected"), [one for one in CASES if one[1] is not None])
def test_it_is_the_same_where_the_packages_are_installed(tmp_path, decorator, expected):
    (tmp_path / "app.py").write_text(source(decorator, False), encoding="utf-8")
    engine = Engine(Project(tmp_path, find_environment(sys.prefix, tmp_path)))
    assert of(engine) == (expected, True)


@pytest.mark.parametrize(
    ("decorator", "word"),
    [
        ("@retry(retry=unknown)", "retry"),
        ("@retry(**unknown)", "**"),
        (f"@retry({STOP}, reraise=unknown)", "reraise"),
        (f"@retry({STOP}, enabled=False)", "enabled"),
        (f"@retry({STOP}, sleep=make())", "sleep"),
        ("@backoff.on_exception(make(), OSError)", "wait_gen"),
    ],
)
def test_an_argument_that_cannot_be_read_leaves_it_open_and_is_named(tmp_path, decorator, word):
    text = source(decorator, False).replace(
        "attempts = []", "attempts = []\nfrom elsewhere import make, unknown"
    )
    engine = engine_of(tmp_path, app=text)
    module = engine.project.module_at("app.py")
    found = engine.function_escapes(next(one for one in module.extents if one.qualname == "f"))
    assert not found.closed
    assert any(f"whose `{word}` cannot be read" in one.why for one in found.unknown)
    assert {one.type for one in found.raised} >= BOTH


def test_a_coroutine_that_is_tried_again_raises_where_it_is_awaited(tmp_path):
    text = HEAD + textwrap.dedent(
        """
        import asyncio
        @retry(stop=stop_after_attempt(2))
        async def work(): raise OSError
        async def made(): work()
        async def waited(): await work()
        async def gathered(): await asyncio.gather(work())
        async def started():
            task = asyncio.create_task(work())
            try:
                pass
            except RetryError:
                pass
            await task
        async def kept():
            try:
                later = work()
            except RetryError:
                return
            await later
        """
    )
    engine = engine_of(tmp_path, app=text)
    assert of(engine, "made") == (set(), True)
    assert of(engine, "waited") == ({ERROR}, True)
    assert of(engine, "gathered") == ({ERROR}, True)
    assert of(engine, "started")[0] >= {ERROR}
    types, closed = of(engine, "kept")
    assert ERROR in types or not closed


def test_a_generator_that_is_tried_again_stays_open(tmp_path):
    text = HEAD + "@retry\ndef work():\n    yield 1\n    raise OSError\ndef f():\n    return list(work())\n"
    assert of(engine_of(tmp_path, app=text)) == ({"OSError"}, False)


def test_a_method_that_is_tried_again_is_followed(tmp_path):
    text = HEAD + (
        "class Client:\n    @retry(stop=stop_after_attempt(2))\n    def get(self): raise OSError\n"
        "def f():\n    return Client().get()\n"
    )
    assert of(engine_of(tmp_path, app=text)) == ({ERROR}, True)


def test_a_function_that_asks_for_another_attempt_itself_hides_what_comes_out(tmp_path):
    text = HEAD + (
        "@retry(stop=stop_after_attempt(2), reraise=True)\ndef work():\n    try:\n        int('x')\n"
        "    except ValueError:\n        raise tenacity.TryAgain\ndef f():\n    return work()\n"
    )
    assert not of(engine_of(tmp_path, app=text))[1]


def test_what_a_loop_of_attempts_is_given_is_evaluated(tmp_path):
    text = HEAD + (
        "def f(kind: str):\n    for attempt in tenacity.Retrying(stop=stop_after_attempt(int(kind))):\n"
        "        with attempt:\n            raise KeyError\n"
    )
    assert of(engine_of(tmp_path, app=text)) == ({"ValueError", ERROR}, True)


def test_a_loop_that_catches_around_its_attempts_is_not_taken_for_a_plain_one(tmp_path):
    text = HEAD + (
        "def f():\n    for attempt in tenacity.Retrying(stop=stop_after_attempt(2)):\n"
        "        try:\n            with attempt:\n                raise KeyError\n"
        "        except RetryError:\n            pass\n"
    )
    assert not of(engine_of(tmp_path, app=text))[1]
