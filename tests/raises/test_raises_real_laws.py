"""Do the laws hold for functions that people wrote? Some of Python itself and of what tests depend on."""

from __future__ import annotations

import importlib.util
import random
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.laws import LAWS, Held, told
from benchmarks.sampling import Spot, Texts, eligible, texts_of
from broadcatch.program.environment import find_environment

STANDARD = ("configparser", "shlex", "contextlib", "queue")
INSTALLED = ("click", "h11", "anyio")
EACH = 2


def _drawn(texts: Texts) -> list[Spot]:
    spots = eligible(texts)
    return random.Random(4).sample(spots, min(EACH, len(spots)))


def _standard() -> Iterator[Texts]:
    """Modules of the standard library under names of their own: they are read as a project's."""
    for name in STANDARD:
        path = Path(sysconfig.get_paths()["stdlib"], f"{name}.py")
        if path.is_file():
            yield {f"copied/{name}.py": path.read_text(encoding="utf-8")}


def _installed() -> Iterator[Texts]:
    for name in INSTALLED:
        found = importlib.util.find_spec(name)
        if found is not None and found.origin is not None:
            yield texts_of(Path(found.origin).parent)


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> tuple[Held, list[Spot]]:
    packages = [*_standard(), *_installed()]
    spots = [spot for texts in packages for spot in _drawn(texts)]
    texts = {file: text for one in packages for file, text in one.items()}
    environment = find_environment(sysconfig.get_paths()["purelib"], Path.cwd())
    return Held(texts, environment, tmp_path_factory.mktemp("laws")), spots


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_a_law_holds_for_real_functions(held, law):
    package, spots = held
    outcome = package.outcome(law, spots)
    assert outcome.asked
    assert not outcome.breaches, "\n".join(told(outcome))


def test_the_order_of_files_and_of_questions_changes_no_answer_about_real_functions(held):
    package, spots = held
    assert not package.out_of_order(spots).breaches


def test_the_sample_says_something(held):
    package, spots = held
    answers = package.before(spots).values()
    assert any(one.types and not one.opens for one in answers)
    assert any(one.types and one.opens for one in answers)
