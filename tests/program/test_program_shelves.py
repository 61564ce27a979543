"""What is on record of a file is used while the file is as it was, and never otherwise."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from broadcatch.program import reading
from broadcatch.program.environment import Environment
from broadcatch.program.module import Function
from broadcatch.program.project import Project
from broadcatch.program.shelves import Shelves, shelves_of, user_cache

LONG_AGO = 1_000_000_000_000_000_000


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A project, a package installed for it, and the list of modules that were read from their files."""
    made = House(tmp_path)
    original = reading.sketch
    monkeypatch.setattr(
        reading, "sketch", lambda source, name, *rest: made.read.append(name) or original(source, name, *rest)
    )
    return made


class House:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: list[str] = []
        self.write("project/app.py", "from pack.deep import work\n\ndef f():\n    return work()\n")
        self.write("site-packages/pack/__init__.py", "")
        self.write("site-packages/pack/deep.py", "def work():\n    raise KeyError\n")

    def write(self, name: str, text: str, when: int = LONG_AGO) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(when, when))
        return path

    def project(self, cached: bool = True) -> Project:
        shelves = Shelves(self.folder / "own", self.folder / "installed") if cached else Shelves()
        return Project(self.folder / "project", Environment((self.folder / "site-packages",)), shelves)

    def ask(self, cached: bool = True) -> Project:
        """A new run that asks for all three modules; `read` are those that were read."""
        self.read.clear()
        project = self.project(cached)
        assert isinstance(project.resolve("app.f"), Function)
        project.resolve("app.work")
        project.resolve("pack.other")
        project.shelves.save()
        return project


def test_nothing_is_read_a_second_time(house):
    house.ask()
    assert sorted(house.read) == ["app", "pack", "pack.deep"]
    function = house.ask().resolve("app.work")
    assert house.read == []
    assert function.name == "pack.deep.work" and function.node.body[0].lineno == 2


def test_a_changed_file_is_read_anew_and_no_other(house):
    house.ask()
    house.write("site-packages/pack/deep.py", "def work():\n    raise ValueError\n", LONG_AGO + 1)
    function = house.ask().resolve("app.work")
    assert house.read == ["pack.deep"]
    assert function.node.body[0].exc.id == "ValueError"


def test_another_time_with_the_same_content_costs_no_reading(house):
    house.ask()
    os.utime(house.folder / "project/app.py", ns=(LONG_AGO + 1, LONG_AGO + 1))
    house.ask()
    assert house.read == []


def test_a_file_of_another_size_is_read_anew_though_its_time_is_the_same(house):
    house.ask()
    house.write("project/app.py", "from pack.deep import work\n\ndef f():\n    return 1\n")
    house.ask()
    assert house.read == ["app"]


def test_a_file_with_the_old_size_and_time_but_other_content_gives_no_code(house):
    house.ask()
    house.write("site-packages/pack/deep.py", "def work():\n    raise NoErrors\n")
    function = house.ask().resolve("app.work")
    assert house.read == []
    assert "the file changed" in ast.unparse(function.node)


def test_a_file_as_new_as_the_record_is_recognised_by_its_content(house):
    future = 4_000_000_000_000_000_000
    house.write("project/app.py", "def f(): return 1\n", future)
    house.ask()
    house.write("project/app.py", "def f(): return 2\n", future)
    house.ask()
    assert house.read == ["app"]


def test_the_projects_files_and_the_installed_ones_are_kept_apart(house):
    house.ask()
    own, installed = (
        "".join(f.read_text() for f in (house.folder / one).glob("*.entries")) for one in ("own", "installed")
    )
    assert "app.py" in own and "deep.py" not in own
    assert "app.py" not in installed and "deep.py" in installed


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"pack.deep"', '"another"'),
        lambda text: text.replace("[[0,", "[[[0],"),
        lambda text: text.replace("[", "{"),
        lambda text: text.replace('["broadcatch"', '["somebody else"'),
        lambda text: text.replace("[", "[" * 3000),
    ],
)
def test_a_damaged_record_is_passed_over(house, damage):
    house.ask()
    for file in (house.folder / "installed").glob("*.entries"):
        file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    function = house.ask().resolve("app.work")
    assert isinstance(function, Function) and "pack.deep" in house.read


def test_without_a_cache_nothing_is_kept(house):
    house.ask(cached=False)
    house.ask(cached=False)
    assert sorted(house.read) == ["app", "pack", "pack.deep"]
    assert {path.name for path in house.folder.iterdir()} == {"project", "site-packages"}


def test_a_folder_that_cannot_be_written_is_no_error(house):
    (house.folder / "own").write_text("a file", encoding="utf-8")
    house.ask()
    house.ask()
    assert house.read == ["app"]


def test_a_file_of_the_project_is_known_by_its_content_alone(house):
    house.ask()
    house.write("project/app.py", "from pack.deep import work\n\ndef f():\n    return more()\n")
    assert "more" in ast.unparse(house.ask().resolve("app.f").node)


def test_a_module_of_the_project_stays_as_it_was_asked_for(house):
    function = house.ask().resolve("app.f")
    house.write("project/app.py", "")
    assert ast.unparse(function.node.body[0]) == "return work()"


def test_two_runs_at_the_same_time_leave_a_whole_record(house):
    early, late = house.project(), house.project()
    early.resolve("app.work")
    late.resolve("app.work")
    late.shelves.save()
    early.shelves.save()
    house.ask()
    assert house.read == ["pack"]
    assert not list(house.folder.glob("*/*.tmp"))


def test_subclasses_are_found_again_from_the_record_and_after_a_change(house):
    def below(name: str, method: str = "m") -> list[str]:
        project = house.ask()
        return [one.name for one in project.subclasses(name, project.module_at("app.py"), method)]

    body = ":\n    def m(self): ...\n"
    house.write("project/app.py", f"def f(): ...\nclass A(Base){body}class B(x.Base[int], C): ...\n")
    assert below("Base") == below("some.Base") == ["app.A", "app.B"]
    house.write("project/app.py", f"def f(): ...\nclass A(Base){body}", LONG_AGO + 1)
    assert below("Base") == ["app.A"] and below("C") == []


def test_a_subclass_of_another_name_for_the_class_is_found(house):
    body = ":\n    def m(self): ...\n"
    house.write("project/one.py", f"from pack import Base as B\nclass One(B){body}")
    house.write("project/two.py", f"import pack\nB = pack.Base\nclass Two(B){body}")
    project = house.project()
    found = project.subclasses("Base", project.module_at("app.py"), "m")
    assert [one.name for one in found] == ["one.One", "two.Two"]


def test_classes_that_cannot_define_the_method_are_not_even_read(house):
    house.write("project/one.py", "class One(Base): ...\n")
    house.write("project/two.py", "class Two(Base): ...\n")
    house.write("project/three.py", "class Three(Two):\n    async def m(self): ...\n")
    project = house.project()
    assert [one.name for one in project.subclasses("Base", project.module_at("app.py"), "m")] == ["two.Two"]
    assert "one" not in house.read
    assert project.subclasses("Base", project.module_at("app.py"), "other") == ()


def test_classes_that_cannot_bind_the_attribute_are_not_read_either(house):
    house.write("project/one.py", "class One(Base): ...\n")
    house.write("project/two.py", "class Two(Base): ...\n")
    house.write("project/three.py", "class Three(Two):\n    engine = 1\n")
    project = house.project()
    found = project.holding_subclasses("Base", project.module_at("app.py"), "engine")
    assert [one.name for one in found] == ["two.Two"]
    assert "one" not in house.read


def test_files_that_seem_to_override_a_method_are_counted_without_reading_them(house):
    for name in ("one", "two"):
        house.write(f"project/{name}.py", "class Own(Base):\n    def m(self): ...\n")
    house.write("project/three.py", "class Three(Base): ...\ndef m(): ...\n")
    project = house.project()
    app = project.module_at("app.py")
    house.read.clear()
    assert project.overriding_files("pack.Base", app, "m") == 2
    assert house.read == []


def test_a_configured_folder_holds_everything(tmp_path):
    assert shelves_of(tmp_path, "there") == Shelves(Path("there"), Path("there"))
    assert shelves_of(tmp_path, "") == Shelves(tmp_path / ".broadcatch_cache", user_cache())


def test_the_users_cache_lies_where_the_system_wants_it(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_cache() == tmp_path / "broadcatch"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_cache() == tmp_path / ".cache" / "broadcatch"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert user_cache() == tmp_path / "broadcatch" / "Cache"
