"""Modules to remember handlers of, and what a baseline would keep of a text."""

from __future__ import annotations

from hypothesis import strategies as st

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.gate.entries import standings
from broadcatch.lint.check import check
from broadcatch.model.baseline import Entry, Standing

_CLAUSES = ("except:", "except Exception:", "except BaseException as error:", "except (KeyError, Exception):")
_BODIES = (
    "pass",
    "return 0",
    "log.error('no %s', x)",
    "raise",
    "raise Wrong(x)",
    "log.exception('a'); y = {}",
)
_CALLS = (
    "load(x, 'a')",
    "x.save(1)",
    "for a in b(x): a.run()",
    "return fetch(u, t=3)",
    "with open(p) as f: f.go()",
)

pieces = st.lists(
    st.tuples(st.sampled_from(_CALLS), st.sampled_from(_CLAUSES), st.sampled_from(_BODIES), st.booleans()),
    min_size=1,
    max_size=6,
)
"""What each `try` of a module does, catches and answers, and whether it begins a new function."""


def module(parts: list[tuple[str, str, str, bool]], name: str = "work") -> str:
    """A module with a `try` a part."""
    lines = ["import log", ""]
    for index, (call, clause, body, fresh) in enumerate(parts):
        if fresh or not index:
            lines += [f"def {name}_{index}(x, b, u, p):", "    y = 0"]
        lines += ["    try:", f"        {call}", f"    {clause}", f"        {body}"]
    return "\n".join(lines) + "\n"


def standing(code: str, path: str = "app/x.py") -> tuple[Standing, ...]:
    """The places of a text."""
    facts = read_facts(code, path)
    return standings(facts, check(facts, Config()), Config())


def entries(code: str, path: str = "app/x.py") -> list[Entry]:
    """What a baseline would keep of a text."""
    return [one.entry for one in standing(code, path)]
