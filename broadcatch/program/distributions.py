"""Which installed distribution brought a file? Several share a package such as `airflow` or `google`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HEAD = re.compile(r"^([^/,\n]+)/", re.MULTILINE)
_FILE = re.compile(r'^"?([^,"\n]+\.pyi?)"?,', re.MULTILINE)


def brought_by(path: Path, site: Path) -> str:
    """The distribution that brought a file of a folder of packages, by its RECORD.

    "" where only one brings this package at all, or none says so.
    """
    inside = path.relative_to(site).as_posix()
    owners = _owners(site).get(inside.partition("/")[0], ())
    if len(owners) < 2:
        return ""
    return next((one for one in owners if inside in _files(site, one)), "")


@cache
def _owners(site: Path) -> dict[str, list[str]]:
    """First part of a path -> the names of the distributions that have files below it."""
    found: dict[str, list[str]] = {}
    for record in sorted(site.glob("*.dist-info/RECORD")):
        for head in set(_HEAD.findall(_text(record))):
            found.setdefault(head, []).append(record.parent.name)
    return found


@cache
def _files(site: Path, owner: str) -> frozenset[str]:
    return frozenset(_FILE.findall(_text(site / owner / "RECORD")))


def _text(record: Path) -> str:
    try:
        return record.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
