"""What was at stake? Told from called names, assigned attributes, function, class, then path.

The nearer a word stands to the failing call, the more it weighs (`SOURCES` in the table of weights).
A stake is reported once, by its strongest source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from broadcatch.config.weights import SOURCES
from broadcatch.judge.attempts import is_conversion
from broadcatch.judge.lexicon import (
    AMBIGUOUS,
    AMBIGUOUS_EVERYWHERE,
    STAKES,
    TELEMETRY,
    TEXT_METHODS,
    is_about_showing,
    parts,
    subject_of,
)
from broadcatch.risk.heads import (
    FETCHES,
    OUTER,
    command_decorators,
    is_plain_token,
    means_other,
    tells_of_class,
    weak,
)
from broadcatch.risk.libraries import only_asks, stake_of
from broadcatch.risk.subject import Found, Subject, is_made
from broadcatch.risk.writing import own_write, written_by, written_calls

_PERSON_WATCHES = "command line"
_OF_VERSIONS = frozenset({"commit", "rollback", "checkout"})
"""Words that mean something else where `git` stands beside them."""
_TOKENS = frozenset({"token", "tokens"})
_SECRETS = frozenset({"secret", "secrets"})
_HASHED = frozenset("preimage htlc hashlock secrethash lock channel swap transfer".split())
"""Beside these a secret opens a payment, and lets nobody in."""
_TRANSACTIONS = frozenset({"transaction", "transactions"})
_LINKS = frozenset("connect disconnect subscribe unsubscribe register unregister close stop cleanup".split())
"""Methods that join or part what they are called on, and do nothing of its own work."""
_ASKS = frozenset({"is", "has", "can", "supports", "should"})
_SEEN = 2 / 3
"""What the command line is worth: somebody watches it, and what it does may matter all the same."""
_KEY = re.compile(r"\[[^\]'\"]*\]")
"""A subscript by a variable, whose name says nothing of what is held there."""
_PRODUCT = re.compile(r"[A-Z][a-z]+[A-Z]")
"""A folder that is called like a product: `ElectronCash`."""
_DOUBTFUL = AMBIGUOUS | AMBIGUOUS_EVERYWHERE
_NEAR = ("call", "function")


@dataclass(frozen=True, slots=True)
class Stake:
    """A stake as it was seen: `what` goes wrong, told at `source` by the name `text` in `line` (0: none)."""

    name: str
    what: str
    source: str
    text: str
    line: int = 0

    @property
    def told(self) -> str:
        """What is at stake, and by what that is told."""
        if self.source == "library":
            return f"{self.what}, by the library {self.text}"
        if weak(self.source):
            return f"perhaps {self.what}: only the {self.source} name {self.text} says so"
        return f"{self.what}, by the {self.source} name {self.text}"

    @property
    def strength(self) -> float:
        """How much a word at this source weighs, 0 to 1."""
        return SOURCES[self.source]


def stakes_of(subject: Subject, cosmetic: bool = True) -> list[Stake]:
    """Every stake of the handler, the strongest source of each; what is only cosmetic if asked for."""
    names = [name for name in STAKES if cosmetic or name != TELEMETRY]
    libraries = list(_by_library(subject))
    found = [_strongest(name, [*list(_named(name, subject))[:1], *libraries]) for name in names]
    written = _strongest("write", [*list(_written(subject))[:1], *libraries])
    return [stake for stake in (*found, written) if stake is not None]


def _strongest(name: str, stakes: Iterable[Stake]) -> Stake | None:
    return max((stake for stake in stakes if stake.name == name), key=lambda one: one.strength, default=None)


def _by_library(subject: Subject) -> Iterator[Stake]:
    """Calls into packages that are known, by imports and by the class of what the method is called on."""
    types = dict(subject.after.types)
    for call in subject.calls():
        receiver, _, method = call.name.rpartition(".")
        full = types.get(receiver) or (call.qualified if call.head == "import" else "")
        stake, what, package = stake_of(full, method) if full else ("", "", "")
        made = is_made(call.name) or method.isupper()  # an object, a type of a column
        if stake and not (stake == "write" and (made or only_asks(call))):
            yield Stake(stake, what, "library", f"{package} ({call.name})", call.line)


def _named(name: str, subject: Subject) -> Iterator[Stake]:
    for source, text, line, dropped in _sources(subject):
        words = parts(text)
        what, word = _tells(name, words, subject, dropped)
        if not word or (is_about_showing(words) if name != TELEMETRY else source == "answer"):
            continue
        if _says_nothing(name, word, text, source, subject):
            continue
        doubtful = word in AMBIGUOUS_EVERYWHERE or (word in AMBIGUOUS and source not in _NEAR)
        if not doubtful or subject.terms.finance or _about_trade(subject):
            yield Stake(name, what, source, text, line)


def _says_nothing(name: str, word: str, text: str, source: str, subject: Subject) -> bool:
    """Whether a word means something else here: state that is only read, a token that is traded."""
    words = parts(text)
    if source == "answer" and name not in ("money", "market"):
        return True
    if means_other(name, word, words, source):
        return True
    made = source == "receiver" and is_made(text)
    if (source == "class" or (made and name == "state")) and not tells_of_class(name, word, words, subject):
        return True
    if name == "acknowledgement":
        fetched = not FETCHES.isdisjoint(words[:1])  # `get_transaction`: one that was made long ago
        return word in _TRANSACTIONS and (fetched or _about_trade(subject))  # of money: no unit of work
    if name == "access" and word in _SECRETS:
        return _about_trade(subject) and any(
            not _HASHED.isdisjoint(parts(text)) for _, text, *_ in _sources(subject)
        )
    if name != "access" or word not in _TOKENS:
        return False
    return _about_trade(subject) or (is_plain_token(word, words) and not _about_access(subject))


def _about_access(subject: Subject) -> bool:
    """Whether a word of access that is no token stands anywhere around the handler."""
    names = [(parts(text), dropped | _TOKENS) for _, text, _, dropped in _sources(subject)]
    return any(subject_of("access", *name)[1] for name in names)


def _tells(
    name: str, words: tuple[str, ...], subject: Subject, dropped: frozenset[str] = frozenset()
) -> tuple[str, str]:
    """(what, word) by the words of the configuration, else by those of the lexicon."""
    what, word = subject.terms.subject_of(name, words)
    return (what, word) if word else subject_of(name, words, dropped)


def _about_trade(subject: Subject) -> bool:
    """Whether an unambiguous word of money or market stands anywhere around the handler."""
    names = [(parts(text), dropped | _DOUBTFUL) for _, text, _, dropped in _sources(subject)]
    return any(subject_of(stake, *name)[1] for stake in ("money", "market") for name in names)


def _sources(subject: Subject) -> Iterator[tuple[str, str, int, frozenset[str]]]:
    """(source, name, line, words that say nothing there), nearest to the failing call first."""
    none: frozenset[str] = frozenset()
    for call in subject.calls():
        if not is_made(call.name):
            of_git = _OF_VERSIONS if _about_git(call.name, subject) else none
            yield "call", call.name.rpartition(".")[2], call.line, of_git
    yield "function", subject.function, 0, none
    for decorator in command_decorators(subject):
        yield "decorator", decorator, 0, none
    for scope in reversed(subject.handler.place.scopes[:-1]):
        if scope.kind != "class":
            yield OUTER, scope.name, scope.line, none
    for call in subject.calls():
        name, _, method = call.name.rpartition(".")
        if is_made(call.name):
            yield "receiver", call.name, call.line, none
        elif method not in TEXT_METHODS | _LINKS:
            yield "receiver", name, call.line, none
    for line, target in subject.written():
        yield "attribute", _KEY.sub("", target), line, none
    if subject.verdict.fallback.isprintable():
        yield "answer", subject.verdict.fallback, 0, none
    for name in subject.classes:
        yield "class", name, 0, none
    folders, _, file = subject.path.removesuffix(".py").rpartition("/")
    yield "file", file, 0, subject.shared
    for folder in reversed(folders.split("/")):
        if not _PRODUCT.match(folder):
            yield "folder", folder, 0, subject.shared


def _about_git(call: str, subject: Subject) -> bool:
    """Whether `git` stands around a call: there a commit is no transaction."""
    names = (
        *call.split("."),
        subject.function,
        *subject.classes,
        subject.path.rpartition("/")[2].removesuffix(".py"),
    )
    return any("git" in parts(name) for name in names)


def _written(subject: Subject) -> Iterator[Stake]:
    yield from _named("write", subject) if "write" in subject.terms.words else ()
    for call, what in written_calls(subject):
        yield Stake("write", what, "call", call.name, call.line)
    if own_write(subject):
        yield Stake("write", written_by(parts(subject.function)), "function", subject.function)


def at_stake(subject: Subject) -> Iterator[Found]:
    """Money, market, state, access, acknowledgements, writes."""
    for stake in stakes_of(subject):
        if stake.name != TELEMETRY:
            yield Found(stake.name, stake.told, stake.strength, stake.line)


def cosmetic(subject: Subject) -> Iterator[Found]:
    """Telemetry, notification, presentation, command line, plugins, caches; not beside money or access.

    One such call among many others counts half.
    """
    for stake in stakes_of(subject):
        if stake.name != TELEMETRY or stake.source == "receiver":
            continue
        if stake.source != "function" and _function_matters(subject):
            continue
        if stake.source == "call" and not _mostly_cosmetic(subject):
            continue
        if stake.what == _PERSON_WATCHES or not near(subject, "money", "access"):
            share = _SEEN if stake.what == _PERSON_WATCHES else 1.0
            yield Found("cosmetic", stake.told, stake.strength * share, stake.line)


def _mostly_cosmetic(subject: Subject) -> bool:
    """Whether at least half of what the try body calls is of that kind, questions and texts left out."""
    names = {
        call.name.rpartition(".")[2]
        for call in subject.calls()
        if call.name == "repr" or not is_conversion(call)
    }
    working = [words for words in map(parts, names) if words and words[0] not in _ASKS]
    aside = [words for words in working if _tells(TELEMETRY, words, subject)[1]]
    return bool(aside) and 2 * len(aside) >= len(working)


def _function_matters(subject: Subject) -> bool:
    """Whether the function's own name says that something is at stake: there a hook is no side issue."""
    return any(stake.name != TELEMETRY and stake.source == "function" for stake in stakes_of(subject))


def near_or_class(subject: Subject, *names: str) -> bool:
    """As `near`, or in the name of the class where the function is not about showing something."""
    sources = _NEAR if is_about_showing(parts(subject.function)) else (*_NEAR, "class")
    return any(stake.name in names and stake.source in sources for stake in stakes_of(subject))


def near(subject: Subject, *names: str) -> bool:
    """Whether one of the named stakes stands in a called name or in the function's own name."""
    return any(stake.name in names and stake.source in _NEAR for stake in stakes_of(subject))
