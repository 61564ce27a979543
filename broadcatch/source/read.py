"""What does this file say, and how would it say something else? Bytes to text and exactly back."""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass

from broadcatch.errors import RewriteError
from broadcatch.model.facts import Failure
from broadcatch.source.lines import dominant_newline
from broadcatch.source.paths import display

_COOKIE = re.compile(rb"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_UTF8 = "utf-8"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file as it stands: line ends are kept, so offsets are good for edits.

    `newline` is the line end used most; `bom` tells of a UTF-8 byte order mark, which is not in
    `text`. `exact` is whether encoding gives back the very bytes: a few old encodings have two for
    one character.
    """

    text: str
    encoding: str = _UTF8
    newline: str = "\n"
    bom: bool = False
    exact: bool = True


def read(path: str | os.PathLike[str]) -> Text | Failure:
    """The text of the file at `path`, or why it cannot be had."""
    data = read_bytes(path)
    return data if isinstance(data, Failure) else decode(data, display(path))


def read_bytes(path: str | os.PathLike[str]) -> bytes | Failure:
    """The bytes of the file at `path`, or why they cannot be had."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return Failure(display(path), "read", error.strerror or str(error))


def decode(data: bytes, path: str) -> Text | Failure:
    """The text in `data`, by its byte order mark and its coding comment (PEP 263); `path` is for Failure."""
    bom = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if bom else data
    if b"\0" in body:
        return Failure(path, "read", "a null byte: this is no source text", _line(body, body.index(b"\0")))
    declared = _declared(body)
    encoding = _normal(declared) if declared else _UTF8
    if encoding is None or (bom and encoding != _UTF8):
        reason = "unknown encoding" if encoding is None else "a UTF-8 mark, and yet the encoding"
        return Failure(path, "read", f'{reason} "{declared}"', 1)
    return _decoded(body, encoding, bom, path)


def encode(source: Text, text: str) -> bytes:
    """`text` as bytes in the manner of `source`; `encode(t, t.text)` is what `t` was read from.

    Raises RewriteError where the encoding cannot hold `text`.
    """
    if not source.exact:
        raise RewriteError(f"the encoding {source.encoding} does not give the same bytes back")
    try:
        data = text.encode(source.encoding)
    except ValueError as error:
        raise RewriteError(f"the encoding {source.encoding} cannot hold the new text: {error}") from error
    return codecs.BOM_UTF8 + data if source.bom else data


def _decoded(body: bytes, encoding: str, bom: bool, path: str) -> Text | Failure:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        return Failure(path, "read", f"not {encoding}: {error.reason}", _line(body, error.start))
    except (ValueError, LookupError) as error:
        return Failure(path, "read", f"not {encoding}: {error}", 1)
    exact = encoding == _UTF8 or _gives_back(text, encoding, body)
    return Text(text, encoding, dominant_newline(text), bom, exact)


def _gives_back(text: str, encoding: str, body: bytes) -> bool:
    try:
        return text.encode(encoding) == body
    except ValueError:
        return False


def _declared(body: bytes) -> str:
    """The encoding that a comment in the first two lines names, "" if none does."""
    if b"coding" not in body[:400]:
        return ""
    first = _COOKIE.match(body)
    blank = _BLANK.match(body)
    found = first or (blank and _COOKIE.match(body, blank.end()))
    return found[1].decode("ascii", "replace") if found else ""


def _normal(name: str) -> str | None:
    """One spelling for each encoding, as Python's tokenizer does it; None for what is no text encoding."""
    try:
        known = codecs.lookup(name)
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return _UTF8 if known.name == "utf-8-sig" else known.name


def _line(body: bytes, at: int) -> int:
    return body.count(b"\n", 0, at) + 1
