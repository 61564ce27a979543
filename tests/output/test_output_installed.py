"""How files of installed packages are named to people."""

from __future__ import annotations

import pytest

from broadcatch.output.installed import brief


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("../env/lib/python3.11/site-packages/jose/jwt.py", "jose/jwt.py"),
        ("/usr/lib/python3/dist-packages/jose.py", "jose.py"),
        ("/usr/lib/python3.12/json/decoder.py", "json/decoder.py"),
        ("app/lib/python/a.py", "app/lib/python/a.py"),
        ("`s.count` (/e/lib/python3.11/site-packages/a.py:3): open", "`s.count` (a.py:3): open"),
    ],
)
def test_an_installed_file_is_named_as_python_looks_for_it(path, shown):
    assert brief(path) == shown
