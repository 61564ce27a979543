"""What do the comments of pylint and PyCharm ask for? Their grammar, as these tools read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.gate.directives import Directive, Verb
from broadcatch.gate.reasons import told

_PYLINT = re.compile(r"#.*?\bpylint:\s*(?P<pragma>[^;#\n]+)")
_VERBS: dict[str, Verb] = {
    "disable": "disable",
    "disable-msg": "disable",
    "disable-next": "next",
    "enable": "enable",
    "enable-msg": "enable",
}
_WHOLE = frozenset({"disable-all", "skip-file"})
_ACTION = re.compile(
    r"\b(?:(?P<whole>disable-all|skip-file)\b|(?P<verb>disable-next|disable-msg|enable-msg|disable|enable)\s*="
    r"[^\w]*(?P<names>[\w-]+(?:[\s\])]*,[\s\[(]*[\w-]+)*))"
)
_PYCHARM = re.compile(r"#\s*noinspection\s+(?P<names>[\w.-]+(?:\s*,\s*[\w.-]+)*)")


def pylint(comment: str) -> Iterator[Directive]:
    """The pragmas in a comment: the last of several comments on one line counts, up to `;` or `#`."""
    starts = [at for at, char in enumerate(comment) if char == "#"]
    found = next((match for at in reversed(starts) if (match := _PYLINT.match(comment, at))), None)
    if found is None:
        return
    for action in _ACTION.finditer(comment, found.start("pragma"), found.end("pragma")):
        reason = told(comment, found.start(), action.end())
        names = tuple(dict.fromkeys(re.findall(r"[\w-]+", action["names"] or "")))
        if action["whole"] or (action["verb"] == "disable" and "all" in names):
            yield Directive("pylint", "file", None, reason)
        else:
            yield Directive("pylint", _VERBS[action["verb"]], names, reason)


def pycharm(comment: str) -> Iterator[Directive]:
    """`# noinspection A, B`, anywhere in a comment."""
    for found in _PYCHARM.finditer(comment):
        names = tuple(dict.fromkeys(re.split(r"\s*,\s*", found["names"])))
        whole = any(name.upper() == "ALL" for name in names)
        yield Directive(
            "pycharm", "above", None if whole else names, told(comment, found.start(), found.end())
        )
