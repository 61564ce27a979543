"""Where is it, in SARIF's words? Relative URIs, and columns that count UTF-16 code units."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from broadcatch.model.span import Span
from broadcatch.output.view import SourceLines

Plain: TypeAlias = dict[str, Any]

BASE: Final = "%SRCROOT%"
"""What relative paths are relative to: the root of the checkout."""
_SAFE = "/-._~!$&'()*+,;=@"


@dataclass(frozen=True, slots=True)
class Text:
    """The files that are spoken of: how each is named from the root, and its lines (() where it is gone)."""

    named: Callable[[str], str]
    lines: SourceLines

    def artifact(self, path: str) -> Plain:
        """The file `path`: relative to the base where it lies below it, else from the root of the machine."""
        name = self.named(path)
        if os.path.isabs(name) or name.startswith("../"):
            whole = os.path.abspath(path).replace(os.sep, "/")
            return {"uri": "file://" + _quoted(whole if whole.startswith("/") else f"/{whole}")}
        return {"uri": _quoted(name), "uriBaseId": BASE}

    def shown(self, path: str, span: Span) -> Plain:
        """The range of a span with its text, where it stands on one line."""
        text = self.lines(path)
        if span.line != span.end_line or not 0 < span.line <= len(text):
            return self.region(path, span)
        snippet = {"text": text[span.line - 1][span.column : span.end_column]}
        return {**self.region(path, span), "snippet": snippet}

    def region(self, path: str, span: Span) -> Plain:
        """The range of a span: lines and columns from 1, the end exclusive."""
        return {
            "startLine": span.line,
            "startColumn": self._units(path, span.line, span.column) + 1,
            "endLine": span.end_line,
            "endColumn": self._units(path, span.end_line, span.end_column) + 1,
        }

    def location(self, path: str, place: Plain, words: str = "") -> Plain:
        """A place in a file, with words about it."""
        found: Plain = {"physicalLocation": {"artifactLocation": self.artifact(path), "region": place}}
        return {**found, "message": {"text": words}} if words else found

    def _units(self, path: str, line: int, column: int) -> int:
        """How many UTF-16 code units stand before a column: some characters take two."""
        text = self.lines(path)
        before = text[line - 1][:column] if 0 < line <= len(text) else ""
        return column + sum(ord(char) > 0xFFFF for char in before)


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe=_SAFE)
