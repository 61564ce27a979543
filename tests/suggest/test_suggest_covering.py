"""Does a clause name the errors of the calls that are open, and all that is expected?"""

from __future__ import annotations

from broadcatch.model.raising import Evidence, Raised, RaiseSet, Step, Unknown
from broadcatch.program.classes import Hierarchy
from broadcatch.program.project import Project
from broadcatch.suggest.covering import everything, is_own, uncovered, whole
from broadcatch.suggest.ranking import Candidate

DEEP = "`x.y` (m.py:3): method of `x`, whose type is not known"


def raised(type_, *via, kind="raise", usual=True, line=1):
    steps = tuple(Step(one, "m.py", 1) for one in via)
    return Raised(type_, line, Evidence(kind, "m.py", 9, f"raise {type_}", steps), usual=usual)


def hierarchy(tmp_path):
    known = Hierarchy(Project(tmp_path))
    known.declare("db.Error", ("Exception",))
    for name in ("db.Lost", "db.Twice"):
        known.declare(name, ("db.Error",))
    return known


def test_an_open_call_is_covered_by_what_comes_out_of_it(tmp_path):
    known = hierarchy(tmp_path)
    reached = RaiseSet((raised("db.Lost", "store.put"),), (Unknown(1, "store.put", DEEP),))
    assert uncovered(reached, ["db.Error"], known) == ()
    assert uncovered(reached, ["ValueError"], known) == ("store.put",)


def test_what_any_small_step_raises_covers_nothing(tmp_path):
    reached = RaiseSet((raised("KeyError", "store.put"),), (Unknown(1, "store.put", DEEP),))
    assert uncovered(reached, ["KeyError"], hierarchy(tmp_path)) == ("store.put",)


def test_a_subscript_of_unknown_type_is_no_call(tmp_path):
    reached = RaiseSet((), (Unknown(1, "row['x']", "subscript of a value of unknown type"),))
    assert uncovered(reached, ["ValueError"], hierarchy(tmp_path)) == ()


def test_what_only_the_body_raises_is_its_own(tmp_path):
    known = hierarchy(tmp_path)
    assert is_own(RaiseSet((raised("ValueError"),)), ["ValueError"], known)
    assert not is_own(RaiseSet((raised("ValueError", "parse"),)), ["ValueError"], known)


def test_what_is_expected_joins_the_clause_and_a_library_becomes_one_class(tmp_path):
    known = hierarchy(tmp_path)
    reached = RaiseSet((raised("db.Lost", "put"), raised("db.Twice", "put"), raised("OSError", "put")))
    clause = [Candidate("db.Lost", 0.5, False, ())]
    found = whole(clause, clause, reached, known, (), "app")
    assert [one.type for one in found] == ["OSError", "db.Error"]
    assert whole(found, found, reached, known, (), "app") == []


def test_of_a_library_at_work_the_merely_possible_counts_too(tmp_path):
    known = hierarchy(tmp_path)
    far = [
        raised("db.Twice", *"abcde", usual=False),
        raised("ValueError", *"abcde"),
        raised("OSError", *"abcde"),
    ]
    assert everything(["db.Lost"], RaiseSet(tuple(far)), known, "app") == ("OSError", "db.Error")
