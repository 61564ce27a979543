"""Is this a test, a script, an import guard, clean-up, start-up, a worker's loop or one item of many?"""

from __future__ import annotations

import re

from broadcatch.flow.walk import calls_in, gives_answer, may_end_loop, never_goes_on, nodes_in
from broadcatch.judge.boundaries import runs_apart
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.flow import Assign, Body, Evaluate, Node, Noop, Try, With

_TEST_PATH = re.compile(
    r"(^|/)(tests?|testing|\w*[_\d]tests?|mocks?)/|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$"
)
_SCRIPT_FOLDERS = re.compile(r"(^|/)(scripts?|examples?|benchmarks?|docs?|bin|tools)/")
_SCRIPT_FILES = re.compile(r"(^|/)(setup|manage|noxfile|fabfile|dodo|tasks|wscript|SConstruct)\.py$")
_PROGRAMS = re.compile(
    r"(^|[/_-])(main|app|application|server|service|bot|daemon|worker|run|runner|trader|wsgi|asgi|__main__)\.py$"
)
"""Files outside of packages that are run by themselves, and are the program all the same."""

_RESOURCE = (
    r"(all|conn|connections?|sessions?|sockets?|sock|clients?|servers?|files?|handles?|handlers?|streams?|"
    r"channels?|transports?|db|database|pools?|executors?|threads?|process|processes|workers?|tasks?|loops?|"
    r"drivers?|browsers?|windows?|cursors?|engines?|locks?|resources?|listeners?|observers?|watchers?|"
    r"temp|tmp|tempfiles?|timers?|async|sync|device|ports?|pipes?|consumers?|producers?|brokers?|"
    r"service|services|event|signal|hook|callback|app|application)"
)
_CLEAN_UP = re.compile(
    r"^_*(async_)?(a?close|stop|release|terminate|disconnect|exit|kill)(_\w+)?_" + _RESOURCE + r"$|"
    r"^_*(async_)?(a?close|stop|release|terminate|disconnect|exit|kill)(_" + _RESOURCE + r")?$|"
    r"^_*(async_)?(shutdown|clean_?up|tear_?down|dispose|finali[sz]e|on_shutdown|on_stop|on_exit|unload)(_|$)|"
    r"_(cleanup|shutdown|teardown)$|"
    r"^__(del|a?exit)__$|^tearDown|^(doC|c)leanups?$"
)
_SHOWN = frozenset({"__repr__", "__str__", "__format__", "__hash__"})
_KEEPS = re.compile(
    r"(^|[._])(save|flush|commit|persist|dump|write|store|upload|publish|send|submit|sync|orders?|trades?|"
    r"positions?|payments?|balances?)(_|$|\()"
)
"""What must not be lost at the end either."""

_START_UP = re.compile(
    r"^_*(async_)?(set_?up|init|initiali[sz]e|configure|bootstrap|on_startup|lifespan|startup|start_up|"
    r"(create|make|build|register)_(app|application|blueprints?|plugins?|extensions?|routers?|routes|commands?|"
    r"handlers|middlewares?|signals?))(_(app|application|logging|logger|logs?|plugins?|platform|entry|config|"
    r"environment|env|sentry|db|database|signals?|routes|extensions?|module|package|django|async|sync))*$|^ready$"
)
_UNTIL_STOPPED = re.compile(
    r"(^|[._])(run|running|alive|active|stop|stopping|stopped|shutdown|shutting_down|exit|exiting|quit|closed|"
    r"closing|terminated?|cancelled|keep_\w+)(_?(event|flag|requested|now|set))?(\.is_set)?$"
)
_WORKER = re.compile(
    r"(^|_)(worker|loop|run|run_forever|consume|poll|polling|listen|watch|daemon|serve|monitor|heartbeat|"
    r"keep_?alive|scheduler|pump|receiver)(_|$)"
)
_CLOSING = re.compile(
    r"(^|\.)(a?close|shutdown|disconnect|cancel|terminate|kill|unlink|rmtree|remove|rollback|release)$"
)


def in_tests(path: str) -> bool:
    """Whether a file belongs to the tests of a project."""
    return bool(_TEST_PATH.search(path))


def test(handler: Handler, facts: FileFacts) -> str:
    """By the name of the file or its folders."""
    return f"the path {facts.path}" if in_tests(facts.path) else ""


def script(handler: Handler, facts: FileFacts) -> str:
    """A file that is run by itself and that nobody imports."""
    path, module = facts.path, facts.module
    name = _SCRIPT_FILES.search(path)
    if name:
        return f"the file {path.rpartition('/')[2]}"
    outside = not module or bool(_SCRIPT_FOLDERS.match(module.partition(".")[0] + "/"))
    if not outside:
        return ""
    folder = _SCRIPT_FOLDERS.search(path)
    if folder and (folder[2] not in ("bin", "tools") or facts.entry):
        return f"the folder {folder[2]}"
    if _PROGRAMS.search(path) or not facts.entry:
        return ""
    return "a shebang, in no package" if facts.entry == "shebang" else "a main guard, in no package"


def import_guard(handler: Handler, facts: FileFacts) -> str:
    """A try body that only imports."""
    body = [node for node in nodes_in(handler.attempt) if not isinstance(node, (Try, With))]
    only = body and all(isinstance(node, (Noop, Assign)) or _quiets(node) for node in body)
    imports = any(isinstance(node, Noop) and node.kind == "import" for node in body)
    if not (only and imports):
        return ""
    sets = any(isinstance(node, Assign) for node in body)
    return "the try body imports, and sets what hangs on it" if sets else "the try body only imports"


def _quiets(node: Node) -> bool:
    """A call that only silences warnings while something is imported."""
    return isinstance(node, Evaluate) and all(call.name.startswith("warnings.") for call in node.calls)


def clean_up(handler: Handler, facts: FileFacts) -> str:
    """A function that releases, or a try body that does; not where something is still to be kept."""
    function = handler.place.function
    if function and function.name in _SHOWN:
        return f"function {function.name}"
    if function and _CLEAN_UP.search(function.name) and not _keeps(handler.attempt):
        return f"function {function.name}"
    calls = [call for node in handler.attempt for call in getattr(node, "calls", ())]
    simple = all(isinstance(node, (Evaluate, Noop)) for node in handler.attempt)
    if calls and simple and all(_CLOSING.search(call.name) for call in calls):
        return f"the try body only calls {calls[0].name}"
    return ""


def _keeps(attempt: Body) -> bool:
    return any(_KEEPS.search(call.name) for call in calls_in(attempt))


def start_up(handler: Handler, facts: FileFacts) -> str:
    """A module's own code, or a function that sets up; a constructor runs at any time and is none."""
    function = handler.place.function
    if function is None and not handler.place.scopes:
        return "at module level"
    return f"function {function.name}" if function and _START_UP.search(function.name) else ""


def worker(handler: Handler, facts: FileFacts) -> str:
    """A loop that goes on until somebody stops it, and that success does not leave."""
    place, function = handler.place, handler.place.function
    if place.loop not in ("endless", "while") or _ends_loop(handler) or never_goes_on(handler.body):
        return ""
    if place.loop == "endless":
        return "inside an endless loop"
    asked = next((name for name in place.over if _UNTIL_STOPPED.search(name.lower())), "")
    if asked:
        return f"inside a loop that runs until told by {asked}"
    if function and runs_apart(handler, facts):
        return f"inside a loop of {function.name}, which runs in a thread or task of its own"
    if function and _WORKER.search(function.name.lower()):
        return f"inside a loop of {function.name}"
    return ""


def _ends_loop(handler: Handler) -> bool:
    """Whether success leaves the loop: then it is tried again until it works, and no worker runs on."""
    return gives_answer(handler.attempt) or never_goes_on((*handler.attempt, *handler.orelse))


def item(handler: Handler, facts: FileFacts) -> str:
    """One of many: the try is the end of a `for` loop's body, works on its item, and the loop goes on."""
    place = handler.place
    if place.loop != "for" or place.loop_last > handler.try_line or handler.try_line == 0:
        return ""
    if any(map(may_end_loop, (handler.attempt, handler.orelse, handler.body, handler.final))):
        return ""  # of a loop that success leaves, the items are alternatives
    names = _names(handler.attempt)
    used = next((name for name in place.over if name in names), "")
    return f"per {used} of a for loop, which goes on with the next" if used else ""


def _names(body: Body) -> set[str]:
    """The names that a body uses, as far as its flow tells."""
    found: set[str] = set()
    for node in nodes_in(body):
        for value in (getattr(node, "value", None), getattr(node, "test", None)):
            found.update(value.names if value is not None else ())
        for call in getattr(node, "calls", ()):
            found.add(call.name.partition(".")[0].partition("(")[0].partition("[")[0])
            for arg in call.args:
                found.update(arg.value.names)
    return found
