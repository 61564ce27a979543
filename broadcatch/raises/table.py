"""What is known of callables that have no Python source here? Rows of data, chosen by arguments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from broadcatch.raises.grouped import ungrouped

FOLDER = Path(__file__).parent / "knowledge"

_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
_NOTHING_ELSE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One exception of one callable.

    `when` are conditions on the arguments that must all hold, each one of `args<N`, `args>=N` (positional
    arguments), `given:NAME[@I]`, `absent:NAME[@I]` (keyword or position I), `true:NAME`, `has:NAME[@I]:TEXT`
    (its constant contains TEXT), `open:I` (argument I is not a plain number), `variable:NAME[@I]` (given, and
    no constant), `large` (some argument is not a plain number below a million), `dynamic` (the method is not
    called on a literal), `unencodable` (nor on one that surely is in the encoding), `untyped`, `not-text`,
    `parsed` (it may be text) and `float` (judged by the type of the first argument, or that at `@I`),
    `streamed` (the response was not surely read where it was made), `unsized`, `not-json` (that argument has
    no length, no form in JSON), `unordered`, `unhashable`, `not-texts`, `not-numbers` (its elements). An
    argument that cannot be seen (unpacking, a variable) satisfies a condition. `because` says it in words.

    `by_data`: as in `Raised`. `misuse`: only a wrong use of the object brings it, such as writing to a file
    that was closed: a programming error whatever its type, so it is on record here and expected nowhere.
    """

    call: str
    raises: str
    because: str
    when: tuple[str, ...] = ()
    transient: bool = False
    usual: bool = True
    kind: Literal["knowledge", "documented"] = "knowledge"
    source: str = ""
    by_data: bool = False
    misuse: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """What is known of one package without source here, as seen in one `version` of it.

    `source` is where its rows come from unless they say more; `names`, `exceptions`, `leads` as in `Table`.
    """

    package: str
    version: str
    source: str
    rows: tuple[Row, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    exceptions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    benign: tuple[str, ...] = ()
    runs_unknown: tuple[str, ...] = ()
    leads: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is known of one callable; without rows no exception is expected.

    `runs_unknown`: it runs code that cannot be seen; `uses`: arguments (`NAME@I`) whose methods it runs.
    """

    rows: tuple[Row, ...] = ()
    runs_unknown: bool = False
    uses: tuple[str, ...] = ()


@cache
def standard_table() -> Table:
    """The table that comes with broadcatch."""
    benign = _read("benign.json")
    rows, others = rows_of(_read("stdlib.json")), packages()
    return Table(
        [*rows, *(row for one in others for row in one.rows)],
        [*benign["benign"], *(name for one in others for name in one.benign)],
        [*benign["runs_unknown"], *(name for one in others for name in one.runs_unknown)],
        benign["uses"],
        _read("runners.json"),
        {name: bases for one in others for name, bases in one.exceptions.items()},
        {name: public for one in others for name, public in one.names.items()},
        {name: behind for one in others for name, behind in one.leads.items()},
    )


@cache
def packages() -> tuple[Package, ...]:
    """What comes with broadcatch about packages that are compiled, or make their calls while they run."""
    return tuple(_package(path) for path in sorted((FOLDER / "packages").glob("*.json")))


def _package(path: Path) -> Package:
    data = ungrouped(json.loads(path.read_text(encoding="utf-8")))
    rows = tuple(rows_of(data["rows"], data["source"]))
    return Package(**{**data, "rows": rows, "benign": tuple(data.get("benign", ()))})


def rows_of(data: Iterable[Mapping[str, Any]], source: str = "") -> list[Row]:
    """Rows from their form in a file; `source` where a row names none."""
    return [Row(**{"source": source, **row, "when": tuple(row.get("when", ()))}) for row in data]


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


class Table:
    """Callable -> what is known of it. `x.*` in the benign list stands for everything below `x`.

    `exceptions` are classes that no source defines, with their bases; `names` are modules or classes under
    which a package defines what it is imported from elsewhere, with the name that the rows use. `leads` are
    callables (`x.*` as above) with those that they lead to, for where the source between them is not there.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        benign: Sequence[str] = (),
        runs_unknown: Sequence[str] = (),
        uses: Mapping[str, Sequence[str]] = _NOTHING,
        runs: Mapping[str, Sequence[str]] = _NOTHING,
        exceptions: Mapping[str, Sequence[str]] = _NOTHING,
        names: Mapping[str, str] = _NOTHING_ELSE,
        leads: Mapping[str, Sequence[str]] = _NOTHING,
    ) -> None:
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row.call, []).append(row)
        self.benign = frozenset(benign)
        self._runs = {name: tuple(those) for name, those in runs.items()}
        self._unknown = frozenset(runs_unknown)
        self._uses = {name: tuple(those) for name, those in uses.items()}
        self.exceptions = {name: tuple(bases) for name, bases in exceptions.items()}
        self.names = dict(names)
        self._roots = frozenset(name.partition(".")[0] for name in names)
        self._leads = leads
        self._given: Table | None = None
        self._because: dict[str, list[Row]] = {}
        self._known: dict[str, Entry | None] = {}

    def over(self, rows: Mapping[str, Sequence[Row]]) -> Table:
        """This table, with these rows in place of all that it knows of those callables."""
        other = copy(self)
        none = [name for name, those in rows.items() if not those]
        other._given = Table([row for those in rows.values() for row in those], none)
        return other

    def because(self, words: str) -> Sequence[Row]:
        """All rows with this reason."""
        if not self._because:
            for row in self.rows:
                self._because.setdefault(row.because, []).append(row)
        return self._because.get(words, ())

    @property
    def rows(self) -> list[Row]:
        """Every row."""
        return [row for rows in self._rows.values() for row in rows]

    def runs(self, name: str) -> tuple[str, ...]:
        """The arguments (`NAME@I`) that the callable itself calls."""
        return self._runs.get(name, ())

    def given(self, name: str) -> Entry | None:
        """What the user says of the callable."""
        return self._given.lookup(name) if self._given else None

    def lookup(self, name: str) -> Entry | None:
        """What is known of the callable; None: nothing."""
        made = self.public(name).removesuffix(".__init__")
        return self.given(name) or self._own(name) or self._own(self.public(name)) or self._own(made)

    def behind(self, name: str) -> Entry | None:
        """What is known of those that the callable leads to."""
        family = f"{name.rpartition('.')[0]}.*"
        found = [self.lookup(one) for one in self._leads.get(name, self._leads.get(family, ()))]
        rows = tuple(dict.fromkeys(row for one in found if one is not None for row in one.rows))
        return Entry(rows, runs_unknown=True) if rows else None

    def public(self, name: str) -> str:
        """The name that rows use for it, which may be defined elsewhere in its package."""
        if name.partition(".")[0] not in self._roots:
            return name
        head, rest = name, ""
        while head not in self.names and "." in head:
            head, _, last = head.rpartition(".")
            rest = f".{last}{rest}"
        return self.names.get(head, head) + rest

    def defined(self) -> Iterator[tuple[str, str]]:
        """(the name under which its package defines it, public name) of the exceptions."""
        for head, public in self.names.items():
            for name in self.exceptions:
                if name == public or name.startswith(f"{public}."):
                    yield head + name[len(public) :], name

    def _own(self, name: str) -> Entry | None:
        if name not in self._known:
            self._known[name] = self._said(name)
        return self._known[name]

    def _said(self, name: str) -> Entry | None:
        if name in self._rows:
            rows = tuple(row for row in self._rows[name] if not row.misuse)
            return Entry(rows, name in self._unknown, self._uses.get(name, ()))
        if name in self._runs or name in self.benign:
            return Entry()
        parts = name.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            family = ".".join([*parts[:cut], "*"])
            if family in self._rows:
                rows = tuple(row for row in self._rows[family] if not row.misuse)
                return Entry(rows, family in self._unknown)
            if family in self.benign:
                return Entry()
        return None
