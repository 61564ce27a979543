"""Does a class stand for many kinds of failure, or does it say by itself what went wrong?"""

from __future__ import annotations

import re

from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.flow import Caught

_UMBRELLAS = re.compile(
    r"(OSError|IOError|EnvironmentError|ConnectionError|RuntimeError|SystemError|ArithmeticError|AssertionError"
    r"|Base\w*(Error|Exception)|ClientError|Client(Connection|Response)Error|RequestException|RequestError"
    r"|HTTPError|HTTPException|HTTPStatusError|URLError|API(Status|Connection)?Error|Api(Error|Exception)"
    r"|SQLAlchemyError|DBAPIError|DatabaseError|OperationalError|InterfaceError|InternalError|SSLError"
    r"|TransportError|NetworkError|ServiceError|StorageError|WebDriverException|BotoCoreError|RedisError"
    r"|PyMongoError|KafkaError|AMQPError|LDAP(Error|Exception)|StripeError|DockerException|GithubException"
    r"|CalledProcessError|SubprocessError|Error|error)$"
)
"""Last names of classes that a system call, a service or a library raises for whatever goes wrong there."""

_PARSERS = frozenset("re sre_constants binascii csv struct zlib configparser getopt locale yaml lark".split())
"""Modules whose one error says that a text could not be read."""

_ONE_STEP = dict.fromkeys(
    "KeyError IndexError LookupError ValueError TypeError AttributeError NameError".split(), 10
) | {"ObjectDoesNotExist": 5}
"""How many lines of a `try` may still be one step. In more, a mistake of the code raises the everyday classes
too, and several records may be the one that does not exist."""


_OF_FILES = frozenset({"OSError", "IOError", "EnvironmentError"})
_MOST = 1_000_000


def is_umbrella(caught: Caught) -> bool:
    """Whether a class names where something failed, and not what: `OSError`, `ClientError`."""
    name = caught.qualified or caught.name
    last = name.rpartition(".")[2]
    if name.partition(".")[0] in _PARSERS:
        return False
    return bool(_UMBRELLAS.match(last))


def is_of_files(handler: Handler) -> bool:
    """Whether a clause only names failures of the system: the new error says which file or peer it was."""
    names = {(one.qualified or one.name).rpartition(".")[2] for one in handler.caught}
    return bool(names) and names <= _OF_FILES


def says_what(handler: Handler, facts: FileFacts) -> bool:
    """Whether each class of a clause says what failed; an everyday one does in a `try` of one short step."""
    if not handler.caught or any(map(is_umbrella, handler.caught)):
        return False
    names = (one.name.rpartition(".")[2] for one in handler.caught)
    return _lines(handler, facts) <= min(
        (_ONE_STEP[name] for name in names if name in _ONE_STEP), default=_MOST
    )


def is_mistake(handler: Handler) -> bool:
    """Whether a clause names nothing but what a mistake of the code raises: `TypeError`, `AttributeError`."""
    names = {(one.qualified or one.name).rpartition(".")[2] for one in handler.caught}
    return names <= {"TypeError", "AttributeError"}


def _lines(handler: Handler, facts: FileFacts) -> int:
    """How many lines the body of the `try` has."""
    several = (one.spans[0].line for one in facts.clauses if one.line == handler.try_line)
    return next(several, handler.span.line) - handler.try_line - 1
