"""The steps of `action.yml`, run as a GitHub job runs them: in order, by bash, each with its environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).parents[2]
OLD = "def old(path):\n    try:\n        return read(path)\n    except Exception:\n        return None\n"
NEW = OLD.replace("old", "new")

pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("git") is None, reason="needs bash and git"
)


class Job:
    """A runner with a checkout, of which only what the steps ask for is there."""

    def __init__(self, folder: Path) -> None:
        self.temp, self.checkout = folder / "temp", folder / "checkout"
        self.temp.mkdir()
        self.checkout.mkdir()
        self.command = self.temp / "broadcatch"
        self.command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m broadcatch "$@"\n')
        self.command.chmod(0o755)
        self.git("init", "-q", "-b", "main", ".")
        self.summary = self.temp / "summary.md"
        self.summary.touch()

    def git(self, *words: str) -> str:
        names = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ("git", *names, *words), cwd=self.checkout, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, name: str, text: str) -> str:
        (self.checkout / name).write_text(text)
        self.git("add", name)
        self.git("commit", "-q", "-m", name)
        return self.git("rev-parse", "HEAD")

    def run(self, **given: str) -> tuple[int, str]:
        """Exit code of the last step that ran, and everything that was printed; a failed step is the last."""
        action = yaml.safe_load((ROOT / "action.yml").read_text())
        inputs = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        outputs = {"install": {"command": str(self.command)}}
        printed = ""
        for step in action["runs"]["steps"]:
            if step.get("id") == "install" or "run" not in step or not self.wanted(step, inputs, outputs):
                continue
            code, text, told = self.step(step, inputs, outputs)
            printed += text
            outputs[step.get("id", "")] = told
            if code:
                return code, printed
        return 0, printed

    def wanted(self, step, inputs, outputs) -> bool:
        left, _, right = self.filled(step.get("if", "x == 'x'"), inputs, outputs).partition("==")
        return left.strip() == right.strip().strip("'")

    def filled(self, text: str, inputs, outputs) -> str:
        """Text with its expressions replaced by what GitHub would put there."""
        names = {"runner.temp": str(self.temp), "github.action_path": str(ROOT)}
        names |= {f"inputs.{name}": value for name, value in inputs.items()}
        names |= {
            f"steps.{at}.outputs.{key}": one for at, told in outputs.items() for key, one in told.items()
        }

        def value(found: re.Match[str]) -> str:
            left, _, right = found[1].strip().partition(" == ")
            return f"{names[left]} == {right}" if right else names[left]

        return re.sub(r"\$\{\{(.*?)\}\}", value, text)

    def step(self, step, inputs, outputs) -> tuple[int, str, dict[str, str]]:
        told = self.temp / "output"
        told.write_text("")
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.temp), "CI": "true", "GITHUB_ACTIONS": "true",
            "PYTHONPATH": str(ROOT), "GITHUB_WORKSPACE": str(self.checkout), "GITHUB_OUTPUT": str(told),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }  # fmt: skip
        environment |= {
            key: self.filled(value, inputs, outputs) for key, value in step.get("env", {}).items()
        }
        script = self.temp / "step.sh"
        script.write_text(self.filled(step["run"], inputs, outputs))
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.checkout, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        pairs = (line.partition("=") for line in told.read_text().splitlines())
        return done.returncode, done.stdout + done.stderr, {key: value for key, _, value in pairs}


@pytest.fixture
def job(tmp_path) -> Job:
    """A checkout whose main branch holds one broad handler."""
    made = Job(tmp_path)
    made.commit("old.py", OLD)
    return made


def test_a_finding_fails_the_job_and_is_told_in_every_way(job):
    code, printed = job.run()
    assert code == 1
    assert "old.py:4:5: error BC102" in printed
    assert "::error file=old.py,line=4," in printed
    assert "1 handler: 1 error in 1 file" in job.summary.read_text()
    log = json.loads((job.checkout / "broadcatch.sarif").read_text())
    assert {one["ruleId"] for one in log["runs"][0]["results"]} == {"BC102", "BC302"}


def test_a_clean_checkout_passes(job):
    job.commit("old.py", "x = 1\n")
    code, printed = job.run()
    assert (code, printed) == (0, "")
    assert "nothing to report" in job.summary.read_text()


def test_a_pull_request_is_held_against_its_base(job):
    base = job.git("rev-parse", "HEAD")
    job.git("checkout", "-q", "-b", "topic")
    job.commit("new.py", NEW)
    code, printed = job.run(compare=base)
    assert code == 1
    assert re.search(r"\*\*1\*\* new", job.summary.read_text())


def test_a_comparison_that_cannot_be_made_fails_nothing(job):
    job.commit("old.py", "x = 1\n")
    code, printed = job.run(compare="nowhere")
    assert code == 0
    assert "::notice::no comparison with nowhere" in printed


def test_what_is_not_wanted_is_left_out(job):
    code, printed = job.run(annotations="false", summary="false", sarif_file="out.sarif")
    assert code == 1
    assert "::error" not in printed
    assert job.summary.read_text() == ""
    assert (job.checkout / "out.sarif").exists()


def test_options_and_paths_are_words_and_nothing_of_them_is_run(job):
    job.commit("a b.py", OLD)
    code, printed = job.run(paths="old.py $(touch${IFS}hacked)", args="--select BC3")
    assert code == 2
    assert not (job.checkout / "hacked").exists()
    code, printed = job.run(paths="*.py")
    assert (code, "*.py" in printed) == (2, True)


def test_a_run_that_fails_says_so(job):
    code, printed = job.run(args="--no-such-option")
    assert code == 2
    assert "no-such-option" in printed.lower()


@pytest.mark.parametrize("name", ["action.yml", "docs/ci/gitlab.yml", ".pre-commit-hooks.yaml"])
def test_the_files_for_others_are_yaml(name):
    assert yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_gitlab_job_writes_what_it_hands_over(job):
    one = yaml.safe_load((ROOT / "docs/ci/gitlab.yml").read_text())["broadcatch"]
    environment = {**os.environ, "PATH": f"{job.temp}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    environment |= {"CI_PROJECT_DIR": str(job.checkout)}
    environment |= {
        key: value.replace("$CI_PROJECT_DIR", str(job.checkout)) for key, value in one["variables"].items()
    }
    script = "\n".join(one["script"])
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=job.checkout, env=environment)
    assert done.returncode == 1
    reports = one["artifacts"]["reports"]
    [entry] = json.loads((job.checkout / reports["codequality"]).read_text())
    assert entry["location"]["path"] == "old.py"
    assert "<testsuites" in (job.checkout / reports["junit"]).read_text()
