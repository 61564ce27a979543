"""Which handler is which, after the code has moved, was reformatted, renamed and edited?"""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcatch.gate.matching import likeness, match, pair
from broadcatch.model.baseline import Entry
from tests.gate.remembering import entries, module, pieces

LOADS = """
def load(url):
    try:
        answer = session.get(url, timeout=3)
        rows = parse(answer.text, strict=True)
        cache.put(url, rows)
    except Exception as error:
        log.error("cannot load %s: %s", url, error)
        return None
"""
SAVES = """
def save(book):
    try:
        for order in book.orders:
            store.write(order.key, order.total)
    except Exception:
        pass
"""


@given(pieces)
def test_a_reformatted_module_keeps_every_identity_exactly(parts):
    code = module(parts)
    for one, other in zip(entries(code), entries(ast.unparse(ast.parse(code))), strict=True):
        assert one == other


@given(pieces, st.integers(0, 5))
def test_moved_lines_keep_every_identity_exactly(parts, lines):
    code = module(parts)
    assert entries("# a comment\n" * lines + code) == entries(code)


@given(pieces)
def test_edits_elsewhere_in_the_function_keep_every_identity_exactly(parts):
    code = module(parts)
    edited = code.replace("    y = 0\n", "    y = 1\n    prepare(b, p)\n").replace("(x, b,", "(x, c, b,")
    told = [(one.scope, one.text, one.words, one.ordinal) for one in entries(edited)]
    assert told == [(one.scope, one.text, one.words, one.ordinal) for one in entries(code)]


@given(pieces, st.sampled_from(["app/y.py", "lib/deep/x.py", "z.py"]))
def test_a_renamed_file_with_renamed_functions_keeps_all_handlers_in_their_order(parts, path):
    old, new = entries(module(parts)), entries(module(parts, "job"), path)
    assert pair(old, new) == tuple((index, index) for index in range(len(old)))


@given(pieces, pieces, pieces)
def test_nothing_is_paired_twice_and_everything_is_told_once(first, second, third):
    old = [*entries(module(first)), *entries(module(third), "app/z.py")]
    new = [*entries(module(second)), *entries(module(third, "other"), "app/q.py")]
    found = pair(old, new)
    assert len({one for one, _ in found}) == len({other for _, other in found}) == len(found)
    matched = match(old, new)
    assert len(matched.pairs) + len(matched.gone) == len(old)
    assert len(matched.pairs) + len(matched.added) == len(new)


@given(pieces, pieces)
def test_what_is_paired_is_so_from_either_side(first, second):
    old, new = entries(module(first)), entries(module(second))
    assert sorted((one, other) for other, one in pair(new, old)) == sorted(pair(old, new))


@given(pieces)
def test_a_module_is_paired_with_itself(parts):
    found = entries(module(parts))
    assert match(found, found).pairs == tuple((one, one) for one in found)


@given(pieces, st.permutations([0, 1, 2]))
def test_the_order_in_which_files_come_does_not_matter(parts, order):
    files = [entries(module(parts, name), f"app/{name}.py") for name in ("a", "b", "c")]
    old = [one for file in files for one in file]
    shuffled = [one for index in order for one in files[index]]
    assert set(match(shuffled, old).pairs) == {(one, one) for one in old}


def test_a_copy_of_a_handler_is_new():
    matched = match(entries(SAVES), entries(SAVES + SAVES.replace("save", "copy")))
    assert [one.scope for one in matched.added] == ["copy"]


def test_a_copy_in_another_file_is_new():
    matched = match(entries(SAVES), [*entries(SAVES, "a/first.py"), *entries(SAVES)])
    assert [one.path for one in matched.added] == ["a/first.py"]


def test_a_handler_that_took_the_place_of_another_file_is_not_that_one():
    matched = match(entries(LOADS), entries(SAVES, "app/y.py"))
    assert (matched.pairs, len(matched.gone), len(matched.added)) == ((), 1, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("timeout=3", "timeout=30"),
        ("log.error", "log.exception"),
        ("except Exception as error", "except BaseException as error"),
        ("        cache.put(url, rows)\n", "        cache.put(url, rows)\n        touch(url)\n"),
        ("def load", "def load_rows"),
        ("return None", "raise"),
    ],
)
def test_an_edited_handler_stays_itself(before, after):
    new = entries(LOADS.replace(before, after) + SAVES)
    matched = match(entries(LOADS + SAVES), new)
    assert (len(matched.pairs), matched.gone, matched.added) == (2, (), ())


def test_a_renamed_and_edited_function_is_recognised_in_its_file():
    new = LOADS.replace("def load", "def fetch").replace("timeout=3", "timeout=30")
    assert len(match(entries(LOADS), entries(new)).pairs) == 1


def test_an_edited_function_is_recognised_in_a_renamed_file():
    old = entries(LOADS + SAVES)
    new = entries(LOADS.replace("strict=True", "strict=False") + SAVES, "app/y.py")
    assert len(match(old, new).pairs) == 2


def test_git_may_know_of_a_rename():
    old = entries(LOADS)
    new = entries(LOADS.replace("session.get(url, timeout=3)", "client.read(url)"), "app/y.py")
    new = [replace(one, words=new[0].words[:16] + 16 * ".") for one in new]
    assert not match(old, new).pairs
    assert match(old, new, {"app/x.py": "app/y.py"}).pairs


def test_many_equal_handlers_are_paired_in_time_and_in_order():
    old = [Entry(f"a{n}.py", "f", "except Exception", "same", "f" * 32, n) for n in range(3000)]
    new = [replace(one, path="b" + one.path) for one in old]
    assert len(match(old, new).pairs) == 3000


def test_likeness_is_that_of_the_bags():
    assert likeness("ab..", "ab..") == 1.0
    assert likeness("ab..", "..cd") == 0.0
    assert 0.4 < likeness("abcd", "abff") < 0.6
    assert likeness("", "") == likeness("ab", "abc") == likeness("..", "..") == 0.0
