"""Who reports what here, and what is wrong with the suppressions? The first half of `doctor`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.config.ruff_rules import CODES, RuffReader
from broadcatch.model.doctoring import Complaint, DoctorResult, Ill, RuffHere, Shares
from broadcatch.model.findings import Finding
from broadcatch.runs.beside import ruff_rows
from broadcatch.runs.gather import gather
from broadcatch.runs.prescribing import Patient, prescribed
from broadcatch.runs.seeing import judged
from broadcatch.source.paths import display
from broadcatch.source.project import project_root
from broadcatch.source.ruff import Rows, installed, version

_ILLS: dict[str, Ill] = {"BC901": "dead", "BC902": "blanket", "BC903": "silent"}
_EXPIRED = "it held until "
Progress = Callable[[int, int], None]


def doctor(
    paths: Sequence[str], config: Config, write: bool, progress: Progress | None = None
) -> DoctorResult:
    """What is found below `paths`, and the configuration that would fit; with `write` it is written."""
    found = gather(paths, config, progress)
    asked = replace(config, require_reason=True, extend_select=(*config.extend_select, "BC9"))
    if not os.path.exists(config.baseline):  # it is still to be written
        asked = replace(asked, baseline="")
    every = [one for part in judged(found, paths, asked).parts for one in part]
    code = [one for one in every if one.code not in _ILLS]
    reader = RuffReader()
    here = _ruff(paths, config, reader)
    rows = _rows(code, config, reader) if here.user or config.ruff == "defer" else {}
    patient = Patient(str(project_root(Path(paths[0] if paths else "."))), config, here, tuple(code), rows)
    remarks, drafts, following = prescribed(patient, write)
    return DoctorResult(
        here,
        _shares(code, rows),
        tuple(Counter(one.suppressed.by for one in code if one.suppressed is not None).most_common()),
        tuple(_complaints(every, code, config)),
        remarks,
        drafts,
        following,
        found.failures,
        found.skipped,
    )


def _ruff(paths: Sequence[str], config: Config, reader: RuffReader) -> RuffHere:
    start = paths[0] if paths else "."
    folder = start if os.path.isdir(start) else os.path.dirname(start)
    user = "" if config.ruff == "own" and not config.source else reader.user(folder)
    mode = config.ruff or ("defer" if user else "own")
    if not user:
        return RuffHere(mode=mode)
    program = installed()
    on = tuple(sorted(reader.rules(folder).on))
    return RuffHere(display(user), program, version(program) if program else "", on, mode)


def _rows(findings: Sequence[Finding], config: Config, reader: RuffReader) -> Rows:
    paths = list(dict.fromkeys(one.path for one in findings if one.ruff))
    return ruff_rows(findings, paths, config, reader) if paths else {}


def _shares(findings: Sequence[Finding], rows: Rows) -> Shares:
    """Rows of Ruff by code; ours by code, of which each finding that fails counts."""
    theirs = Counter(code for told in rows.values() for codes in told.values() for code in codes)
    live = [one for one in findings if one.suppressed is None]
    ours = Counter(one.code for one in live if one.severity != "note")
    minded = {(one.path, row) for one in live if one.deferred or one.severity != "note" for row in _own(one)}
    excused = sum((path, row) not in minded for path, told in rows.items() for row in told)
    left = sum(bool(one.deferred) for one in live)
    return Shares(tuple(sorted(theirs.items())), tuple(sorted(ours.items())), left, excused)


def _own(one: Finding) -> set[int]:
    return {*range(one.span.line, one.span.end_line + 1), *(row.row for row in one.ruff)}


def _complaints(every: Sequence[Finding], code: Sequence[Finding], config: Config) -> Iterator[Complaint]:
    for one in every:
        kind = _ILLS.get(one.code)
        if kind is not None and one.suppressed is None:
            gone = kind == "dead" and _EXPIRED in one.message
            yield Complaint("expired" if gone else kind, one.path, one.span.line, one.message)
    yield from _dead_patterns(code, config)


def _dead_patterns(findings: Sequence[Finding], config: Config) -> Iterator[Complaint]:
    """Entries of `per-file-ignores` that silence nothing, where all their codes are known."""
    reasons = {one.suppressed.reason for one in findings if one.suppressed is not None}
    known = [
        (pattern, codes, root) for pattern, codes, root in config.ruff_ignores if CODES.issuperset(codes)
    ]
    own = [(pattern, codes, "") for pattern, codes in config.per_file_ignores.items()]
    for pattern, codes, root in (*own, *known):
        if f"per-file-ignores: {pattern}" not in reasons:
            where = display(root) if root else display(config.source) if config.source else ""
            text = f"per-file-ignores: `{pattern}` ({', '.join(codes)}) silences nothing"
            yield Complaint("dead", where, 0, text)
