# ruff: noqa: E501
"""What is caught: the classes that a clause names, through tuples, imports, aliases and constants."""

from __future__ import annotations

import sys

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts, read_whole, split_lines
from broadcatch.judge.verdict import judge
from tests.judging import EVERYTHING, handlers_of

AT_MODULE_LEVEL = [
    ("", "except:", [], True),
    ("", "except Exception:", ["builtins.Exception"], True),
    ("", "except BaseException:", ["builtins.BaseException"], True),
    ("", "except ValueError:", ["builtins.ValueError"], False),
    ("", "except (OSError, Exception):", ["builtins.OSError", "builtins.Exception"], True),
    ("", "except (OSError, (KeyError, Exception)):", ["builtins.OSError", "builtins.KeyError", "builtins.Exception"], True),
    ("", "except (Exception):", ["builtins.Exception"], True),
    ("", "except ():", [], False),
    ("import builtins", "except builtins.Exception:", ["builtins.Exception"], True),
    ("import builtins as b", "except b.Exception:", ["builtins.Exception"], True),
    ("from builtins import Exception as Any", "except Any:", ["builtins.Exception"], True),
    ("E = Exception", "except E:", ["builtins.Exception"], True),
    ("E: type = Exception", "except E:", ["builtins.Exception"], True),
    ("E = Exception\nF = E", "except F:", ["builtins.Exception"], True),
    ("E = F\nF = E", "except F:", [], False),
    ("ERRS = (Exception, OSError)", "except ERRS:", ["builtins.Exception", "builtins.OSError"], True),
    ("ERRS = (OSError,)", "except (KeyError, *ERRS):", ["builtins.KeyError", "builtins.OSError"], False),
    ("ERRS = (Exception,)", "except (KeyError, *ERRS):", ["builtins.KeyError", "builtins.Exception"], True),
    ("ERRS = (OSError,)\nMORE = ERRS + (Exception,)", "except MORE:", ["builtins.OSError", "builtins.Exception"], True),
    ("ERRS = (OSError,)", "except ERRS + (Exception,):", ["builtins.OSError", "builtins.Exception"], True),
    ("ERRS = (*A, Exception)\nA = (OSError,)", "except ERRS:", ["builtins.OSError", "builtins.Exception"], True),
    ("class Exception(ValueError): pass", "except Exception:", [""], False),
    ("def Exception(): pass", "except Exception:", [""], False),
    ("from app.errors import Exception", "except Exception:", ["app.errors.Exception"], False),
    ("from .errors import Exception", "except Exception:", [".errors.Exception"], False),
    ("from . import errors", "except errors.Exception:", [".errors.Exception"], False),
    ("import httpx", "except httpx.HTTPError:", ["httpx.HTTPError"], False),
    ("import httpx as h", "except h.HTTPError:", ["httpx.HTTPError"], False),
    ("import concurrent.futures", "except concurrent.futures.TimeoutError:", ["concurrent.futures.TimeoutError"], False),
    ("import concurrent.futures as f", "except f.TimeoutError:", ["concurrent.futures.TimeoutError"], False),
    ("try:\n    import json\nexcept ImportError:\n    json = None", "except json.JSONDecodeError:", ["json.JSONDecodeError"], False),
    ("", "except unknown.Error:", [""], False),
    ("", "except make():", [""], False),
    ("", "except errors[0]:", [""], False),
]  # fmt: skip


@pytest.mark.parametrize(("head", "clause", "names", "broad"), AT_MODULE_LEVEL)
def test_a_clause_names_classes(head: str, clause: str, names: list[str], broad: bool) -> None:
    code = f"{head}\ntry:\n    work()\n{clause}\n    pass\n"
    handler = handlers_of(code)[-1]
    assert [one.qualified for one in handler.caught] == names
    assert bool(judge(handler, "module.py", Config()).broad) is broad


@pytest.mark.parametrize(("head", "clause", "names", "broad"), AT_MODULE_LEVEL)
def test_the_whole_reading_names_the_same_classes(
    head: str, clause: str, names: list[str], broad: bool
) -> None:
    code = f"{head}\ntry:\n    work()\n{clause}\n    pass\n"
    handler = read_whole(code, split_lines(code), EVERYTHING).handlers[-1]
    assert [one.qualified for one in handler.caught] == names


def test_a_name_of_the_function_hides_that_of_the_module() -> None:
    code = "E = Exception\ndef f(E):\n    try:\n        work()\n    except E:\n        pass\n"
    assert [one.qualified for one in handlers_of(code)[0].caught] == [""]


def test_a_constant_of_the_function_is_looked_through() -> None:
    code = "def f():\n    ERRS = (Exception,)\n    try:\n        work()\n    except ERRS:\n        pass\n"
    (caught,) = handlers_of(code)[0].caught
    assert (caught.name, caught.qualified, caught.via) == ("ERRS", "builtins.Exception", "ERRS")


def test_a_global_statement_makes_the_modules_name_count() -> None:
    code = "E = Exception\ndef f():\n    global E\n    try:\n        work()\n    except E:\n        E = OSError\n"
    assert [one.qualified for one in handlers_of(code)[0].caught] == ["builtins.Exception"]


def test_a_class_body_sees_its_own_names_and_its_methods_do_not() -> None:
    code = (
        "class C:\n    Exception = ValueError\n    try:\n        work()\n    except Exception:\n        pass\n"
        "    def method(self):\n        try:\n            work()\n        except Exception:\n            pass\n"
    )
    inside, method = handlers_of(code)
    assert [one.qualified for one in inside.caught] == ["builtins.ValueError"]
    assert [one.qualified for one in method.caught] == ["builtins.Exception"]


def test_an_inner_functions_names_stay_in_it() -> None:
    code = "def f():\n    def g():\n        Exception = 1\n    try:\n        work()\n    except Exception:\n        pass\n"
    assert [one.qualified for one in handlers_of(code)[0].caught] == ["builtins.Exception"]


@pytest.mark.parametrize(
    "clause", ["except* Exception:", "except* (OSError, Exception):", "except *Exception:"]
)
def test_groups_are_read_with_or_without_the_syntax_of_this_python(clause: str) -> None:
    handler = handlers_of(f"try:\n    work()\n{clause}\n    pass\n")[0]
    assert handler.star
    assert handler.caught[-1].qualified == "builtins.Exception"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="needs except* in ast")
def test_groups_are_read_by_slices_where_this_python_knows_them() -> None:
    from broadcatch.facts.read import read_slices

    code = "try:\n    work()\nexcept* Exception:\n    pass\n"
    assert read_slices(code, split_lines(code), EVERYTHING)


def test_the_depth_of_a_class_counts_the_tuples_around_it() -> None:
    caught = handlers_of("try:\n    work()\nexcept (OSError, (KeyError, Exception)):\n    pass\n")[0].caught
    assert [one.depth for one in caught] == [1, 2, 2]


def test_a_configured_class_is_read_as_deep_as_a_broad_one() -> None:
    from broadcatch.source.slices import Reading

    code = "from app import Base\ntry:\n    work()\nexcept Base:\n    pass\n"
    reading = Reading(broad=("app.Base",))
    handler = read_facts(code, "m.py", reading=reading).handlers[0]
    assert handler.deep
    assert judge(handler, "m.py", Config(broad_exceptions=("app.Base",))).broad == ("Base",)


def test_what_stands_behind_a_clause_that_only_raises_again_is_known() -> None:
    code = """
    try:
        f()
    except KeyError:
        raise
    except OSError as error:
        raise error
    except (ValueError, Own):
        g()
    except LookupError:
        raise Other()
    """
    again, named, *others = handlers_of(code)
    assert [[one.name for one in later] for later in again.later] == [["ValueError", "Own"], ["LookupError"]]
    assert named.later == again.later
    assert [one.later for one in others] == [(), ()]
