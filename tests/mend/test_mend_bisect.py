"""What is kept passes; what is dropped is all the rest, and none of it could be added."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadcatch.mend.bisect import keep_passing


class Command:
    """A command that fails with each bad change, and with each bad set of changes when all of it is there."""

    def __init__(self, bad):
        self.bad = [frozenset(one) for one in bad]
        self.asked = []

    def __call__(self, items):
        self.asked.append(frozenset(items))
        broken = [one for one in self.bad if one <= set(items)]
        return f"broken by {sorted(broken[0])}" if broken else None


def groups(sizes):
    numbers = iter(range(sum(sizes)))
    return [[next(numbers) for _ in range(size)] for size in sizes]


@st.composite
def changes(draw):
    files = groups(draw(st.lists(st.integers(0, 5), max_size=8)))
    everything = [one for group in files for one in group]
    if not everything:
        return files, []
    some = st.lists(st.sampled_from(everything), min_size=1, max_size=3)
    return files, draw(st.lists(some, max_size=4))


@given(changes())
def test_kept_and_dropped_are_all_and_what_is_kept_is_as_much_as_can_be(given_):
    files, bad = given_
    command = Command(bad)
    found = keep_passing(files, command, 10_000)
    dropped = [item for item, _ in found.dropped]
    everything = [one for group in files for one in group]
    assert sorted([*found.kept, *dropped]) == everything
    assert found.undecided == ()
    assert Command(bad)(found.kept) is None
    assert all(Command(bad)([*found.kept, one]) is not None for one in dropped)


@given(changes())
def test_no_set_is_tried_twice_and_few_are_tried(given_):
    files, bad = given_
    command = Command(bad)
    found = keep_passing(files, command, 10_000)
    assert len(command.asked) == len(set(command.asked))
    size = sum(map(len, files))
    steps = (len(files).bit_length() + size.bit_length()) * 2
    assert len(command.asked) <= 1 + len(found.dropped) * steps


@given(changes(), st.integers(0, 12))
def test_a_limit_is_kept_and_what_was_not_tried_is_left_out(given_, limit):
    files, bad = given_
    command = Command(bad)
    found = keep_passing(files, command, limit)
    everything = [one for group in files for one in group]
    assert len(command.asked) <= limit
    assert Command(bad)(found.kept) is None
    dropped = [item for item, _ in found.dropped]
    assert sorted([*found.kept, *dropped, *found.undecided]) == everything


def test_if_all_pass_together_the_command_runs_once():
    command = Command([])
    assert keep_passing(groups([3, 2]), command, 9).kept == (0, 1, 2, 3, 4)
    assert len(command.asked) == 1


def test_of_two_that_fail_only_together_one_is_dropped_with_what_was_said():
    found = keep_passing(groups([2, 2]), Command([(0, 3)]), 99)
    assert found.kept == (0, 1, 2)
    assert found.dropped == ((3, "broken by [0, 3]"),)


def test_a_file_that_passes_whole_is_not_taken_apart():
    command = Command([(9,)])
    keep_passing([list(range(8)), [9]], command, 99)
    assert command.asked == [frozenset(range(8)) | {9}, frozenset(range(8))]
