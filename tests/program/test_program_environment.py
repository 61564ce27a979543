"""Where installed packages lie: virtual environments, folders of packages, editable installs."""

from __future__ import annotations

import sys

import pytest

from broadcatch.errors import BroadcatchError
from broadcatch.program.environment import Environment, find_environment
from broadcatch.program.module import Class, Function
from broadcatch.program.project import External, Project, project_of


def put(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def venv(tmp_path):
    folder = tmp_path / "envs" / "one"
    put(
        folder,
        {
            "pyvenv.cfg": "home = /nowhere/bin\nversion = 3.12.1\n",
            "lib/python3.12/site-packages/gadget/__init__.py": "from ._core import Gadget\n",
            "lib/python3.12/site-packages/gadget/_core.py": "class Gadget:\n    def turn(self): pass\n",
            "lib/python3.12/site-packages/gadget/fast.cpython-312-x86_64-linux-gnu.so": "",
            "lib/python3.12/site-packages/gadget/typed.pyi": "def speed() -> int: ...\n",
            "lib/python3.12/site-packages/gadget-1.0.dist-info/METADATA": "Name: gadget\n",
            "lib/python3.12/site-packages/json.py": "def loads(): pass\n",
            "bin/python": "",
        },
    )
    return folder


def site(venv):
    return venv / "lib" / "python3.12" / "site-packages"


@pytest.mark.parametrize("named", ["", "bin/python", "lib/python3.12/site-packages"])
def test_an_interpreter_an_environment_and_a_folder_of_packages_are_the_same(venv, tmp_path, named):
    found = find_environment(str(venv / named), tmp_path)
    assert (found.packages, found.minor) == ((site(venv),), 12)


def test_anything_else_is_an_error_of_one_line(tmp_path):
    with pytest.raises(BroadcatchError, match="--python .*: no interpreter"):
        find_environment(str(tmp_path / "none"), tmp_path)


def test_the_projects_own_environment_comes_first_then_the_active_one(venv, tmp_path, monkeypatch):
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    project = tmp_path / "project"
    project.mkdir()
    assert find_environment("", project).packages == ()
    monkeypatch.setenv("VIRTUAL_ENV", str(venv))
    assert find_environment("", project).packages == (site(venv),)
    inside = project / ".venv"
    put(inside, {"pyvenv.cfg": "version = 3.11.1\n", "lib/python3.11/site-packages/a.py": ""})
    assert find_environment("", project).packages == (inside / "lib/python3.11/site-packages",)


def test_the_environment_that_broadcatch_runs_in_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    assert find_environment("", tmp_path).packages == ()


def test_folders_of_pth_files_and_editable_installs_are_known(venv, tmp_path):
    put(tmp_path / "elsewhere", {"mine/__init__.py": "class Own: pass\n"})
    put(tmp_path / "added", {"other.py": "class Other: pass\n"})
    put(
        site(venv),
        {
            "x.pth": f"# a comment\nimport sys\n{tmp_path / 'added'}\nnowhere\n",
            "__editable___mine_finder.py": f"MAPPING: dict = {{'mine': '{tmp_path}/elsewhere/mine'}}\n",
        },
    )
    project = Project(tmp_path / "project", find_environment(str(venv), tmp_path))
    assert isinstance(project.resolve("other.Other"), Class)
    own = project.resolve("mine.Own")
    assert isinstance(own, Class) and own.module.origin == "project"


def test_a_project_that_an_installed_package_imports_is_still_the_project(venv, tmp_path):
    root = tmp_path / "project"
    put(root, {"mine/__init__.py": "class Own: pass\n"})
    put(site(venv), {"x.pth": f"{root}\n", "plugin.py": "from mine import Own\n"})
    project = Project(root, find_environment(str(venv), root))
    found = project.resolve("plugin.Own")
    assert isinstance(found, Class) and found.module.origin == "project"


def test_names_of_packages_are_followed_and_those_of_the_standard_library_are_not(venv, tmp_path):
    put(tmp_path / "project", {"app.py": "import gadget\n"})
    project = Project(tmp_path / "project", find_environment(str(venv), tmp_path))
    found = project.resolve("gadget.Gadget.turn")
    assert isinstance(found, Function) and found.name == "gadget._core.Gadget.turn"
    assert found.module.origin == "dependency"
    assert project.resolve("json.loads") == External("json.loads")
    assert project.resolve("gadget.fast") == External("gadget.fast")
    assert project.resolve("gadget.nothing") is None
    stub = project.resolve("gadget.typed.speed")
    assert isinstance(stub, Function) and stub.module.origin == "stub"


def test_a_module_of_the_project_hides_one_of_the_standard_library(venv, tmp_path):
    put(tmp_path / "project", {"json.py": "def loads(): pass\n"})
    found = Project(tmp_path / "project", find_environment(str(venv), tmp_path)).resolve("json.loads")
    assert isinstance(found, Function) and found.module.origin == "project"


def test_the_source_of_the_standard_library_is_given_where_it_is_asked_for(tmp_path):
    project = Project(tmp_path)
    module = project.standard("json.decoder")
    assert module is not None and "JSONDecodeError" in module.classes
    assert project.standard("no_such_module") is None
    assert Project(tmp_path, Environment()).standard("json") is None


def _installed(folder):
    site = folder / "site"
    for name in ("pack-1.0.dist-info", "pack", "other"):
        (site / name).mkdir(parents=True)
    (site / "pack" / "__init__.py").write_text("", encoding="utf-8")
    (site / "pack" / "types.py").write_text("class Own(Exception): ...\n", encoding="utf-8")
    (site / "pack" / "use.py").write_text(
        "import types, other\nfrom pack.types import Own\n", encoding="utf-8"
    )
    (site / "other" / "__init__.py").write_text("import pack.types\n", encoding="utf-8")
    return site


def test_the_project_of_an_installed_file_is_its_package(tmp_path):
    site = _installed(tmp_path)
    (tmp_path / ".git").mkdir()
    project = project_of(site / "pack" / "use.py")
    assert project.root == site / "pack"
    assert project.environment.packages == (site,)


def test_an_installed_package_is_the_project_and_its_neighbours_are_dependencies(tmp_path):
    site = _installed(tmp_path)
    project = project_of(site / "pack" / "use.py")
    use = project.module_at("use.py")
    assert use.name == "pack.use"
    own, other = project.find("pack.types", use), project.find("other", use)
    assert own is not None and other is not None
    assert (own.origin, other.origin) == ("project", "dependency")
    assert project.find("pack.types", other) is own
    assert project.find("types", use) is None  # the standard library's, not the file beside it


def test_a_star_import_of_an_extension_module_gives_what_no_source_gives(tmp_path):
    site = _installed(tmp_path)
    (site / "fast").mkdir()
    (site / "fast" / "__init__.py").write_text("from fast.fast import *\nKNOWN = 1\n", encoding="utf-8")
    (site / "fast" / "fast.cpython-311-x86_64-linux-gnu.so").write_bytes(b"")
    (site / "fast" / "fast.abi3.so").write_bytes(b"")
    project = project_of(site / "pack" / "use.py")
    use = project.module_at("use.py")
    assert project.resolve("fast.loads", use) == External("fast.fast.loads")
    assert project.resolve("fast._hidden", use) is None
