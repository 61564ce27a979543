"""`doctor` over small repositories: who reports what, which suppressions are wrong, what would be written."""

from __future__ import annotations

import json
import sys

import pytest

from broadcatch import api
from broadcatch.cli import exits
from broadcatch.model.results import BaselineRequest
from broadcatch.output import doctor_json, doctor_text
from broadcatch.output.view import View
from broadcatch.runs import beside, doctoring, recipes

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BROAD = "def load(path):\n    try:\n        return read(path)\n    except Exception:{}\n        return None\n"
RAISED = (
    "import logging\n\n\ndef run(path):\n    try:\n        return read(path)\n    except Exception:{}\n"
    "        logging.exception('x')\n        raise\n"
)
NARROW = "def load(path):\n    try:\n        return read(path)\n    except KeyError:{}\n        return None\n"
TRANSLATED = (
    "def run(path):\n    try:\n        return read(path)\n    except Exception as error:\n"
    "        raise RuntimeError(path) from None\n"
)


@pytest.fixture
def examine(tmp_path, monkeypatch):
    """The diagnosis of a repository of some files; Ruff is known by its configuration only."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROADCATCH_TODAY", "2026-11-22")
    for module in (beside, doctoring):
        monkeypatch.setattr(module, "installed", lambda: "")
    monkeypatch.setattr(recipes, "requirement", lambda: "broadcatch==1.0")
    (tmp_path / ".git").mkdir()

    def examine(write=False, **files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_toml", ".toml").replace("_py", ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        config = api.configure(["."], None, False, {"cache": False})
        return api.doctor(["."], config, write)

    return examine


def told(result, **view) -> str:
    return doctor_text.render(result, View(**view))


def ills(result):
    return [(one.kind, one.path, one.line) for one in result.complaints]


def test_without_ruff_all_is_ours(examine):
    result = examine(app_py=BROAD.format(""))
    assert result.ruff.user == ""
    assert dict(result.shares.ours) == {"BC102": 1, "BC302": 1}
    assert "Ruff        is not used here" in told(result)


def test_what_both_report_is_counted_apart(examine):
    result = examine(app_py=BROAD.format(""), ruff_toml='[lint]\nselect = ["BLE"]\n')
    assert dict(result.shares.ruff) == {"BLE001": 1}
    assert (result.shares.ours, result.shares.left) == ((), 2)
    assert 'ruff = "defer": what both report is left to Ruff' in told(result)


def test_a_row_of_ruff_with_nothing_to_mend_is_excused(examine):
    result = examine(app_py=TRANSLATED, ruff_toml='[lint]\nselect = ["BLE"]\n')
    assert (dict(result.shares.ours), result.shares.excused) == ({"BC202": 1}, 1)  # that is another row


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (NARROW.format("  # noqa: BLE001") + BROAD.format(""), "dead"),
        (NARROW.format("  # broadcatch: ignore[BC102] why"), "dead"),
        (BROAD.format("  # broadcatch: ignore[BC1, BC3] why (until 2026-11-21)"), "expired"),
        (BROAD.format("  # noqa"), "blanket"),
        (BROAD.format("  # noqa: BLE001"), "silent"),
    ],
)
def test_what_is_wrong_with_a_suppression_is_named(examine, code, kind):
    assert (kind, "app.py", 4) in ills(examine(app_py=code))


def test_a_good_suppression_is_only_counted(examine):
    result = examine(app_py=BROAD.format("  # noqa: BLE001 - a plug-in reads it"))
    assert ills(result) == []
    assert dict(result.suppressions) == {"noqa": 2}


def test_an_entry_of_per_file_ignores_that_silences_nothing_is_dead(examine):
    table = '[lint.per-file-ignores]\n"a*.py" = ["BLE001"]\n"b.py" = ["BLE001"]\n"c.py" = ["D100"]\n'
    result = examine(app_py=BROAD.format(""), ruff_toml=table)
    assert [one.text for one in result.complaints] == ["per-file-ignores: `b.py` (BLE001) silences nothing"]


def test_a_rule_of_ruff_that_fails_nothing_is_proposed(examine):
    result = examine(app_py=BROAD.format(""), ruff_toml='[lint]\nselect = ["E"]\n')
    [draft] = [one for one in result.drafts if one.path == "ruff.toml"]
    assert draft.text == '[lint]\nextend-select = ["B904", "S110", "S112"]\n'
    assert any(one.startswith("BLE001: off in Ruff; there it would fail 1 row") for one in result.remarks)


def test_files_in_which_all_is_justified_are_excused_one_by_one(examine):
    code = RAISED.format("").replace("        raise\n", "")
    result = examine(
        main_py=f'{code}\n\nif __name__ == "__main__":\n    run("x")\n', ruff_toml="[lint]\nselect = []\n"
    )
    assert any(one.path == "ruff.toml" for one in result.drafts)


def test_a_table_of_ours_is_put_into_pyproject_and_nothing_else_changes(examine, tmp_path):
    project = '[project]\nname = "x"\n\n[tool.ruff.lint]\nselect = ["BLE"]  # ours\n'
    result = examine(write=True, app_py=BROAD.format(""), pyproject_toml=project)
    text = (tmp_path / "pyproject.toml").read_text()
    assert text.startswith(project.rstrip() + "\n")
    assert tomllib.loads(text)["tool"]["broadcatch"]["ruff"] == "defer"
    assert [one.path for one in result.drafts if one.written] == ["pyproject.toml"]
    assert tomllib.loads(text)["tool"]["ruff"]["lint"]["extend-select"] == ["B904", "E722", "S110", "S112"]


def test_without_write_nothing_is_written(examine, tmp_path):
    project = "[tool.ruff]\nline-length = 99\n"
    examine(app_py=BROAD.format(""), pyproject_toml=project)
    assert (tmp_path / "pyproject.toml").read_text() == project


def test_a_second_time_there_is_nothing_left_to_add(examine):
    examine(write=True, app_py="x = 1\n", pyproject_toml="[tool.ruff]\nline-length = 99\n")
    assert [one for one in examine().drafts if one.content] == []


def test_own_turns_the_rules_off_in_ruff(examine):
    result = examine(
        app_py=BROAD.format(""), ruff_toml='[lint]\nselect = ["BLE"]\n', broadcatch_toml='ruff = "own"\n'
    )
    [draft] = [one for one in result.drafts if one.path == "ruff.toml"]
    assert draft.text == '[lint]\nignore = ["BLE001"]\n'


def test_a_file_that_is_not_understood_is_left_to_a_person(examine, tmp_path):
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: [{repo: x}]\n")
    result = examine(write=True, app_py="x = 1\n")
    [draft] = [one for one in result.drafts if one.path == ".pre-commit-config.yaml"]
    assert (draft.written, draft.why) == (False, "no place in it is sure; add this by hand")
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: [{repo: x}]\n"


@pytest.mark.parametrize(
    "text",
    [
        "repos:\n- repo: a\n  hooks:\n  - id: x\n",
        "repos:\n  - repo: a\n    hooks:\n      - id: x\n",
        "# c\nrepos:\n\n  # first\n  - repo: a\n    hooks: [{id: x}]\n\nci:\n  skip: [x]\n",
        "default_stages: [commit]\nrepos:\n    - repo: a\n      hooks:\n          - id: x",
    ],
)
def test_a_hook_is_put_behind_the_last_one(text):
    yaml = pytest.importorskip("yaml")
    before, after = yaml.safe_load(text), yaml.safe_load(recipes.with_hook(text))
    added = after["repos"].pop()
    assert after == before
    assert added["hooks"][0]["id"] == "broadcatch"


def test_a_job_is_a_new_file_and_never_another_ones(examine, tmp_path):
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    examine(write=True, app_py="x = 1\n")
    text = (folder / "broadcatch.yml").read_text()
    assert 'pip install "broadcatch==1.0"' in text
    (folder / "broadcatch.yml").write_text("mine\n")
    examine(write=True)
    assert (folder / "broadcatch.yml").read_text() == "mine\n"


def test_many_suppressions_are_counted_and_named_on_request(examine):
    result = examine(**{f"m{at}_py": NARROW.format("  # noqa: BLE001") + BROAD.format("") for at in range(8)})
    assert "8 silence nothing" in told(result)
    assert "… 3 more with --verbose" in told(result)
    assert "m7.py:4" in told(result, verbose=True)


def test_after_the_walk_the_gate_is_green_and_nothing_is_left_to_do(examine, tmp_path):
    first = examine(write=True, app_py=BROAD.format(""), pyproject_toml='[project]\nname = "x"\n')
    assert first.following[0] == "broadcatch baseline write"
    assert examine().following[0] == "broadcatch baseline write"  # it is named, and not written yet
    config = api.configure(["."], None, False, {"cache": False})
    api.baseline_write(["."], config, BaselineRequest(since="2026-11-22"))
    after = examine()
    assert (after.shares.ours, after.following[0]) == ((), "broadcatch check")
    assert dict(after.suppressions) == {"baseline": 2}
    assert exits.after_check(api.check(["."], config), "warning", False) == 0


def test_programs_read_the_same(examine):
    body = json.loads(doctor_json.render(examine(app_py=BROAD.format("  # noqa"))))
    assert set(body) == {"ruff", "reports", "suppressions", "complaints", "remarks", "drafts", "next"}
    assert body["complaints"][0]["kind"] == "blanket"
