"""Is what a value holds read from where it comes from? Rows, loops, fields, methods that give text."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest

HEAD = """
import json
import unknown
from django.db import models
from django import forms


class Note(models.Model):
    size = models.CharField(max_length=9)
    old = models.CharField(max_length=9, null=True)


class Form(forms.Form):
    size = forms.CharField()
    day = forms.DateField()


"""


@pytest.fixture
def told(tmp_path):
    """What is told of a function with this body, as (type, evidence)."""

    def answer(body: str, before: str = "pass", parameters: str = "x, keys") -> list[str]:
        source = f"{HEAD}def f({parameters}):\n    unknown.do()\n"
        source += textwrap.indent(textwrap.dedent(before).strip(), "    ")
        source += f"\n    try:\n{textwrap.indent(textwrap.dedent(body).strip(), ' ' * 8)}\n"
        source += "    except Exception:  # here\n        pass\n"
        line = source[: source.index("# here")].count("\n") + 1
        (tmp_path / "app.py").write_text(source, encoding="utf-8")
        found = suggest(
            Engine(Project(tmp_path, find_environment("", tmp_path))), "app.py", line, ("Exception",)
        )
        ways = ((one.type, why) for one in (*found.proposals, *found.also) for why in one.evidence)
        return sorted({f"{type_}: {why.detail}" for type_, why in ways if why.kind != "usage"})

    return answer


def types(found: list[str]) -> set[str]:
    return {one.partition(":")[0] for one in found}


@pytest.mark.parametrize(
    ("body", "before", "not_told", "before_body"),
    [
        ("y = row[0]", "row = x.fetchone()", {"KeyError", "IndexError"}, "row = x.take()"),
        ("y = row[1]", "row = x.fetchone()", {"KeyError", "IndexError"}, "row = x.take()"),
        ("for row in rows:\n    y = row[0]", "rows = x.fetchall()", {"IndexError"}, "rows = x.take()"),
        ("for k in keys:\n    y = d[k]", "d = {}\nfor k in keys:\n    d[k] = 1", {"KeyError"}, "d = x.d"),
        ("for k in keys:\n    y = d[k]", "d = {k: 1 for k in keys}", {"KeyError"}, "d = x.d"),
    ],
)
def test_a_key_or_place_that_the_maker_of_the_value_gave_is_there(told, body, before, not_told, before_body):
    assert types(told(body, before_body)) & not_told
    assert not types(told(body, before)) & not_told


@pytest.mark.parametrize(
    "before", ["for k in keys:\n    if k:\n        d[k] = 1", "for k in x:\n    d[k] = 1", "d = {1: 1}"]
)
def test_keys_that_only_some_turns_or_other_loops_set_may_be_missing(told, before):
    assert "KeyError" in types(told("for k in keys:\n    y = d[k]", f"d = {{}}\n{before}"))


@pytest.mark.parametrize(
    ("before", "is_told"),
    [
        ("more = x.more", True),
        ("more = [one for one in keys if one]", True),
        ("more = [one for one in keys]\nmore.append(1)", True),
        ("more = [one for one in keys]", False),
        ("more = list(x.map(len, keys))", False),
    ],
)
def test_what_was_made_from_a_list_element_by_element_is_as_long(told, before, is_told):
    found = told("pairs = list(zip(keys, more, strict=True))", before)
    assert ("ValueError: zip: the lengths differ" in found) is is_told


NEITHER = "the value is neither text"


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ("x", True),
        ("x.load()", True),
        ("x.read()", False),
        ("x.read(keys)", True),
        ("x.strftime('%d')", False),
    ],
)
def test_what_methods_that_give_text_give_is_text(told, given, is_told):
    assert any(NEITHER in one for one in told(f"json.loads({given})")) is is_told


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        ("note.old", True),
        ("note.size", False),
        ("form.cleaned_data['day']", True),
        ("form.cleaned_data['size']", False),
    ],
)
def test_a_field_that_holds_text_and_never_none_is_text(told, given, is_told):
    found = told(f"json.loads({given})", parameters="note: Note, form: Form")
    assert any(NEITHER in one for one in found) is is_told


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ("", ""),
        ("except FileNotFoundError:\n        pass", "; FileNotFoundError has a clause of its own"),
        (
            "except (FileNotFoundError, PermissionError):\n        pass",
            "; FileNotFoundError and PermissionError have clauses of their own",
        ),
    ],
)
def test_what_another_clause_takes_is_said(tmp_path, clauses, words):
    before = f"\n    {clauses}" if clauses else ""
    source = f"import os\n\ndef f(x):\n    try:\n        os.rename(x, 'y')\n        x.do(){before}\n"
    source += "    except Exception:  # here\n        pass\n"
    line = source[: source.index("# here")].count("\n") + 1
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    engine = Engine(Project(tmp_path, find_environment("", tmp_path)))
    found = suggest(engine, "app.py", line, ("Exception",))
    told = [why.detail for one in found.proposals for why in one.evidence if one.type == "OSError"]
    assert any(one.startswith("os.rename: ") and one.endswith(words) for one in told)
