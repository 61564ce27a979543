"""Which configuration would fit this repository? Drafts of what to add, written only where it is safe."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.config.ruff_rules import CODES, HOOKS
from broadcatch.config.toml_edit import Added, added, header, line_of
from broadcatch.errors import BroadcatchError
from broadcatch.model.doctoring import Draft, RuffHere
from broadcatch.model.findings import Finding
from broadcatch.runs.recipes import gitlab_job, hook_entry, hooks_file, with_hook, workflow
from broadcatch.source.paths import display
from broadcatch.source.ruff import Rows

BY_HAND = "no place in it is sure; add this by hand"
BASELINE = ".broadcatch-baseline.json"
MOST = 8
"""So many files are excused one by one; more of them are a matter of design."""
_SILENT = frozenset({"noqa", "ruff", "flake8"})
Change: TypeAlias = tuple[tuple[str, ...], str, Added]
"""A table, a key in it, and what it gets."""
Edit: TypeAlias = tuple[str, str, Sequence[Change]]
"""A file (absolute), what the changes are about, and the changes."""
Prescription: TypeAlias = tuple[tuple[str, ...], tuple[Draft, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Patient:
    """A repository (its top folder), its configuration, and what was found in it."""

    root: str
    config: Config
    ruff: RuffHere
    findings: Sequence[Finding]
    rows: Rows


def prescribed(patient: Patient, write: bool) -> Prescription:
    """Remarks, drafts (written if asked for) and commands to run next. Raises BroadcatchError."""
    remarks, choice = _choices(patient)
    hooks = list(_hooks(patient))
    drafts = [*_edits([*_own(patient), *_ruff(patient, choice)]), *hooks, *_jobs(patient)]
    if write:
        drafts = [_written(patient, one) for one in drafts]
    return tuple(remarks), tuple(drafts), tuple(_following(patient, bool(hooks)))


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of Ruff's rules: selected, turned off, and the files that are excused from which."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    excused: Mapping[str, tuple[str, ...]] | None = None


def _choices(patient: Patient) -> tuple[list[str], Choice]:
    """A rule is proposed where it would fail nothing, or only files in which all is justified."""
    here = patient.ruff
    if not here.user:
        return [], Choice()
    if here.mode == "own":
        on = tuple(sorted(here.on))
        return [f"{code}: on in Ruff, though broadcatch is to speak alone" for code in on], Choice(ignore=on)
    remarks, select, excused = [], [], dict[str, list[str]]()
    for code in sorted(CODES):
        files = _files(patient, code)
        justified = [path for path, justly in files.items() if justly]
        rows = sum(row.code == code for one in _speaking(patient) for row in one.ruff)
        if code not in here.on and (len(justified) < len(files) or len(files) > MOST):
            remarks.append(
                f"{code}: off in Ruff; there it would fail {rows} rows in {len(files)} of the files"
            )
        elif len(justified) <= MOST:
            if code not in here.on:
                remarks.append(f"{code}: off in Ruff, and nothing but justified handlers would fail it")
                select.append(code)
            for path in justified:
                excused.setdefault(path, []).append(code)
    kept = {path: tuple(codes) for path, codes in sorted(excused.items())}
    return remarks, Choice(tuple(select), (), kept)


def _speaking(patient: Patient) -> Iterator[Finding]:
    """The findings whose rows Ruff reports, or would."""
    return (one for one in patient.findings if one.suppressed is None or one.suppressed.by not in _SILENT)


def _files(patient: Patient, code: str) -> dict[str, bool]:
    """The files with rows of `code`, and whether broadcatch sees nothing to mend on any of them."""
    files: dict[str, bool] = {}
    for one in _speaking(patient):
        on_row = any(row.code == code for row in one.ruff)
        live = code not in patient.ruff.on or code in _reported(patient, one)
        if on_row and live:
            just = (one.severity == "note" and not one.deferred) or one.suppressed is not None
            files[one.path] = files.get(one.path, True) and just
    return files


def _reported(patient: Patient, one: Finding) -> set[str]:
    told = patient.rows.get(one.path, {})
    return {code for row in one.ruff for code in told.get(row.row, ())}


def _own(patient: Patient) -> Iterator[Edit]:
    """Our own table, where there is no configuration yet; a baseline where there are findings to record."""
    config = patient.config
    changes: list[Change] = []
    path = config.source or os.path.join(patient.root, "pyproject.toml")
    if not os.path.exists(path):
        path = os.path.join(patient.root, "broadcatch.toml")
    table = ("tool", "broadcatch") if path.endswith("pyproject.toml") else ()
    if patient.ruff.user and not config.source:
        changes.append((table, "ruff", "defer"))
    failing = any(one.suppressed is None and one.severity != "note" for one in patient.findings)
    if failing and not config.baseline:
        changes.append((table, "baseline", BASELINE))
    if changes:
        yield os.path.abspath(path), "broadcatch's own table", changes


def _ruff(patient: Patient, choice: Choice) -> Iterator[Edit]:
    path = os.path.abspath(patient.ruff.user)
    if not (choice.select or choice.ignore or choice.excused) or not path.endswith(".toml"):
        return
    table = ("tool", "ruff", "lint") if path.endswith("pyproject.toml") else ("lint",)
    changes: list[Change] = []
    if choice.select:
        changes.append((table, "extend-select", choice.select))
    if choice.ignore:
        changes.append((table, "ignore", choice.ignore))
    root = os.path.dirname(path)
    for name, codes in (choice.excused or {}).items():
        key = os.path.relpath(name, root).replace(os.sep, "/")
        changes.append(((*table, "per-file-ignores"), key, codes))
    yield path, "Ruff's rules about exceptions", changes


def _edits(edits: Sequence[Edit]) -> Iterator[Draft]:
    """One draft a file."""
    for path in dict.fromkeys(path for path, *_ in edits):
        mine = [(title, changes) for other, title, changes in edits if other == path]
        changes = [change for _, some in mine for change in some]
        yield _edited(path, ", ".join(title for title, _ in mine), changes)


def _edited(path: str, title: str, changes: Sequence[Change]) -> Draft:
    """The draft of changes to one TOML file; without content where one of them cannot be made surely."""
    made = _read(path)
    shown: list[str] = []
    last: tuple[str, ...] | None = None
    for table, key, value in changes:
        if table != last and table:
            shown.append(header(table))
        last = table
        shown.append(line_of(key, value))
        made = None if made is None else added(made, table, key, value)
    return Draft(display(path), title, "\n".join(shown) + "\n", made or "", "" if made else BY_HAND)


def _hooks(patient: Patient) -> Iterator[Draft]:
    path = os.path.join(patient.root, HOOKS)
    text = _read(path)
    if "broadcatch" in (text or ""):
        return
    if text == "":
        why = "there is no such file; this would be one"
        yield Draft(display(path), "a hook for pre-commit", hooks_file(), "", why)
        return
    made = with_hook(text or "")
    yield Draft(display(path), "a hook for pre-commit", hook_entry(), made, "" if made else BY_HAND)


def _jobs(patient: Patient) -> Iterator[Draft]:
    folder = os.path.join(patient.root, ".github", "workflows")
    if os.path.isdir(folder):
        path = os.path.join(folder, "broadcatch.yml")
        texts = (_read(os.path.join(folder, name)) or "" for name in os.listdir(folder))
        if not os.path.exists(path) and not any("broadcatch" in text for text in texts):
            yield Draft(display(path), "a job for GitHub", workflow(), workflow())
    gitlab = os.path.join(patient.root, ".gitlab-ci.yml")
    if os.path.isfile(gitlab) and "broadcatch" not in (_read(gitlab) or ""):
        yield Draft(display(gitlab), "a job for GitLab", gitlab_job(), "", BY_HAND)


def _following(patient: Patient, hooked: bool) -> Iterator[str]:
    if any(one.suppressed is None and one.severity != "note" for one in patient.findings):
        yield "broadcatch baseline write"
    yield "broadcatch check"
    if hooked:
        yield "pre-commit install"


def _written(patient: Patient, draft: Draft) -> Draft:
    if not draft.content:
        return draft
    try:
        with open(draft.path, "w", encoding="utf-8", newline="") as file:
            file.write(draft.content)
    except OSError as error:
        raise BroadcatchError(f"cannot write {draft.path}: {error.strerror or error}") from error
    return replace(draft, written=True)


def _read(path: str) -> str | None:
    """The text of a file: "" where there is none, None where it cannot be read as UTF-8."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        return None
