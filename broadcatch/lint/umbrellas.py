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
    r"|TransportError|NetworkError|ServiceError|StorageError|WebDriverException|ObjectDoesNotExist"
    r"|CalledProcessError|SubprocessError|Error|error)$"
)
"""Last names of classes that a system call, a service or a library raises for whatever goes wrong there."""

_PARSERS = frozenset("re sre_constants binascii csv struct zlib configparser getopt locale yaml lark".split())
"""Modules whose one error says that a text could not be read."""

_EVERYDAY = frozenset(
    "KeyError IndexError LookupError ValueError TypeError AttributeError StopIteration NameError".split()
)
_ONE_STEP = 10
"""How many lines of a `try` may still be one step; in more, a mistake of the code raises the same classes."""


def is_umbrella(caught: Caught) -> bool:
    """Whether a class names where something failed, and not what: `OSError`, `ClientError`, `JwtError`."""
    name = caught.qualified or caught.name
    head, last = name.partition(".")[0], name.rpartition(".")[2]
    if head in _PARSERS:
        return False
    return bool(_UMBRELLAS.match(last)) or _is_root(head, last)


def says_what(handler: Handler, facts: FileFacts) -> bool:
    """Whether each class of a clause says what failed; an everyday one does in a `try` of one short step."""
    everyday = any(one.name.rpartition(".")[2] in _EVERYDAY for one in handler.caught)
    if not handler.caught or any(map(is_umbrella, handler.caught)):
        return False
    return not everyday or _lines(handler, facts) <= _ONE_STEP


def _is_root(head: str, last: str) -> bool:
    """Whether a class is the base of all errors of its library: `redis.RedisError`, `jwt.PyJWTError`."""
    stem = re.sub(r"(Error|Exception)s?$", "", last).lower().removeprefix("py")
    return stem != last.lower() and stem == head.replace("_", "").lower().removeprefix("py")


def _lines(handler: Handler, facts: FileFacts) -> int:
    """How many lines the body of the `try` has."""
    several = (one.spans[0].line for one in facts.clauses if one.line == handler.try_line)
    return next(several, handler.span.line) - handler.try_line - 1
