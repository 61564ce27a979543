"""What `async with` binds, of a class that can be entered both ways or refuses one of them."""

from __future__ import annotations

from tests.raises.engines import engine_of, of

SOURCE = """
    class Client:
        def __enter__(self) -> None: raise TypeError("it is async")
        def __exit__(self, *rest) -> None: pass
        async def __aenter__(self) -> "Client": return self
        async def __aexit__(self, *rest) -> None: pass
        def go(self): raise KeyError("x")
    async def f():
        async with Client() as client:
            client.go()
"""


def test_it_binds_what_the_async_way_in_gives(tmp_path):
    assert of(engine_of(tmp_path, app=SOURCE)) == ({"KeyError"}, True)
