"""Is a new error the answer to whoever gave a value: a user, a client, who wrote the configuration?"""

from __future__ import annotations

import re

from broadcatch.judge import stakes
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
_VALIDATES = re.compile(r"^_*(assert_valid|clean|validate)(_|$)|^to_internal_value$")
_BAD = re.compile(
    r"\b(invalid|malformed|truncated|unparsable|not (an? )?(valid|known|supported)|unknown|unsupported"
    r"|(bad|badly|wrong|incorrect)(ly)? \w+|must be|should be|has to be|expected"
    r"|(could not|cannot|can't) be (parsed|read|decoded)"
    r"|(could not|cannot|can't|failed to) (parse|decode)|parsing failed|does not (appear|look|match))\b"
    r"|\bINVALID_\w+|\b\w+\.INVALID\b",
    re.IGNORECASE,
)
"""What a text says of a value that is no good."""
_FEW = 2


def tells_giver(found: Raise, judged: Judged) -> bool:
    """Whether what is raised tells whoever has given a value that it is none, by its name or its status."""
    function = judged.handler.place.function
    if _USERS.search(found.exc.rpartition(".")[2]) or (function and _VALIDATES.match(function.name)):
        return True
    return found.value is not None and bool(_CLIENTS.search(found.value.text))


def is_checked(found: Raise, judged: Judged) -> bool:
    """Whether a step or two check what was given, and the giver is told: all that fails means just that.

    One step, where only the text says that the value is no good.
    """
    made = {call.name for call in steps_of(judged)}
    says = (
        found.value is not None and bool(_BAD.search(found.value.text)) and not stakes.access(judged.handler)
    )
    return len(made) <= _FEW if tells_giver(found, judged) else says and len(made) <= 1
