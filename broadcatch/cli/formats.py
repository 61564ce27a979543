"""Which formats does `check` speak, and where does each go? One result, any number of readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import click

from broadcatch.cli import emit
from broadcatch.cli.options import SPELLINGS, Request
from broadcatch.cli.session import Session
from broadcatch.model.results import CheckResult
from broadcatch.output.view import SourceLines

FORMATS: Final = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
WITH_FIXES: Final = frozenset({"json", "jsonl", "sarif"})
"""Programs are told the edits; people use `fix`."""


def readers(request: Request, words: Sequence[str]) -> tuple[Request, ...]:
    """One request for each place that the result goes to, by the `--output` options.

    `FORMAT:FILE` is that format, a plain FILE is `--output-format`; where nothing of either kind takes
    stdout's place (a plain FILE does), `--output-format` is printed there as well. `-` is stdout.
    """
    asked = [_reader(request, word) for word in words]
    plain = any(word == one.output for word, one in zip(words, asked, strict=True))
    if not plain and all(one.output != "-" for one in asked):
        asked.insert(0, request)
    if sum(one.output in (None, "-") for one in asked) > 1:
        raise click.UsageError("--output: only one format can go to stdout")
    return tuple(asked)


def _reader(request: Request, word: str) -> Request:
    form, colon, path = word.partition(":")
    form = SPELLINGS.get(form, form)
    if not colon or form not in FORMATS:
        return replace(request, output=word)
    if not path:
        raise click.UsageError(f"--output {word}: a file is missing behind the format")
    return replace(request, output_format=form, output=path)


def deliver(
    session: Session, result: CheckResult, to: Request, statistics: bool, source: SourceLines
) -> None:
    """Write a result where one reader wants it."""
    emit.deliver(_rendered(session, result, to, statistics, source), to)


def _rendered(
    session: Session, result: CheckResult, request: Request, statistics: bool, source: SourceLines
) -> str:
    """Each format is imported only where it is asked for."""
    form = request.output_format
    if statistics:
        from broadcatch.output import statistics as counts

        return counts.render_json(result) if form in ("json", "jsonl") else counts.render_text(result)
    if form == "text":
        from broadcatch.output import check_text

        return check_text.render(result, emit.view(request), source)
    if form == "sarif":
        from broadcatch.cli.group import version_of
        from broadcatch.output import check_sarif

        rules, version = session.api.rule(), version_of("broadcatch")
        return check_sarif.render(result, rules, emit.view(request), source, version)
    if form in ("json", "jsonl"):
        from broadcatch.output import check_json, check_jsonl

        return check_json.render(result) if form == "json" else check_jsonl.render(result)
    return _viewed(form, result, request)


def _viewed(form: str, result: CheckResult, request: Request) -> str:
    """The formats that need a result and a view: one file each, called `check_<format>`."""
    from importlib import import_module

    render = import_module(f"broadcatch.output.check_{form}").render
    return str(render(result, emit.view(request)))
