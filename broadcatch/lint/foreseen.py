"""Which broad handlers show that somebody has thought of the failure? Further reasons for a note.

As in `settled`, each is a small function of the judged handler that answers with words, or with "".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge import attempts, records, stakes
from broadcatch.judge.answers import expected
from broadcatch.judge.left_out import assertion
from broadcatch.judge.lexicon import parts
from broadcatch.judge.steps import steps_of
from broadcatch.judge.unforeseen import unforeseen
from broadcatch.judge.verdict import Judged
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Body, Branch, Evaluate, Node, Noop, Raise, Return
from broadcatch.model.outcome import LEAVES

_CHECKS = frozenset("check checks checker ensure valid validate validates validator verify".split())
_FEW = 2
_OTHER = re.compile(r"^not \(?[\w.]|!=|\bnot in\b")
"""Tests that hold for all errors but those that are meant."""
_TOKENS = frozenset({"token", "tokens"})
"""They are counted as often as they let somebody in."""
_SHORT = 3
_SAYS_SO = re.compile(
    r"\b(best[ -]effort|non-?fatal|(not|n't) (fatal|critical|crucial|essential))\b", re.IGNORECASE
)


def _imported_otherwise(judged: Judged) -> str:
    """An optional import: the handler sets something else, imports it, or goes another way."""
    if _flag_of_import(judged):
        return "a flag says that the import has failed"
    if judged.verdict.zone != "import-guard":
        return ""
    body = judged.handler.body
    other = any(not attempts.is_record(call) for call in calls_in(body))
    given = any(
        isinstance(node, Assign) or (isinstance(node, Noop) and node.kind == "import")
        for node in nodes_in(body)
    )
    return "only an import may fail, and something stands for it" if other or given else ""


def _flag_of_import(judged: Judged) -> bool:
    """Whether, outside of functions, something is imported and `HAVE_IT = True` becomes False."""
    handler = judged.handler
    if handler.place.function or not any(
        isinstance(node, Noop) and node.kind == "import" for node in nodes_in(handler.attempt)
    ):
        return False
    flags = _set_to(handler.attempt + handler.orelse, ("true",))
    return bool(flags & _set_to(handler.body, ("false", "none")))


def _set_to(body: Body, kinds: tuple[str, ...]) -> set[str]:
    nodes = (node for node in nodes_in(body) if isinstance(node, Assign) and node.value.kind in kinds)
    return {name for node in nodes for name in node.targets}


def _in_test(judged: Judged) -> str:
    """A test that goes on says afterwards what must have happened: a surprise fails there.

    Fixtures and stand-ins are not what is tested. Not where an assertion itself ends in the handler.
    """
    if judged.verdict.zone != "test" or assertion(judged):
        return ""
    names = [scope.name for scope in judged.handler.place.scopes if scope.kind != "class"]
    if not any(name.lower().startswith("test") for name in names):
        return "a helper of tests"
    leaves = any(isinstance(node, Return) for node in nodes_in(judged.handler.body))
    return "the test asserts afterwards" if judged.handler.asserted and not leaves else ""


def _best_effort(judged: Judged) -> str:
    """The docstring tells every caller so, or the comment of the handler its reader.

    Not where money, access or state is at stake.
    """
    handler = judged.handler
    if _SAYS_SO.search(handler.comment) and not (stakes.grave_subject(handler, _TOKENS) or _keeps(handler)):
        return "the comment says that it is best effort"
    kept = judged.verdict.outcome == "logged-traceback"
    few = (kept or len(attempts.steps(handler)) <= _FEW) and not stakes.grave_subject(handler, _TOKENS)
    return "the docstring says that it is best effort" if handler.best_effort and few else ""


def _documented(judged: Judged) -> str:
    """The docstring tells every caller what stands for what failed. Not for several steps of the project."""
    handler = judged.handler
    few = len({call.name for call in steps_of(judged)}) <= _SHORT
    kept = judged.verdict.outcome in ("fallback", "logged-text")
    grave = stakes.grave_subject(handler, _TOKENS) or _keeps(handler)
    meant = handler.documented and expected(judged) and kept and few and not grave
    return "the docstring says what stands for it" if meant else ""


def _keeps(handler: Handler) -> bool:
    """Whether what may fail here writes to what is kept."""
    return stakes.kept_call(handler) is not None


def _recognised(judged: Judged) -> str:
    """The handler looks at the error first, and logs what it has told: anything else is raised again."""
    handler = judged.handler
    rest = unforeseen(handler.body, (handler.bound,)) if handler.bound else handler.body
    leaves = rest != handler.body and rest and isinstance(rest[-1], Raise)
    logged = judged.verdict.outcome in ("logged-text", "logged-traceback")
    stays = (leaves and logged) or any(_raises_others(node, handler.bound) for node in handler.body)
    return "only an error that was looked at stays here" if stays else ""


def _raises_others(node: Node, bound: str) -> bool:
    """`if not (lenient and isinstance(error, OSError)): raise`: only what was asked for goes on behind it.

    So do a number or a text of the error: `if error.errno != ENOENT: raise`.
    """
    if not isinstance(node, Branch) or node.kind != "if" or not node.arms or not node.arms[0]:
        return False
    text, last = node.test.text, node.arms[0][-1]
    negated = text.startswith("not ") and f"isinstance({bound}" in text
    told = bound in node.test.names and _OTHER.search(text) and "isinstance(" not in text
    again = isinstance(last, Raise) and last.form == "bare"
    return bool(bound) and ((negated and isinstance(last, Raise)) or (bool(told) and again))


def _leaves_too(judged: Judged) -> str:
    """The error is logged, and it depends on a question whether it leaves as well."""
    told = judged.verdict.outcome == "logged-text" and records.tells_well(judged.handler)
    leaves = any(path.outcome in LEAVES for path in judged.verdict.paths)
    return "it is logged, and leaves on another path" if told and leaves else ""


def _checked_otherwise(judged: Judged) -> str:
    """The same value is checked in a second way, which decides, and raises by itself."""
    tried, handled = _statements(judged.handler.attempt), _statements(judged.handler.body)
    plain = len(handled) == 1 and all(isinstance(node, Evaluate) for node in (*tried, *handled))
    if not plain or not (all(map(_is_check, tried)) and all(map(_is_check, handled))):
        return ""
    same = set(_values_in(tried)) & set(_values_in(handled))
    return "another check of the same value decides" if same else ""


def _is_check(node: Node) -> bool:
    """Whether a statement calls what is named as a check: `validate(text)`, `RangeValidator(9)(number)`."""
    calls = getattr(node, "calls", ())
    return bool(calls) and any(not _CHECKS.isdisjoint(parts(call.name)) for call in calls)


def _values_in(nodes: list[Node]) -> Iterator[str]:
    """The names that go into calls."""
    for call in calls_in(tuple(nodes)):
        for arg in call.args:
            yield from (name for name in arg.value.names if name not in ("self", "cls"))


def _conversions(judged: Judged) -> str:
    """A value was converted in a step or two, and the log has it with the error."""
    handler = judged.handler
    nodes, calls = _statements(handler.attempt), list(calls_in(handler.attempt))
    told = judged.verdict.outcome == "logged-text" and records.tells_well(handler)
    short = 0 < len(nodes) <= _SHORT and all(isinstance(node, (Assign, Return)) for node in nodes)
    # The last statement sets nothing when it fails; one before it may have changed what others see.
    local = all(
        isinstance(node, Assign) and not any("." in one for one in node.targets) for node in nodes[:-1]
    )
    only = bool(calls) and all(map(attempts.is_conversion, calls))
    return (
        "one value could not be read, and the log says which and why"
        if told and short and local and only
        else ""
    )


def _absent(judged: Judged) -> str:
    """`del entry["old"]`: all that can fail is that it is not there, which was the aim."""
    nodes = _statements(judged.handler.attempt)
    one = nodes[0] if len(nodes) == 1 else None
    removed = isinstance(one, Evaluate) and one.kind == "delete" and not one.calls and "[" in one.value.text
    return "what was to be removed is not there" if removed else ""


def _statements(body: Body) -> list[Node]:
    return [node for node in body if not isinstance(node, Noop)]


REASONS = (
    _imported_otherwise,
    _in_test,
    _best_effort,
    _documented,
    _recognised,
    _leaves_too,
    _checked_otherwise,
    _conversions,
    _absent,
)
