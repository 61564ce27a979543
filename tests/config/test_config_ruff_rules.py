"""Which of Ruff's rules speak here? Held against Ruff itself, which shows its settings."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from broadcatch.config.ruff_rules import CODES, DEFAULT, FORMER, RuffReader

RUFF = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")

CONFIGURATIONS = [
    "",
    "[lint]\nselect = []",
    '[lint]\nselect = ["ALL"]',
    '[lint]\nselect = ["E", "F"]',
    '[lint]\nselect = ["BLE", "B9"]',
    '[lint]\nselect = ["B", "S1"]\nignore = ["B9"]',
    '[lint]\nselect = ["B904"]\nignore = ["B"]',
    '[lint]\nselect = ["B"]\nignore = ["B904"]',
    '[lint]\nselect = ["S11"]\nignore = ["S11"]',
    '[lint]\nselect = ["ALL"]\nignore = ["ALL"]',
    '[lint]\nselect = ["ALL"]\nignore = ["S", "E7"]\nextend-select = ["S110"]',
    '[lint]\nextend-select = ["B904"]',
    '[lint]\nextend-select = ["B"]\nignore = ["BLE001", "S"]',
    '[lint]\nignore = ["E"]',
    '[lint]\nignore = ["ALL"]\nextend-select = ["E722"]',
    'select = ["BLE"]\nignore = ["S110"]',
    '[lint]\nselect = ["E"]\nextend-ignore = ["E722"]',
    "line-length = 100",
    'extend = "base.toml"',
    'extend = "base.toml"\n[lint]\nignore = ["B904"]',
    'extend = "base.toml"\n[lint]\nselect = ["S110"]',
    'extend = "base.toml"\n[lint]\nextend-select = ["S112"]',
    'extend = "base.toml"\n[lint]\nignore = ["BLE"]\nextend-select = ["BLE001"]',
]
BASE = '[lint]\nselect = ["BLE", "B"]\nignore = ["S"]\n'


def told_by_ruff(folder: Path) -> set[str]:
    done = subprocess.run(
        [str(RUFF), "check", "--no-cache", "--show-settings", "a.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    enabled = re.search(r"linter\.rules\.enabled = \[(.*?)\n\]", done.stdout, re.S)
    return {code for code in CODES if enabled and f"({code})" in enabled[1]}


@pytest.mark.skipif(RUFF is None, reason="Ruff is not installed")
@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_the_rules_that_are_on_are_those_that_ruff_shows(tmp_path, text):
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "base.toml").write_text(BASE)
    (tmp_path / "ruff.toml").write_text(text)
    assert RuffReader().rules(str(tmp_path)).on == told_by_ruff(tmp_path)


HOOK = "- repo: https://x.org/astral-sh/ruff-pre-commit\n  rev:"
EXCLUSIONS = [
    'exclude = ["a.py"]', 'extend-exclude = ["app/*"]', 'exclude = ["ap"]', '[lint]\nexclude = ["app/a.py"]',
    'extend-exclude = ["app"]', 'exclude = ["*.pyi"]', 'extend-exclude = ["app/**/a.py"]', "",
]  # fmt: skip


@pytest.mark.skipif(RUFF is None, reason="Ruff is not installed")
@pytest.mark.parametrize("text", EXCLUSIONS)
@pytest.mark.parametrize("name", ["app/a.py", "build/a.py", "dist/a.py", ".venv/a.py", "src/app/b.py"])
def test_what_ruff_leaves_out_is_left_out(tmp_path, text, name):
    (tmp_path / "ruff.toml").write_text(text)
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text("try:\n    x = 1\nexcept:\n    x = 2\n")
    done = subprocess.run(
        [str(RUFF), "check", "-n", "--force-exclude", "--output-format", "concise", "--exit-zero", name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    speaks = RuffReader().rules(str(file.parent)).speaks(str(file), "E722")
    assert speaks == ("E722" in done.stdout)


@pytest.mark.parametrize(
    ("name", "text", "on"),
    [
        ("uv.lock", '[[package]]\nname = "ruff"\nversion = "0.15.2"\n', FORMER),
        ("poetry.lock", '[[package]]\nname = "ruff"\nversion = "0.16.0"\n', DEFAULT),
        (".pre-commit-config.yaml", f"{HOOK} v0.6.9\n", FORMER),
        (".pre-commit-config.yaml", f"{HOOK} 'v0.17.6'\n", DEFAULT),
        ("uv.lock", '[[package]]\nname = "ruff-api"\nversion = "0.1.0"\n', DEFAULT),
    ],
)
def test_where_nothing_is_selected_the_version_decides(tmp_path, name, text, on):
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text(text)
    (tmp_path / "ruff.toml").write_text("line-length = 100\n")
    assert RuffReader().rules(str(tmp_path)).on == on


@pytest.mark.parametrize(
    ("name", "text", "used"),
    [
        ("ruff.toml", "", True),
        (".ruff.toml", "line-length = 9", True),
        ("pyproject.toml", "[tool.ruff]\nline-length = 9", True),
        ("pyproject.toml", "[tool.black]\nline-length = 9", False),
        (".pre-commit-config.yaml", "  hooks:\n    - id: ruff\n", True),
        (".pre-commit-config.yaml", "  hooks:\n  - id: ruff-check  # lint\n    args: [--fix]\n", True),
        (".pre-commit-config.yaml", "  hooks:\n    - id: ruff-format\n", False),
        (".pre-commit-config.yaml", "  hooks:\n    - name: x\n      id: 'ruff'\n", True),
    ],
)
def test_a_repository_uses_ruff_when_it_configures_it_or_runs_it_as_a_hook(tmp_path, name, text, used):
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text(text)
    (tmp_path / "app").mkdir()
    assert bool(RuffReader().user(str(tmp_path / "app"))) == used


def test_what_lies_above_the_repository_does_not_count(tmp_path):
    (tmp_path / "ruff.toml").write_text("")
    (tmp_path / "inner" / ".git").mkdir(parents=True)
    assert RuffReader().user(str(tmp_path / "inner")) == ""
