"""Which types are shown as one? Subclasses under a base that is possible too, siblings under their base."""

from __future__ import annotations

from collections.abc import Collection

from broadcatch.program.classes import Hierarchy
from broadcatch.suggest.folding import FAMILY, SAYS_NOTHING, TOO_BROAD


def families(types: Collection[str], hierarchy: Hierarchy) -> dict[str, str]:
    """Type -> the base that stands for it, for those that have one; a base may itself not be in `types`."""
    found = {one: base for one in types if (base := _highest(one, types, hierarchy))}
    siblings: dict[str, list[str]] = {}
    for one in sorted(set(types) - set(found)):
        for base in (hierarchy.bases(one) or ())[:1]:
            siblings.setdefault(base, []).append(one)
    for base, those in siblings.items():
        if len(those) >= FAMILY and base not in TOO_BROAD and hierarchy.is_exception(base):
            found |= dict.fromkeys(those, base)
    return {one: found.get(base, base) for one, base in found.items()}


def _highest(type_: str, types: Collection[str], hierarchy: Hierarchy) -> str:
    """The most general of the other types above it, of which something can still be said."""
    above = [
        base
        for base in types
        if base != type_ and base not in SAYS_NOTHING and hierarchy.is_subclass(type_, base) is True
    ]
    return min(above, key=lambda base: (len(hierarchy.ancestors(base)[0]), base), default="")
