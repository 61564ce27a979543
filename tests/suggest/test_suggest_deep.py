"""Does a long chain of functions, each of which returns what the next one does, get an answer?"""

from __future__ import annotations

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest

LONG = 150
"""So many functions would need several times the frames that Python allows by itself."""


def test_what_comes_through_a_hundred_and_fifty_functions_is_typed(tmp_path):
    steps = [f"def f{n}(x):\n    y = f{n + 1}(x)\n    return y\n" for n in range(LONG)]
    last = f"def f{LONG}(x):\n    return {{}}\n"
    body = "def main(x):\n    try:\n        return f0(x)['key']\n    except Exception:\n        return None\n"
    source = "".join([*steps, last, body])
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    line = source[: source.index("except Exception")].count("\n") + 1
    found = suggest(Engine(Project(tmp_path, find_environment("", tmp_path))), "app.py", line, ("Exception",))
    assert "KeyError" in found.possible


def test_a_word_of_the_language_in_a_raises_section_is_no_class(tmp_path):
    source = (
        'def price(row):\n    """A price.\n\n    Raises:\n        if: never\n'
        '        KeyError: no price\n    """\n'
        "    return unknown(row)\n\ndef main(row):\n    try:\n        return price(row)\n"
        "    except Exception:\n        return None\n"
    )
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    found = suggest(Engine(Project(tmp_path, find_environment("", tmp_path))), "app.py", 13, ("Exception",))
    assert "KeyError" in found.possible
