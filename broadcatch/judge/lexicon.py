"""Which words tell what is at stake? Data, and how a name is cut into words.

Words are matched against whole parts of a name (`place_order`, `placeOrder` -> place, order), never
against substrings, so that `border` is no order. Each stake names its subjects: what a lead would call
the thing that goes wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")

_SENT_MAIL = re.compile(r"\b(send(?: \w+)*?) e?mails?\b")
_COMPOUNDS = (
    *("commit sha", "commit hash", "commit message", "commit id", "last commit", "git commit"),
    *("send email", "send emails", "send mail"),
    *("order book", "order by", "in order", "sort order", "field order", "column order"),
    *("package order", "link order", "item order", "row order", "tab order", "menu order", "load order"),
    *("display order", "byte order", "play order", "track order", "execution order"),
    *("user role", "admin role", "has role", "check role", "require role", "required role", "grant role"),
    *("assign role", "revoke role", "role permission"),
    *("run command", "exec command", "execute command", "build command", "send command"),
)


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case: `client.placeOrders` -> client, place, orders.

    Compounds in which a word means something else are joined (`order_by` -> orderby).
    """
    text = " ".join(part.lower() for part in _PART.findall(name))
    for compound in _COMPOUNDS:
        text = text.replace(compound, compound.replace(" ", ""))
    text = _SENT_MAIL.sub(r"\1 sendmail", text)
    return tuple(text.split())


def _words(**subjects: str) -> Mapping[str, frozenset[str]]:
    return {subject.replace("_", " "): frozenset(text.split()) for subject, text in subjects.items()}


STAKES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "money": _words(
        orders="order orders buy sell fill fills filled basket",
        trades="trade trades",
        payments="pay paid payment payments payout invoice invoices bill billing charge charges refund "
        "refunds deposit deposits withdraw withdrawal withdrawals settle settlement checkout",
        positions="position positions portfolio portfolios holding holdings exposure",
        funds="balance balances wallet wallets fund funds funding cash ledger credit debit margin margins "
        "collateral liquidation liquidity equity",
        financial_figures="pnl profit profits drawdown valuation interest dividend dividends tax taxes fee "
        "fees commission commissions premium amount",
        prices="price prices pricing ticker tickers quote quotes ltp",
    ),
    "market": _words(
        market_data="market markets candle candles ohlcv orderbook symbol symbols instrument instruments",
        trading="trading leverage brokerage hedge hedging",
        trading_decisions="strategy strategies",
    ),
    "state": _words(
        state="state states checkpoint snapshot",
        state_changes="transition transitions handoff resume rebalance reconcile",
        recovery="recover recovery restore",
        migrations="migrate migration",
        locks="lock locks unlock mutex lease semaphore pid concurrency",
    ),
    "jobs": _words(jobs="job jobs schedule scheduler reschedule", batches="batch"),
    "access": _words(
        authentication="auth authenticate authenticated authentication login logout jwt otp totp",
        permissions="authorize authorization authorise permission permissions acl userrole userroles "
        "adminrole hasrole checkrole requirerole requiredrole requiredroles grantrole assignrole revokerole "
        "rolepermission rolepermissions",
        credentials="password passwords credential credentials secret secrets",
        signatures="signature",
        tokens="token",
        encryption="encrypt decrypt encryption decryption",
        certificates="certificate",
    ),
    "acknowledgement": _words(
        acknowledgements="ack nack acks acknowledge requeue offset offsets",
        transactions="commit rollback transaction transactions",
    ),
    "telemetry": _words(
        telemetry="metric metrics telemetry statsd stats analytics tracking trace tracer span "
        "sentry instrumentation",
        notifications="notify notification notifications sendemail sendemails sendmail emailer slack "
        "telegram sms alert alerts webhook",
        presentation="render template templates icon banner theme display html ui gui view views plot chart "
        "color colour console summary title titles label labels card cards sparkline widget "
        "widgets logo greeting display tooltip tooltips",
        command_line="cli command commands echo prompt argv",
        plugins="plugin plugins extension extensions addon",
        hooks="hook hooks callback callbacks listener listeners receiver receivers",
        descriptions="repr doc docs help diagnostics pprint",
        versions="version versions",
        caches="cache cached caching warmup",
    ),
}
"""By stake: what it is called, and the words that tell it."""

SHOWING = frozenset("notify alert email mail render plot display print format log describe".split())
"""Verbs that make a name one of presentation, whatever it is about (`notify_payment`)."""

WRITES = frozenset(
    "save insert upsert persist flush upload publish enqueue backup executemany dump bulk savepoint".split()
)
"""Verbs that write wherever they are called."""

NOUNS_TOO = frozenset({"backup", "dump"})
"""Those of them that write only as the verb: what `post_backup_actions` does is done after a backup."""

_BEFORE_VERBS = frozenset("async do run create make perform json yaml safe".split())
"""What may stand before such a verb."""

WRITES_WITH_OBJECT = frozenset(
    "update write delete remove put push store send record produce rename move submit sync".split()
)
"""Verbs that write when the called name says what (`update_order`), and say little alone (`dict.update`)."""

IN_MEMORY = frozenset("set add append create mark apply register copy replace".split())
"""Verbs that mostly change an object (`set_options`, `create_connection`), and write what is kept."""

KEPT = frozenset(
    "file files tempfile record records row rows user users account accounts customer customers document "
    "documents entry entries order orders trade trades invoice payment position balance job jobs message "
    "messages event events item items table tables database queue subscription mode owner hostname".split()
)
"""What is kept outside of the program: `create_user` writes, `create_context` does not."""

_FILES = frozenset({"file", "files"})
_CALLS = frozenset("async sync wrapper call method function func".split())
_NO_RECORD = frozenset("loop handler handlers policy type types class index path paths name names".split())
"""What is no record though one stands before it (`set_event_loop`, `register_event_handler`)."""

WRITE_RECEIVERS = frozenset(
    "session db database cursor conn connection repo repository store storage queue producer collection "
    "table redis bucket s3 history backend dao".split()
)
"""Receivers on which those verbs write, even alone (`session.add`)."""

MONEY_MOVES = frozenset(
    "pay settle transfer refund withdraw payout deposit charge buy sell place submit cancel".split()
)
"""Verbs of money: after a failure nobody knows whether it has moved."""

_HANDLES = frozenset(
    "client pool proxy manager handle helper wrapper api obj engine maker service writer".split()
)
"""What stands behind the name of a store, and for it."""

AMBIGUOUS = frozenset("strategy strategies".split())
"""Names of classes and files that are mostly a design pattern: there they count beside another such word."""

AMBIGUOUS_EVERYWHERE = frozenset(
    "position positions amount quote quotes margin margins fill fills filled exposure credit credits "
    "interest charge charges checkout settle premium ledger strategy strategies symbol symbols valuation "
    "equity".split()
)
"""Words of money that also mean something else (the position of a print head): they count only where
another word of money or trading stands around the handler, or where the profile is that of finance."""

EFFECTS = frozenset("post send publish".split())
"""Verbs of other effects outside: after a failure nobody knows whether they have happened."""

POSTED = frozenset(
    "message messages json form data event events request comment update to order orders".split()
)
"""What `post_` sends; before anything else it says when (`post_save`, `post_validate`)."""

TELEMETRY = "telemetry"
"""The stake that makes a handler matter less."""

ONE_FAILURE = frozenset(
    "int float Decimal bool loads load_module import_module __import__ fromisoformat strptime UUID open "
    "decode literal_eval getattr index unlink stat version get_distribution b64decode parse urlparse "
    "fromtimestamp resolve".split()
)
"""Calls that can sensibly fail in one way only."""

RUNS_CODE = ("pickle.", "cPickle.", "_pickle.", "marshal.", "dill.", "cloudpickle.", "joblib.", "importlib.")
"""Where those names run code, and may fail in any way."""


def subject_of(stake: str, words: Iterable[str], dropped: frozenset[str] = frozenset()) -> tuple[str, str]:
    """The (subject, word) of the first of `words` that tells `stake`, ("", "") for none."""
    for word in words:
        if word not in dropped:
            for subject, known in STAKES.get(stake, {}).items():
                if word in known:
                    return subject, word
    return "", ""


VERBS = WRITES | WRITES_WITH_OBJECT | IN_MEMORY
"""All verbs of writing: a function's own name writes only where it begins with one."""


def writes(words: tuple[str, ...], to_store: bool = False) -> bool:
    """Whether a name of these words writes; `to_store`: it is called on a database, a file or the like."""
    if not words or is_about_showing(words):
        return False
    if (WRITES - NOUNS_TOO) & set(words) or _verb(words) in NOUNS_TOO:
        return True
    verb, what = words[0], words[1:]
    if verb == "commit" or (verb == "set" and not _FILES & set(what)):
        return to_store  # `set_user_id` mostly sets what is held in memory
    if verb == "sync" and not _CALLS.isdisjoint(what):
        return False  # `sync_to_async`, `sync_wrapper`: not asynchronous
    if verb in IN_MEMORY:
        return to_store or (bool(KEPT & set(what)) and words[-1] not in _NO_RECORD)
    return verb in WRITES_WITH_OBJECT and (to_store or bool(what))


def is_store(receiver: str) -> bool:
    """Whether a receiver is a database, a file or the like: by its head (`db_path` is a path), or by the word
    before one that stands for a handle (`redis_client`)."""
    words = [word for word in parts(receiver.rpartition(".")[2]) if not word.isdecimal()]
    if not words:
        return False
    of_handle = words[-1] in _HANDLES and not WRITE_RECEIVERS.isdisjoint(words)
    return words[-1] in WRITE_RECEIVERS or of_handle


def _verb(words: tuple[str, ...]) -> str:
    """The first word of a name that is not one of those before a verb (`async_backup`, `create_backup`)."""
    return next((word for word in words if word not in _BEFORE_VERBS), "")


def has_effect(words: tuple[str, ...]) -> bool:
    """Whether a name of these words, verb first, does something outside: `send_data`, but not `post_save`."""
    if not words or is_about_showing(words) or words[0] not in EFFECTS:
        return False
    return words[0] != "post" or len(words) == 1 or words[1] in POSTED


def is_about_showing(words: tuple[str, ...]) -> bool:
    """Whether a name is about showing or telling: by its verb, or by its head, the last noun.

    `send_payment_notification` is a notification, `cached_price` a price.
    """
    if not words:
        return False
    return words[0] in SHOWING or any(words[-1] in known for known in STAKES[TELEMETRY].values())


_SHARED = 0.6
"""The share of files from which on a word of their paths says nothing about one of them."""
_FEW_FILES = 5


def shared_words(paths: Iterable[str]) -> frozenset[str]:
    """The words of the folders that all of `paths` lie in, and of most paths: they tell no file apart."""
    paths = list(paths)
    folders = [path.split("/")[:-1] for path in paths]
    common: list[str] = []
    for level in zip(*folders, strict=False):
        if len(set(level)) != 1:
            break
        common.append(level[0])
    found = {word for folder in common for word in parts(folder)}
    if len(paths) >= _FEW_FILES:
        count = Counter(word for path in paths for word in set(parts(path)))
        found |= {word for word, times in count.items() if times > _SHARED * len(paths)}
    return frozenset(found)


CONVERSIONS = frozenset(
    "int float str bool bytes complex len round abs min max sum list tuple dict set frozenset sorted next "
    "iter enumerate zip range reversed isinstance ord chr hex type repr getattr hasattr divmod pow".split()
)
"""Builtins that only make a value out of others."""

TEXT_METHODS = frozenset(
    "split rsplit splitlines partition rpartition strip lstrip rstrip lower upper title capitalize casefold "
    "startswith endswith removeprefix removesuffix replace find rfind index rindex count join format zfill "
    "encode decode isdigit isnumeric isalpha get keys values items copy group groups groupdict total_seconds "
    "isoformat strftime date time timestamp hex".split()
)
"""Methods of texts, numbers, dates, matches and dictionaries that change nothing."""

CLIENTS = frozenset("client session http https api requests request cache memcache service rpc web".split())
"""Receivers whose `get` asks another process."""

PARSING_MODULES = (
    *("json.", "simplejson.", "orjson.", "ujson.", "rapidjson.", "tomllib.", "tomli.", "yaml.", "uuid.UUID"),
    *("ast.literal_eval", "decimal.Decimal", "fractions.Fraction", "datetime.", "time.strptime", "base64."),
    *("binascii.", "urllib.parse.", "ipaddress.", "re.", "dateutil.parser.", "packaging.version.", "html."),
    *("email.utils.", "struct.unpack", "math.", "shlex.split", "textwrap.", "unicodedata.", "operator."),
)
"""Modules and functions that read a value or a text. Not pickle, which runs code."""
