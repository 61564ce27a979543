"""Is this function called by a framework, a runtime or a person, so that an error can go no further?"""

from __future__ import annotations

import re

from broadcatch.flow.walk import never_goes_on
from broadcatch.model.facts import FileFacts, Handler, Scope

_ROUTE = re.compile(
    r"\.(get|post|put|patch|delete|head|options)$|"
    r"(^|\.)(route|websocket|websocket_route|websocket_command|api_view|view_config|view|expose|action|"
    r"exception_handler|errorhandler|error_handler|middleware|before_request|after_request|"
    r"teardown_request|teardown_appcontext|login_required|permission_required|csrf_exempt|"
    r"require_(GET|POST|http_methods|safe))$"
)
_PATCHES = re.compile(r"(^|\.)(mock|mocker|monkeypatch)\.")
_TASK = re.compile(
    r"(^|\.)(task|shared_task|periodic_task|db_task|db_periodic_task|job|actor|scheduled_job|cron|"
    r"subscriber|consumer|flow)$"
)
_COMMAND = re.compile(r"(^|\.)(\w*_?command|group|cli|(\w*app|cli|Typer\(\)|Dash\(\))\.callback)$")
_EVENT = re.compile(
    r"(^|\.)(receiver|listens_for|on_event|on_message|on|event|listener|listen|event_handler|"
    r"message_handler|callback_query_handler|\w+\.connect)$"
)
_MAIN = re.compile(r"^_*(main|main_\w+|\w+_main)$")
_CALLED_BY = (
    (re.compile(r"(View|ViewSet|Resource|Endpoint|Controller|RequestHandler|WebSocketHandler)$"),
     re.compile(r"(get|post|put|patch|delete|head|options|dispatch|on_message|prepare)$")),
    (re.compile(r"ViewSet$"), re.compile(r"(list|create|retrieve|update|partial_update|destroy)$")),
    (re.compile(r"HTTPRequestHandler$"), re.compile(r"do_[A-Z]+$")),
    (re.compile(r"Middleware(Mixin)?$"),
     re.compile(r"(__call__|dispatch|process_(request|response|view|exception|template_response))$")),
    (re.compile(r"(^|[a-z])(BaseCommand|NoArgsCommand)$"), re.compile(r"handle$")),
    (re.compile(r"^AppCommand$"), re.compile(r"handle_app_config$")),
    (re.compile(r"^LabelCommand$"), re.compile(r"handle_label$")),
    (re.compile(r"^Cmd$"), re.compile(r"do_\w+$")),
    (re.compile(r"(^|[a-z])Task$"), re.compile(r"run$")),
    (re.compile(r"(^|[a-z])(Thread|Process|QRunnable)$"), re.compile(r"run$")),
    (re.compile(r"Servicer$"), re.compile(r"[A-Za-z]\w*$")),
)  # fmt: skip
"""What the last name of a base says of the methods that its framework calls."""

_SERVED = {
    ("scope", "receive", "send"): "an ASGI callable",
    ("environ", "start_response"): "a WSGI callable",
}
_VIEWS = re.compile(r"(^|/)(views?|endpoints?|routes?|api)(/|\.py$|_\w+\.py$)|_views?\.py$")
_EVENT_NAME = re.compile(r"^_*(async_)?on_[a-z]")


def boundary(handler: Handler, facts: FileFacts) -> str:
    """How it was seen that errors may end here, "" where it was not."""
    function = handler.place.function
    if function is None:
        return 'under if __name__ == "__main__"' if handler.place.main_guard else ""
    if not _ends_function(handler, function):
        return ""
    return (
        _decorated(handler.place.scopes)
        or _method(handler.place.scopes)
        or _request(function, handler.place.scopes, facts.path)
        or _alone(function)
        or ('under if __name__ == "__main__"' if handler.place.main_guard else "")
    )


def served(scopes: tuple[Scope, ...], path: str) -> str:
    """How it was seen that somebody outside the project calls the innermost of these functions, or "".

    `scopes` are the function and what stands around it, outermost first; names as written are good enough.
    """
    function = scopes[-1]
    return _decorated(scopes[-1:]) or _method(scopes) or _request(function, scopes, path) or _alone(function)


def _ends_function(handler: Handler, function: Scope) -> bool:
    """Whether the error ends the function's work: where it goes on, this was no more than a step of it.

    Who asks a program to stop is not asked what comes after.
    """
    takes_errors = handler.bare or any(one.name.endswith("Exception") for one in handler.caught)
    return not takes_errors or handler.try_line >= function.last or never_goes_on(handler.body)


def runs_apart(handler: Handler, facts: FileFacts) -> bool:
    """Whether the function is run by a thread, a process, a pool or a task of its own."""
    function = handler.place.function
    return function is not None and function.name in facts.started


def _decorated(scopes: tuple[Scope, ...]) -> str:
    for scope in scopes:
        for name in scope.decorators:
            if _COMMAND.search(name) or _TASK.search(name) or _EVENT.search(name):
                return f"@{name} on {scope.name}"
            if _ROUTE.search(name) and not _PATCHES.search(name):
                return f"@{name} on {scope.name}"
    return ""


def _method(scopes: tuple[Scope, ...]) -> str:
    """The method that a framework calls: a command's `handle`, a view's `get`, a thread's `run`."""
    for outer, inner in zip(scopes, scopes[1:], strict=False):
        for base in outer.bases:
            last = base.rpartition(".")[2]
            if any(of.search(last) and method.match(inner.name) for of, method in _CALLED_BY):
                return f"{inner.name} of a {last}"
    return ""


def _request(function: Scope, scopes: tuple[Scope, ...], path: str) -> str:
    """A function that is handed a request: by its file's name, or by its parameters alone."""
    names = tuple(name for name in function.parameters if name not in ("self", "cls"))
    if names in _SERVED:
        return f"{function.name} is {_SERVED[names]}"
    public = not function.name.startswith("_")
    if names[:1] != ("request",) or not public:
        return ""
    view = _VIEWS.search(path) and scopes[0].kind != "class"
    if view or (names == ("request",) and function.kind == "async function"):
        return f"{function.name} is handed a request"
    return ""


def _alone(function: Scope) -> str:
    """A function that nobody waits for: the program's own, or an event's.

    Not one that the file itself gives to a thread or a task: that is a piece of its work, and nobody is
    told when it is lost.
    """
    if _MAIN.search(function.name):
        return f"function {function.name}"
    return f"{function.name} is called by an event" if _EVENT_NAME.search(function.name) else ""
