"""What becomes of an error where no `except` clause decides? Such a place, judged as a handler."""

from __future__ import annotations

from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.judge.unforeseen import answering, swallowing
from broadcatch.judge.verdict import Judged, judge
from broadcatch.model.facts import Handler, Place, Site
from broadcatch.model.flow import Body, Caught

PASSES = "process_exception"
"""A method that lets the error go on by returning nothing."""


def judged_context(site: Site, path: str, config: Config) -> Judged:
    """`with suppress(…): body`, as `try: body` with a handler that does nothing."""
    handler = _handler(site, site.place, (), site.classes, site.body)
    return Judged(handler, judge(handler, path, config))


def judged_exit(site: Site, path: str, config: Config) -> Judged:
    """An `__exit__`, as a bare handler in its class: it is given everything that leaves a `with` body."""
    names = (*site.parameters[1:], *((site.bound,) if site.bound else ()))
    place = Place(site.place.scopes[:-1], main_guard=site.place.main_guard)
    handler = replace(_handler(site, place, swallowing(site.body, names), ()), type_span=None)
    return Judged(handler, judge(handler, path, config))


def judged_function(site: Site, path: str, config: Config) -> Judged:
    """A function that a framework calls with an error, as a handler at a boundary."""
    span = site.span
    caught = site.classes or (Caught("Exception", "builtins.Exception", span),)
    body = answering(site.body, site.bound, none_passes=site.name == PASSES)
    handler = _handler(site, site.place, body, caught)
    verdict = judge(handler, path, config)
    if verdict.zone != "test":
        verdict = replace(verdict, zone="boundary", zone_reason=f"{site.name} is called with the error")
    return Judged(handler, verdict)


def _handler(site: Site, place: Place, body: Body, caught: tuple[Caught, ...], attempt: Body = ()) -> Handler:
    span = site.span
    return Handler(
        span=span,
        type_span=span,
        end_line=span.end_line,
        caught=caught,
        bound=site.bound,
        star=False,
        body=body,
        place=place,
        try_line=span.line,
        deep=True,
        attempt=attempt,
        cancelled=site.cancelled,
    )
