"""How does text stay text in Markdown? What code holds must not become markup, a mention or a cell's end."""

from __future__ import annotations

import re

from broadcatch.output.paint import printable

_ACTIVE = re.compile(r"([\\`*_\[\]|~#])")
_CALLS = re.compile(r"@(?=\w)")
"""What would tell somebody of that name."""
_APART = "@\N{ZERO WIDTH SPACE}"


def escaped(text: str, cell: bool = True) -> str:
    """Text that shows as it is: no markup but code in backticks, no tags, no mention, no end of a `cell`."""
    parts = re.split(r"(`[^`]+`)", printable(" ".join(text.split())))
    return "".join(_code(part, cell) if at % 2 else _prose(part) for at, part in enumerate(parts))


def code_span(text: str, cell: bool = True) -> str:
    """Text as code, whatever it holds; a bar is escaped in a `cell` of a table, where alone that is right."""
    shown = printable(" ".join(text.split()))
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{pad}{_code(shown, cell)}{pad}{ticks}" if shown else ""


def _code(text: str, cell: bool) -> str:
    return text.replace("|", r"\|") if cell else text


def _prose(text: str) -> str:
    return _CALLS.sub(_APART, _ACTIVE.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;")))
