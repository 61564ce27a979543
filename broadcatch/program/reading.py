"""What does the file at this place define? From the record where it holds, else from the file itself."""

from __future__ import annotations

import json

from broadcatch.cache.store import Store, content_hash
from broadcatch.program.locate import Place
from broadcatch.program.module import Module
from broadcatch.program.sketch import Sketch, failed, sketch
from broadcatch.program.text import SourceText, text_of
from broadcatch.program.unfold import BadSketch, unfold


def read_place(
    place: Place, name: str, is_package: bool, shown: str, store: Store | None, minor: int = 0
) -> Module:
    """The module `name` in a file; `shown` is its path for people. What is read anew goes into `store`.

    Of a stub, only what holds for Python 3.`minor` is read, and it is not kept.
    A file of the project is read at once, because a fix may write it while its module is still asked for;
    of others the text is read when some of it is needed, and only if it is still the one that is meant.
    """
    where = str(place.path)
    store = None if place.origin == "stub" else store
    kept = store.get(where) if store else None
    text = SourceText(place.path, store.entries[where].sha256) if store and kept else None
    if text is None or place.origin == "project":
        try:
            data = place.path.read_bytes()
            content = content_hash(data)
            kept = kept if text and text.content == content else None
            text = SourceText(place.path, content, text_of(data))
        except (OSError, SyntaxError, ValueError) as exc:
            return unfold(
                failed(name, is_package, f"cannot be read: {exc}"), shown, SourceText(), place.origin
            )
    known = _unfolded(kept, name, is_package, shown, text, place) if kept else None
    return known or _sketched(place, name, is_package, shown, text, store, minor)


def _sketched(
    place: Place, name: str, is_package: bool, shown: str, text: SourceText, store: Store | None, minor: int
) -> Module:
    """The module as it is read anew."""
    source = text.read()
    if source is None:
        why = "cannot be read: the file changed while it was read"
        return unfold(failed(name, is_package, why), shown, text, place.origin)
    minor = minor if place.origin == "stub" else 0
    made = sketch(source, name, is_package, minor, place.origin == "project")
    if store:
        store.put(str(place.path), text.content, _packed(made))
    kept = text if place.origin == "project" else SourceText(text.path, text.content)
    return unfold(made, shown, kept, place.origin)


def _packed(made: Sketch) -> str:
    return json.dumps(made, separators=(",", ":"))


def _unfolded(
    kept: str, name: str, is_package: bool, shown: str, text: SourceText, place: Place
) -> Module | None:
    """The module on record; None where the record is damaged, or of another module."""
    try:
        module = unfold(json.loads(kept), shown, text, place.origin)
    except (BadSketch, ValueError, RecursionError):
        return None
    return module if (module.name, module.is_package) == (name, is_package) else None
