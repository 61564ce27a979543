"""A bare clause gets the class that it means, or that it should mean."""

from __future__ import annotations

from rewriting import bare, check_fixed, check_refused

from broadcatch.rewrite.values import BareWanted

BEFORE = "try: x()\nexcept:\n    undo()\n    raise\n"


def test_a_handler_that_raises_again_on_every_path_keeps_its_meaning() -> None:
    made = check_fixed(BEFORE, BEFORE.replace("except", "except BaseException"), bare(BEFORE, reraises=True))
    assert made.rewrites[0].safety == "safe"


def test_a_body_that_cleans_up_and_raises_again_never_catches_less() -> None:
    check_refused(BEFORE, bare(BEFORE, cleans_up=True), "must see cancellation")


def test_any_other_catches_exception_by_design_and_says_so() -> None:
    made = check_fixed(BEFORE, BEFORE.replace("except", "except Exception"), bare(BEFORE))
    assert made.rewrites[0].safety == "unsafe"
    assert "KeyboardInterrupt" in made.rewrites[0].reason


def test_a_proposal_comes_before_exception() -> None:
    after = BEFORE.replace("except", "except (KeyError, ValueError)")
    check_fixed(BEFORE, after, BareWanted(2, replacement="(KeyError, ValueError)"))


def test_behind_a_clause_for_exception_only_the_rest_is_left() -> None:
    before = "try: x()\nexcept Exception: pass\nexcept: pass\n"
    made = check_fixed(before, before.replace("except:", "except BaseException:"), BareWanted(3))
    assert made.rewrites[0].safety == "safe"


def test_a_clause_with_a_class_and_a_line_without_a_clause_are_refused() -> None:
    check_refused("try: x()\nexcept OSError: pass\n", BareWanted(2), "not bare")
    check_refused("x = 1\n", BareWanted(1), "no except clause")


def test_a_shadowed_builtin_is_refused() -> None:
    check_refused("class Exception: pass\ntry: x()\nexcept: pass\n", BareWanted(3), "shadowed")
