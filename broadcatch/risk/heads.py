"""What does a whole name tell, beside one word of it? What do the bases of a class, what a decorator?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.judge.lexicon import STAKES, TELEMETRY, parts
from broadcatch.risk.subject import Subject

_COMMAND = frozenset({"command", "commands", "cli"})
_KEEPERS = frozenset(
    "manager machine store storage service executor handler controller runner worker processor tracker "
    "registry file mixin base".split()
)
"""Head nouns of classes that do what the words before them say (`StateManager`)."""
_ADDED = frozenset("plugin plugins extension extensions addon".split())
"""What a class may be as a whole: its work is then no side issue."""
_HOOKS = STAKES[TELEMETRY]["hooks"]
_COMMAND_BASES = frozenset({"BaseCommand", "Command", "Cmd"})
_COMMAND_LINES = ("click.", "typer.", "argparse.", "rich_click.", "asyncclick.")
_NO_TERMINAL = frozenset({"bot", "bots", "commands", "plugin", "plugins", "module", "irc"})
"""On what `.command` makes a command of a chat."""


_NEAR = ("call", "function")
FETCHES = frozenset("get fetch list load read find lookup query decode parse".split())
"""First words of names that only ask for what there is."""
_READS = frozenset("get read fetch is has list show look find validate".split())
_SPOKEN_OF = frozenset("log logs history page form url urls count name names message text".split())
"""Head nouns of what is about access, and decides nothing (`login_log`)."""
_FIGURES = frozenset("stats analytics metric metrics tracking".split())
_NAMED = frozenset("dir path folder directory file filename name url id ids uuid".split())
"""Last words of what only says where or which something is."""
_BACK = frozenset("recover restore restored".split())
_NOUNS = frozenset({"state", "states", "checkpoint"})
_OF_HASHES = frozenset(
    "hash hashed hashlock lock locks reveal revealed revealing preimage htlc onchain mediated known "
    "transfer".split()
)
"""What stands beside a secret of which only the hash was known, and which shows that something was paid."""
_OWNS = frozenset("token tokens dag file path dir name code key id class type label".split())
"""What stands right behind a state that belongs to it: `verify_state_token`."""
_PREPOSITIONS = frozenset("to from for of in on by with and or if at as".split())
_SERVED = frozenset({"view", "views"})
_WAKES = (("callback",), ("notify",), ("notify", "all"))
_MARKED = frozenset(
    "source page next sync stream profile stop end start cancel cancellation continuation special max min "
    "num total input output prompt media pad eos bos word".split()
)
_VERSIONED = frozenset("check update upgrade set migrate save validate bump".split())
_LOCKS = frozenset({"lock", "locks", "unlock"})
_TAKES = frozenset("acquire release take lock unlock obtain wait".split())
_HELD = frozenset("file lock write create acquire release remove slot limit".split())
"""What stands beside a process's number where that is a lock."""
_KINDS = frozenset("lock locks r file thread process mutex".split())
_ASKS = frozenset(
    "is has can supports support should needs need allows contains exists does was are in will may "
    "must".split()
)
"""First words of questions: they change nothing."""
_FORMS = frozenset(
    "parse format build render describe repr str normalize split extract convert match".split()
)
"""First words of what only makes one text or value out of another."""
_ABOUT = frozenset(
    "message messages bounds limits config configs configuration id ids uuid name names".split()
)
"""Last words of what is about a state, a job or a commit, and is none (`rollback_bounds`, `job_config`)."""
_TURNS = frozenset("commit ack acks store save reset requeue rewind advance".split())
"""What is done with an offset that tells how far somebody has got; any other is a number."""
_ABOUT_COMMIT = frozenset("do auto maybe and then try session db transaction async".split())
"""What may stand before the verb `commit`; behind any other word it is a thing."""
_SIGNS = frozenset(
    "verify check sign signed validate compute valid invalid request payload jwt webhook hmac key "
    "crypto".split()
)
"""What stands beside a signature that proves who it was."""
_MEANT = frozenset(
    "access auth refresh bearer api csrf xsrf session id jwt user oauth oauth2 reset secret login security "
    "bot device client registration service admin account password verification invite activation sso otp "
    "personal signing saml oidc hotp totp".split()
)
"""What stands before a token that lets somebody in."""
_PLACES = frozenset(
    "cli gui ui notification notifications notifier notifiers telemetry metrics analytics themes theme "
    "tracing alerts webhooks templates".split()
)
"""Folders and files that say what all of their code is for; others are named for what they hold."""


OUTER = "enclosing function"
"""The source that is a function around that of the handler."""


def weak(source: str) -> bool:
    """Whether a name at this source is not that of what failed, but stands around it."""
    return source in (OUTER, "receiver", "attribute", "class", "file", "folder", "answer")


def means_other(name: str, word: str, words: tuple[str, ...], source: str) -> bool:
    """Whether a word that tells a stake means something else in the whole name, at this source."""
    source = "function" if source == OUTER else source
    if word in words and "without" in words[: words.index(word)]:
        return True  # `sync_without_lock`
    if name == TELEMETRY:
        return _no_side_issue(word, words, source)
    if name in ("state", "acknowledgement", "jobs") and _says_nothing_of_it(words):
        return True  # `supports_state_dag`, `parse_commit_description`, `case_migration_message`
    if name == "acknowledgement":
        return _is_no_turn(word, words)
    if word == "signature" and _SIGNS.isdisjoint(words):
        return True  # that of a function (`inspect.signature`), of a distribution
    if name == "jobs" and "executor" in words:
        return True  # `add_executor_job`: a hop to another thread
    if name == "access":
        return words[-1] in _SPOKEN_OF or _is_mark(word, words) or _opens_lock(word, words)
    if name == "money":
        if words[-1] in _NAMED:
            return True  # `wallets_dir`
        if word in ("balance", "balances"):
            return not {"load", "balancer", "white"}.isdisjoint(words)
        return word == "order" and words[:1] == ("order",) and len(words) > 1  # to sort: `order_packages`
    if name != "state":
        return False
    if word in _NOUNS and source in _NEAR and _only_speaks(word, words):
        return True  # `collect_state_classification_examples`
    if word in _BACK and words == (word,):
        return True  # of what is not said: a signer is recovered, a record is restored at each load
    if word in ("pid", "concurrency") and _HELD.isdisjoint(words):
        return True  # `check_pid_alive`: of a process
    asked = word == "snapshot" or (source in _NEAR and _first(words) in _READS)
    return asked or (word in _LOCKS and not _locks(words, source))


def _says_nothing_of_it(words: tuple[str, ...]) -> bool:
    """Whether a name asks, makes a text, or ends in the noun of another thing."""
    return _first(words) in _ASKS | _FORMS or words[-1] in _ABOUT


def _no_side_issue(word: str, words: tuple[str, ...], source: str) -> bool:
    if source == "attribute":
        return True  # a field of a record (`entry["title"]`, `data["sms"]`) is not shown or sent here
    if source in ("file", "folder", "class") and (word in _SERVED or (word in _ADDED and source != "class")):
        return True  # the work of a plugin is none of the plugin's own, nor that of a view of the web
    if source in ("file", "folder") and word not in _PLACES:
        return True  # `migrations/versions`, `worker/commands`
    if source in ("function", "call") and word in ("command", "commands"):
        return True  # whose they are, and where they are given, is not said
    if word == "tracking":
        return True  # of a user, an object, a parcel?
    if word == "cached" and words[-1] != word:
        return True  # `cached_user` is a user
    if words in _WAKES:
        return True  # a condition or a future that others wait for
    if source == "call" and words[-1] == "callback":
        return True  # `output_callback(answer)`: what that does is somebody else's, and may be the answer
    if source == "call" and (word in _ADDED or word not in (_first(words), words[-1])):
        return True  # `pending_plugins`, `table_view_commit`: only spoken of
    if word in ("version", "versions", "doc", "docs") and (source == "call" or _first(words) in _VERSIONED):
        return True  # `check_version` works on what it checks, and who asks for one goes by it
    if source == "function" and _behind_preposition(word, words):
        return True  # `run_with_except_hook`
    # `get_watch_stats`: they are what was asked for
    return source == "function" and word in _FIGURES and _first(words) in _READS


def _is_no_turn(word: str, words: tuple[str, ...]) -> bool:
    """Whether nothing is taken for done here: an offset that is a number, a commit that is a thing."""
    if word in ("offset", "offsets"):
        return _TURNS.isdisjoint(words)
    return word == "commit" and not (words[0] == word or words[words.index(word) - 1] in _ABOUT_COMMIT)


def is_plain_token(word: str, words: tuple[str, ...]) -> bool:
    """Whether nothing in a name tells that its token lets somebody in."""
    if word not in ("token", "tokens"):
        return False
    return _MEANT.isdisjoint(words[: words.index(word)] if word in words else ())


def _is_mark(word: str, words: tuple[str, ...]) -> bool:
    """Whether a token is a place in a list or a piece of a text: `next_page_token`, `max_tokens`."""
    at = words.index(word) if word in words else 0
    return word in ("token", "tokens") and at > 0 and words[at - 1] in _MARKED


def _behind_preposition(word: str, words: tuple[str, ...]) -> bool:
    """Whether a word only tells with what or for what something is done."""
    at = words.index(word) if word in words else 0
    return not _PREPOSITIONS.isdisjoint(words[1:at])


def _opens_lock(word: str, words: tuple[str, ...]) -> bool:
    """Whether a secret is what a hash was made of, which opens a payment: `reveal_secret`, `secret_hash`."""
    return word in ("secret", "secrets") and not _OF_HASHES.isdisjoint(words)


def _only_speaks(word: str, words: tuple[str, ...]) -> bool:
    """Whether a noun stands too far in front of the head of its name to be what that is about."""
    behind = words[words.index(word) + 1 :]
    upto = next((at for at, one in enumerate(behind) if one in _PREPOSITIONS), len(behind))
    return upto > 1 or (upto == 1 and behind[0] in _OWNS)


def _locks(words: tuple[str, ...], source: str) -> bool:
    """Whether a name with "lock" in it is that of a lock: taken or released, or a thing that is nothing else.

    Not the lock of a door (`PushLock`), nor one that is spoken of.
    """
    if source in _NEAR:
        return _first(words) in _TAKES or words[-1] in ("lock", "unlock")
    thing = source in ("receiver", "attribute") and len(words) <= 2
    return thing and words[-1] in _LOCKS and words[0] in _KINDS


def _first(words: tuple[str, ...]) -> str:
    """The verb of a name, "async" left out."""
    return next((word for word in words if word != "async"), "")


def tells_of_class(name: str, word: str, words: tuple[str, ...], subject: Subject) -> bool:
    """Whether a word in a class's name tells what its methods do: `MigrationQuestioner` migrates nothing."""
    if name == "state":
        return word in (words[-1], *(words[-2:-1] if words[-1] in _KEEPERS else ()))
    if name != TELEMETRY:
        return True
    if word in _COMMAND - {"cli"}:
        return any(_is_command(base) for scope in subject.handler.place.scopes for base in scope.bases)
    return word not in _ADDED | _HOOKS


def _is_command(base: str) -> bool:
    """Whether a base class is that of commands of a command line."""
    return base.rpartition(".")[2] in _COMMAND_BASES or base.startswith(_COMMAND_LINES)


def command_decorators(subject: Subject) -> Iterator[str]:
    """What makes the function a command; of other decorators the function's own work is not told."""
    function = subject.handler.place.function
    for name in function.decorators if function else ():
        receiver, _, last = name.rpartition(".")
        chat = not _NO_TERMINAL.isdisjoint(parts(receiver))
        if name.startswith(_COMMAND_LINES) or (last in _COMMAND and not chat):
            yield name
