"""What is a finding recognised by after the code around it has moved?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from broadcatch.model.findings import Identity

_POSITIONS = frozenset({"line", "span"})


class Identities:
    """Gives each finding of one file its identity; equal ones in a scope are told apart by their order."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: Counter[tuple[str, str]] = Counter()
        self._last: tuple[object, str] = (None, "")

    def make(self, scope: str, code: str, subject: object) -> Identity:
        """The identity of the next finding of `code` in `scope`."""
        ordinal = self._seen[scope, code]
        self._seen[scope, code] += 1
        if self._last[0] is not subject:  # the findings of one handler come one after the other
            self._last = (subject, text_hash(subject))
        return Identity(self._path, scope, code, ordinal, self._last[1])


def text_hash(subject: object) -> str:
    """A hash of a fact that its place in the file does not change: 16 hexadecimal digits."""
    text = "\x1f".join(_tokens(subject))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _tokens(subject: object) -> Iterator[str]:
    if isinstance(subject, tuple):
        yield "("
        for item in subject:
            yield from _tokens(item)
        yield ")"
    elif is_dataclass(subject) and not isinstance(subject, type):
        yield type(subject).__name__
        for item in fields(subject):
            if item.name not in _POSITIONS:
                yield from _tokens(getattr(subject, item.name))
    else:
        yield str(subject)
