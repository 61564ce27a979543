"""What can be configured? The one list of options, with their defaults.

Field names are the keys of `[tool.broadcatch]` with `_` for `-`. The type of a field says which values a
file may give; its part says what the value can change. Nothing about an option is written elsewhere.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

from broadcatch.config.weights import KEYS, STAKE_KEYS
from broadcatch.model.findings import Severity
from broadcatch.model.outcome import BUILT_IN_ZONES, Outcome

Part: TypeAlias = Literal["findings", "run", "origin", "foreign"]
"""What an option can change: the findings, only the run around them; or it is no key: `origin` says where and
when the configuration was found, `foreign` what another tool's says, which changes findings."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Values beyond their type: what the text of one must match, and how to say that to a person."""

    pattern: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Location:
    """A path: relative to the folder of the file that gives it."""


CONDITION = r"args(<|>=)\d+|open:\d+|large|dynamic|(given|absent|true|variable):\w+(@\d+)?|has:\w+(@\d+)?:.+"
"""What a row may ask of the arguments of a call; what each means stands in `docs/knowledge.md`."""

PYTHON_EXCEPTIONS = frozenset(
    {name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException)}
    | {"BaseExceptionGroup", "EncodingWarning", "ExceptionGroup", "PythonFinalizationError"}
)
"""The exceptions that need no module before their name, those of newer versions too."""

Selector: TypeAlias = Annotated[str, Shape(r"BC[0-9]*", "a rule or its prefix, such as BC102 or BC1")]
Count: TypeAlias = Annotated[int, Shape(r"[0-9]+", "a whole number from 0")]
File: TypeAlias = Annotated[str, Location()]
Glob: TypeAlias = Annotated[str, Shape(r"(?s).+", "a pattern")]
Dotted: TypeAlias = Annotated[str, Shape(r"[^\W\d]\w*(\.[^\W\d]\w*)*", "a dotted name")]
Call: TypeAlias = Annotated[
    str,
    Shape(
        r"[^\W\d]\w*(\.[^\W\d]\w*)+|[^\W\d]\w*(\.[^\W\d]\w*)*\.\*", "a dotted name with its module, in quotes"
    ),
]
Condition: TypeAlias = Annotated[str, Shape(CONDITION, "a condition on arguments, such as given:timeout")]
Name: TypeAlias = Annotated[str, Shape(r"[A-Za-z][\w-]*", "a name of letters, digits, - and _")]


if TYPE_CHECKING:
    WeightKey: TypeAlias = str
    StakeKey: TypeAlias = str
else:  # which keys there are is read off the table of weights
    WeightKey = Literal[tuple(KEYS)]
    StakeKey = Literal[STAKE_KEYS]


def _run(default: Any) -> Any:
    """An option that leaves the findings of a file as they are."""
    return field(default=default, metadata={"part": "run"})


def _origin(default: Any) -> Any:
    """A field that no key sets: where the configuration was found."""
    return field(default=default, metadata={"part": "origin"})


def _foreign(default: Any) -> Any:
    """A field that no key of ours sets: another tool's configuration does."""
    return field(default=default, metadata={"part": "foreign"})


@dataclass(frozen=True, slots=True)
class Zone:
    """One `[[zone]]` table: which handlers it means, and what it says about them.

    All keys that say where must match, each by any of its patterns. `paths` are globs as in
    `per_file_ignores`; `decorators` and `bases` are globs over qualified names or their last parts;
    `scopes` are globs over the qualified name of an enclosing function or class in its file
    (`Service.run`), or with the module before it (`app.service:Service.run`).
    """

    name: Name = ""
    paths: tuple[Glob, ...] = ()
    decorators: tuple[Glob, ...] = ()
    scopes: tuple[Glob, ...] = ()
    bases: tuple[Glob, ...] = ()
    logging: Literal["", "excuses", "never"] = ""

    def lacks(self) -> tuple[str, tuple[str, ...]]:
        """What is missing for the table to mean anything ("" for nothing), and names that may be meant."""
        if not (self.paths or self.decorators or self.scopes or self.bases):
            return 'matches nothing: one of "paths", "decorators", "scopes", "bases" is needed', ()
        if not (self.name or self.logging):
            return 'says nothing: "name" or "logging" is needed', ()
        if not self.logging and self.name not in BUILT_IN_ZONES:
            return f'"{self.name}" is no built-in zone, so "logging" is needed', BUILT_IN_ZONES
        return "", ()


@dataclass(frozen=True, slots=True)
class Expected:
    """One exception that a callable may raise: an item of a `raises` list. A text alone is its `type`."""

    short: ClassVar[str] = "type"

    type: Dotted = ""
    when: tuple[Condition, ...] = ()
    because: str = ""
    transient: bool = False
    usual: bool = True

    def lacks(self) -> tuple[str, tuple[str, ...]]:
        """What is wrong with the class that is named ("" for nothing), and names that may be meant."""
        if not self.type:
            return 'says nothing: "type" is needed', ()
        if "." in self.type or self.type in PYTHON_EXCEPTIONS:
            return "", ()
        text = f'"{self.type}" is no exception of Python; one of a module is named with its module'
        return text, tuple(sorted(PYTHON_EXCEPTIONS))


@dataclass(frozen=True, slots=True)
class Translation:
    """One `[[translate]]` table: which exception of a library becomes which of the project's own, and when.

    `from_` (the key is `from`) and `to` are dotted names; `when` is an expression over `exc`, the caught
    error; `arguments` are those that `to` is made with, also over `exc`. `base` is the class that `to`
    derives from where `fix --scaffold-exceptions` writes it. `transient`: worth another attempt.
    """

    from_: Dotted = ""
    to: Dotted = ""
    when: str = ""
    arguments: str = ""
    base: Dotted = ""
    transient: bool = False

    def lacks(self) -> tuple[str, tuple[str, ...]]:
        """What is missing or cannot be read ("" for nothing), and names that may be meant."""
        if not (self.from_ and self.to):
            return 'says too little: "from" and "to" are needed', ()
        if "." not in self.to and self.to not in PYTHON_EXCEPTIONS:
            return f'"{self.to}" is no exception of Python; one of a module is named with its module', ()
        flaw = flaw_of(self.when, "when", "{}") or flaw_of(self.arguments, "arguments", "exc({})")
        return flaw, ()


def flaw_of(text: str, key: str, form: str) -> str:
    """Why a text is no code over `exc` in this form, "" where it is (or is empty)."""
    try:
        tree = ast.parse(form.format(text.strip()), mode="eval") if text else None
    except SyntaxError:
        tree = None
    whole = tree is not None and (form == "{}" or isinstance(getattr(tree.body, "func", None), ast.Name))
    if text and not whole:
        wanted = "arguments of a call" if form != "{}" else "an expression"
        return f'"{key}" is not {wanted}: {text}'
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)] if tree else []
    bound = {one.id for one in names if not isinstance(one.ctx, ast.Load)} | {"exc"} | set(vars(builtins))
    other = next((one.id for one in names if one.id not in bound), "")
    return f'"{key}" speaks of "{other}"; only "exc", the caught error, is known' if other else ""


@dataclass(frozen=True, slots=True)
class Risk:
    """The `[tool.broadcatch.risk]` table: what `report` holds for important."""

    profile: Literal["general", "finance", "web", "data"] = "general"
    """What the program is about: which words count, and how much."""
    words: Mapping[StakeKey, tuple[Name, ...]] = field(default_factory=dict)
    """Words of your own for what is at stake, beside the built-in ones."""
    weights: Mapping[WeightKey, float] = field(default_factory=dict)
    """Weights over the built-in ones and those of the profile, in doublings."""

    def lacks(self) -> tuple[str, tuple[str, ...]]:
        """Nothing: every key may be left out."""
        return "", ()


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run may be told; immutable, made by applying partial values in order."""

    select: tuple[Selector, ...] = ("BC",)
    """Codes or prefixes that are on."""
    extend_select: tuple[Selector, ...] = ()
    """Codes or prefixes that are on as well."""
    ignore: tuple[Selector, ...] = ()
    """Codes or prefixes that are off; wins over `select` where it is at least as specific."""
    exclude: tuple[str, ...] = _run(())
    """Patterns (gitignore syntax) that replace the default exclusions of folders."""
    extend_exclude: tuple[str, ...] = _run(())
    """Patterns (gitignore syntax) beside the default ones or those of `exclude`."""
    per_file_ignores: Mapping[str, tuple[Selector, ...]] = field(default_factory=dict)
    """Codes or prefixes that are off in the files that a glob pattern names."""
    baseline: File = _run("")
    """The baseline that `check` holds its findings against; "" for none."""
    fail_on: Severity = _run("warning")
    """The least severity that makes `check` end with 1."""
    typed: bool = False
    """BC3xx look at handlers of specific types too."""
    broad_exceptions: tuple[str, ...] = ()
    """Qualified names that count as broad beside Exception and BaseException."""
    error_sinks: tuple[str, ...] = ()
    """Qualified or dotted names of calls that record an error with its traceback."""
    exit_calls: tuple[str, ...] = ()
    """Qualified or dotted names of calls that never return."""
    observe_call: Dotted = _run("")
    """Dotted name of a function that `fix --stage observe` has told of each error that was not foreseen."""
    translate: tuple[Translation, ...] = _run(())
    """Which exceptions of libraries become which of the project's own."""
    severity: Mapping[Outcome, Severity] = field(default_factory=dict)
    """Severity by outcome, over the defaults."""
    zone: tuple[Zone, ...] = ()
    """Kinds of places and what a log record is worth there; the first that matches wins."""
    require_reason: bool = False
    """BC903 reports suppressions that give no reason."""
    ruff: Literal["", "defer", "both", "own"] = _run("")
    """What becomes of a finding on a row that Ruff reports too; "" is `defer` where Ruff is used."""
    respect_gitignore: bool = _run(True)
    """Whether what git ignores is passed over."""
    jobs: Count = _run(0)
    """Worker processes; 0 chooses."""
    cache: bool = _run(True)
    """Whether facts are kept from run to run."""
    cache_dir: File = _run("")
    """Folder of the cache; "" is `.broadcatch_cache` at the project's root."""
    python: File = _run("")
    """Interpreter, virtual environment or site-packages folder whose packages `suggest` reads."""

    raises: Mapping[Call, tuple[Expected, ...]] = field(default_factory=dict, metadata={"part": "run"})
    """What callables raise, over what is known of them: dotted name, or `x.*` for all below `x`."""
    raises_file: File = _run("")
    """A TOML file with more of them; `raises` wins over it."""

    risk: Risk = _run(Risk())
    """What `report` holds for important: profile, words, weights."""

    ruff_ignores: tuple[tuple[str, tuple[str, ...], str], ...] = _foreign(())
    """`per-file-ignores` of Ruff's configuration: pattern, selectors, folder it is relative to; not a key."""
    ruff_select: tuple[str, ...] = _foreign(())
    """Codes and prefixes that Ruff's configuration selects; not a key."""
    ruff_ignore: tuple[str, ...] = _foreign(())
    """Codes and prefixes that Ruff's configuration ignores; not a key."""
    root: str = _origin("")
    """Folder of the configuration file (absolute, posix), which patterns are relative to; not a key."""
    today: str = _origin("")
    """The day of the run (`2027-03-01`), by which suppressions expire; "" for none; not a key."""
    source: str = _origin("")
    """The configuration file itself, "" if there is none; not a key."""
