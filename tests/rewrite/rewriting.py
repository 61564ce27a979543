"""Short words for the tests of this folder: what goes in, what comes out."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from textwrap import dedent

from broadcatch.rewrite.apply import split_lines
from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.values import BareWanted, ChainWanted, NarrowWanted, Plan, Spelled, Wanted

JSON = Spelled("json.JSONDecodeError", "json.decoder.JSONDecodeError", "json")
KEY = Spelled("KeyError", "KeyError")
PATH = "shop/orders.py"


def plan_of(before: str, *wanted: Wanted, path: str = PATH) -> Plan:
    """The plan for a dedented text."""
    return plan(dedent(before), path, wanted)


def check_fixed(before: str, after: str, *wanted: Wanted, path: str = PATH) -> Plan:
    """All targets are rewritten, the text becomes `after`, and asking again changes nothing."""
    made = plan_of(before, *wanted, path=path)
    assert made.refused == ()
    assert carry_out(dedent(before), made.rewrites) == dedent(after)
    return made


def check_refused(before: str, wanted: Wanted, reason: str) -> None:
    """The target is left alone, for a reason that holds `reason`."""
    made = plan_of(before, wanted)
    assert made.rewrites == ()
    assert len(made.refused) == 1
    assert reason in made.refused[0].reason


def clause(before: str, last: bool = False) -> int:
    """The line of the first (or last) broad `except` of a dedented text."""
    rows = [
        number
        for number, line in enumerate(split_lines(dedent(before)), 1)
        if line.lstrip().startswith("except") and ("Exception" in line or "except:" in line)
    ]
    return rows[-1 if last else 0]


def raises(text: str) -> list[ChainWanted]:
    """Every raise of a dedented text that has no cause and stands in a handler of the same function."""
    lines = split_lines(dedent(text))
    found: list[ChainWanted] = []

    def walk(node: ast.AST, inside: bool) -> None:
        if isinstance(node, ast.Raise) and inside and node.exc is not None and node.cause is None:
            column = len(lines[node.lineno - 1].encode()[: node.col_offset].decode())
            found.append(ChainWanted(node.lineno, column))
        inside = inside or isinstance(node, ast.ExceptHandler)
        for child in ast.iter_child_nodes(node):
            walk(child, inside)

    walk(ast.parse(dedent(text)), False)
    return found


def check_chained(before: str, after: str) -> Plan:
    """Every raise in a handler gets its cause; then there is none left to ask for."""
    made = check_fixed(before, after, *raises(before))
    assert raises(after) == []
    return made


def check_not_chained(before: str, reason: str) -> None:
    """The last raise in a handler is refused."""
    check_refused(before, raises(before)[-1], reason)


def narrow(
    before: str, replacement: str = "KeyError", names: Sequence[Spelled] = (), last: bool = False
) -> NarrowWanted:
    """Narrow the broad clause of `before`."""
    return NarrowWanted(clause(before, last), replacement, tuple(names), "unsafe", "measured")


def check_narrowed(
    before: str,
    after: str,
    replacement: str = "KeyError",
    names: Sequence[Spelled] = (),
    path: str = PATH,
) -> None:
    """The broad clause becomes what `after` shows, and the second time there is nothing left to narrow."""
    wanted = narrow(before, replacement, names)
    check_fixed(before, after, wanted, path=path)
    moved = NarrowWanted(_last_clause(after), replacement, tuple(names))
    assert plan_of(after, moved).rewrites == ()


def check_not_narrowed(before: str, reason: str, replacement: str, names: Sequence[Spelled] = ()) -> None:
    """The broad clause is left alone."""
    check_refused(before, narrow(before, replacement, names), reason)


def bare(before: str, reraises: bool = False, cleans_up: bool = False) -> BareWanted:
    """Name what the bare clause of `before` catches."""
    return BareWanted(clause(before), reraises, cleans_up)


def _last_clause(text: str) -> int:
    lines = split_lines(dedent(text))
    return max(number for number, line in enumerate(lines, 1) if line.lstrip().startswith("except"))
