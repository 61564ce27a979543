"""Which rows of the table cannot come true at this call, by what was tested or made just before?"""

from __future__ import annotations

import ast

from broadcatch.program.calls import resolve_call
from broadcatch.raises.context import Context
from broadcatch.raises.surely.contents import has_attribute, has_element, has_key, last_value
from broadcatch.raises.surely.groups import has_group
from broadcatch.raises.surely.lengths import at_least, is_in_range
from broadcatch.raises.table import Row
from broadcatch.raises.when import argument

_FULL = frozenset({"builtins.min", "builtins.max", "random.choice", "statistics.mean", "statistics.median"})
"""They ask for one element at least of their only argument."""
_VERBS = frozenset("get post put patch delete head options request".split())
_SCHEMES = frozenset({"MissingSchema", "InvalidSchema", "UnsupportedProtocol"})
_MEMBER = frozenset({"remove", "index"})
_READING = ("SELECT", "PRAGMA")
_WHOLE = frozenset({"latin-1", "latin1", "iso-8859-1", "iso8859-1", "cp437"})
"""Encodings in which each byte is a character."""
_ASCII = frozenset({"", "utf-8", "utf8", "ascii", "us-ascii"})
_WRITTEN_IN_ASCII = frozenset(
    "binascii.hexlify binascii.b2a_hex binascii.b2a_base64 base64.b64encode base64.standard_b64encode "
    "base64.urlsafe_b64encode base64.b32encode base64.b32hexencode base64.b16encode base64.a85encode "
    "base64.b85encode base64.encodebytes".split()
)
"""What gives bytes of ASCII alone, and an encoding in which these are characters (the default is "")."""


def is_settled(context: Context, row: Row, call: ast.expr) -> bool:
    """Whether the exception of the row is surely ruled out by what stands before the call, or attribute."""
    if "streamed" in row.when:
        return _is_whole(context, call.func if isinstance(call, ast.Call) else call)
    if not isinstance(call, ast.Call):
        return False
    func = call.func
    if row.call == "builtins.getattr":
        return len(call.args) > 1 and has_attribute(context, call.args[0], ast.unparse(call.args[1]), call)
    if row.call == "builtins.eval" and row.raises == "SyntaxError":
        return bool(call.args) and _is_expression(call.args[0])
    if row.call in ("json.dumps", "json.dump") and row.raises == "ValueError":
        return _is_plain(context, call)
    if row.raises.rpartition(".")[2] in _SCHEMES:
        return any(_begins_plainly(context, one) for one in (*call.args[:2], *_given_url(call)))
    if row.raises in ("UnicodeDecodeError", "UnicodeEncodeError"):
        return _is_in_any_encoding(context, row, call)
    if row.raises == "sqlite3.IntegrityError":
        return _only_reads(call)
    if row.call in _FULL:
        return len(call.args) == 1 and at_least(context, call.args[0], call.args[0]) > 0
    if not isinstance(func, ast.Attribute) or call.keywords:
        return False
    if row.call.startswith("re.Match.") and row.raises == "IndexError":
        return has_group(context, func.value, call.args)
    if func.attr in ("pop", "popleft") and row.raises in ("KeyError", "IndexError"):
        return _popped(context, row, func.value, call)
    if func.attr in _MEMBER and len(call.args) == 1 and row.raises in ("ValueError", "KeyError"):
        held = _is_extreme(context, func, call) or has_element(context, func.value, call.args[0], call)
        return _is_container(row) and held
    return False


def _is_in_any_encoding(context: Context, row: Row, call: ast.Call) -> bool:
    """Whether an encoding has a character for each byte, or a plain text is in every encoding."""
    verb = row.call.rpartition(".")[2]
    if verb == "encode" and isinstance(call.func, ast.Attribute):
        return _is_escaped(context, call.func.value)
    first = call.args[0] if call.args else argument(call, "encoding")
    text = first.value if isinstance(first, ast.Constant) else None
    if verb == "decode" and isinstance(call.func, ast.Attribute):
        named = "" if first is None else text
        if isinstance(named, str) and named.lower().replace("_", "-") in _ASCII:
            if _is_written_in_ascii(context, call.func.value):
                return True
    if not isinstance(text, str):
        return False
    if verb in ("write", "print"):
        return text.isascii()
    return row.raises == "UnicodeDecodeError" and text.lower().replace("_", "-") in _WHOLE


def _is_escaped(context: Context, text: ast.expr) -> bool:
    """Whether it is what `json.dumps` writes, which has no character but those of ASCII."""
    made = last_value(context, text) if isinstance(text, ast.Name) else text
    if not isinstance(made, ast.Call) or any(
        one.arg in ("ensure_ascii", "cls", None) for one in made.keywords
    ):
        return False
    target = resolve_call(context.resolver, made, context.scope)
    return target.externals == ("json.dumps",) and not (target.functions or target.why)


def _is_written_in_ascii(context: Context, data: ast.expr) -> bool:
    """Whether it is what `base64.b64encode` or one of its like gives; stripped, too."""
    made = last_value(context, data) if isinstance(data, ast.Name) else data
    while isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute):
        if made.func.attr not in ("strip", "rstrip", "lstrip", "upper", "lower"):
            break
        made = made.func.value
    if not isinstance(made, ast.Call) or made.keywords and any(one.arg is None for one in made.keywords):
        return False
    target = resolve_call(context.resolver, made, context.scope)
    asked = len(made.args) == 1 and all(one.arg == "newline" for one in made.keywords)
    known = len(target.externals) == 1 and not (target.functions or target.why)
    return known and asked and target.externals[0] in _WRITTEN_IN_ASCII


def _is_expression(text: ast.expr) -> bool:
    """Whether a text that is written out is an expression."""
    if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
        return False
    try:
        ast.parse(text.value.strip(" \t"), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _only_reads(call: ast.Call) -> bool:
    """Whether a statement that is written out changes no row."""
    return bool(call.args) and _beginning(call.args[0]).lstrip().upper().startswith(_READING)


def _beginning(text: ast.expr) -> str:
    """What a text begins with that is written out, or put together."""
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format":
        text = text.func.value
    while isinstance(text, ast.BinOp):
        text = text.left
    first = text.values[0] if isinstance(text, ast.JoinedStr) and text.values else text
    value = first.value if isinstance(first, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def _is_extreme(context: Context, func: ast.Attribute, call: ast.Call) -> bool:
    """`x.index(min(x))`: the least and the greatest are among them."""
    asked = call.args[0] if func.attr == "index" and len(call.args) == 1 else None
    if not isinstance(asked, ast.Call) or len(asked.args) != 1 or asked.keywords:
        return False
    target = resolve_call(context.resolver, asked, context.scope)
    same = isinstance(func.value, ast.Name) and ast.unparse(asked.args[0]) == func.value.id
    return same and target.externals in (("builtins.min",), ("builtins.max",))


def _is_whole(context: Context, asked: ast.expr) -> bool:
    """Whether a response was surely read before: what made it was not asked for a stream."""
    of = asked.value if isinstance(asked, ast.Attribute) else asked
    if not isinstance(of, ast.Name):
        return _is_read_at_once(context, of)
    bound = context.scope.names.get(of.id, ())
    given = [one.expr for one in bound if one.how == "value" and not one.path and one.expr is not None]
    return bool(bound) and len(given) == len(bound) and all(_is_read_at_once(context, one) for one in given)


def _is_read_at_once(context: Context, made: ast.expr) -> bool:
    if not isinstance(made, ast.Call) or any(one.arg in ("stream", None) for one in made.keywords):
        return False
    target = resolve_call(context.resolver, made, context.scope)
    names = [*target.externals, *(one.name for one in target.functions)]
    return not target.why and bool(names) and all(name.rpartition(".")[2] in _VERBS for name in names)


def _is_plain(context: Context, call: ast.Call) -> bool:
    """Whether what is written is made in sight, so that it does not contain itself."""
    made = call.args[0] if call.args else None
    if isinstance(made, ast.Name):
        made = last_value(context, made)
    strict = any(one.arg in ("allow_nan", "default", "cls", None) for one in call.keywords)
    return isinstance(made, (ast.Dict, ast.List, ast.JoinedStr, ast.Constant)) and not strict


def _given_url(call: ast.Call) -> list[ast.expr]:
    return [one.value for one in call.keywords if one.arg == "url"]


def _begins_plainly(context: Context, url: ast.expr) -> bool:
    """Whether the text shows that an address begins with a protocol of the web."""
    if isinstance(url, ast.Name):
        made = last_value(context, url)
        return made is not None and not isinstance(made, ast.Name) and _begins_plainly(context, made)
    return _beginning(url).startswith(("http://", "https://"))


def _popped(context: Context, row: Row, container: ast.expr, call: ast.Call) -> bool:
    if row.raises == "IndexError":
        if call.args:
            return is_in_range(context, container, call.args[0], call)
        return at_least(context, container, call) > 0
    if not call.args:
        return row.call.startswith("builtins.set.") and at_least(context, container, call) > 0
    return has_key(context, container, call.args[0], call)


def _is_container(row: Row) -> bool:
    return row.call.startswith(("builtins.list.", "builtins.set.", "collections.deque.", "builtins.tuple."))
