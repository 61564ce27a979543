"""A real repository in a folder of its own, and the command line run in it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from broadcatch.cli.main import run

HANDLER = """\
def {name}(a, b):
    try:
        first(a, b)
        return second(a)
    except Exception:
        return None
"""


@dataclass
class Project:
    """A folder with git, in which words are said to git and to broadcatch."""

    top: Path
    read: pytest.CaptureFixture[str]

    def git(self, *words: str, cwd: Path | None = None) -> str:
        """What git prints."""
        done = subprocess.run(
            ["git", *words], cwd=cwd or self.top, capture_output=True, check=True, text=True
        )
        return done.stdout

    def write(self, path: str, text: str) -> Path:
        file = self.top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, message: str = "work") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        self.read.readouterr()
        code = run(words)
        shown = self.read.readouterr()
        return code, shown.out, shown.err

    def check(self, *words: str) -> tuple[int, list[str]]:
        """Exit code, and path and line of what is reported."""
        code, out, err = self.run("check", "--output-format", "concise", "-q", *words)
        assert code in (0, 1), err
        return code, [":".join(line.split(":")[:2]) for line in out.splitlines()]


def handlers(*names: str) -> str:
    """A module with a silent handler in each of these functions."""
    return "\n\n".join(HANDLER.format(name=name) for name in names)


@pytest.fixture
def project(tmp_path, monkeypatch, capsys) -> Project:
    """An empty repository that is the working directory."""
    top = tmp_path / "project"
    top.mkdir()
    for name in [one for one in os.environ if one.startswith("GIT_")] + ["BROADCATCH_CACHE_DIR"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    made = Project(top, capsys)
    for words in ("init -q -b main", "config user.name A", "config user.email a@b"):
        made.git(*words.split())
    monkeypatch.chdir(top)
    return made
