"""Which clauses say what went wrong in the project's words, and which causes do they tell apart?"""

from __future__ import annotations

import sys

import pytest
from wishing import Names, case_of

from broadcatch.config.options import Translation
from broadcatch.mend.wishes.translations import wishes
from broadcatch.rewrite.structural import TranslateWanted
from tests.samples import suggestion

LOSSY = """\
import lib

def order(client):
    try:
        return client.place()
    except Exception:
        raise ValueError("no order")
"""
HIDES = LOSSY.replace('raise ValueError("no order")', "return None")
ERROR = Translation("lib.Error", "app.errors.Broken")
TOKEN = Translation("lib.TokenError", "app.errors.Denied")
BUSY = Translation("lib.Error", "app.errors.Busy", when="exc.code == 429")
BOTH = suggestion(possible=("lib.TokenError", "lib.Error"), unresolved=())


def asked(text: str = LOSSY, *rows: Translation, known=BOTH, names=None) -> list[TranslateWanted]:
    return list(wishes(case_of(text, known, rows, names)))


def clauses(wanted: TranslateWanted) -> list[tuple[list[str], list[tuple[str, str]]]]:
    """What each clause catches, and its targets with their conditions."""
    return [
        (
            [name.spelling for name in one.caught],
            [(turned.to.spelling if turned.to else "raise", turned.when) for turned in one.turned],
        )
        for one in wanted.causes
    ]


def test_without_a_mapping_nothing_is_translated() -> None:
    assert asked() == []


def test_a_lossy_translation_becomes_a_clause_a_cause_with_subclasses_first() -> None:
    [one] = asked(LOSSY, ERROR, TOKEN)
    assert clauses(one) == [(["TokenError"], [("Denied", "")]), (["Error"], [("Broken", "")])]
    assert (one.line, one.gone, one.flaw) == (6, ("ValueError",), "")
    assert one.reason.startswith("callers meet Denied, Broken instead of ValueError; ")


def test_a_handler_that_hides_the_error_is_translated_too() -> None:
    [one] = asked(HIDES, ERROR)
    assert clauses(one) == [(["Error"], [("Broken", "")])]
    assert one.gone == ()


def test_a_condition_comes_before_what_the_class_becomes_without_it() -> None:
    [one] = asked(LOSSY, ERROR, BUSY)
    assert clauses(one) == [(["Error"], [("Busy", "exc.code == 429"), ("Broken", "")])]


def test_where_no_condition_holds_and_nothing_else_is_said_it_is_raised_again() -> None:
    [one] = asked(LOSSY, BUSY)
    assert clauses(one) == [(["Error"], [("Busy", "exc.code == 429"), ("raise", "")])]


def test_a_subclass_with_conditions_alone_becomes_at_last_what_its_base_becomes() -> None:
    late = Translation("lib.TokenError", "app.errors.Late", when="exc.expired")
    [one] = asked(LOSSY, late, ERROR)
    assert clauses(one)[0] == (["TokenError"], [("Late", "exc.expired"), ("Broken", "")])


def test_neighbours_that_become_the_same_share_a_clause() -> None:
    [one] = asked(LOSSY, ERROR, Translation("lib.TokenError", "app.errors.Broken"))
    assert clauses(one) == [(["TokenError", "Error"], [("Broken", "")])]


def test_what_cannot_arrive_is_not_translated() -> None:
    closed = suggestion(possible=("KeyError",), unresolved=(), closed=True)
    assert asked(LOSSY, ERROR, known=closed) == []


def test_what_an_open_answer_does_not_name_is_translated_where_its_library_is_at_work() -> None:
    other = Translation("lib.other.Lost", "app.errors.Lost")
    [one] = asked(LOSSY, other)
    assert clauses(one) == [(["Lost"], [("Lost", "")])]
    assert asked(LOSSY, Translation("wire.Lost", "app.errors.Lost")) == []


def test_what_a_clause_before_it_catches_is_left_to_that() -> None:
    text = LOSSY.replace("    except Exception", "    except lib.Error:\n        raise\n    except Exception")
    assert [clauses(one) for one in asked(text, ERROR, TOKEN)] == [[(["TokenError"], [("Denied", "")])]]


def test_a_clause_that_a_split_left_behind_is_no_ones_to_translate() -> None:
    assert asked(LOSSY.replace("Exception:", "Exception:  # broadcatch: residual"), ERROR) == []


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 has no except*")
def test_an_except_star_is_left_alone() -> None:
    assert asked(HIDES.replace("return None", "pass").replace("except ", "except* "), ERROR) == []


def test_a_class_that_the_project_lacks_is_a_flaw_that_names_the_command() -> None:
    [one] = asked(LOSSY, ERROR, names=Names(missing=("app.errors.Broken",)))
    assert "no Broken in app.errors yet" in one.flaw
    assert "--scaffold-exceptions app/errors.py" in one.flaw


def test_a_class_that_takes_more_than_a_text_needs_its_arguments() -> None:
    odd = Names(odd=("app.errors.Broken",))
    [one] = asked(LOSSY, ERROR, names=odd)
    assert "needs `arguments`" in one.flaw
    [one] = asked(LOSSY, Translation("lib.Error", "app.errors.Broken", arguments="exc.code"), names=odd)
    assert (one.flaw, one.causes[0].turned[0].arguments) == ("", "exc.code")
