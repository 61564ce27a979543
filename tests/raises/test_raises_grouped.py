"""Rows that many callables share, and abstract methods of a library that the table speaks for."""

from __future__ import annotations

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.raises.grouped import ungrouped
from broadcatch.raises.table import Table, rows_of, standard_table
from tests.raises.engines import engine_of, of

GROUP = {
    "calls": {"shop.Client": ["get", "put"]},
    "rows": [{"raises": "OSError", "because": "the shop is closed"}],
}


def test_each_callable_of_a_group_has_its_rows():
    data = ungrouped({"package": "shop", "groups": [GROUP]})
    assert [(row["call"], row["raises"]) for row in data["rows"]] == [
        ("shop.Client.get", "OSError"),
        ("shop.Client.put", "OSError"),
    ]
    assert data["runs_unknown"] == () and "groups" not in data


def test_a_group_may_run_code_that_cannot_be_seen_beside_single_rows():
    single = {"call": "shop.Client.close", "raises": "OSError", "because": "it is in use"}
    data = ungrouped({"rows": [single], "groups": [{**GROUP, "runs_unknown": True}]})
    assert [row["call"] for row in data["rows"]] == [
        "shop.Client.close",
        "shop.Client.get",
        "shop.Client.put",
    ]
    assert data["runs_unknown"] == ("shop.Client.get", "shop.Client.put")


def test_what_only_misuse_brings_is_expected_of_no_member_of_a_family():
    rows = rows_of(
        [{"call": "shop.Query.*", "raises": "ValueError", "because": "it is wrong", "misuse": True}]
    )
    entry = Table(rows).lookup("shop.Query.filter")
    assert entry is not None and entry.rows == ()


def test_rows_speak_for_the_implementations_of_an_abstract_method(tmp_path):
    source = """
        class Store:
            def load(self): raise NotImplementedError
        def f(store: Store): return store.load()
    """
    assert not of(engine_of(tmp_path, app=source))[1]
    told = standard_table().over(
        {"app.Store.load": rows_of([{**GROUP["rows"][0], "call": "app.Store.load"}])}
    )
    assert of(Engine(Project(tmp_path), told)) == ({"OSError"}, True)
