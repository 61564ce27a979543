"""The driver that fixes masked clauses reads the clause that it masked, and no other of the same `try`."""

from __future__ import annotations

import pytest

from benchmarks.masked_fixes import Place, caught, holds, place

MASKED = """\
try:
    go()
except OSError:
    one()
except Exception:
    two()
except ValueError:
    three()
"""


@pytest.mark.parametrize(("line", "at"), [(3, Place(0, 0, 2)), (5, Place(0, 1, 1)), (7, Place(0, 2, 0))])
def test_a_clause_is_known_by_its_row(line, at):
    assert place(MASKED, line) == at


def test_a_row_without_a_clause_is_an_error():
    with pytest.raises(ValueError, match="no clause in row 4"):
        place(MASKED, 4)


@pytest.mark.parametrize(
    ("written", "types"),
    [
        ("except KeyError:\n    two()\n", {"KeyError"}),
        ("except (KeyError, LookupError):\n    two()\n", {"KeyError", "LookupError"}),
        ("except KeyError:\n    two()\nexcept Exception:\n    raise\n", {"KeyError", "Exception"}),
        ("", set()),
    ],
)
def test_what_came_in_the_place_of_a_clause_is_read_and_not_its_neighbours(tmp_path, written, types):
    file = tmp_path / "app.py"
    file.write_text(MASKED.replace("except Exception:\n    two()\n", written))
    assert caught(file, place(MASKED, 5))[0] == types


def test_a_clause_holds_a_class_by_its_name_or_by_a_base_that_says_something():
    wanted = [{"fq": "KeyError", "ancestors": ["LookupError", "Exception"]}]
    assert holds({"LookupError"}, wanted)
    assert holds({"KeyError", "OSError"}, wanted)
    assert not holds({"Exception"}, wanted)
    assert not holds({"OSError"}, wanted)
