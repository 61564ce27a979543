"""A second run of `fix` changes nothing: what the first one wrote asks for no more.

But what a rewrite lets out may be news for a handler above: that one is offered then.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from broadcatch import api
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Target

FIXTURES = Path(__file__).parents[2] / "fixtures"
HABITS = """\
import json
import logging

logger = logging.getLogger(__name__)


def first(text):
    try:
        return json.loads(text)
    except Exception as e:
        logger.error(f"no order: {e}")
        return None


def second(client, text):
    try:
        return client.load(text)
    except Exception as e:
        logger.error(f"no order: {e}")
        return None


def third(rates, currency):
    try:
        return rates[currency]
    except:
        return None
"""


def offered(folder: Path, write: bool) -> list[tuple[str, int, str]]:
    config = api.configure([str(folder)], None, True, {"cache": False})
    found = api.fix([Target(str(folder))], config, FixRequest(write=write, unsafe=True))
    assert found.failures == ()
    return [(one.path, one.line, one.title) for one in found.offered]


def test_what_is_narrowed_in_one_clause_does_not_narrow_the_next(tmp_path):
    (tmp_path / "shop.py").write_text(HABITS)
    assert offered(tmp_path, write=True)
    assert offered(tmp_path, write=False) == []


@pytest.mark.parametrize("name", ["order_service_before", "pricing_api", "rules"])
def test_a_second_run_over_a_fixture_changes_nothing(tmp_path, name):
    shutil.copytree(FIXTURES / name, tmp_path / name)
    assert offered(tmp_path / name, write=True)
    assert offered(tmp_path / name, write=False) == []


def test_a_second_run_over_the_order_service_changes_nothing(tmp_path):
    shutil.copytree(FIXTURES / "order_service", tmp_path / "shop")
    assert len(offered(tmp_path / "shop", write=True)) > 50
    assert offered(tmp_path / "shop", write=False) == []
