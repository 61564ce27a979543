"""The mapping of exceptions is read with care: a wrong row names its file, its key and what is wrong."""

from __future__ import annotations

import pytest

from broadcatch.config.load import read_config
from broadcatch.config.options import Translation
from broadcatch.errors import ConfigError


def read(tmp_path, row):
    path = tmp_path / "broadcatch.toml"
    path.write_text(f"translate = [{{ {row} }}]\n")
    return read_config(path)


def test_a_row_says_what_becomes_what_and_when(tmp_path):
    row = 'from = "lib.Failed", to = "app.errors.Broken", when = "exc.code == 429", arguments = "exc, code=1"'
    assert read(tmp_path, row) == {
        "translate": (Translation("lib.Failed", "app.errors.Broken", "exc.code == 429", "exc, code=1"),)
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('from = "lib.Failed"', '"from" and "to" are needed'),
        ('to = "app.Broken"', '"from" and "to" are needed'),
        ('from = "lib.Failed", to = "Broken"', "no exception of Python"),
        (
            'from = "lib.Failed", to = "app.Broken", when = "exc.code =="',
            '"when" is not an expression: exc.code ==',
        ),
        ('from = "lib.Failed", to = "app.Broken", when = "error.code"', '"when" speaks of "error"'),
        (
            'from = "lib.Failed", to = "app.Broken", arguments = "exc)("',
            '"arguments" is not arguments of a call',
        ),
        (
            'from = "lib.Failed", to = "app.Broken", form = "x"',
            'translate[0].form: unknown key; did you mean "from"',
        ),
        ('from = "lib.Failed", to = "app Broken"', "translate[0].to: "),
    ],
)
def test_a_wrong_row_is_named(tmp_path, row, reason):
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, row)
    assert "broadcatch.toml: translate[0]" in str(raised.value)
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)


def test_words_of_python_may_be_used(tmp_path):
    read(tmp_path, 'from = "l.F", to = "KeyError", when = "any(str(one) for one in exc.args)"')
