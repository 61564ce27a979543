"""What is left out when an item of many fails, a block ends half way, or a test? Signs of `evidence`."""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.flow.walk import blocks, calls_in, may_end_loop, nodes_in
from broadcatch.judge import attempts, records, stakes
from broadcatch.judge.lexicon import parts
from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Assign, Body, Call, Evaluate, Return
from broadcatch.model.outcome import LEAVES

_READS = frozenset({"open", "read", "read_text", "readlines", "exists", "isfile"})
_REMOVES = frozenset("remove unlink rmtree rmdir delete".split())
_FILES = frozenset("file files path folder dir directory unlink rmtree rmdir tempfile".split())


def item(judged: Judged) -> str:
    """An item of a loop is left out, and nobody hears of it."""
    handler, place = judged.handler, judged.handler.place
    last = place.loop_last <= handler.try_line or any(
        step.text.startswith("continue") for step in judged.verdict.worst.steps
    )
    last = last or any(node.augmented for node in _assigned(handler.body))  # `errors += 1`
    works = any(call.name and not attempts.is_record(call) for call in calls_in(handler.body))
    lost = place.loop == "for" and last and judged.verdict.outcome == "dropped" and not works
    silent = judged.verdict.worst.record == "none" and not may_end_loop(handler.attempt + handler.orelse)
    lost = lost and not all(call.name.rpartition(".")[2] in _READS for call in steps_of(judged))
    lost = lost and not (_is_source(judged) or only_removes(judged))
    heard = "why" if any(records.records(handler)) else "of it"
    return f"the item is left out, and nobody hears {heard}" if lost and silent else ""


def _is_source(judged: Judged) -> bool:
    """Whether the items are alternatives: one that works ends it, or the error leaves where none has."""
    asked = any(isinstance(node, Return) for node in nodes_in(judged.handler.attempt))
    return asked or any(path.outcome in LEAVES for path in judged.verdict.paths)


def only_removes(judged: Judged) -> bool:
    """Whether each step only removes a file, which lies there until the next time."""
    made = steps_of(judged)
    return bool(made) and all(not _REMOVES.isdisjoint(parts(call.name)) and _is_file(call) for call in made)


def _is_file(call: Call) -> bool:
    return call.qualified.startswith(("os.", "shutil.")) or not _FILES.isdisjoint(parts(call.name))


def assertion(judged: Judged) -> str:
    """A test asserts inside of the `try`: that the assertion fails is hidden too."""
    nodes = nodes_in(judged.handler.attempt)
    stated = any(isinstance(node, Evaluate) and node.kind == "assert" for node in nodes)
    called = any(
        call.name.rpartition(".")[2].startswith("assert") for call in calls_in(judged.handler.attempt)
    )
    broken = judged.verdict.zone == "test" and (stated or called)
    return "an assertion that fails ends here" if broken else ""


def several_names(judged: Judged) -> str:
    """Of several names that the `try` sets, some have their new value afterwards, and others the old one."""
    handler = judged.handler
    if judged.verdict.outcome != "dropped" or stakes.first_that_works(handler):
        return ""
    kept = set(handler.before) - {name for node in _assigned(handler.body) for name in node.targets}
    kept -= {call.name.partition(".")[0] for call in calls_in(handler.body)}  # `lines.append("not read")`
    found = (_half_set(body, kept) for body in _bodies(handler.attempt))
    first, last = next(filter(None, found), ("", ""))
    return f"`{first}` may be set and `{last}` not" if first else ""


def _half_set(body: Body, kept: set[str]) -> tuple[str, str] | None:
    """Two names that statements of one block set anew, where the second can fail when the first is set."""
    anew = [
        (name, node)
        for node in body
        if isinstance(node, Assign) and not node.augmented
        for name in node.targets
        if name in kept and name not in node.value.names
    ]
    first, begun = anew[0] if anew else ("", None)
    later = (name for name, node in anew if node is not begun and (node.calls or "[" in node.value.text))
    last = next(later, "")
    return (first, last) if last else None


def _bodies(body: Body) -> Iterator[Body]:
    """A block, and the blocks in it."""
    yield body
    for node in body:
        for inner in blocks(node):
            yield from _bodies(inner)


def _assigned(body: Body) -> Iterator[Assign]:
    return (node for node in nodes_in(body) if isinstance(node, Assign))
