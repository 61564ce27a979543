"""What would the new error say? What was said of the operation that failed, else the text of the cause.

What a raise said of every failure alike is just what was wrong with it: it counts only where it passed on
what the cause said.
"""

from __future__ import annotations

import re

import libcst as cst

from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.loggers import is_log_call
from broadcatch.rewrite.source import Source

TEXTS = ("detail", "message", "msg", "reason", "description", "text")
_STRING = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)
_PLAIN = re.compile(r"%[sdr]")


def message_of(source: Source, site: HandlerSite, name: str) -> str:
    """The argument for an exception that is raised in the place of the one called `name`."""
    calls = _Calls()
    site.node.body.visit(calls)
    raised = [
        found for found in (_text_of(source, one) for one in calls.raised) if _speaks_of(found, site.name)
    ]
    logged = [found for found in (_text_of(source, one) for one in calls.logged) if found]
    return next(iter((*raised, *logged)), f"str({name})")


def _speaks_of(text: str, name: str) -> bool:
    return bool(name) and bool(re.search(rf"\{{\s*(str\()?{name}\b", text))


class _Calls(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.raised: list[cst.Call] = []
        self.logged: list[cst.Call] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef | cst.ClassDef | cst.Lambda | cst.Try):
            return False
        if isinstance(node, cst.Raise) and isinstance(node.exc, cst.Call):
            self.raised.append(node.exc)
        if isinstance(node, cst.Expr) and is_log_call(node) and isinstance(node.value, cst.Call):
            self.logged.append(node.value)
        return not isinstance(node, cst.BaseExpression)


def _text_of(source: Source, call: cst.Call) -> str:
    """The text that a call is given, as written; a record with `%s` as the f-string that says the same."""
    plain = [one for one in call.args if one.keyword is None and not one.star]
    named = [one for one in call.args if one.keyword is not None and one.keyword.value in TEXTS]
    texts = [one.value for one in (*named, *plain[:1]) if isinstance(one.value, _STRING)]
    if not texts:
        return ""
    written = source.module.code_for_node(texts[0])
    if "\n" in written:
        return ""
    if len(plain) > 1 and isinstance(texts[0], cst.SimpleString):
        return _filled(written, [source.module.code_for_node(one.value) for one in plain[1:]])
    return written


def _filled(text: str, values: list[str]) -> str:
    """`f"{a} failed: {e}"` of `"%s failed: %s", a, e`, "" where that would not be certain."""
    fits = text[:1] in "\"'" and not text.startswith(('"""', "'''")) and not re.search(r"[{}\\]", text)
    if not fits or text.count("%") != len(values) or len(_PLAIN.findall(text)) != len(values):
        return ""
    if any(re.search(r"[\"'\\{}#:!\n]", one) for one in values):
        return ""
    pieces = _PLAIN.split(text)
    marks = ["!r" if one == "%r" else "" for one in _PLAIN.findall(text)]
    middle = "".join(
        f"{{{one}{mark}}}{piece}" for one, mark, piece in zip(values, marks, pieces[1:], strict=True)
    )
    return f"f{pieces[0]}{middle}"
