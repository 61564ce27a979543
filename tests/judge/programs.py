"""Random handler bodies, and what Python itself makes of the error in them.

A program is the body of `except Exception as e:`. Its opaque conditions ask a `World`, which is asked
all its questions in every possible way: the set of what was observed is what `paths` must predict.
"""

from __future__ import annotations

import builtins
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from textwrap import indent
from types import CodeType
from typing import Any

from hypothesis import strategies as st

Seen = tuple[str, str]
"""Outcome and record."""

MOST_RUNS = 1500
TEMPLATE = """\
def attempt():
    for turn in (1,):
        try:
            raise original
        except Exception as e:
{body}
{final}
    return Fell(locals())
"""
_IMPORTS = "import logging, sys\nlogger = logging.getLogger(__name__)\n"


@dataclass
class World:
    """Answers the questions of one run; `answers` is the script, `asked` what it really took."""

    answers: list[int]
    asked: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    record: str = "none"
    handed: bool = False
    fallback: bool = False
    again: int = 0

    def choose(self, size: int) -> int:
        """One of 0 … size - 1."""
        place = len(self.asked)
        answer = self.answers[place] if place < len(self.answers) else 0
        self.asked.append(answer)
        self.sizes.append(size)
        return answer


class Unmet(BaseException):
    """An error that the handler itself makes left it."""


class Fell:
    """Returned where the handler ran off its end."""

    def __init__(self, names: dict[str, object]) -> None:
        self.held = [value for name, value in names.items() if name in ("err", "new")]


class TooManyRuns(Exception):
    """The program asks too many questions."""


def observed(body: str, final: str = "") -> set[Seen]:
    """All that can be observed of a handler, whatever its conditions answer."""
    code = _compiled(body, final)
    found: set[Seen] = set()
    script: list[int] = []
    for _ in range(MOST_RUNS):
        world = World(script)
        seen = _run(code, world)
        if seen is not None:
            found.add(seen)
        following = _following(world)
        if following is None:
            return found
        script = following
    raise TooManyRuns


def module_of(body: str, final: str = "") -> str:
    """The same program as the text of a module."""
    return _IMPORTS + _filled(body, final)


def _filled(body: str, final: str) -> str:
    last = "        finally:\n            check()\n" + indent(final, " " * 12) if final else ""
    return TEMPLATE.format(body=indent(body, " " * 12), final=last)


def _compiled(body: str, final: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a jump out of `finally` is what is tried here
        return compile(_filled(body, final), "<program>", "exec")


def _following(world: World) -> list[int] | None:
    script = world.asked
    for place in range(len(script) - 1, -1, -1):
        if script[place] + 1 < world.sizes[place]:
            return [*script[:place], script[place] + 1]
    return None


def _run(code: CodeType, world: World) -> Seen | None:
    other: type[Exception] = type("Other", ((ValueError,) if world.choose(2) else (Exception,)), {})
    original = (RuntimeError, ValueError, other)[world.choose(3)]("original")
    sink: list[object] = []
    accidents: list[BaseException] = []
    names = _names(world, original, other, sink, accidents)
    exec(code, names)
    attempt: Callable[[], object] = names["attempt"]
    try:
        returned = attempt()
    except Unmet:
        return None
    except BaseException as error:  # noqa: BLE001 -- whatever the program raises is what is observed
        if error in accidents:
            return None  # an error that the handler itself makes, and that nobody met, is none of its ways
        return _escaped(error, original, world)
    if world.record == "traceback":  # the least hidden of what happens names the way
        return "logged-traceback", "traceback"
    if _holds(sink, original) or _holds(returned, original):
        return "handed-on", world.record
    if world.record == "none" and isinstance(returned, Fell) and "original" in map(str, returned.held):
        return "handed-on", "none"  # a text of the error lives on in a name
    if world.record != "none":
        return ("logged-traceback" if world.record == "traceback" else "logged-text"), world.record
    held = isinstance(returned, Fell) and returned.held
    value = world.fallback or held or not isinstance(returned, Fell | None)
    return ("fallback" if value else "dropped"), "none"


def _holds(returned: object, original: Exception) -> bool:
    if isinstance(returned, Fell | list):
        held = returned.held if isinstance(returned, Fell) else returned
        return any(_holds(one, original) for one in held)
    return (
        returned is original
        or returned is not None
        and _holds(getattr(returned, "__cause__", None), original)
    )


def _escaped(error: BaseException, original: Exception, world: World) -> Seen:
    if error is original:
        return "reraised", world.record
    if isinstance(error, SystemExit):
        return "exits", world.record
    cause = error.__cause__
    while cause is not None and cause is not original:
        cause = cause.__cause__
    return ("translated" if cause is None else "chained"), world.record


def _names(
    world: World,
    original: Exception,
    other: type[Exception],
    sink: list[object],
    accidents: list[BaseException],
) -> dict[str, Any]:
    classes = {"ValueError": ValueError, "Other": other, "Exception": KeyError}

    def fail(kinds: tuple[str, ...]) -> None:
        chosen = world.choose(len(kinds) + 1)
        if chosen:
            error = classes[kinds[chosen - 1]]("accident")
            accidents.append(error)
            raise error

    def check() -> None:
        if sys.exc_info()[1] in accidents:
            raise Unmet  # whatever the handler's own `finally` does with it

    def met(*kinds: str) -> None:
        current = sys.exc_info()[1]  # another one may still be on its way, past a `finally`
        accidents[:] = [one for one in accidents if one is not current]
        fail(kinds)

    class Logger:
        def error(self, text: str, *kinds: str) -> None:
            world.record = max(world.record, "text", key=("none", "text", "traceback").index)
            fail(kinds)

        def exception(self, text: str, *kinds: str) -> None:
            world.record = "traceback"
            fail(kinds)

    class Errors:
        def append(self, error: object, *kinds: str) -> None:
            fail(kinds)
            sink.append(error)

    def flag(*kinds: str) -> bool:
        fail(kinds)
        return bool(world.choose(2))

    def turns(*kinds: str) -> range:
        fail(kinds)
        return range(1 + world.choose(2))

    def again() -> bool:
        world.again += 1
        return world.again < 3 and bool(world.choose(2))

    def work(*kinds: str) -> None:
        fail(kinds)

    def make(text: object, *kinds: str) -> BaseException:
        fail(kinds)
        made: BaseException = other(text)
        return made

    def context(*kinds: str) -> AbstractContextManager[None]:
        fail(kinds)
        return nullcontext()

    class Store:
        def __setattr__(self, name: str, value: object) -> None:
            fail(tuple(name.split("_")[1:]))
            world.fallback = True

    class Steady:
        """What a `finally` sets is set on success too: it takes no error's place."""

        def __setattr__(self, name: str, value: object) -> None:
            fail(tuple(name.split("_")[1:]))

    return {
        "__builtins__": builtins,
        "original": original,
        "Other": other,
        "Fell": Fell,
        "logger": Logger(),
        "errors": Errors(),
        "flag": flag,
        "turns": turns,
        "again": again,
        "work": work,
        "met": met,
        "check": check,
        "make": make,
        "store": Store(),
        "steady": Steady(),
        "sys": sys,
        "context": context,
    }


@dataclass(frozen=True)
class Around:
    """What a statement stands in: the classes that calls may fail with, and the names of errors."""

    kinds: tuple[str, ...] = ()
    errors: tuple[str, ...] = ("e",)
    depth: int = 0
    loops: bool = True
    narrow: bool = True

    @property
    def args(self) -> str:
        """The arguments of an opaque call."""
        return ", ".join(repr(kind) for kind in self.kinds)

    def more(self, argument: str) -> str:
        """The same after one argument more."""
        return ", ".join([argument, *(repr(kind) for kind in self.kinds)])


def _simple(around: Around) -> st.SearchStrategy[str]:
    error = st.sampled_from(around.errors)
    lines = [
        st.sampled_from(["error", "exception"]).map(lambda name: f"logger.{name}({around.more('0')})"),
        st.sampled_from(["pass", f"work({around.args})", "return", "return 0", "break", "continue"]),
        st.sampled_from(["raise", 'raise Other("x")', 'raise Other("x") from None', "sys.exit(1)"]),
        st.just("store." + "_".join(["x", *around.kinds]) + " = 0"),
        error.map(lambda name: f"raise {name}"),
        error.map(lambda name: f'raise Other("x") from {name}'),
        error.map(lambda name: f"return {name}"),
        error.map(lambda name: f"errors.append({around.more(name)})"),
        error.map(lambda name: f"err = {name}"),
        error.map(lambda name: f"new = make({around.more('0')})\nnew.__cause__ = {name}\nraise new"),
        error.map(lambda name: f"err = make({around.more(f'str({name})')})\nraise err"),
    ]
    return st.one_of(lines)


@st.composite
def blocks(draw: st.DrawFn, around: Around, most: int = 3) -> str:
    """A block of one to `most` statements."""
    count = draw(st.integers(1, most))
    return "\n".join(draw(_statement(around)) for _ in range(count))


def _statement(around: Around) -> st.SearchStrategy[str]:
    if around.depth >= 3:
        return _simple(around)
    compound = [_ifs(around), _tries(around), _withs(around), _matches(around)]
    if around.loops:
        compound.append(_loops(around))
    return st.one_of(_simple(around), _simple(around), *compound)


def _deeper(around: Around, **changed: Any) -> Around:
    values = {
        "kinds": around.kinds,
        "errors": around.errors,
        "loops": around.loops,
        "narrow": around.narrow,
        **changed,
    }
    return Around(depth=around.depth + 1, **values)


def _inside(text: str) -> str:
    return indent(text, "    ")


@st.composite
def _ifs(draw: st.DrawFn, around: Around) -> str:
    inner = _deeper(around)
    text = f"if flag({around.args}):\n" + _inside(draw(blocks(inner)))
    if draw(st.booleans()):
        text += f"\nelif flag({around.args}):\n" + _inside(draw(blocks(inner)))
    if draw(st.booleans()):
        text += "\nelse:\n" + _inside(draw(blocks(inner)))
    return text


@st.composite
def _matches(draw: st.DrawFn, around: Around) -> str:
    inner = _deeper(around)
    first, last = _inside(draw(blocks(inner))), _inside(draw(blocks(inner)))
    rest = draw(st.sampled_from(["_", f"False if flag({around.args})", "found"]))
    return f"match flag({around.args}):\n    case True:\n{_inside(first)}\n    case {rest}:\n{_inside(last)}"


@st.composite
def _withs(draw: st.DrawFn, around: Around) -> str:
    return f"with context({around.args}):\n" + _inside(draw(blocks(_deeper(around))))


@st.composite
def _loops(draw: st.DrawFn, around: Around) -> str:
    head = draw(st.sampled_from([f"for _ in turns({around.args}):", "while again():"]))
    text = head + "\n" + _inside(draw(blocks(_deeper(around))))
    if draw(st.booleans()):
        text += "\nelse:\n" + _inside(draw(blocks(_deeper(around))))
    return text


_SHAPES: list[tuple[str, ...]] = [
    (),
    ("Exception",),
    ("ValueError",),
    ("Other",),
    ("ValueError", "Other"),
    ("ValueError", "Exception"),
]


@st.composite
def _tries(draw: st.DrawFn, around: Around) -> str:
    shape = draw(st.sampled_from(_SHAPES if around.narrow else _SHAPES[:2]))
    inner = f"inner{around.depth}"
    body = _deeper(around, kinds=shape or around.kinds or ("Exception",))
    text = "try:\n" + _inside(draw(blocks(body)))
    for kind in shape:
        text += f"\nexcept {kind} as {inner}:\n"
        clause = draw(blocks(_deeper(around, errors=(*around.errors, inner))))
        text += _inside(f"met({around.args})\n{clause}")
    if shape and draw(st.booleans()):
        text += "\nelse:\n" + _inside(draw(blocks(_deeper(around))))
    if not shape or draw(st.booleans()):
        text += "\nfinally:\n" + _inside(draw(blocks(_deeper(around)))).replace("store.", "steady.")
    return text


def programs() -> st.SearchStrategy[str]:
    """Bodies of handlers."""
    return blocks(Around())


def plain_programs() -> st.SearchStrategy[str]:
    """Bodies without loops and without narrow clauses, whose ways do not depend on one another."""
    return blocks(Around(loops=False, narrow=False))


def finals() -> st.SearchStrategy[str]:
    """Bodies of a `finally`, often none: they know no error."""
    simple = st.sampled_from(
        ["pass", "return", "return 0", "break", 'logger.error("failed")', "steady.x = 0"]
    )
    return st.one_of(st.just(""), st.just(""), simple)


def lines_of(text: str) -> Iterator[str]:
    """For messages: the program with line numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        yield f"{number:3} {line}"
