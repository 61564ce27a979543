"""What swallows errors for all who use it: a context manager or a decorator?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge.registered import judged_exit
from broadcatch.judge.verdict import Judged
from broadcatch.lint.rule import Hit, on_clause, on_site
from broadcatch.lint.severity import severity_of, softer
from broadcatch.lint.wording import outcome_words
from broadcatch.model.facts import FileFacts, Handler, Scope, Site
from broadcatch.model.findings import Severity
from broadcatch.model.flow import Call, Evaluate, Node, Value
from broadcatch.source.sites import EXITS

_CONTEXT_MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
_SWALLOWED = frozenset({"dropped", "fallback", "logged-text", "logged-traceback"})
_NOTHING = Value("none", "")
_DOUBLE = re.compile(r"Mock|Fake|Dummy|Stub|^_?Test", re.IGNORECASE)


def exit_hits(facts: FileFacts, config: Config) -> Iterator[Hit]:
    """Each `__exit__` that returns a true value whatever the error is."""
    for site in facts.sites:
        if site.kind == "function" and site.name in EXITS:
            judged = judged_exit(site, facts.path, config)
            if not judged.verdict.leaves:
                yield _exit_hit(site, judged, config)


def _exit_hit(site: Site, judged: Judged, config: Config) -> Hit:
    verdict = judged.verdict
    owner = judged.handler.place.qualname.rpartition(".")[2]
    user = f"every `with {owner}(…)`" if owner else "every `with`"
    ending = outcome_words(verdict)
    message = f"`{site.name}` returns a true value and swallows everything for {user}; {ending}"
    severity: Severity = severity_of(judged, config)
    if verdict.zone == "test":
        severity = "note"
    elif _DOUBLE.search(owner):
        severity = softer(severity)
    steps = tuple((step.line, step.text) for step in verdict.worst.steps)
    return replace(on_site(site, message, severity, verdict.outcome), steps=steps)


def user_hits(judged: Judged) -> Iterator[Hit]:
    """The clause, where it swallows for all who use the context manager or the decorator around it.

    A note: the clause has a finding of its own, and this one says how far it reaches. Where it lets the
    error out on some path, users choose, or errors are told apart: then it is no hit.
    """
    verdict = judged.verdict
    if not verdict.broad or not {path.outcome for path in verdict.paths} <= _SWALLOWED:
        return
    shared = _context_manager(judged.handler) or _decorator(judged.handler)
    if shared:
        message = f"swallows for every user of `{shared}`; {outcome_words(verdict)}"
        yield on_clause(judged.handler, message, "note")


def _context_manager(handler: Handler) -> str:
    """The name of the generator whose `with` body runs in this try."""
    function = handler.place.function
    if function is None or not any(_last(name) in _CONTEXT_MANAGERS for name in function.decorators):
        return ""
    return function.name if any(_yields(node) for node in nodes_in(handler.attempt)) else ""


def _yields(node: Node) -> bool:
    """Whether a statement is a `yield`; a bare one is an expression of nothing."""
    if not isinstance(node, Evaluate):
        return False
    return node.kind == "yield" or (node.kind == "expression" and node.value == _NOTHING and not node.calls)


def _decorator(handler: Handler) -> str:
    """The name of the function whose parameter this try calls with what it is given itself.

    A wrapper that tries in a loop is passed over: what it does after the last turn is not known.
    """
    if handler.place.function is None or handler.place.loop:
        return ""
    *outer, wrapper = handler.place.scopes
    passed = {call.name for call in calls_in(handler.attempt) if _passes_on(call, wrapper)}
    owners = [scope for scope in outer if passed & set(scope.parameters)]
    return owners[0].name if owners else ""


def _passes_on(call: Call, wrapper: Scope) -> bool:
    """Whether a call gives what the wrapper was given: `*args`, `**kwargs`."""
    return any(arg.keyword in ("*", "**") and arg.value.text in wrapper.parameters for arg in call.args)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
