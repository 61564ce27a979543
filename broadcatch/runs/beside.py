"""Which findings are left to Ruff, because it reports the same row already?"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from broadcatch.config.options import Config
from broadcatch.config.ruff_rules import CODES, RuffReader
from broadcatch.model.findings import Finding
from broadcatch.source.ruff import Rows, installed, reported, reported_in

OWN_MATTER: Final = ("BC4", "BC9")
"""What these rules say Ruff says nowhere: they always speak."""
NOTHING: Final[Mapping[str, bytes]] = {}
_RUFFS = frozenset({"noqa", "ruff", "flake8"})
"""The suppressions that silence Ruff too."""


def beside(
    findings: Sequence[Finding], config: Config, texts: Mapping[str, bytes] = NOTHING
) -> Sequence[Finding]:
    """`findings` with those as notes that stand on a row of Ruff's, under `ruff = "defer"`.

    That is the default where a file's repository uses Ruff. `texts` are the contents of files that stand on
    the disk otherwise (stdin, the index of git). Ruff is started only where something would be left to it.
    """
    if config.ruff in ("both", "own") or not any(_may_defer(one) for one in findings):
        return findings
    reader = RuffReader()
    paths = dict.fromkeys(one.path for one in findings if _may_defer(one))
    concerned = [path for path in paths if config.ruff or reader.user(os.path.dirname(path))]
    if not concerned:
        return findings
    rows = ruff_rows(findings, concerned, config, reader, texts)
    return [_deferred(one, rows.get(one.path, {})) if _may_defer(one) else one for one in findings]


def ruff_rows(
    findings: Sequence[Finding],
    paths: Sequence[str],
    config: Config,
    reader: RuffReader,
    texts: Mapping[str, bytes] = NOTHING,
) -> Rows:
    """What Ruff reports in `paths`: it is asked, or its configuration is read where it cannot be."""
    ruff = installed()
    read = partial(rows_by_configuration, findings, reader=reader)
    if not ruff:
        return read(paths=paths)
    asked = reported(ruff, [path for path in paths if path not in texts], CODES, config.cache)
    if asked is None:
        return read(paths=paths)
    rows = dict(asked)
    for path in paths:
        if path in texts:
            rows.update(reported_in(ruff, texts[path], path, CODES) or read(paths=[path]))
    return rows


def rows_by_configuration(findings: Sequence[Finding], paths: Sequence[str], reader: RuffReader) -> Rows:
    """What Ruff will report: what it would report under any configuration, if its rules are on there."""
    wanted = frozenset(paths)
    rows: dict[str, dict[int, tuple[str, ...]]] = {}
    for one in findings:
        if one.path not in wanted or (one.suppressed is not None and one.suppressed.by in _RUFFS):
            continue
        rules = reader.rules(os.path.dirname(one.path))
        for row in one.ruff:
            if rules.speaks(one.path, row.code):
                told = rows.setdefault(one.path, {})
                told[row.row] = (*told.get(row.row, ()), row.code)
    return rows


def _may_defer(one: Finding) -> bool:
    return one.suppressed is None and one.severity != "note" and not one.code.startswith(OWN_MATTER)


def _deferred(one: Finding, rows: Mapping[int, tuple[str, ...]]) -> Finding:
    own = {*range(one.span.line, one.span.end_line + 1), *(row.row for row in one.ruff)}
    codes = [code for row in sorted(own & rows.keys()) for code in rows[row]]
    if not codes:
        return one
    told = " and ".join(dict.fromkeys(codes))
    message = f"{one.message} (left to Ruff, which reports {told} here)"
    return replace(one, severity="note", message=message, deferred=tuple(dict.fromkeys(codes)))
