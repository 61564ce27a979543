"""What does the file at this place define? From the record where it holds, else from the file itself."""

from __future__ import annotations

import json

from broadcatch.cache.store import Store, content_hash
from broadcatch.program.locate import Place
from broadcatch.program.module import Module
from broadcatch.program.sketch import Sketch, failed, sketch
from broadcatch.program.text import SourceText, text_of
from broadcatch.program.unfold import BadSketch, unfold


def read_place(place: Place, name: str, is_package: bool, shown: str, store: Store | None) -> Module:
    """The module `name` in a file; `shown` is its path for people. What is read anew goes into `store`."""
    where = str(place.path)
    kept = store.get(where) if store else None
    if kept is not None and store is not None:
        text = SourceText(place.path, store.entries[where].sha256)
        found = _unfolded(kept, name, is_package, shown, text, place)
        if found is not None:
            return found
    try:
        data = place.path.read_bytes()
        source = text_of(data)
    except (OSError, SyntaxError, ValueError) as exc:
        return unfold(failed(name, is_package, f"cannot be read: {exc}"), shown, SourceText(), place.origin)
    content = content_hash(data)
    made = sketch(source, name, is_package)
    if store:
        store.put(where, content, _packed(made))
    return unfold(made, shown, SourceText(place.path, content), place.origin)


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
