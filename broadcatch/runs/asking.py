"""Who answers what code can raise? The engine of a project, and the two questions of `raises` put to it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache as remembered
from pathlib import Path
from time import time_ns

from broadcatch.cache.answers import Answers, open_answers
from broadcatch.cache.stamp import stamp
from broadcatch.cache.store import CLOCK_NS
from broadcatch.config.digest import digest
from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge_file
from broadcatch.model.escaping import Asked, RaisesAnswer
from broadcatch.model.results import LandsResult, RaisesResult
from broadcatch.program.places import Located
from broadcatch.program.project import Project, project_of
from broadcatch.program.standing import standing
from broadcatch.raises.escapes import Engine
from broadcatch.raises.given import table_of
from broadcatch.raises.upwards.callers import Callers
from broadcatch.runs.escaping import described, located, raises
from broadcatch.runs.gather import gather
from broadcatch.runs.landing import Judge, landed
from broadcatch.source.discover import discover

Progress = Callable[[int, int], None]


def engine_of(paths: Sequence[str], config: Config) -> Engine:
    """What knows the project that the first path belongs to; `config.python` names its environment.

    Who is done with it calls `engine.save()`: what was read is kept for the next time.
    """
    cache = config.cache_dir if config.cache else None
    project = project_of(Path(paths[0] if paths else "."), config.python, cache)
    return Engine(project, table_of(config), answers=_answers(project, config))


def _answers(project: Project, config: Config) -> Answers:
    """What was answered before, with this code and configuration, about the files as they are now."""
    folder = project.shelves.own
    if folder is None:
        return Answers()
    opened = time_ns()
    now = standing(project.root, project.environment)
    name = hashlib.sha256(repr(("answers", project.root, project.environment.packages)).encode()).hexdigest()

    def holds() -> bool:
        settled = now.newest < opened - CLOCK_NS  # a file as new as this may change and keep its time
        return settled and standing(project.root, project.environment).digest == now.digest

    rests_on = (stamp("."), digest(config), repr(config.raises), now.digest)
    return open_answers(folder, name[:16], rests_on, now.covered, holds)


def what_raises(targets: Sequence[Asked], config: Config, progress: Progress | None) -> RaisesResult:
    """What can come out of each place. Raises BroadcatchError for a target that means none."""
    engine = _engine(targets, config)
    answers = []
    for done, one in enumerate(targets):
        answers.append(_answered(located(one, engine), engine))
        if progress:
            progress(done + 1, len(targets))
    engine.save()
    return RaisesResult(tuple(answers))


def _answered(place: Located, engine: Engine) -> RaisesAnswer:
    """What can come out of the place: the answer on record, else the engine's."""
    about = os.fspath(engine.project.root / place.module.path)
    question = (os.getcwd(), about, *described(place))
    found = engine.answers.get(RaisesAnswer, question)
    if found is None:
        found = raises(place, engine)
        engine.answers.put(RaisesAnswer, question, about, found)
    return found


def where_lands(
    targets: Sequence[Asked], config: Config, types: Sequence[str], progress: Progress | None
) -> LandsResult:
    """Where an exception that leaves each function lands: those of `types`, else all that it can raise.

    Raises BroadcatchError for a target that means no function, and for a type that is no exception.
    """
    engine = _engine(targets, config)
    # A line of a try asks for the function around it: what is left is the function.
    places = [replace(located(one, engine), attempt=None) for one in targets]
    callers, judged = callers_of(engine, config, progress), judge_of(config)
    found = tuple(landed(one, raises(one, engine), types, callers, judged) for one in places)
    engine.save()
    return LandsResult(found)


def callers_of(engine: Engine, config: Config, progress: Progress | None = None) -> Callers:
    """The calls in all files of the engine's project; the files are read now, looked at when asked for."""
    files = [Path(one) for one in discover([engine.project.root], config)[0]]
    return Callers(engine, files, progress)


def judge_of(config: Config) -> Judge:
    """The verdicts on all handlers of a file, each file judged once."""
    return remembered(lambda path: _judged(path, config))


def _engine(targets: Sequence[Asked], config: Config) -> Engine:
    return engine_of([one.path or "." for one in targets], config)


def _judged(path: str, config: Config) -> Mapping[int, Judged]:
    """The verdicts on all handlers of one file, narrow ones too, by the line of their clause."""
    deep = replace(config, typed=True, cache=False)
    found = gather((path,), deep)
    return {one.handler.span.line: one for facts in found.facts for one in judge_file(facts, deep)}
