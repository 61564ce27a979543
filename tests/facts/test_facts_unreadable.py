"""What cannot be read is an error with a line, and nothing else escapes."""

from __future__ import annotations

import pytest

from broadcatch.facts.read import UnreadableError, read_facts


@pytest.mark.parametrize(
    ("code", "line"),
    [("try:\n    a(\nexcept Exception:\n", None), ("x = 1\nprint 'x'\n", 2), ("def f(:\n    pass\n", None)],
)
def test_wrong_syntax_is_named_with_its_line(code: str, line: int | None) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_facts(code, "m.py")
    assert caught.value.line is not None
    assert line is None or caught.value.line == line


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    x = " + "+".join(["a"] * 1500) + "\nexcept Exception:\n    pass\n",
        "try:\n    x = a" + ".b()" * 600 + "\nexcept Exception:\n    pass\n",
        "x = '\ud800'\ntry:\n    a()\nexcept Exception:\n    pass\n",
        "try:\n    a()\nexcept Exception:\n    pass\n\x00",
    ],
    ids=["long sum", "long chain", "lone surrogate", "null"],
)
def test_what_is_too_deep_or_no_text_is_unreadable_or_read(code: str) -> None:
    try:
        facts = read_facts(code, "m.py")
    except UnreadableError as error:
        assert str(error)
    else:
        assert facts.handlers


def test_what_is_wrong_behind_syntax_newer_than_this_python_is_named_by_its_own_line() -> None:
    newer = "x = t'{y}'\n"  # 3.14
    with pytest.raises(UnreadableError) as caught:
        read_facts(newer + "a = 1\nb = 2\ntry:\n    f()\nexcept ((:\n    pass\n", "m.py")
    assert caught.value.line is not None and caught.value.line >= 6


def test_the_words_are_those_of_python() -> None:
    with pytest.raises(UnreadableError, match="Missing parentheses") as caught:
        read_facts("try:\n    print 'x'\nexcept: pass\n", "m.py")
    assert caught.value.line == 2
