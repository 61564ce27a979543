"""A broad class gives way to those that are meant, and only that text changes."""

from __future__ import annotations

import pytest
from rewriting import JSON, KEY, check_fixed, check_narrowed, check_not_narrowed, narrow, plan_of, raises

from broadcatch.model.raising import Proposal, Suggestion
from broadcatch.rewrite.values import NarrowWanted, Spelled, narrow_wanted

LINE = "try: x()\n{}\n    pass\n"


@pytest.mark.parametrize(
    ("before", "replacement", "after"),
    [
        ("except Exception:", "KeyError", "except KeyError:"),
        ("except Exception:", "(KeyError, ValueError)", "except (KeyError, ValueError):"),
        ("except Exception as e:", "(KeyError, ValueError)", "except (KeyError, ValueError) as e:"),
        ("except  Exception  as  e :  # why", "KeyError", "except  KeyError  as  e :  # why"),
        ("except(Exception):", "(KeyError, ValueError)", "except(KeyError, ValueError):"),
        ("except (Exception):", "KeyError", "except (KeyError):"),
        ("except builtins.Exception:", "KeyError", "except KeyError:"),
        ("except* Exception:", "(KeyError, ValueError)", "except* (KeyError, ValueError):"),
        ("except (OSError, Exception, IndexError):", "KeyError", "except (OSError, KeyError, IndexError):"),
        ("except (OSError, Exception):", "(OSError, KeyError)", "except (OSError, KeyError):"),
        ("except (OSError, Exception):", "OSError", "except OSError:"),
        ("except(OSError, Exception):", "OSError", "except OSError:"),
        ("except (Exception, BaseException):", "KeyError", "except KeyError:"),
        ("except (OSError, Exception, BaseException):", "KeyError", "except (OSError, KeyError):"),
        ("except (*ERRORS, Exception):", "KeyError", "except (*ERRORS, KeyError):"),
        ("except (*ERRORS, Exception, BaseException):", "KeyError", "except (*ERRORS, KeyError):"),
        ("except (Exception,):", "KeyError", "except (KeyError,):"),
        ("except:", "(KeyError, ValueError)", "except (KeyError, ValueError):"),
    ],
)
def test_only_the_broad_class_is_replaced(before: str, replacement: str, after: str) -> None:
    check_narrowed(LINE.format(before), LINE.format(after), replacement)


def test_classes_that_an_earlier_clause_catches_are_not_named_again() -> None:
    check_narrowed(
        "try: x()\nexcept KeyError: pass\nexcept Exception: pass\n",
        "try: x()\nexcept KeyError: pass\nexcept ValueError: pass\n",
        "(KeyError, ValueError)",
    )


def test_nothing_is_left_to_catch_when_earlier_clauses_catch_it_all() -> None:
    source = "try: x()\nexcept KeyError: pass\nexcept Exception: pass\n"
    check_not_narrowed(source, "catch all of the replacement", "KeyError")


@pytest.mark.parametrize(
    ("before", "replacement", "reason"),
    [
        ("except Exception:", "(KeyError, Exception)", "broad itself"),
        ("except Exception:", "KeyError(", "no expression"),
        ("except Exception:", "f()", "no list of classes"),
        ("except Exception:", "ParseError", "not bound in this file"),
        ("except ((OSError, Exception), KeyError):", "KeyError", "nested tuple"),
        ("except (Exception,  # x\n  OSError, BaseException):", "KeyError", "comment"),
    ],
)
def test_a_clause_is_left_alone(before: str, replacement: str, reason: str) -> None:
    check_not_narrowed(LINE.format(before), reason, replacement)


def test_a_clause_without_a_broad_class_is_left_alone() -> None:
    made = plan_of("try: x()\nexcept ERRORS: pass\n", NarrowWanted(2, "KeyError"))
    assert "names no broad class" in made.refused[0].reason


def test_a_class_may_be_broad_by_configuration() -> None:
    source = "import pkg\ntry: x()\nexcept pkg.Error: pass\n"
    wanted = NarrowWanted(3, "pkg.NotFound", broad=("pkg.Error",))
    check_fixed(source, source.replace("pkg.Error", "pkg.NotFound"), wanted)


def test_a_shadowed_builtin_is_refused() -> None:
    source = "from requests import ConnectionError\n" + LINE.format("except Exception:")
    builtin = Spelled("ConnectionError", "ConnectionError")
    check_not_narrowed(source, "shadowed in line 1", "ConnectionError", [builtin])


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("def f(json):", "more than one meaning"),
        ("def f():\n  json = 1", "more than one meaning"),
        ("def f():\n  global json", "global or nonlocal"),
        ("try:\n  import json\nexcept ImportError:\n  json = None\ndef f():", "more than one meaning"),
        ("if TYPE_CHECKING:\n  import json\ndef f():", "type checking"),
    ],
)
def test_a_name_with_another_meaning_is_refused(head: str, reason: str) -> None:
    source = head + "\n  try: x()\n  except Exception: pass\n"
    check_not_narrowed(source, reason, "json.JSONDecodeError")


def test_a_name_imported_inside_the_try_itself_is_refused() -> None:
    source = "def f():\n    try:\n        import json\n    except Exception: pass\n"
    check_not_narrowed(source, "not bound before the try", "json.JSONDecodeError")


def test_a_name_imported_earlier_in_the_function_is_used() -> None:
    source = "def f():\n    import json\n    try: x()\n    except Exception: pass\n"
    check_narrowed(
        source, source.replace("Exception", "json.JSONDecodeError"), "json.JSONDecodeError", [JSON]
    )


def test_narrow_and_chain_meet_in_one_clause() -> None:
    before = "def f():\n    try: x()\n    except Exception:\n        raise OrderError\n"
    after = "def f():\n    try: x()\n    except KeyError as exc:\n        raise OrderError from exc\n"
    made = check_fixed(before, after, narrow(before, "KeyError", [KEY]), *raises(before))
    assert [(one.kind, one.safety) for one in made.rewrites] == [("narrow", "unsafe"), ("chain", "safe")]


def test_a_suggestion_becomes_a_target_with_its_imports() -> None:
    proposal = Proposal("json.decoder.JSONDecodeError", "json.JSONDecodeError", "high", False, (), "json")
    one = Suggestion("a.py", 7, "f", ("Exception",), True, (), (proposal,), (), "json.JSONDecodeError")
    made = narrow_wanted(one, "safe", "closed")
    assert made == NarrowWanted(7, "json.JSONDecodeError", (JSON,), "safe", "closed")


def test_a_suggestion_without_a_replacement_is_no_target() -> None:
    assert narrow_wanted(Suggestion("a.py", 7, "f", (), False, (), (), (), None), "unsafe", "") is None
