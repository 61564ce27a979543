"""Is a new error the answer to whoever gave a value: a user, a client, who wrote the configuration?"""

from __future__ import annotations

import re

from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Raise

_USERS = re.compile(
    r"^(\w*Validation(Error|Exception|Failed)|\w*(Invalid|Malformed)\w*|BadParameter|UsageError|ArgumentTypeError"
    r"|\w*User(Value|Input)?Error|\w*Wrong(Argument|Parameter|Value)s?|\w*(Config(uration)?|Options?|Settings?)(Error|Exception)"
    r"|ImproperlyConfigured|\w*BadRequest\w*|Http404|(HTTP)?NotFound)$"
)
_CLIENTS = re.compile(
    r"\b4(?!01|03)\d\d\b|\bHTTP_4(?!01|03)\d\d|(HTTPStatus|codes)\.(BAD_REQUEST|NOT_FOUND|UNPROCESSABLE\w*)"
)
"""Not of 401 and 403: who may do what is no check of a value."""
_VALIDATES = re.compile(r"^_*(clean|validate)(_|$)|^to_internal_value$")
_FEW = 2


def tells_giver(found: Raise, judged: Judged) -> bool:
    """Whether what is raised tells whoever has given a value that it is none, by its name or its status."""
    function = judged.handler.place.function
    if _USERS.search(found.exc.rpartition(".")[2]) or (function and _VALIDATES.match(function.name)):
        return True
    return found.value is not None and bool(_CLIENTS.search(found.value.text))


def is_checked(found: Raise, judged: Judged) -> bool:
    """Whether a step or two check what was given, and the giver is told: all that fails means just that."""
    return tells_giver(found, judged) and len({call.name for call in steps_of(judged)}) <= _FEW
