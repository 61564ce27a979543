"""`broadcatch doctor`: words in, exit code out."""

from __future__ import annotations

import json


def test_it_ends_with_zero_and_writes_only_where_it_is_told(call, api):
    code, out, err = call("doctor", "app")
    assert (code, err) == (0, "")
    assert out.startswith("Who reports what\n")
    assert api.asked["doctor"] == (("app",), False)
    call("doctor", "--write")
    assert api.asked["doctor"] == ((".",), True)


def test_it_speaks_json(call):
    assert json.loads(call("doctor", "--output-format", "json")[1])["ruff"]["mode"] == "own"
