"""Which imports can fail? Those of what need not be installed, at any distance; a project's own are there."""

from __future__ import annotations

import pytest

from broadcatch.program.environment import Environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from tests.raises.engines import of


@pytest.fixture
def engine(tmp_path):
    """An engine over `app.py` in a project with modules of its own and an installed package."""
    site = tmp_path / "site"
    for name, text in {
        "site/dns/__init__.py": "def resolve(): pass\n",
        "project/shop/__init__.py": "",
        "project/shop/plain.py": "import json\nfrom . import leaf\nPRICE = 1\n",
        "project/shop/leaf.py": "import re\n",
        "project/shop/names.py": "from shop.leaf import re\nimport dns\n",
        "project/shop/guarded.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import dns\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def made(source: str) -> Engine:
        (tmp_path / "project" / "app.py").write_text(source, encoding="utf-8")
        return Engine(Project(tmp_path / "project", Environment(packages=(site,))))

    return made


@pytest.mark.parametrize(
    ("statement", "types", "closed"),
    [
        ("import dns", {"ImportError"}, True),
        ("from dns import resolve", {"ImportError"}, True),
        ("import not_there", {"ImportError"}, False),
        ("from shop import plain", set(), True),
        ("from shop.plain import PRICE", set(), True),
        ("from shop.guarded import TYPE_CHECKING", set(), True),
        ("from shop.plain import GONE", {"ImportError"}, True),
        ("from shop import names", {"ImportError"}, True),
        ("from shop.names import re", {"ImportError"}, True),
        ("import json.decoder", set(), True),
    ],
)
def test_an_import_fails_where_something_on_its_way_may_be_missing(engine, statement, types, closed):
    assert of(engine(f"def f():\n    {statement}\n")) == (types, closed)


def test_what_the_file_itself_needs_is_there_already(engine):
    assert of(engine("import dns\ndef f():\n    from shop import names\n")) == (set(), True)


def test_a_module_that_is_imported_by_a_call_may_be_missing_too(engine):
    assert of(engine("def f():\n    return __import__('gone.part').part.Name\n"))[0] == {"ImportError"}


def test_a_module_of_another_distribution_may_be_missing_though_it_shares_the_package(tmp_path):
    for name, text in {
        "air/__init__.py": "",
        "air/flow.py": "def f():\n    import air.sdk\ndef g():\n    import air.beside\n",
        "air/beside.py": "",
        "air/sdk.py": "",
        "air-1.0.dist-info/RECORD": "air/__init__.py,,\nair/flow.py,,\nair/beside.py,,\n",
        "air_sdk-1.0.dist-info/RECORD": "air/sdk.py,sha256=x,0\n",
    }.items():
        path = tmp_path / "site-packages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    site = tmp_path / "site-packages"
    engine = Engine(Project(site / "air", Environment(packages=(site,))))
    module = engine.project.module_at("flow.py")
    answers = [engine.function_escapes(module.functions[name]) for name in ("f", "g")]
    assert [[one.type for one in answer.raised] for answer in answers] == [["ImportError"], []]
    assert all(answer.closed for answer in answers)
