"""In what kind of place does a handler stand?"""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import judge_file

HANDLER = "    try:\n        work()\n    except Exception:\n        pass\n"


def zone(code: str) -> str:
    [judged] = judge_file(read_facts(code, "app/m.py"), Config())
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
