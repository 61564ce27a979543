"""Where do coroutines, tasks, futures and generators raise?"""

from __future__ import annotations

import pytest

from tests.raises.engines import engine_of, of

HEAD = """
    import asyncio
    from concurrent.futures import ThreadPoolExecutor
    async def load(): raise OSError
    def work(n): raise KeyError
    def numbers():
        yield 1
        raise LookupError
    async def later():
        yield 1
        raise EOFError
    def given(): return numbers()
    def promised(): return load()
    def relay(): yield from numbers()
"""


@pytest.mark.parametrize(
    ("body", "types", "closed"),
    [
        ("load()", set(), True),
        ("await load()", {"OSError"}, True),
        ("await promised()", {"OSError"}, True),
        ("await asyncio.gather(load(), load())", {"OSError"}, True),
        ("await asyncio.gather(load(), return_exceptions=True)", set(), True),
        ("await asyncio.gather(load(), return_exceptions=x)", {"OSError"}, True),
        ("await asyncio.gather(*[load() for _ in range(3)])", {"OSError"}, True),
        ("tasks = [load() for _ in range(3)]\nawait asyncio.gather(*tasks)", {"OSError"}, True),
        ("tasks = []\ntasks.append(load())\nawait asyncio.gather(*tasks)", {"OSError"}, True),
        ("await asyncio.gather(*x)", set(), False),
        ("await asyncio.gather(x)", set(), False),
        ("await asyncio.wait_for(load(), 1)", {"OSError", "TimeoutError"}, True),
        ("await asyncio.wait_for(x, 1)", {"TimeoutError"}, False),
        ("await asyncio.shield(load())", {"OSError"}, True),
        ("task = asyncio.create_task(load())", {"RuntimeError"}, True),
        ("task = asyncio.create_task(load())\nawait task", {"OSError", "RuntimeError"}, True),
        ("task = asyncio.ensure_future(load())\nawait asyncio.gather(task)", {"OSError"}, True),
        ("await x", set(), False),
        ("async for one in later(): pass", {"EOFError"}, True),
        ("[one async for one in later()]", {"EOFError"}, True),
        ("numbers()", set(), True),
        ("for one in numbers(): pass", {"LookupError"}, True),
        ("for one in given(): pass", {"LookupError"}, True),
        ("for one in relay(): pass", {"LookupError"}, True),
        ("first, second = numbers()", {"LookupError", "ValueError"}, True),
        ("print(*numbers())", {"LookupError"}, True),
        ("made = numbers()\nnext(made)", {"LookupError", "StopIteration"}, True),
        ("[str(one) for one in numbers()]", {"LookupError"}, True),
        ("list(numbers())", {"LookupError"}, True),
        ("b''.join(numbers())", {"LookupError"}, True),
        ("b''.join(x)", set(), False),
        ("max(numbers())", {"LookupError", "ValueError"}, True),
        ("max(x)", {"TypeError", "ValueError"}, False),
        ("ThreadPoolExecutor().submit(work, 1).result()", {"KeyError"}, True),
        ("future = ThreadPoolExecutor().submit(work, 1)", set(), True),
        ("future = ThreadPoolExecutor().submit(work, 1)\nfuture.result()", {"KeyError"}, True),
    ],
)
def test_what_is_made_here_raises_where_it_is_run(tmp_path, body, types, closed):
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    found, is_closed = of(engine_of(tmp_path, app=f"{HEAD}    async def f(x):\n{lines}\n"))
    machinery = {"RuntimeError", "ValueError", "concurrent.futures._base.CancelledError"}
    assert (found - (machinery if "submit" in body else set()), is_closed) == (types, closed)


def test_a_handler_around_the_await_of_a_task_stops_it(tmp_path):
    body = """
    async def f():
        task = asyncio.create_task(load())
        try:
            await task
        except OSError:
            pass
    """
    assert of(engine_of(tmp_path, app=HEAD + body)) == ({"RuntimeError"}, True)
