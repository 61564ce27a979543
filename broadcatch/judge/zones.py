"""In what kind of place does a handler stand? Told from the code around it, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from broadcatch.flow.walk import nodes_in
from broadcatch.model.facts import Handler
from broadcatch.model.flow import Assign, Evaluate, Jump, Node, Noop, Return, Try, With

Zone = tuple[str, str]

_TEST_PATH = re.compile(r"(^|/)(tests?|testing)/|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$")
_ROUTE = re.compile(
    r"(^|\.)(route|get|post|put|patch|delete|websocket|head|options|exception_handler|errorhandler|"
    r"api_view|view_config|action|middleware)$"
)
_TASK = re.compile(
    r"(^|\.)(task|shared_task|periodic_task|job|actor|scheduled_job|cron|subscriber|consumer)$"
)
_COMMAND = re.compile(r"(^|\.)(command|callback|group|cli)$")
_CLEAN_UP = re.compile(
    r"^_*(a?close|shutdown|stop|clean_?up|tear_?down|dispose|disconnect|release|terminate|exit|finali[sz]e|"
    r"__del__|__a?exit__|tearDown|on_shutdown)"
)
_SHOWN = frozenset({"__repr__", "__str__", "__format__", "__hash__"})
_START_UP = re.compile(
    r"^_*(main$|set_?up|init|initiali[sz]e|configure|bootstrap|on_startup|lifespan|startup|create_app|"
    r"register)"
)
_WORKER = re.compile(
    r"(^|_)(worker|loop|run|run_forever|consume|poll|listen|watch|daemon|serve|monitor|process)(_|$)"
)
_ENTRIES = {
    "BaseCommand": ("handle",),
    "AppCommand": ("handle_app_config",),
    "LabelCommand": ("handle_label",),
    "Task": ("run",),
}
_CLOSING = re.compile(
    r"(^|\.)(a?close|shutdown|disconnect|cancel|terminate|kill|unlink|rmtree|remove|rollback|release)$"
)


def zone_of(handler: Handler, path: str) -> Zone:
    """The zone of a handler and how it was recognised; `core` where nothing else fits."""
    for find in _FINDERS:
        reason = find(handler, path)
        if reason:
            return _ZONES[find], reason
    return "core", ""


def _test(handler: Handler, path: str) -> str:
    return f"the path {path}" if _TEST_PATH.search(path) else ""


def _import_guard(handler: Handler, path: str) -> str:
    body = [node for node in nodes_in(handler.attempt) if not isinstance(node, (Try, With))]
    only = body and all(isinstance(node, (Noop, Assign)) or _quiets(node) for node in body)
    imports = any(isinstance(node, Noop) and node.kind == "import" for node in body)
    return "the try body only imports" if only and imports else ""


def _quiets(node: Node) -> bool:
    """A call that only silences warnings while something is imported."""
    return isinstance(node, Evaluate) and all(call.name.startswith("warnings.") for call in node.calls)


def _boundary(handler: Handler, path: str) -> str:
    for scope in handler.place.scopes:
        for decorator in scope.decorators:
            if _ROUTE.search(decorator) or _TASK.search(decorator) or _COMMAND.search(decorator):
                return f"@{decorator} on {scope.name}"
    entry = _entry(handler)
    if entry:
        return entry
    if handler.place.main_guard:
        return 'under if __name__ == "__main__"'
    function = handler.place.function
    return "function main" if function and function.name in ("main", "_main", "cli") else ""


def _entry(handler: Handler) -> str:
    """The method that a framework calls: a management command's `handle`, a task's `run`."""
    for outer, inner in zip(handler.place.scopes, handler.place.scopes[1:], strict=False):
        for base in outer.bases:
            if inner.name in _ENTRIES.get(base.rpartition(".")[2], ()):
                return f"{inner.name} of a {base.rpartition('.')[2]}"
    return ""


def _worker(handler: Handler, path: str) -> str:
    function = handler.place.function
    if _ends_loop(handler):
        return ""
    if handler.place.loop == "endless":
        return "inside an endless loop"
    if handler.place.loop == "while" and function and _WORKER.search(function.name.lower()):
        return f"inside a loop of {function.name}"
    return ""


def _ends_loop(handler: Handler) -> bool:
    """Whether success leaves the loop: then it is tried again, and no worker runs on."""
    last = (*handler.attempt, *handler.orelse)[-1:]
    return any(isinstance(node, Return) or (isinstance(node, Jump) and node.kind == "break") for node in last)


def _clean_up(handler: Handler, path: str) -> str:
    function = handler.place.function
    if function and (_CLEAN_UP.search(function.name) or function.name in _SHOWN):
        return f"function {function.name}"
    calls = [call for node in handler.attempt for call in getattr(node, "calls", ())]
    simple = all(isinstance(node, (Evaluate, Noop)) for node in handler.attempt)
    if calls and simple and all(_CLOSING.search(call.name) for call in calls):
        return f"the try body only calls {calls[0].name}"
    return ""


def _start_up(handler: Handler, path: str) -> str:
    function = handler.place.function
    if function is None and not handler.place.scopes:
        return "at module level"
    return f"function {function.name}" if function and _START_UP.search(function.name) else ""


_Finder = Callable[[Handler, str], str]
_ZONES: dict[_Finder, str] = {
    _test: "test",
    _import_guard: "import-guard",
    _clean_up: "clean-up",
    _boundary: "boundary",
    _worker: "worker",
    _start_up: "start-up",
}
_FINDERS = tuple(_ZONES)
