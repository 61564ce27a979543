"""The search for bytes may keep a file for nothing; it never passes over one that holds a handler."""

from __future__ import annotations

import asyncio
import email
import http
import json
import logging
import unittest
import xml
from pathlib import Path

import pytest

from broadcatch.facts.read import read_facts
from broadcatch.source.needles import may_matter

PACKAGES = [
    Path(str(module.__file__)).parent for module in (asyncio, email, http, json, logging, unittest, xml)
]


def clause(text: str) -> bytes:
    return f"try:\n    f()\n{text}\n".encode()


@pytest.mark.parametrize(
    "text",
    [
        "except: pass",
        "except Exception: pass",
        "except (\n    OSError,\n    Exception,\n): pass",
        "except KeyError: raise ValueError('x')",
        "except KeyError as e:\n    if x:\n        raise ValueError from e\n    raise Other(\n  'x'\n)",
        "except KeyError:\n    log('''\nat the margin\n''')\n    raise ValueError",
        "except KeyError:\n    log(\nx)\n    raise ValueError",
        "except KeyError:\n    log \\\n(1)\n    raise ValueError",
        "except KeyError:\n    raise",
        "except KeyError: raise",
        "except KeyError: raise; f()",
        "except KeyError:  # it passes\n\n    # really\n    raise  # it",
        "except KeyError: \\\n  raise",
        "except KeyError:" + "\n" * 300 + "    raise",
    ],
)
def test_what_may_matter_is_kept(text: str) -> None:
    assert may_matter(clause(text))


@pytest.mark.parametrize(
    "head",
    ["E = Exception", "ERRS = (\n    OSError,\n    Exception,\n)", "from x import (\n    Exception as E,\n)"],
)
def test_a_constant_or_alias_for_a_broad_class_is_kept(head: str) -> None:
    assert may_matter(head.encode() + b"\n" + clause("except E: pass"))


@pytest.mark.parametrize(
    "text",
    [
        "except KeyError: pass",
        "except KeyError as e:\n    raise ValueError('x') from e",
        "except KeyError as e:\n    raise ValueError(\n        'x (y)',\n        f(1),\n    ) from e",
        "except KeyError:\n    x = 1\n    raise",
        "except FooException as e: pass",
    ],
)
def test_a_specific_clause_that_raises_nothing_unchained_is_passed_over(text: str) -> None:
    assert not may_matter(clause(text))


def test_a_raise_behind_the_clause_does_not_count() -> None:
    assert not may_matter(clause("except KeyError:\n    x = 1\nraise ValueError('x')"))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_no_file_of_the_standard_library_with_a_handler_is_passed_over(package: Path) -> None:
    for path in package.rglob("*.py"):
        source = path.read_bytes()
        if not may_matter(source):
            assert read_facts(source.decode(), path.name).handlers == (), path
