"""An import that a rewrite leaves without use goes with it; one that others may want is told of."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rewriting import PATH, clause

from broadcatch.rewrite.plan import carry_out, plan
from broadcatch.rewrite.structural import WorkerWanted
from broadcatch.rewrite.values import NarrowWanted, Rewrite, Spelled

WORKER = """\


def run(queue):
    while True:
        try:
            queue.get()()
        except Exception:
            pause.sleep(5)
"""


def ended(head: str, path: str = PATH, body: str = WORKER, safety="unsafe") -> tuple[str, Rewrite]:
    """The text after its worker was made to end, and the rewrite."""
    text = "import logging\nlogger = logging.getLogger(__name__)\n" + head + body
    made = plan(text, path, [WorkerWanted(clause(text), safety=safety)])
    assert made.refused == ()
    [one] = made.rewrites
    after = carry_out(text, made.rewrites)
    return after.partition("\n\n\ndef ")[0].partition("(__name__)\n")[2], one


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("import pause\n", ""),
        ("import a\nimport pause\nimport z\n", "import a\nimport z"),
        ("import a\n\nimport pause\n\nimport z\n", "import a\n\nimport z"),
        ("import a, pause\n", "import a"),
        ("import pause, z\n", "import z"),
        ("from lib import pause\n", ""),
        ("from lib import a, pause, z\n", "from lib import a, z"),
        ("from lib import a, nap as pause\n", "from lib import a"),
        ("from lib import (\n    a,\n    pause,\n)\n", "from lib import (\n    a,\n)"),
        ("from lib import (\n    a,\n    pause\n)\n", "from lib import (\n    a,\n)"),
        ("from lib import (\n    pause,\n)\n", ""),
        ("from lib import (pause, a,\n                 z)\n", "from lib import (a,\n                 z)"),
    ],
)
def test_what_nothing_uses_any_more_goes(head: str, after: str) -> None:
    assert ended(head)[0] == after


@pytest.mark.parametrize(
    "head",
    [
        "import pause  # noqa: F401\n",
        "import pause; import z\n",
        "from lib import (\n    a,  # one\n    pause,  # two\n)\n",
        "import pause\n__all__ = ['pause', 'run']\n",
        "import pause\ndef f(x: 'pause.Of') -> None: ...\n",
        "import pause\ndef f() -> None:\n    '''\n    >>> pause.sleep(1)\n    '''\n",
        "import pause\nprint(globals())\n",
        "try:\n    import pause\nexcept ImportError:\n    raise SystemExit\n",
    ],
)
def test_what_somebody_may_want_stays_and_is_told_of(head: str) -> None:
    after, rewrite = ended(head)
    assert after == head.rstrip("\n")
    assert rewrite.reason == "nothing uses the import of `pause` then"


def test_a_package_may_import_for_others() -> None:
    after, rewrite = ended("import pause\n", "shop/__init__.py")
    assert after == "import pause"
    assert "nothing uses" in rewrite.reason


def test_a_safe_rewrite_takes_modules_of_python_alone() -> None:
    assert ended("import pause\n", safety="safe")[0] == "import pause"
    assert ended("import time\n", body=WORKER.replace("pause", "time"), safety="safe")[0] == ""


@pytest.mark.parametrize(
    "head", ["import pause\npause.start()\n", "import pause\nimport pause.deep\n", "pause = 1\n"]
)
def test_what_is_used_elsewhere_or_bound_twice_stays(head: str) -> None:
    after, rewrite = ended(head)
    assert after == head.rstrip("\n")
    assert rewrite.reason == ""


def test_what_another_rewrite_asks_for_stays() -> None:
    text = "import time\nimport logging\nlogger = logging.getLogger(__name__)\n"
    text += WORKER.replace("pause", "time") + WORKER.replace("pause.sleep(5)", "pass").replace("run", "again")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "except" in line]
    passes = (Spelled("ConnectionError", "ConnectionError"),)
    made = plan(text, PATH, [WorkerWanted(lines[0]), WorkerWanted(lines[1], passes)])
    assert made.refused == ()
    for chosen in (made.rewrites, made.rewrites[:1], made.rewrites[1:]):
        assert "import time\n" in carry_out(text, chosen)


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("from lib import Old\n", "from lib import New\n"),
        ("from lib import Old, Z\n", "from lib import New, Z\n"),
        ("from lib import A, Past as Old\n", "from lib import A, New\n"),
        ("from lib import (\n    A,\n    Old,\n)\n", "from lib import (\n    A,\n    New,\n)\n"),
        ("from lib import (A,\n                 Old)\n", "from lib import (A,\n                 New)\n"),
        ("from lib import Old  # why\n", "from lib import New, Old  # why\n"),
    ],
)
def test_an_import_may_lose_one_name_and_gain_another(head: str, after: str) -> None:
    text = head + "\n\ndef f():\n    try: x()\n    except (Exception, Old): pass\n"
    wanted = NarrowWanted(
        clause(text), "New", (Spelled("New", "lib.New", "lib", "New"),), broad=("Exception", "Old")
    )
    made = plan(text, PATH, [wanted])
    assert made.refused == ()
    assert carry_out(text, made.rewrites) == text.replace(head, after).replace("(Exception, Old)", "New")


USES = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4)


@given(USES, st.sets(st.sampled_from(["a", "b", "c", "d"])), st.data())
def test_whatever_is_chosen_every_name_that_is_used_is_imported(used, elsewhere, data) -> None:
    head = "from lib import a, b\nimport c\nimport d\n" + "".join(f"{one}()\n" for one in sorted(elsewhere))
    parts = [
        f"def f{n}():\n    try: x()\n    except (Exception, {one}.E): pass\n" for n, one in enumerate(used)
    ]
    text = head + "".join(parts)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "except" in line]
    broad = [("Exception", f"{one}.E") for one in used]
    wanted = [
        NarrowWanted(line, "KeyError", broad=those, safety="unsafe")
        for line, those in zip(lines, broad, strict=True)
    ]
    made = plan(text, PATH, wanted)
    assert made.refused == ()
    chosen = data.draw(st.lists(st.sampled_from(made.rewrites), unique=True))
    tree = ast.parse(carry_out(text, chosen))
    imported = {
        one.name for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom) for one in node.names
    }
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert names & {"a", "b", "c", "d"} <= imported
    assert imported <= {"a", "b", "c", "d"}
