"""Which records of an error could hold its traceback?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.flow.walk import calls_in
from broadcatch.flow.ways import Knows
from broadcatch.judge.meaning import ConfiguredMeaning, is_logger, is_logging
from broadcatch.judge.records import is_loud
from broadcatch.judge.words import LOGGER_MODULES
from broadcatch.lint.raised import names_with_error
from broadcatch.mend.case import FileCase, clause_of
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Body, Branch, Call, Evaluate, Try, With
from broadcatch.rewrite.codemods.traceback import TracebackWanted

CODE = "BC303"
METHODS = frozenset(
    "debug info warn warning error critical fatal log adebug ainfo awarning aerror acritical alog".split()
)


def wishes(case: FileCase) -> Iterator[TracebackWanted]:
    """The traceback for the first record on each way through a clause of a BC303."""
    meaning = ConfiguredMeaning(case.config)
    for line in dict.fromkeys(clause_of(one) for one in case.live if one.code == CODE):
        if line in case.judged:
            handler = case.judged[line].handler
            for call in _chosen(handler, meaning):
                yield TracebackWanted(call.line, call.name, call.qualified, line)


def _chosen(handler: Handler, meaning: ConfiguredMeaning) -> tuple[Call, ...]:
    """The records that tell of the error; where none does, those that are read in production."""
    names = names_with_error(handler)
    every = [call for call in calls_in(handler.body, nested_handlers=False) if _is_record(call)]
    telling = [call for call in every if any(names & set(arg.value.names) for arg in call.args)]
    chosen = telling or [call for call in every if is_loud(call)]
    return _Walk(chosen, names, meaning).first(handler.body)[0]


def _is_record(call: Call) -> bool:
    receiver, _, method = call.name.rpartition(".")
    known = call.qualified.startswith(LOGGER_MODULES) or is_logger(receiver)
    keywords = {arg.keyword.lstrip("_") for arg in call.args}
    asked = not keywords.isdisjoint({"exc_info", "exception", "stack_info"})
    return method in METHODS and known and is_logging(call) and (call.direct or call.awaited) and not asked


class _Walk:
    """Walks a handler along its ways; a record behind another that has the traceback needs none."""

    def __init__(self, chosen: list[Call], names: frozenset[str], meaning: ConfiguredMeaning) -> None:
        self.chosen = chosen
        self.knows = Knows(names)
        self.meaning = meaning

    def first(self, body: Body, done: bool = False) -> tuple[tuple[Call, ...], bool]:
        """The first of the chosen calls on each way, and whether every way has one then."""
        found: tuple[Call, ...] = ()
        for node in body:
            if isinstance(node, Branch):
                arms = [self.first(arm, done) for arm in node.arms]
                found += tuple(call for calls, _ in arms for call in calls)
                done = done or (node.complete and all(told for _, told in arms))
            elif isinstance(node, (With, Try)):
                inner, done = self.first(node.body, done)
                found += inner
            elif isinstance(node, Evaluate) and not done:
                mine = [call for call in node.calls if any(call is one for one in self.chosen)]
                found += tuple(mine[:1])
                done = bool(mine) or any(
                    self.meaning.act(one, self.knows) == "traceback" for one in node.calls
                )
        return found, done
