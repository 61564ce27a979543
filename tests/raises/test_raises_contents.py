"""What was tested or put in just before cannot be missing: keys, elements, groups; and when it can."""

from __future__ import annotations

import textwrap

import pytest
from engines import engine_of, found_in, of


def types_of(folder, body: str, head: str = "d: dict[str, dict], k: str, xs: list[int]") -> set[str]:
    inside = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    return of(engine_of(folder, app=f"import re\nimport json\ndef f({head}):\n{inside}\n"))[0]


HELD = {
    "a test around it": "if k in d:\n    return d[k]",
    "a test that leaves": "if k not in d:\n    return None\nreturn d[k]",
    "a test of a part": "if k in d and len(xs) > 9:\n    return d[k]",
    "the other branch": "if k not in d:\n    x = 1\nelse:\n    return d[k]",
    "in one expression": "return d[k] if k in d else None",
    "behind and": "return k in d and d[k]",
    "behind or": "return k not in d or d[k]",
    "an assertion": "assert k in d\nreturn d[k]",
    "what get gave": "if d.get(k):\n    return d[k]",
    "get is not None": "if d.get(k) is not None:\n    return d[k]",
    "get is None": "if d.get(k) is None:\n    return\nreturn d[k]",
    "get equals": "if d.get(k) == 'a':\n    return d[k]",
    "get of get": "if d.get(k, {}).get('a'):\n    return d[k]['a']",
    "a variable with what get gave": "v = d.get(k)\nif not v:\n    return\nreturn d[k]",
    "it was set": "d[k] = {}\nreturn d[k]",
    "a default was set": "d.setdefault(k, {})\nreturn d[k]",
    "it was set where missing": "if k not in d:\n    d[k] = {}\nreturn d[k]",
    "a loop over the keys": "for k in d:\n    d[k]",
    "a loop over keys in order": "for k in sorted(d):\n    d[k]",
    "a loop over items": "for k, v in d.items():\n    d[k]",
    "in a comprehension": "return [d[k] for k in d]",
    "tested in a comprehension": "return {k: d[k] for k in xs if k in d}",
    "deleting in a loop over a copy": "for x in xs:\n    if x in d:\n        del d[x]",
    "popping": "if k in d:\n    d.pop(k)",
    "adding up": "if k not in d:\n    d[k] = 0\nd[k] += 1",
    "a walrus": "if (v := d.get(k)) is not None:\n    return d[k]",
    "read in between": "if k in d:\n    print(len(d), d.get(k))\n    return d[k]",
    "put in in between": "if k in d:\n    d['other'] = 1\n    return d[k]",
    "a call that does not see it": "if k in d:\n    helper(k)\n    return d[k]",
}


@pytest.mark.parametrize("body", HELD.values(), ids=HELD)
def test_a_key_that_was_tested_or_put_in_is_there(tmp_path, body):
    assert "KeyError" not in types_of(tmp_path, body)


LOST = {
    "another key": "if 'a' in d:\n    return d[k]",
    "another container": "if k in xs:\n    return d[k]",
    "either of two": "if k in d or xs:\n    return d[k]",
    "the other way round": "if k not in d:\n    return d[k]",
    "the key was bound again": "if k in d:\n    k = 'b'\n    return d[k]",
    "the container was bound again": "if k in d:\n    d = json.loads(k)\n    return d[k]",
    "it was taken out": "if k in d:\n    d.pop(k)\n    return d[k]",
    "it was deleted": "if k in d:\n    del d[k]\n    return d[k]",
    "it was emptied": "if k in d:\n    d.clear()\n    return d[k]",
    "it was handed on": "if k in d:\n    helper(d)\n    return d[k]",
    "it has another name": "if k in d:\n    e = d\n    e.clear()\n    return d[k]",
    "taken out later in the loop": "if k in d:\n    for x in xs:\n        d[k]\n        d.pop(k)",
    "tested before the loop that binds": "if k in d:\n    for k in xs:\n        d[k]",
    "a test that does not leave": "if k not in d:\n    print(k)\nreturn d[k]",
    "only one branch sets it": "if xs:\n    d[k] = {}\nreturn d[k]",
    "a default that is true": "if d.get(k, 1):\n    return d[k]",
    "a default that is something": "if d.get(k, {}) is not None:\n    return d[k]",
    "taken out in the value": "d['a'] = d.pop(k) if k in d else d[k]",
    "a generator runs later": "if k in d:\n    return (d[k] for x in xs)",
    "a function inside takes it out": "def g():\n    d.clear()\nif k in d:\n    g()\n    return d[k]",
    "the variable was bound again": "v = d.get(k)\nv = 1\nif v:\n    return d[k]",
    "taken out since the variable": "v = d.get(k)\nd.clear()\nif v:\n    return d[k]",
    "in the handler of the test": "try:\n    assert k in d\n    helper(k)\nexcept OSError:\n    return d[k]",
    "deleted in a suite with it": "for x in xs:\n    if k in d:\n        d.pop(k)\n    d[k]",
}


@pytest.mark.parametrize("body", LOST.values(), ids=LOST)
def test_a_key_that_may_be_gone_may_be_missing(tmp_path, body):
    assert "KeyError" in types_of(tmp_path, body)


def test_others_may_take_it_out_while_one_waits(tmp_path):
    waiting = (
        "async def f(d: dict[str, int], k: str):\n    if k in d:\n        await g()\n        return d[k]\n"
    )
    engine = engine_of(tmp_path, app=waiting + "async def g(): pass\n")
    assert "KeyError" in of(engine)[0]


@pytest.mark.parametrize(
    ("between", "missing"), [("", False), ("self.drop()", True), ("print(k)", False), ("k.strip()", False)]
)
def test_of_an_attribute_any_call_may_take(tmp_path, between, missing):
    text = f"""
        class Box:
            def __init__(self):
                self.d: dict[str, int] = {{}}
            def drop(self):
                self.d.clear()
            def f(self, k: str):
                if k in self.d:
                    {between or "pass"}
                    return self.d[k]
    """
    assert ("KeyError" in of(engine_of(tmp_path, app=text), "Box.f")[0]) is missing


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("if xs:\n    return xs[0]", False),
        ("if not xs:\n    return\nreturn xs[-1]", False),
        ("if len(xs) > 1:\n    return xs[1]", False),
        ("if len(xs) > 1:\n    return xs[2]", True),
        ("if 2 <= len(xs):\n    return xs[-2]", False),
        ("if len(xs) < 2:\n    return\nreturn xs[1]", False),
        ("if len(xs) == 0:\n    return\nreturn xs[0]", False),
        ("if xs:\n    return xs[1]", True),
        ("if xs:\n    xs.pop()\n    return xs[0]", True),
        ("while xs:\n    xs.pop()", False),
        ("while xs:\n    xs.pop()\n    xs.pop()", True),
        ("xs.append(1)\nreturn xs[-1]", False),
        ("ys = [1, 2]\nreturn ys[1]", False),
        ("ys = [1, 2]\nys.clear()\nreturn ys[1]", True),
        ("ys = xs or [1]\nreturn ys[0]", False),
        ("return k.split(',')[0]", False),
        ("return k.split(',')[-1]", False),
        ("return k.split()[0]", True),
        ("return k.split(',')[1]", True),
        ("if ',' in k:\n    return k.split(',')[1]", False),
        ("for i in range(len(xs)):\n    xs[i]", False),
        ("for i in range(len(xs)):\n    xs[i]\n    xs.pop()", True),
        ("for i, x in enumerate(xs):\n    xs[i]", False),
        ("for i in range(9):\n    xs[i]", True),
        ("pair = (1, 2)\nreturn pair[1]", False),
        ("if xs[1:]:\n    return xs[1]", False),
        ("if xs[1:]:\n    return xs[2]", True),
        ("ys = k.split(',')\nreturn int(ys[1]) if ys[1:] else None", False),
        ("if xs[:1]:\n    return xs[0]", False),
        ("if xs[-1:]:\n    return xs[1]", True),
    ],
)
def test_an_index_that_surely_is_there(tmp_path, body, missing):
    assert ("IndexError" in types_of(tmp_path, body)) is missing


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("if len(xs) == 2:\n    a, b = xs", False),
        ("if len(xs) != 2:\n    return\na, b = xs", False),
        ("if len(xs) > 1:\n    a, b = xs", True),
        ("if len(xs) == 2:\n    xs.append(1)\n    a, b = xs", True),
        ("if ':' in k:\n    a, b = k.split(':', 1)", False),
        ("if ':' in k:\n    a, b = k.split(':')", True),
        ("a, b = k.split(':', 1)", True),
        ("t = k.encode()\nif b':' in t:\n    a, b = t.split(b':', 1)", False),
        ("t = k.encode()\nif b';' in t:\n    a, b = t.split(b':', 1)", True),
        ("if xs:\n    min(xs)", False),
        ("min(xs)", True),
        ("if k in d:\n    xs.remove(k)", True),
        ("if k in xs:\n    xs.remove(k)", False),
        ("for x in xs:\n    xs.remove(x)\n    break", False),
        ("xs[0] = 1\nxs.remove(0)", True),
    ],
)
def test_what_needs_elements_and_has_them(tmp_path, body, fails):
    assert ("ValueError" in types_of(tmp_path, body)) is fails


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("m = re.match(r'(a)(b)', k)\nif m:\n    m.group(2)", False),
        ("m = re.match(r'(a)(b)', k)\nif m:\n    m.group(3)", True),
        ("m = re.match(r'(?P<x>a)', k)\nif m:\n    m.group('x')", False),
        ("m = re.match(r'(?P<x>a)', k)\nif m:\n    m['y']", True),
        ("m = PATTERN.search(k)\nif m:\n    m.group(1)", False),
        ("m = PATTERN.search(k)\nif m:\n    m[1]", False),
        ("for m in PATTERN.finditer(k):\n    m.group(1)", False),
        ("if m := PATTERN.search(k):\n    m.group(2)", True),
        ("m = re.match(k, k)\nif m:\n    m.group(2)", True),
    ],
)
def test_groups_are_those_of_the_pattern(tmp_path, body, missing):
    inside = textwrap.indent(body, "    ")
    engine = engine_of(tmp_path, app=f"import re\nPATTERN = re.compile('(a)')\ndef f(k: str):\n{inside}\n")
    assert ("IndexError" in of(engine)[0]) is missing


def test_a_container_of_the_project_is_taken_at_its_word(tmp_path):
    text = """
        class Headers:
            def __contains__(self, name): return True
            def __getitem__(self, name): raise KeyError(name)
        def f(headers: Headers):
            {}
    """
    asked = "if 'a' in headers: return headers['a']"
    assert of(engine_of(tmp_path, app=text.format(asked))) == (set(), True)
    assert of(engine_of(tmp_path, app=text.format("return headers['a']"))) == ({"KeyError"}, True)


@pytest.mark.parametrize(
    ("key", "types"), [("'url'", set()), ("'text'", {"KeyError"}), ("'name'", {"KeyError"})]
)
def test_a_typed_dict_has_the_keys_that_it_requires(tmp_path, key, types):
    text = f"""
        from typing import NotRequired, TypedDict
        class Params(TypedDict):
            url: str
            text: NotRequired[str]
        class More(Params, total=False):
            name: str
        def f(params: More):
            return params[{key}]
    """
    assert of(engine_of(tmp_path, app=text))[0] == types


def test_asking_the_environment_for_a_variable_raises_nothing(tmp_path):
    text = "import os\ndef f(k: str):\n    if k in os.environ:\n        return os.environ[k]\n"
    assert of(engine_of(tmp_path, app=text)) == (set(), True)


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("if hasattr(x, 'a'):\n    return x.a", False),
        ("if hasattr(x, 'a'):\n    return getattr(x, 'a')", False),
        ("if hasattr(x, k):\n    return getattr(x, k)", False),
        ("return hasattr(x, 'a') and x.a", False),
        ("if hasattr(x, 'b'):\n    return x.a", True),
        ("if not hasattr(x, 'a'):\n    return x.a", True),
        ("if hasattr(x, 'a'):\n    x = k\n    return getattr(x, 'a')", True),
    ],
)
def test_an_attribute_that_was_asked_for_is_there(tmp_path, body, missing):
    inside = textwrap.indent(body, "    ")
    found = found_in(engine_of(tmp_path, app=f"def f(x, k: str):\n{inside}\n")).raised
    assert ("AttributeError" in {one.type for one in found}) is missing


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("return json.dumps({'a': k})", False),
        ("v = [k]\nreturn json.dumps(v)", False),
        ("return json.dumps({'a': k}, allow_nan=False)", True),
        ("return json.dumps(d)", True),
    ],
)
def test_what_is_made_in_sight_does_not_contain_itself(tmp_path, body, fails):
    assert ("ValueError" in types_of(tmp_path, body)) is fails
