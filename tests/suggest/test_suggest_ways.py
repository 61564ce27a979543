"""Which of the ways that are known are told, and in which words?"""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest

BODY = (
    "def f(client, name):\n    try:\n        {}\n        client.done()\n"
    "    except Exception:  # here\n        pass\n"
)
LIBRARY = """
    class VendorError(Exception): ...
    def near(name):
        raise VendorError(name)
    def checked(name, limit=0):
        if not isinstance(name, str):
            raise VendorError(name)
        if limit < 0:
            raise ValueError(limit)
        if name is None:
            raise LookupError(name)
    def deep(name):
        return _one(name)
    def _one(name):
        return _two(name)
    def _two(name):
        if name == "x":
            raise VendorError(name)
        return {}[name], int(name)
"""


@pytest.fixture
def ask(tmp_path):
    site = tmp_path / "env" / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    (site / "vendor.py").write_text(textwrap.dedent(LIBRARY), encoding="utf-8")
    (tmp_path / "app").mkdir()

    def answer(body: str, head: str = "import vendor"):
        source = f"{head}\n{BODY.format(body)}"
        line = source[: source.index("# here")].count("\n") + 1
        project = Project(tmp_path / "app", find_environment(str(site), tmp_path / "app"))
        return suggest(Engine(project), "app.py", line, ("Exception",), source=source)

    return answer


def _told(found):
    return {
        one.type: [why.detail for why in one.evidence if why.kind != "usage"]
        for one in (*found.proposals, *found.also)
    }


def test_what_a_library_raises_at_once_is_told(ask):
    assert _told(ask("vendor.near(name)"))["vendor.VendorError"] == ["raise VendorError"]


def test_what_lies_deep_in_a_library_is_summed_up_if_it_is_an_exception_of_its_own(ask):
    found = ask("vendor.deep(name)")
    told = _told(found).get("vendor.VendorError", [])
    assert told in ([], ["vendor.deep: VendorError is raised 2 calls deeper; when, was not followed"])
    assert "vendor.VendorError" in found.possible


def test_operations_and_conversions_deep_in_a_library_are_possible_and_not_told(ask):
    found = ask("vendor.deep(name)")
    assert {"KeyError", "ValueError"} <= set(found.possible)
    assert not _told(found).get("KeyError")
    assert not _told(found).get("ValueError")


def test_checks_of_arguments_in_a_library_are_not_told(ask):
    found = ask("vendor.checked(name, client.limit)")
    assert {"vendor.VendorError", "ValueError", "LookupError"} <= set(found.possible)
    told = _told(found)
    assert not [told.get(one) for one in ("vendor.VendorError", "ValueError", "LookupError") if told.get(one)]


def test_a_value_of_unknown_type_may_have_no_keys_at_all(ask):
    told = _told(ask("x = name['a']"))
    assert told["KeyError"] == ["`name['a']`: nothing near shows that it has the key"]


def _rows(*statements: str) -> str:
    return "\n        ".join(statements)


def test_three_ways_are_told_and_the_rest_is_counted(ask):
    found = ask(_rows("a = int(client.a)", "b = int(client.b)", "c = int(client.c)", "d = int(client.d)"))
    proposal = next(one for one in found.proposals if one.type == "ValueError")
    ways = [one for one in proposal.evidence if one.kind != "usage"]
    assert len(ways) == 3
    assert proposal.further == 1


def test_ways_in_different_rows_come_first(ask):
    found = ask(_rows("x = int(client.a), float(client.b)", "y = int(client.d)", "z = int(client.e)"))
    proposal = next(one for one in found.proposals if one.type == "ValueError")
    assert {one.line for one in proposal.evidence if one.kind != "usage"} == {4, 5, 6}
