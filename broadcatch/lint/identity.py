"""What is a finding recognised by after the code around it has moved?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache

from broadcatch.model.facts import Print
from broadcatch.model.findings import Identity

_POSITIONS = frozenset({"line", "span"})


class Identities:
    """Gives each finding of one file its identity; equal ones in a scope are told apart by their order."""

    def __init__(self, path: str, prints: Iterable[Print] = ()) -> None:
        self._path = path
        self._prints = {one.line: one.text for one in prints}
        self._seen: Counter[tuple[str, str]] = Counter()
        self._last: tuple[object, str] = (None, "")

    def make(self, scope: str, code: str, line: int, subject: object) -> Identity:
        """The identity of the next finding of `code` in `scope`, about what stands at `line`.

        Its text is the `try` statement that the line means, whatever the formatting; the `subject`, a fact,
        where no fingerprint was taken of that line.
        """
        ordinal = self._seen[scope, code]
        self._seen[scope, code] += 1
        return Identity(self._path, scope, code, ordinal, self._prints.get(line) or self._hash(subject))

    def _hash(self, subject: object) -> str:
        if self._last[0] is not subject:  # the findings of one handler come one after the other
            self._last = (subject, text_hash(subject))
        return self._last[1]


def text_hash(subject: object) -> str:
    """A hash of a fact that its place in the file does not change: 16 hexadecimal digits."""
    tokens: list[str] = []
    _add(subject, tokens)
    text = "\x1f".join(tokens)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _add(subject: object, tokens: list[str]) -> None:
    """The tokens of `subject` behind those that are there: much faster than generators in generators."""
    kind = type(subject)
    if kind is str:
        tokens.append(subject)  # type: ignore[arg-type]
    elif isinstance(subject, tuple):
        tokens.append("(")
        for item in subject:
            _add(item, tokens)
        tokens.append(")")
    elif is_dataclass(kind):
        tokens.append(kind.__name__)
        for name in _names(kind):
            _add(getattr(subject, name), tokens)
    else:
        tokens.append(str(subject))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind) if item.name not in _POSITIONS)
