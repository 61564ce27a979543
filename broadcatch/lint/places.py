"""What does the place of a piece of code say, where there is no handler to judge?"""

from __future__ import annotations

import re

from broadcatch.model.facts import Place, Scope

_VERB = re.compile(
    r"\.(get|post|put|patch|delete|head|options|websocket|websocket_route|route|api_route|action)$"
)
_VIEW = re.compile(r"(^|\.)(api_view|view_config|route|expose)$")
_ANSWERING = re.compile(r"exception_?handler$|error_?handler$")
_METHODS = frozenset(
    "get post put patch delete head options dispatch list create retrieve update destroy".split()
)
_VIEWS = re.compile(r"(View|ViewSet|Resource|Endpoint|RequestHandler|Controller)$")


def answers_request(place: Place) -> bool:
    """Whether what the innermost function returns is sent to a client."""
    function = place.function
    if function is None:
        return False
    outer = place.scopes[-2] if len(place.scopes) > 1 else None
    return _is_route(function) or bool(
        outer and outer.kind == "class" and function.name in _METHODS and any(map(_VIEWS.search, outer.bases))
    )


def streams_to_client(place: Place) -> bool:
    """Whether what the innermost function yields is sent to a client: a generator within a route."""
    return any(map(_is_route, place.scopes))


def handles_requests(place: Place) -> bool:
    """Whether the innermost class writes its answers by methods of its own (tornado, `http.server`)."""
    classes = [scope for scope in place.scopes if scope.kind == "class"]
    bases = classes[-1].bases if classes else ()
    return any(base.endswith("Handler") and not base.startswith("logging") for base in bases)


def _is_route(scope: Scope) -> bool:
    return any(
        (_VERB.search(one) and not one.startswith(("unittest.", "mock.")))
        or _VIEW.search(one)
        or _ANSWERING.search(one)
        for one in scope.decorators
    )
