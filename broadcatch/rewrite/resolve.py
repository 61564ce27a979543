"""Does the name that a replacement spells mean the class that was meant, where it is needed?"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence

from broadcatch.model.findings import Edit
from broadcatch.rewrite.frames import SCOPES, Frame, HandlerSite, Occurrence
from broadcatch.rewrite.imports import place_import, place_local_import
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.values import Spelled

STABLE = ("import", "class")


def import_edits(
    source: Source, path: str, site: HandlerSite, names: Sequence[str], known: Sequence[Spelled]
) -> tuple[Edit, ...]:
    """The import lines that `names` need at `site`; refuses a name that would mean something else."""
    by_spelling = {spelled.spelling: spelled for spelled in known}
    edits = (
        edit for name in names for edit in _imported(source, path, site, by_spelling.get(name, Spelled(name)))
    )
    return tuple(dict.fromkeys(edits))


def _imported(source: Source, path: str, site: HandlerSite, name: Spelled) -> tuple[Edit, ...]:
    head = name.spelling.split(".")[0]
    if any(found.role in ("declare", "delete") for found in source.names.get(head, ())):
        raise Refuse(f"`{head}` is deleted, or declared global or nonlocal, in this file")
    if not name.module:
        _refuse_unless_bound(source, site, head, name)
        return ()
    statement = _statement(name, head)
    bound = [found for found in source.names.get(head, ()) if found.binds]
    nearest = _nearest(source, site.frame, head)
    if nearest and all(_provides(found, name, head) for found in nearest):
        _refuse_unless_bound(source, site, head, name)
        return ()
    if not all(_agrees(found, name, head) for found in bound):
        raise Refuse(f"`{head}` means something else in this file")
    if any(frame.kind == "typing" for found in bound for frame in found.frame.outwards()):
        raise Refuse(f"`{head}` is imported for type checking only")
    if not bound and source.names.get(head):
        raise Refuse(f"`{head}` is used in this file for something that it does not bind")
    if name.local:
        return place_local_import(source, path, site, name.module, statement)
    return place_import(source, path, site, name.module, statement)


def _refuse_unless_bound(source: Source, site: HandlerSite, head: str, name: Spelled) -> None:
    found = _nearest(source, site.frame, head)
    if not found:
        if not hasattr(builtins, head):
            raise Refuse(f"`{head}` is not bound in this file")
        return
    if name.type and "." not in name.type.removeprefix("builtins."):
        raise Refuse(f"`{head}` is shadowed in line {found[0].line}")
    live = [f for f in found if all(frame.kind != "typing" for frame in f.frame.outwards())]
    if not live:
        raise Refuse(f"`{head}` is imported for type checking only")
    local = found[0].scope.kind not in ("module", "class")
    if (local or len(live) > 1) and any(f.role not in STABLE for f in live):
        raise Refuse(f"`{head}` has more than one meaning in this file")
    if (local or _runs_at_import(site.frame)) and all(f.line >= site.try_line for f in live):
        raise Refuse(f"`{head}` is not bound before the try")


def _nearest(source: Source, frame: Frame, head: str) -> list[Occurrence]:
    """The bindings that `head` finds from `frame`: those of the innermost scope that has any."""
    for scope in _visible(frame):
        found = [o for o in source.names.get(head, ()) if o.binds and o.scope is scope]
        if found:
            return found
    return []


def _visible(frame: Frame) -> Iterator[Frame]:
    own = frame.scope
    for outer in own.outwards():
        if outer.kind in SCOPES and (outer is own or outer.kind != "class"):
            yield outer


def _runs_at_import(frame: Frame) -> bool:
    return all(outer.kind not in ("function", "lambda") for outer in frame.outwards())


def _statement(name: Spelled, head: str) -> str:
    if name.name:
        return f"from {name.module} import {name.name}" + (f" as {head}" if head != name.name else "")
    if name.spelling.startswith(f"{name.module}."):
        return f"import {name.module}"
    if "." in name.spelling and not name.module.startswith("."):
        return f"import {name.module} as {head}"
    raise Refuse(f"`{name.spelling}` does not follow from an import of {name.module}")


def _provides(found: Occurrence, name: Spelled, head: str) -> bool:
    """Whether this import alone makes the spelling work."""
    return found.role == "import" and (found.module, found.imported) == (name.module, name.name)


def _agrees(found: Occurrence, name: Spelled, head: str) -> bool:
    """Whether a further import beside this one leaves the name as it is."""
    same_package = not name.name and not found.imported and found.module.split(".")[0] == head
    return _provides(found, name, head) or (found.role == "import" and same_package)
