"""Does a callable get what it takes? Constants that the author wrote, values of the kind that it wants."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from broadcatch.model.raising import Raised
from broadcatch.program.calls import shown
from broadcatch.program.names import dotted
from broadcatch.suggest.conditions import Conditions
from broadcatch.suggest.outside import Frame, bound_once, nodes_of, outside, written
from broadcatch.suggest.worth import is_constant, kind_of, least_of, literal, plain_name

_OF_VALUES = frozenset(
    "ValueError TypeError OverflowError KeyError re.error ArithmeticError LookupError".split()
)
_UNICODE = "Unicode"
_NUMBERS = frozenset({"int", "float", "bool"})
_WHOLE = frozenset({"utf-8", "utf8", "utf-16", "utf-32"})
"""Encodings with every character, half surrogates aside: these nobody expects."""
_TEXT = frozenset({"str", "bytes"})
_DIGITS = frozenset("dxXobi")
"""With these only numbers are formatted, as digits."""
_IF_TEXT = ", if it is text"
_NEITHER = "neither text"
_IS_NUMBER = re.compile(r"is_?(int|integer|digits?|decimal|numeric|number|num|float)$", re.IGNORECASE)
"""So a function is named that asks if a text is a number."""
_SPLITS = frozenset({"split", "rsplit", "splitlines"})
_PARSES = frozenset({"int", "float"})
_TEXTS = frozenset("strip lstrip rstrip lower upper replace removeprefix removesuffix group".split())
"""What these give, or a slice, is text where it is read as a number."""


def fits(one: Raised, frame: Frame, call: ast.Call, facts: Conditions) -> bool:
    """Whether the call is given nothing that the end of the chain could come from."""
    given = [facts.meant(outside(frame, each)) for each in call.args if not isinstance(each, ast.Starred)]
    given += [facts.meant(outside(frame, each.value)) for each in call.keywords]
    if "is empty" in one.evidence.detail:
        return bool(given) and least_of(given[0]) > 0
    if not _is_of_values(one.type):
        return False
    if _was_asked(call, frame, facts) or _is_of_json(one, call, frame) or _is_split(one, call, frame):
        return True
    return _is_written_out(call, frame, given) or _is_of_kind(one, call, given)


def _was_asked(call: ast.Call, frame: Frame, facts: Conditions) -> bool:
    """Whether it was asked just before if the text is a number: `is_int(x)`, `x.isdigit()`."""
    if shown(call.func) not in _PARSES or not call.args or isinstance(call.args[0], ast.Starred):
        return False
    text = written(outside(frame, call.args[0]))
    return any(facts.ask(asked) is True for asked in _asked(text, facts))


def _asked(text: str, facts: Conditions) -> Iterator[ast.expr]:
    """The calls that were asked about the text, and whose name says that they ask for a number."""
    for asked in facts.calls():
        about = [asked.func.value] if isinstance(asked.func, ast.Attribute) else []
        named = _IS_NUMBER.match(plain_name(dotted(asked.func).rpartition(".")[2]))
        if named and text in map(written, (*about, *asked.args[:1])):
            yield asked


def _is_of_json(one: Raised, call: ast.Call, frame: Frame) -> bool:
    """Whether what is written as JSON was read from JSON, in a variable that is bound once."""
    if one.type != "TypeError" or dotted(call.func) != "json.dumps" or not call.args:
        return False
    made = bound_once(frame, call.args[0])
    return isinstance(made, ast.Call) and dotted(made.func) in ("json.loads", "json.load")


def _is_split(one: Raised, call: ast.Call, frame: Frame) -> bool:
    """Whether what is read as a number is a part of a text that was split."""
    if one.type != "TypeError" or shown(call.func) not in _PARSES or not call.args:
        return False
    loops = (each for each in nodes_of(frame) if isinstance(each, ast.For))
    over = next((each.iter for each in loops if dotted(each.target) == (dotted(call.args[0]) or "-")), None)
    made = over if isinstance(over, ast.Call) else bound_once(frame, over) if over is not None else None
    return isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) and made.func.attr in _SPLITS


def _is_of_values(type_: str) -> bool:
    """Whether the type says that a value is wrong: the world outside has no part in it."""
    name = type_.rpartition(".")[2]
    return type_ in _OF_VALUES or name.startswith(_UNICODE) or name.endswith("DecodeError")


def _is_written_out(call: ast.Call, frame: Frame, given: list[ast.expr]) -> bool:
    """Whether all that is passed is constant: what the author wrote there works, or never did."""
    whole = len(given) == len(call.args) + len(call.keywords)
    if not given or not whole or not all(map(is_constant, given)):
        return False
    if isinstance(call.func, ast.Name):
        return True
    head = dotted(call.func).partition(".")[0]
    on = outside(frame, call.func.value) if isinstance(call.func, ast.Attribute) else call.func
    return is_constant(on) or (head in frame.module.names and _is_imported(frame, head))


def _is_imported(frame: Frame, name: str) -> bool:
    return all(one.how == "import" for one in frame.module.names.get(name, ()))


def _is_of_kind(one: Raised, call: ast.Call, given: list[ast.expr]) -> bool:
    """Whether the value is of a kind that is right: a number or a text, as the row says; plain letters."""
    if _is_ascii(one, call) or (given and _is_of_digits(given[0])):
        return True
    kind = kind_of(given[0]) if given else ""
    if kind and kind not in _TEXT and one.evidence.detail.endswith(_IF_TEXT):
        return True
    if kind in _NUMBERS and shown(call.func) in _PARSES:
        return True
    is_text = kind in _TEXT or (bool(call.args) and _is_text(call.args[0]))
    return one.type == "TypeError" and is_text and _NEITHER in one.evidence.detail


def _is_of_digits(expr: ast.expr) -> bool:
    """Whether the text is put together of numbers, each with its format: `"%02x" % n`, `f"{n:d}"`."""
    if isinstance(expr, ast.JoinedStr):
        specs = [one.format_spec for one in expr.values if isinstance(one, ast.FormattedValue)]
        return bool(specs) and all(one is not None and ast.unparse(one)[-2:-1] in _DIGITS for one in specs)
    if not isinstance(expr, ast.BinOp) or not isinstance(expr.op, ast.Mod):
        return False
    text = literal(expr.left)
    found = re.findall(r"%[^a-zA-Z%]*([a-zA-Z])", text) if isinstance(text, str) else []
    return bool(found) and all(one in _DIGITS for one in found)


def _is_ascii(one: Raised, call: ast.Call) -> bool:
    """Whether the encoding takes every proper text, or what is encoded is JSON: plain letters alone."""
    if not one.type.endswith("UnicodeEncodeError") or not isinstance(call.func, ast.Attribute):
        return False
    given = [literal(each) for each in (*call.args, *(each.value for each in call.keywords))]
    if call.func.attr == "encode" and (not given or str(given[0]).lower().replace("_", "-") in _WHOLE):
        return True
    made = [each for each in ast.walk(call.func.value) if isinstance(each, ast.Call)]
    dumped = [each for each in made if dotted(each.func) == "json.dumps"]
    plain = all(keyword.arg not in (None, "ensure_ascii") for each in dumped for keyword in each.keywords)
    return len(dumped) == len(made) == 1 and plain


def _is_text(expr: ast.expr) -> bool:
    if isinstance(expr, ast.Subscript):
        return isinstance(expr.slice, ast.Slice)
    return isinstance(expr, ast.Call) and isinstance(expr.func, ast.Attribute) and expr.func.attr in _TEXTS
