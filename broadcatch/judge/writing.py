"""Which statements write state, and which calls does it need? Words and shapes; `state` folds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from broadcatch.judge.lexicon import (
    MONEY_MOVES,
    VERBS,
    WRITES,
    is_about_showing,
    is_store,
    parts,
    subject_of,
    writes,
)
from broadcatch.judge.meaning import is_logger, is_logging
from broadcatch.model.flow import Assign, Call, Node

Kind: TypeAlias = Literal["set", "summed", "added", "stored"]

_CHANGES = frozenset("append appendleft add update pop popleft popitem remove insert extend".split())
_UNDOES = frozenset(
    "rollback restore reset clear abort undo revert close aclose disconnect stop cleanup clean discard "
    "teardown release unset invalidate reconnect reload shutdown cancel".split()
)
_HARMLESS = _CHANGES | frozenset(
    "get items keys values copy deepcopy format join strip lstrip rstrip lower upper split replace clear "
    "setdefault startswith endswith removeprefix removesuffix discard time monotonic perf_counter now utcnow "
    "isoformat timestamp debug info warning error exception log total_seconds is_set set locked is_alive "
    "title encode dumps sleep qsize notify_all getLogger get_logger create_task call_soon call_later "
    "isEnabledFor last_insert_id lastrowid rowcount".split()
)
_FALLIBLE_BUILTINS = frozenset("open int float next eval exec compile __import__".split())
_TRANSACTION = re.compile(r"atomic|transaction|savepoint|begin|unit_of_work", re.IGNORECASE)
_BESIDE = re.compile(
    r"cache|log|^_?last|retr|attempt|error|count|stats?$|statistics|metric|total|processed|completed|failed|"
    r"_task$|_thread$|timer|_time$|timestamp|debug|progress|percent|sequence|index|title|(name|_id)$|dirty|shutdown|"
    r"message|comment|^ret$|result|opts|config|options|context",
    re.IGNORECASE,
)
_FLAG = re.compile(
    r"busy|running|started|active|locked|initiali|ready|connected|sent|paid|filled|placed|done", re.IGNORECASE
)
_WRITTEN_OUT = re.compile(r"[\"'\d]|(.*\.)?[A-Z][A-Z0-9_]*$")
_CONNECTIONS = frozenset({"conn", "connection"})
_COPIES = frozenset({"args", "kwargs", "kw", "kws"})
_WAITING = re.compile(r"(^|_)(sleep|ensure_future|create_task|start_soon|call_(soon|later)\w*|schedule|log)$")
_STATUS = frozenset("status phase stage".split())
_SUBJECTS = ("money", "acknowledgement")
_MADE = frozenset("instance object from template request payload builder copy model data".split())
_CHANGING = VERBS | MONEY_MOVES | frozenset("prune store commit sync register".split())
_VERBS = VERBS | MONEY_MOVES | frozenset("get fetch load all is has self".split())


@dataclass(frozen=True, slots=True)
class Write:
    """State that is written: `target` as written, in `line`; `text` for a person.

    `kind`: a plain value is `set`, `summed` up (`+=`), `added` to a container, or `stored` as a record.
    `source` is the name whose value it is, "" for any other value.
    """

    target: str
    line: int
    text: str
    kind: Kind = "set"
    source: str = ""

    @property
    def stored(self) -> bool:
        """Whether it is a record in a store."""
        return self.kind == "stored"

    @property
    def grave(self) -> bool:
        """Whether it is money, a position, an order or a status."""
        words = parts(_last(self.target))
        told = any(subject_of(subject, words)[1] for subject in _SUBJECTS)
        return bool(_STATUS & set(words)) or (told and not is_about_showing(words))

    @property
    def sums(self) -> bool:
        """Whether half of several is wrong: a sum, or one order of many."""
        return self.kind == "summed" or (self.stored and self.grave)

    @property
    def tells(self) -> bool:
        """Whether it says how far things are: a grave word, or a flag (`self.connected = True`)."""
        return self.grave or (self.text.endswith("= True") and bool(_FLAG.search(_last(self.target))))

    def needs(self, call: Call) -> bool:
        """Whether the write is wrong, or only half of what was to be done, once `call` fails.

        A container and a record need what is done to the same thing (`pending.append`, `_save_pending`);
        a record of money, or a whole one (`order.save()`), any further write.
        """
        if not may_fail(call) or self._concerns(call):
            return False
        if self.kind in ("set", "summed"):
            return True
        whole = self.stored and (self.grave or len(parts(_last(self.target))) == 1)
        same = _changes(call) and bool(_things(self.target) & _things(call.name))
        return same or (whole and moves(call))

    def _concerns(self, call: Call) -> bool:
        """Whether a call works on what was just written: it is one step with the write."""
        mine = {self.target, self.source} - {""}
        on_it = not self.stored and any(call.name.startswith(name + ".") for name in mine)
        return on_it or any(arg.value.text in mine for arg in call.args)


def writes_of(node: Node, parameters: frozenset[str]) -> Iterator[Write]:
    """The state that a statement writes by itself, inner blocks left out; `parameters` of its function."""
    if isinstance(node, Assign) and not _is_reset(node):
        for target in node.targets:
            outer = node.outer and target.isidentifier()
            if (outer or _shared(target, parameters)) and not _aside(target):
                sign = node.augmented or "="
                source = node.value.text if node.value.kind == "name" else ""
                text = f"{target} {sign} {node.value.text}"
                yield Write(target, node.line, text, _kind(node, target), source)
    for call in getattr(node, "calls", ()):
        yield from _by_call(call, parameters)


def _by_call(call: Call, parameters: frozenset[str]) -> Iterator[Write]:
    receiver, _, method = call.name.rpartition(".")
    store = is_store(receiver) and _last(receiver) not in _CONNECTIONS
    if not receiver or "(" in receiver:
        return
    if method in _CHANGES and not store:
        if call.direct and _shared(receiver, parameters) and not _aside(receiver):
            given = next((arg.value.text for arg in call.args if arg.value.kind == "name"), "")
            yield Write(receiver, call.line, f"{call.name}(…)", "added", given)
    elif _stores(parts(method), store, call) and not _BESIDE.search(method):
        yield Write(call.name, call.line, f"{call.name}(…)", "stored")


def _stores(words: tuple[str, ...], store: bool, call: Call) -> bool:
    """Whether a call puts something where it stays: `order.save()`, `await self._create_order(…)`."""
    if not writes(words, store) or _MADE & set(words) or {"dump", "flush"} & set(words):
        return False
    return store or bool(WRITES & set(words)) or (words[0] == "create" and call.awaited)


def moves(call: Call) -> bool:
    """Whether a call writes to a store or moves money: what a stored record may have to agree with."""
    receiver, _, method = call.name.rpartition(".")
    words = parts(method)
    if not words or is_about_showing(words):
        return False
    money = words[0] in MONEY_MOVES and bool(subject_of("money", words[1:])[1])
    store = is_store(receiver) and _last(receiver) not in _CONNECTIONS
    return money or _stores(words, store, call)


def _changes(call: Call) -> bool:
    """Whether the name of a call begins with a verb of writing."""
    words = parts(call.name.rpartition(".")[2])
    return bool(words) and words[0] in _CHANGING


def may_fail(call: Call) -> bool:
    """Whether a call is one that fails in practice: no builtin, no log, no making of an object."""
    method = call.name.rpartition(".")[2]
    if call.qualified.startswith("builtins."):
        return method in _FALLIBLE_BUILTINS
    if not method or is_logger(call.name) or is_logging(call):
        return False
    made = method.lstrip("_")[:1].isupper() and not call.awaited
    return method not in _HARMLESS and not made


def waits(call: Call) -> bool:
    """Whether a call only lets time pass, or has something done later: neither fails in practice."""
    return bool(_WAITING.search(call.name.rpartition(".")[2]))


def undoes(call: Call) -> bool:
    """Whether a call takes back what was done: `rollback`, `reset`, `close`…"""
    return bool(_UNDOES & set(parts(call.name.rpartition(".")[2])))


def opens_transaction(call: Call) -> bool:
    """Whether what is written inside this context is undone when it fails."""
    return bool(_TRANSACTION.search(call.name))


def root_of(target: str) -> str:
    """The first name of a target: `self` of `self.x["y"]`."""
    return re.split(r"[.\[]", target, maxsplit=1)[0]


def _is_reset(node: Assign) -> bool:
    """Whether an assignment only sets to nothing, or sets a flag that says nothing about the work."""
    if node.augmented:
        return False
    kind, text = node.value.kind, node.value.text
    if kind == "true":
        return not any(_FLAG.search(_last(target)) for target in node.targets)
    return kind in ("none", "false", "empty") or (kind == "number" and not text.strip("0."))


def _kind(node: Assign, target: str) -> Kind:
    """An item under a key that is not written out is added: `self.open[order.id] = order`."""
    if node.augmented:
        return "summed"
    key = target.rpartition("[")[2].rstrip("]")
    return "added" if target.endswith("]") and not _WRITTEN_OUT.match(key) else "set"


def _things(name: str) -> frozenset[str]:
    """The nouns of a name, plurals as singulars."""
    return frozenset(word.removesuffix("s") for word in parts(_last(name)) if word not in _VERBS)


def _shared(target: str, parameters: frozenset[str]) -> bool:
    root = root_of(target)
    return root != target and (root in ("self", "cls") or root in parameters - _COPIES)


def _aside(target: str) -> bool:
    """Whether a target, or what holds it, is a counter, a cache or the like."""
    return any(_BESIDE.search(part) for part in target.partition("[")[0].split("."))


def _last(target: str) -> str:
    return target.partition("[")[0].rpartition(".")[2]
