"""`broadcatch raises`: targets, outputs and errors, over small projects."""

from __future__ import annotations

import json
import textwrap

import pytest

from broadcatch.cli.main import run

SHOP = """
    class Gone(Exception): pass
    class Sold(Gone): pass

    class Store:
        def __init__(self, path):
            self.file = open(path)

        def find(self, key):
            raise Sold

    def find(key):
        return Store("shop").find(key)

    def order(key):
        try:
            return find(key)
        except Gone:
            return None
"""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A project with one module `app.shop`, the working directory."""
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("")
    (tmp_path / "app" / "shop.py").write_text(textwrap.dedent(SHOP).lstrip())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(capsys, *words):
    assert run(["raises", *words, "--output-format", "json"]) == 0
    return json.loads(capsys.readouterr().out)["targets"]


def refusal(capsys, *words):
    assert run(["raises", *words]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told.removeprefix("broadcatch: ").strip()


def types(target):
    return [one["type"] for one in target["raises"] if not one["programming"]]


def test_a_line_of_a_body_and_a_name_mean_the_same_function(shop, capsys):
    by_line, by_name, by_file = answer(capsys, "app/shop.py:12", "app.shop:find", "app/shop.py:find")
    assert by_line == by_name == by_file
    assert (by_line["kind"], by_line["function"], by_line["line"]) == ("function", "find", 11)


def test_the_chain_names_each_call_with_its_place(shop, capsys):
    [found] = answer(capsys, "app.shop:find")
    [sold] = [one for one in found["raises"] if one["type"] == "app.shop.Sold"]
    assert sold["line"] == 12
    [why] = sold["evidence"]
    assert (why["kind"], why["path"], why["line"], why["detail"]) == ("raise", "app/shop.py", 9, "raise Sold")
    assert [(step["path"], step["line"], step["function"]) for step in why["via"]] == [
        ("app/shop.py", 12, "Store.find")
    ]


@pytest.mark.parametrize("line", [15, 17])
def test_the_line_of_a_try_or_of_a_clause_means_the_body_of_the_try(shop, capsys, line):
    [found] = answer(capsys, f"app/shop.py:{line}")
    assert (found["kind"], found["function"], found["line"]) == ("try", "order", 15)
    assert "app.shop.Sold" in types(found)


def test_any_other_line_means_the_function_around_it(shop, capsys):
    [found] = answer(capsys, "app/shop.py:18")
    assert (found["kind"], found["function"]) == ("function", "order")
    assert "app.shop.Sold" not in types(found)


def test_a_line_outside_of_functions_means_the_module(shop, capsys):
    [found] = answer(capsys, "app/shop.py:1")
    assert (found["kind"], found["function"], found["raises"], found["closed"]) == ("module", "", [], True)


def test_a_class_means_its_constructor(shop, capsys):
    [found] = answer(capsys, "app.shop:Store")
    assert found["function"] == "Store"
    assert "FileNotFoundError" in types(found) or "OSError" in types(found)


def test_a_method_is_named_by_its_class(shop, capsys):
    [found] = answer(capsys, "app.shop:Store.find")
    assert (types(found), found["closed"]) == (["app.shop.Sold"], True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["app/none.py:3"], "app/none.py: no such file"),
        (["app:3"], "app: is no file"),
        (["app/shop.py:99"], "app/shop.py:99: the file has 18 lines"),
        (["app/shop.py:0"], "app/shop.py:0: the file has 18 lines"),
        (["app.none:f"], "app.none:f: there is no module app.none in this project"),
        (["app.shop:nobody"], "app.shop:nobody: there is no function or class 'nobody' in app.shop"),
        (["app/shop.py"], "app/shop.py: a target is PATH:LINE or package.module:Qual.name"),
        (["app.shop:find", "--type", "Sold"], "--type needs --lands"),
        (
            ["app.shop:find", "--lands", "--type", "Store"],
            "--type Store: there is no exception of that name here",
        ),
        (["app/shop.py:1", "--lands"], "app/shop.py: --lands needs a function: nothing calls a module"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(shop, capsys, words, told):
    assert refusal(capsys, *words) == told


def test_a_file_that_cannot_be_parsed_is_refused(shop, capsys):
    (shop / "app" / "bad.py").write_text("def f(:\n")
    assert "app/bad.py: cannot be parsed" in refusal(capsys, "app/bad.py:1")


def test_a_person_reads_type_way_and_whether_it_is_all(shop, capsys):
    assert run(["raises", "app.shop:Store.find"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "app/shop.py:8  Store.find",
        "  app.shop.Sold  raise Sold   app/shop.py:9",
        "  closed: nothing else can come out, programming errors aside",
    ]


def test_the_tree_has_a_line_for_each_call(shop, capsys):
    assert run(["raises", "app.shop:find", "--tree"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("  app.shop.Sold")
    assert lines[at + 1].split() == ['Store("shop").find', "(Store.find)", "app/shop.py:12"] or (
        "(Store.find)" in lines[at + 1]
    )
    assert lines[at + 2].split() == ["raise", "Sold", "app/shop.py:9"]


def test_lands_names_the_handler_and_what_it_does(shop, capsys):
    [found] = answer(capsys, "app.shop:Store.find", "--lands")
    [group] = found["lands"]
    [end] = group["landings"]
    assert group["types"] == ["app.shop.Sold"]
    assert (end["kind"], end["line"], end["caught"], end["outcome"]) == ("handler", 17, ["Gone"], "fallback")
    assert [step["line"] for step in end["chain"]] == [12, 16]


def test_lands_can_be_asked_for_one_type(shop, capsys):
    [found] = answer(capsys, "app.shop:Store.find", "--lands", "--type", "KeyError")
    [group] = found["lands"]
    assert group["types"] == ["KeyError"]
    assert [end["kind"] for end in group["landings"]] == ["nobody"]


VENDOR = """
    import vendor.sdk
    from vendor.sdk import Client
    from app.store import load

    def order(key):
        return vendor.sdk.send(key, timeout=3)

    def plain(key):
        return vendor.sdk.send(key)

    def loaded(key):
        return load(key)
"""


@pytest.fixture
def vendor(shop):
    (shop / "app" / "orders.py").write_text(textwrap.dedent(VENDOR))
    (shop / "app" / "store.py").write_text("def load(key):\n    return {}[key]\n")
    rows = """
        [tool.broadcatch.raises]
        "vendor.sdk.send" = [
            "vendor.errors.Refused",
            {type = "vendor.errors.Late", transient = true, because = "no answer", when = ["given:timeout"]},
        ]
        "app.store.load" = ["LookupError"]
    """
    (shop / "pyproject.toml").write_text(textwrap.dedent(rows))
    return shop


def test_rows_of_the_configuration_say_what_a_foreign_callable_raises(vendor, capsys):
    (told,) = answer(capsys, "app.orders:order")
    refused, late = (one for one in told["raises"] if not one["programming"])
    assert (refused["type"], refused["transient"]) == ("vendor.errors.Refused", False)
    assert (late["type"], late["transient"]) == ("vendor.errors.Late", True)
    assert "no answer" in str(late["evidence"])
    assert told["closed"] is True


def test_a_condition_of_such_a_row_reads_the_arguments(vendor, capsys):
    (told,) = answer(capsys, "app.orders:plain")
    assert types(told) == ["vendor.errors.Refused"]


def test_such_a_row_stands_in_place_of_the_source_of_a_function(vendor, capsys):
    (told,) = answer(capsys, "app.orders:loaded")
    assert types(told) == ["LookupError"]


def test_a_callable_without_rows_is_known_to_raise_nothing(vendor, capsys):
    (vendor / "pyproject.toml").write_text('[tool.broadcatch.raises]\n"vendor.sdk.*" = []\n')
    (told,) = answer(capsys, "app.orders:order")
    assert (types(told), told["closed"]) == ([], True)


def test_a_wrong_row_is_refused_in_one_line_that_names_file_and_key(vendor, capsys):
    (vendor / "pyproject.toml").write_text('[tool.broadcatch.raises]\n"vendor.sdk.send" = ["Timeouterror"]\n')
    told = refusal(capsys, "app.orders:order")
    assert told.startswith(
        'pyproject.toml: tool.broadcatch.raises.vendor.sdk.send[0]: "Timeouterror" is no exc'
    )
    assert told.endswith('did you mean "TimeoutError"?')
