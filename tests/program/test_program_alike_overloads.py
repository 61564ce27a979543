"""Overloads that a call does not tell apart, but that all give the same class."""

from __future__ import annotations

from tests.raises.engines import engine_of, of

SOURCE = """
    from typing import Generic, TypeVar, overload
    T = TypeVar("T")
    class Select(Generic[T]):
        def where(self): raise KeyError("x")
    class Other: pass
    @overload
    def select(a: int, *more: int) -> Select[int]: ...
    @overload
    def select(a: str, *more: str) -> Select[str]: ...
    def select(a, *more): return Select()
    @overload
    def either(a: int) -> Select[int]: ...
    @overload
    def either(a: str) -> Other: ...
    def either(a): return Select() if a else Other()
    def f(thing): return select(thing).where()
    def g(thing): return either(thing).where()
"""


def test_they_give_that_class(tmp_path):
    engine = engine_of(tmp_path, app=SOURCE)
    assert of(engine, "f") == ({"KeyError"}, True)
    assert not of(engine, "g")[1]
