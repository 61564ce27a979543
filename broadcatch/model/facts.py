"""What stands in a file about its exceptions? Facts without verdicts, cached by content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.model.flow import Body, Call, Caught, Clause
from broadcatch.model.links import NO_LINKS, Links
from broadcatch.model.span import Span

ScopeKind: TypeAlias = Literal["class", "function", "async function", "lambda"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One enclosing class or function: its decorators and bases by qualified name (else as written).

    `last` is the line in which the last statement of a function's body begins, a closing `return` aside.
    """

    name: str
    kind: ScopeKind
    line: int
    decorators: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    last: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a handler, outermost first.

    `loop` is the innermost loop of the same function around the try: "" for none, else "for",
    "while", or "endless" (`while True`). `depth` counts the try statements of the same function whose
    *body* holds this one. `main_guard`: under `if __name__ == "__main__"`. Of that loop, `over` are the
    names that a `for` binds or a `while` asks, and `loop_last` is the line in which the last statement of
    its body begins (0 without a loop).
    """

    scopes: tuple[Scope, ...]
    loop: Literal["", "for", "while", "endless"] = ""
    depth: int = 0
    main_guard: bool = False
    over: tuple[str, ...] = ()
    loop_last: int = 0

    @property
    def qualname(self) -> str:
        """`Service.run`, or "" at module level."""
        return ".".join(scope.name for scope in self.scopes)

    @property
    def function(self) -> Scope | None:
        """The innermost enclosing function, None at module or class level."""
        inner = self.scopes[-1:]
        return inner[0] if inner and inner[0].kind != "class" else None

    @property
    def is_async(self) -> bool:
        """Whether the code runs inside a coroutine."""
        return self.function is not None and self.function.kind == "async function"


@dataclass(frozen=True, slots=True)
class Handler:
    """One `except` clause, with its try.

    `span` is the clause's header up to the colon, `type_span` the caught expression (None when bare).
    `earlier` are the clauses before it; `later` the classes of those behind it that do more than raise
    again (() for a bare one), read only where its own first statement raises again. `attempt`, `orelse`,
    `final` and `earlier` are read only where `deep` (broad handlers and those that catch an exit).
    `cancelled` are the receivers of `.cancel()` calls that stand before the try in the same function.
    `comment` is the comment on the clause's line, or else the first comment of its body. Of the names that
    the whole `try` binds, `before` are those that the function has bound before it (parameters too), and
    `asked` those of which what comes after it only asks whether they hold anything (() inside of loops).
    `after` are those that what comes after the `try` reads before it binds them again.
    `asserted`: the function asserts something after the `try`. `best_effort`: its docstring says that it is.
    Of what runs behind the `try` in the same turn, `advanced` is the first state that is set as if all had
    gone well, `tells_success` the call whose text says so; `saved_over` is the method that will write what
    could not be loaded. `callees` are functions of the same file that the clause calls by a statement of its
    own, each with the calls that it makes in any case. `answer_asked`: each call of the function in its file
    is followed by a test of its answer; `next_asked`: and another is asked then for the same.
    `documented`: its docstring says what it gives where something fails.
    """

    span: Span
    type_span: Span | None
    end_line: int
    caught: tuple[Caught, ...]
    bound: str
    star: bool
    body: Body
    place: Place
    try_line: int
    deep: bool
    index: int = 0
    earlier: tuple[Clause, ...] = ()
    later: tuple[tuple[Caught, ...], ...] = ()
    attempt: Body = ()
    orelse: Body = ()
    final: Body = ()
    cancelled: tuple[str, ...] = ()
    comment: str = ""
    before: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    asserted: bool = False
    best_effort: bool = False
    advanced: str = ""
    tells_success: str = ""
    saved_over: str = ""
    callees: tuple[tuple[str, tuple[Call, ...]], ...] = ()
    answer_asked: bool = False
    next_asked: bool = False
    documented: bool = False

    @property
    def bare(self) -> bool:
        """Whether the clause names no class."""
        return self.type_span is None


SiteKind: TypeAlias = Literal["context", "decorator", "call", "function", "finally", "batch"]


@dataclass(frozen=True, slots=True)
class Site:
    """A place that decides about errors without an `except` clause.

    - `context`: a `with` whose context expression is `call` (`suppress(Exception)`); `body` is what it holds,
      `name` what stands behind `as`.
    - `decorator`: `call` decorates the function `name` (without arguments where it stands bare); `body` is
      the function's.
    - `call`: `call` stands anywhere else; `name` is the function that it registers for any error, "" for
      none. Without `call`, `autoretry_for` in the body of a task class.
    - `function`: the function `name` is called with an error by the language or a framework (`__exit__`,
      `process_exception`, a parameter annotated `Exception`, a name that the same file registers); `bound`
      is that parameter, `body` its body.
    - `finally`: a `return`, `break` or `continue` that leaves a `finally`; `name` is which of them, `classes`
      are what the clauses of the same `try` take.
    - `batch`: `call` waits for several tasks at once; `body` is that of the function around it.

    `span` is where a finding points. `classes` are the exception classes that the call's arguments, or the
    parameter's annotation, name, constants looked through. `cancelled`, told of a context, is as that of a
    `Handler`.
    """

    kind: SiteKind
    span: Span
    place: Place
    name: str = ""
    call: Call | None = None
    classes: tuple[Caught, ...] = ()
    parameters: tuple[str, ...] = ()
    bound: str = ""
    body: Body = ()
    cancelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a `try` that has several, or one that names several classes; bodies are not read.

    `spans` are the headers of the clauses, in order. A class that the file itself defines is qualified as
    `<file>.Name` here; a name that is bound more than once is not qualified at all.
    """

    line: int
    place: Place
    spans: tuple[Span, ...]
    caught: tuple[tuple[Caught, ...], ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that may be a suppression; `column` is where the `#` stands.

    The rest tells what it stands by, as each kind of comment needs it; 0 where that does not apply.

    - `above`: the line of the code that it stands above (blank lines and further comments between them do
      not count), 0 where it shares its line with code.
    - `last`: the last line of the statement or header that it stands above; inside a statement that runs
      over several lines, the next of them.
    - `head`: the line of the statement below it, decorators aside.
    - `behind`: the first line behind the block that it stands in.
    - `until`: the last line that pylint takes it to speak for.
    """

    line: int
    column: int
    text: str
    above: int = 0
    last: int = 0
    head: int = 0
    behind: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Print:
    """What the statement that is meant by a line is recognised by: of an `except` clause, its whole `try`.

    `text` is a hash of it that formatting does not change, `words` a sketch by which two can be compared
    (`source/prints.py`); `first` and `last` are its lines, `column` is where it begins.
    """

    line: int
    text: str
    words: str
    first: int
    last: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All that the visitor saw in one file.

    `path` is relative to the working directory, with `/`. `module` is the dotted name as the package
    folders tell (a folder with `__init__.py`), "" for a lone file. `clauses` are those among which one
    may hide another; `ancestry` are the qualified names in them, each with the canonical name of the
    class and those of its known ancestors: it is added when the files are known together. `entry` is what
    says that the file is run by itself, "" for nothing; `started` are the last names of functions that it
    hands to a thread, a pool or a task. `prints` are what the places of all these are recognised by, by
    line; where this Python cannot parse the file, only those of handlers whose `try` it can parse.
    `generated`: its head says that a program has written it.
    """

    path: str
    module: str
    lines: int
    handlers: tuple[Handler, ...]
    comments: tuple[Comment, ...] = ()
    sites: tuple[Site, ...] = ()
    clauses: tuple[Clauses, ...] = ()
    links: Links = NO_LINKS
    ancestry: tuple[tuple[str, tuple[str, ...]], ...] = ()
    entry: Literal["", "shebang", "main guard"] = ""
    started: tuple[str, ...] = ()
    prints: tuple[Print, ...] = ()
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read or parsed: the run goes on."""

    path: str
    stage: Literal["read", "parse", "worker", "write"]
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not read on purpose (a notebook), with the reason."""

    path: str
    reason: str
