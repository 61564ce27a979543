"""An answer is given again only while everything that it rests on is as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from broadcatch import api
from broadcatch.model.escaping import Asked
from broadcatch.model.fixing import FixRequest
from broadcatch.model.raising import Suggestion
from broadcatch.model.results import Target
from broadcatch.runs import asking, suggesting

LONG_AGO = 1_000_000_000_000_000_000
APP = """
from pack import work
def load(path):
    try:
        return work(path)
    except Exception:
        return None
"""


class House:
    """A project, and a package installed for it; `asked` are the lines that the engine was asked about."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[int] = []
        self.write("project/pyproject.toml", "[tool.broadcatch]\njobs = 1\n")
        self.write("project/app.py", APP)
        self.write("site-packages/pack.py", "def work(path):\n    raise KeyError\n")

    def write(self, name: str, text: str, when: int = LONG_AGO) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(when, when))

    def suggest(self, **given: object) -> tuple[Suggestion, ...]:
        """A new run."""
        self.asked.clear()
        python = str(self.folder / "site-packages")
        config = api.configure(["."], None, False, {"python": python, **given})
        return api.suggest([Target(".")], config).suggestions


@pytest.fixture
def house(tmp_path, monkeypatch):
    made = House(tmp_path)
    original = suggesting.suggest
    monkeypatch.setattr(
        suggesting,
        "suggest",
        lambda engine, path, line, *rest: made.asked.append(line) or original(engine, path, line, *rest),
    )
    monkeypatch.chdir(tmp_path / "project")
    return made


def possible(found: tuple[Suggestion, ...]) -> list[tuple[str, ...]]:
    return [one.possible for one in found]


def test_a_second_run_asks_nothing_and_says_the_same(house):
    first = house.suggest()
    assert house.asked == [6]
    assert possible(first) == [("KeyError",)]
    assert house.suggest() == first
    assert house.asked == []


def test_another_file_of_the_project_makes_answers_void(house):
    house.suggest()
    house.write("project/pack.py", "def work(path):\n    raise ValueError\n")
    assert possible(house.suggest()) == [("ValueError",)]


def test_the_content_of_a_projects_file_counts_whatever_its_time(house):
    house.suggest()
    house.write("project/app.py", APP.replace("return work(path)", "return int(path)"))
    assert possible(house.suggest()) == [("TypeError", "ValueError")]


def test_a_change_of_an_installed_file_makes_answers_void(house):
    house.suggest()
    house.write("site-packages/pack.py", "def work(path):\n    raise OSError\n", LONG_AGO + 1)
    assert possible(house.suggest()) == [("OSError",)]


def test_another_configuration_has_answers_of_its_own(house):
    house.suggest()
    house.suggest(select=("BC101",))
    assert house.asked == [6]


def test_answers_that_rest_on_a_file_as_new_as_the_run_are_not_kept(house):
    future = LONG_AGO * 4
    house.write("site-packages/pack.py", "def work(path):\n    raise KeyError\n", future)
    house.suggest()
    house.suggest()
    assert house.asked == [6]


def test_answers_given_while_a_file_changed_are_not_kept(house, monkeypatch):
    original = suggesting.suggest

    def changing(*given):
        house.write("project/late.py", "x = 1\n")
        return original(*given)

    monkeypatch.setattr(suggesting, "suggest", changing)
    house.suggest()
    monkeypatch.setattr(suggesting, "suggest", original)
    house.suggest()
    assert house.asked == [6]


def test_a_file_in_a_hidden_folder_is_asked_about_each_time(house):
    house.write("project/.tools/app.py", APP)
    config = api.configure(["."], None, False, {"python": str(house.folder / "site-packages")})
    for _ in range(2):
        house.asked.clear()
        api.suggest([Target(".tools/app.py")], config)
    assert house.asked == [6]


def test_without_a_cache_no_answer_is_kept(house):
    house.suggest(cache=False)
    house.suggest(cache=False)
    assert house.asked == [6]
    assert not (house.folder / "project/.broadcatch_cache").exists()


def test_a_damaged_record_is_a_miss(house):
    first = house.suggest()
    [file] = [one for one in _entries(house) if "broadcatch answers" in one.read_text()]
    file.write_text(file.read_text().replace("\t[", "\t[[", 1))
    assert house.suggest() == first
    assert house.asked == [6]


def _entries(house: House) -> list[Path]:
    return list((house.folder / "project/.broadcatch_cache").glob("*.entries"))


def test_what_a_place_raises_is_kept_too(house, monkeypatch):
    config = api.configure(["."], None, False, {"python": str(house.folder / "site-packages")})
    targets = [Asked("app.py:4", path="app.py", line=4)]
    first = api.raises(targets, config)
    monkeypatch.setattr(asking, "raises", lambda *given: pytest.fail("asked again"))
    assert api.raises(targets, config) == first
    assert [one.type for one in first.answers[0].raises] == ["KeyError"]


def test_a_fix_that_writes_keeps_no_answer_about_what_was_before(house):
    house.suggest()
    config = api.configure(["."], None, False, {"python": str(house.folder / "site-packages")})
    api.fix([Target(".")], config, FixRequest(write=True, unsafe=True))
    assert "except KeyError" in (house.folder / "project/app.py").read_text()
    assert house.suggest() == ()
