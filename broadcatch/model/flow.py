"""How does a piece of code run? A small neutral tree that both front ends (LibCST and ast) build.

Names stand as written *and* resolved through the file's own imports; no verdict is stored here: what
counts as a logger or as a process exit is configuration, and is applied by `judge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.span import Span

Head: TypeAlias = Literal["import", "builtin", "definition", "local", "unknown"]
"""What the first name of a dotted chain is bound to where it is used."""

ValueKind: TypeAlias = Literal[
    "none", "true", "false", "number", "text", "empty", "literal", "name", "call", "other"
]
"""`empty` is an empty string or container; `literal` a non-empty container or an f-string."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression is, as far as its shape tells.

    `text` is its source on one line, at most 80 characters; of an f-string that is an argument, what it says
    whatever its values are, `{}` for each, at most 200 characters. `names` are all the names that it loads;
    `objects` those that go in whole (not through an attribute, `str()`, a format or a comparison), and
    the results of calls that do, as `sys.exc_info()`; `shown` those whose text can be read in the value
    (whole, formatted, by `str()`, `.args`), but neither their type or number, nor what only debugging shows.
    """

    kind: ValueKind
    text: str
    names: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of a call; `keyword` is "" for a positional one, "*" and "**" for unpacking."""

    keyword: str
    value: Value


@dataclass(frozen=True, slots=True)
class Call:
    """A call, in evaluation order among its neighbours.

    `name` is the callee as written, calls in the chain as `()` (`logging.getLogger().error`), and ""
    where it is not a dotted chain. `qualified` is the same through the file's imports
    (`logging.error`; a relative import keeps its dots; builtins as `builtins.print`) and through the
    call that made a local name (`logging.getLogger().error`), "" for any other local name. `conditional`:
    whether it is made hangs on another part of its statement (`debug and print_exc()`). `direct`:
    the call is a statement of its own. `awaited`: `await` stands immediately before it. `ends` tells of
    a function of the project that never returns how it ends: `raise`, `raise from` (one of its
    arguments), `raise again` (a bare raise), or the name of the call that is its last statement, qualified
    where that was imported; `never ` stands before it where the function is annotated `NoReturn`.
    """

    line: int
    name: str
    qualified: str
    head: Head
    args: tuple[Arg, ...] = ()
    direct: bool = False
    awaited: bool = False
    ends: str = ""
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Caught:
    """One exception class of an except clause.

    `via` names the constant or alias it came through ("" when written out); `depth` counts the
    tuples around it as written. `qualified` is "" where the name cannot be resolved in this file.
    """

    name: str
    qualified: str
    span: Span
    depth: int = 0
    via: str = ""


@dataclass(frozen=True, slots=True)
class Noop:
    line: int
    kind: Literal["pass", "ellipsis", "docstring", "import", "scope"]


@dataclass(frozen=True, slots=True)
class Evaluate:
    """An expression statement, `assert`, `del` or the like: only its calls and names matter."""

    line: int
    kind: Literal["expression", "assert", "delete", "yield"]
    value: Value
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Assign:
    """`targets` as written (`x`, `self.x`, `errors["base"]`); `outer`: one is a global or nonlocal name.

    `augmented` is the operator of an augmented one (`-=`), `unpacked`: the targets stand in one tuple.
    """

    line: int
    targets: tuple[str, ...]
    value: Value
    calls: tuple[Call, ...] = ()
    augmented: str = ""
    outer: bool = False
    unpacked: bool = False


@dataclass(frozen=True, slots=True)
class Return:
    """`value` is None for a bare `return`."""

    line: int
    value: Value | None
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    line: int
    kind: Literal["break", "continue"]


@dataclass(frozen=True, slots=True)
class Raise:
    """`exc` is the class, callee or name as written ("" for a bare `raise`).

    `cause`: absent; `none` for `from None`; `name` for `from <name>` (then `cause_name`); else `other`.
    """

    span: Span
    exc: str
    qualified: str
    form: Literal["bare", "name", "call", "other"]
    cause: Literal["absent", "none", "name", "other"]
    cause_name: str = ""
    value: Value | None = None
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """`if` and `match`; `complete` when one of the arms must run (an `else`, an irrefutable case)."""

    line: int
    kind: Literal["if", "match"]
    test: Value
    arms: tuple[Body, ...]
    complete: bool
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """`endless`: `while True` and its like, left only by break, return or an exception."""

    line: int
    kind: Literal["for", "while"]
    endless: bool
    test: Value
    body: Body
    orelse: Body = ()
    calls: tuple[Call, ...] = ()
    targets: tuple[str, ...] = ()
    is_async: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One `except` of a nested try; `caught` is empty for a bare one."""

    line: int
    caught: tuple[Caught, ...]
    bound: str
    body: Body


@dataclass(frozen=True, slots=True)
class Try:
    line: int
    star: bool
    body: Body
    clauses: tuple[Clause, ...]
    orelse: Body = ()
    final: Body = ()


@dataclass(frozen=True, slots=True)
class With:
    """`calls` are those of the context expressions."""

    line: int
    is_async: bool
    body: Body
    calls: tuple[Call, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Define:
    """A function or class made here: its body does not run now. `names` are all the names inside."""

    line: int
    kind: Literal["function", "class"]
    name: str
    calls: tuple[Call, ...] = ()


Node: TypeAlias = Noop | Evaluate | Assign | Return | Jump | Raise | Branch | Loop | Try | With | Define
Body: TypeAlias = tuple[Node, ...]
