"""In what kind of place does a handler stand?"""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import judge_file

HANDLER = "    try:\n        work()\n    except Exception:\n        pass\n"


def zone(code: str, path: str = "app/m.py", module: str = "app.m") -> str:
    [judged] = judge_file(read_facts(dedent(code), path, module), Config())
    return judged.verdict.zone


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("def price(order):\n", "core"),
        ("@app.get('/orders')\ndef orders():\n", "boundary"),
        ("@celery.task(bind=True)\ndef settle(self):\n", "boundary"),
        ("@click.command()\ndef run_it():\n", "boundary"),
        ("def main():\n", "boundary"),
        ("if __name__ == '__main__':\n", "boundary"),
        ("def close(self):\n", "clean-up"),
        ("def __del__(self):\n", "clean-up"),
        ("def __repr__(self):\n", "clean-up"),
        ("def setup(app):\n", "start-up"),
        ("while True:\n", "worker"),
    ],
)
def test_the_place_is_told_by_decorators_names_and_loops(head: str, expected: str) -> None:
    assert zone(head + HANDLER) == expected


def test_the_handle_of_a_management_command_is_a_boundary() -> None:
    text = "class Command(BaseCommand):\n    def handle(self):\n"
    assert zone(text + HANDLER.replace("    ", "        ", 1).replace("\n    ", "\n        ")) == "boundary"


def test_a_try_that_only_closes_is_clean_up() -> None:
    assert zone("def f(c):\n    try:\n        c.close()\n    except Exception:\n        pass\n") == "clean-up"


def test_closing_beside_other_work_is_none() -> None:
    text = (
        "def f(c):\n    try:\n        x = c.send()\n        c.close()\n    except Exception:\n        pass\n"
    )
    assert zone(text) == "core"


@pytest.mark.parametrize(
    "body",
    [
        "    import a\n",
        "    import a\n    HAS_A = True\n",
        "    with warnings.catch_warnings():\n        warnings.simplefilter('ignore')\n        import a\n",
        "    try:\n        from a import b\n    except ImportError:\n        from c import b\n",
    ],
)
def test_a_try_that_only_imports_is_an_import_guard(body: str) -> None:
    assert zone("try:\n" + body + "except Exception:\n    a = None\n") == "import-guard"


def test_an_import_beside_a_call_is_none() -> None:
    assert (
        zone("def f():\n    try:\n        import a\n        a.run()\n    except Exception:\n        pass\n")
        == "core"
    )


def inside(head: str, handler: str = HANDLER) -> str:
    """`head` with a try as the body of its innermost block."""
    depth = (len(head.splitlines()[-1]) - len(head.splitlines()[-1].lstrip())) // 4
    return head + indent(handler, "    " * depth)


BOUNDARIES = {
    "a view's get": "class Order(APIView):\n    def get(self, request):\n",
    "a view set's create": "class Orders(ModelViewSet):\n    def create(self, request):\n",
    "an http handler's do_GET": "class H(BaseHTTPRequestHandler):\n    def do_GET(self):\n",
    "a middleware's dispatch": "class M(SomeMiddleware):\n    async def dispatch(self, request, go_on):\n",
    "an asgi callable": "class A:\n    async def __call__(self, scope, receive, send):\n",
    "a wsgi callable": "def app(environ, start_response):\n",
    "a grpc method": "class S(pb2_grpc.OrdersServicer):\n    def Place(self, request, context):\n",
    "a coroutine that is handed a request": "async def orders(request):\n",
    "the run of a thread": "class T(threading.Thread):\n    def run(self):\n",
    "a command of a shell": "class Shell(cmd.Cmd):\n    def do_quit(self, line):\n",
    "a signal's receiver": "@receiver(post_save)\ndef saved(sender, **kwargs):\n",
    "a bot's event": "@bot.event\nasync def ready():\n",
    "a function named for its event": "def on_message(client, message):\n",
    "the main of a program": "def main_exec():\n",
}


@pytest.mark.parametrize("head", BOUNDARIES.values(), ids=BOUNDARIES)
def test_a_boundary_is_where_somebody_else_calls(head: str) -> None:
    assert zone(inside(head)) == "boundary"


NO_BOUNDARIES = {
    "a helper that is handed a request": "def amount(request):\n",
    "a method of a view that no framework calls": "class Order(APIView):\n    def total(self):\n",
    "a patched function": "@mock.patch('a.b')\ndef price():\n",
    "a marker that is called callback": "@core.callback\ndef price():\n",
    "a constructor": "class Price:\n    def __init__(self):\n",
}


@pytest.mark.parametrize("head", NO_BOUNDARIES.values(), ids=NO_BOUNDARIES)
def test_no_boundary_is(head: str) -> None:
    assert zone(inside(head)) == "core"


def test_a_function_of_a_views_module_that_is_handed_a_request_is_a_boundary() -> None:
    assert zone("def orders(request, id):\n" + HANDLER, "shop/views.py") == "boundary"


def test_a_try_after_which_the_request_goes_on_is_no_boundary() -> None:
    head = "@app.get('/x')\ndef orders():\n"
    assert zone(head + HANDLER + "    settle()\n") == "core"
    assert zone(head + HANDLER.replace("pass", "return None") + "    settle()\n") == "boundary"
    assert zone(head + HANDLER + "    return 1\n") == "boundary"


def test_ctrl_c_may_end_in_main_whatever_comes_after() -> None:
    handler = HANDLER.replace("Exception", "KeyboardInterrupt")
    assert zone("def main():\n" + handler + "    bye()\n") == "boundary"


THREADS = {
    "a thread": "threading.Thread(target=self.refresh, daemon=True).start()",
    "a timer": "Timer(3, refresh).start()",
    "a pool": "pool.submit(refresh, 1)",
    "an executor": "loop.run_in_executor(None, refresh)",
    "a task": "asyncio.create_task(self.refresh(1))",
}


@pytest.mark.parametrize("start", THREADS.values(), ids=THREADS)
def test_a_function_that_is_given_away_is_a_piece_of_work_that_can_be_lost(start: str) -> None:
    assert zone(start + "\ndef refresh(self):\n" + HANDLER) == "core"


def test_a_loop_that_runs_until_it_is_stopped_is_a_worker() -> None:
    for asked in ("self._running", "not self._stop.is_set()", "not stopped", "x and self.keep_running"):
        assert zone(inside(f"def f(self):\n    while {asked}:\n")) == "worker", asked


def test_a_loop_that_works_something_off_is_no_worker() -> None:
    for asked in ("rest", "current_run_on_commit", "i < 3"):
        assert zone(inside(f"def f(self):\n    while {asked}:\n")) == "core", asked


def test_a_loop_that_a_thread_runs_is_a_worker() -> None:
    assert zone("Thread(target=drain)\n" + inside("def drain():\n    while rest:\n")) == "worker"


def test_a_loop_that_success_leaves_is_no_worker() -> None:
    for success in ("return work()", "work()\n        break"):
        again = inside("def f():\n    while True:\n", HANDLER.replace("work()", success))
        assert zone(again) == "core", success


def test_a_handler_that_ends_the_loop_is_no_worker() -> None:
    assert zone(inside("def f():\n    while True:\n", HANDLER.replace("pass", "break"))) == "core"


LOOP = "def f(plugins):\n    for plugin in plugins:\n"
ITEM = HANDLER.replace("work()", "plugin.run()")


def test_one_item_of_a_loop_that_goes_on_is_a_place_of_its_own() -> None:
    assert zone(inside(LOOP, ITEM)) == "item"
    assert zone(inside(LOOP, ITEM.replace("pass", "log.exception('x')\n        continue"))) == "item"


NO_ITEMS = {
    "the item plays no part": HANDLER,
    "success ends the loop": ITEM.replace("plugin.run()", "return plugin.run()"),
    "failure ends the loop": ITEM.replace("pass", "break"),
    "failure ends the function": ITEM.replace("pass", "return None"),
    "more follows with what is left": ITEM + "    done(plugin)\n",
}


@pytest.mark.parametrize("handler", NO_ITEMS.values(), ids=NO_ITEMS)
def test_it_is_no_item_where(handler: str) -> None:
    assert zone(inside(LOOP, handler)) == "core"


SCRIPTS = {
    "a shebang": ("#!/usr/bin/env python\n", "load.py", ""),
    "a main guard": ("if __name__ == '__main__':\n    f()\n", "load.py", ""),
    "a folder of scripts": ("", "scripts/load.py", ""),
    "a folder of scripts with an __init__": ("", "scripts/load.py", "scripts.load"),
    "setup.py": ("", "setup.py", ""),
}


@pytest.mark.parametrize(("head", "path", "module"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_is_told_by(head: str, path: str, module: str) -> None:
    assert zone(head + "def f():\n" + HANDLER, path, module) == "script"


NO_SCRIPTS = {
    "a module of a package with a main guard": ("if __name__ == '__main__':\n    f()\n", "app/m.py", "app.m"),
    "a folder of scripts inside a package": ("", "app/scripts/m.py", "app.scripts.m"),
    "a program outside of packages": ("if __name__ == '__main__':\n    f()\n", "bot.py", ""),
    "a folder of tools whose files are imported": ("", "tools/m.py", ""),
}


@pytest.mark.parametrize(("head", "path", "module"), NO_SCRIPTS.values(), ids=NO_SCRIPTS)
def test_no_script_is(head: str, path: str, module: str) -> None:
    assert zone(head + "def f():\n" + HANDLER, path, module) == "core"


def test_what_must_not_be_lost_at_the_end_is_no_clean_up() -> None:
    assert zone("def close(self):\n" + HANDLER.replace("work()", "self.db.commit()")) == "core"


def test_closing_a_position_is_business_and_closing_a_session_is_clean_up() -> None:
    assert zone("def close_position(self):\n" + HANDLER) == "core"
    assert zone("def close_session(self):\n" + HANDLER) == "clean-up"
