"""Do the test suites of real packages pass after `fix` as they passed before?

    python -m benchmarks.suites [PACKAGE...] --work FOLDER [--interpreter python3.11] [--out ROWS.jsonl]
                               [--sources FOLDER] [--timeout SECONDS]

For each package: its source distribution is downloaded into FOLDER (or SOURCES/PACKAGE is copied where there
is one: a distribution can lack its tests), an environment is made beside it, and the suite is run as it is,
after `fix --write`, and after `fix --write --unsafe --verify` with the suite as the command. Nothing outside
FOLDER is touched. A row says how many tests passed, which of them fail after each step, and what was
rewritten and dropped.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

RAW = argparse.RawDescriptionHelpFormatter
TIMEOUT = 900
_RESULT = re.compile(r"^(PASSED|FAILED|ERROR) (\S+?\.py(?:::.*?)?)(?: - .*)?$", re.M)
_TIME = re.compile(r"\d\d:\d\d:\d\d")
"""Some tests are named by when they run."""


@dataclass(frozen=True)
class Recipe:
    """How a suite is run: the folder of the package and of its tests, what it needs, what pytest is told."""

    source: str
    tests: str = "tests"
    needs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


RECIPES = {
    "click": Recipe("src/click"),
    "jinja2": Recipe("src/jinja2", needs=("trio",)),
    "werkzeug": Recipe(
        "src/werkzeug",
        needs=("pytest-timeout", "ephemeral-port-reserve", "watchdog", "cryptography", "cffi"),
        options=("--ignore=tests/live_apps", "--ignore=tests/test_serving.py"),
    ),
    "flask": Recipe("src/flask", needs=("asgiref", "python-dotenv", "werkzeug<3.2")),
    "requests": Recipe(
        "src/requests",
        needs=("pytest-httpbin", "pytest-mock", "trustme", "PySocks", "httpbin"),
        options=("-k", "not proxy and not connect_timeout"),
    ),
    "dulwich": Recipe("dulwich", options=("--ignore=tests/compat", "--ignore=tests/contrib")),
    "paramiko": Recipe("paramiko", needs=("icecream", "invoke", "pytest-relaxed<3", "mock"), options=()),
    "beets": Recipe(
        "beets",
        "test",
        needs=("mock", "responses", "rarfile", "requests_oauthlib", "pyxdg", "requests-mock"),
        options=("--ignore=test/plugins",),
    ),
    "itsdangerous": Recipe("src/itsdangerous", needs=("freezegun",)),
    "pygments": Recipe("pygments", options=("-x",), needs=("wcag-contrast-ratio",)),
    "docutils": Recipe("docutils", "test", options=("--ignore=test/functional",)),
    "pyjwt": Recipe("jwt", needs=("cryptography",)),
    "marshmallow": Recipe("src/marshmallow", needs=("simplejson", "pytz", "tzdata")),
    "attrs": Recipe("src/attr", needs=("hypothesis", "cloudpickle", "pympler")),
    "jsonschema": Recipe("jsonschema", "jsonschema/tests"),
    "h11": Recipe("h11", "h11/tests"),
    "websockets": Recipe("src/websockets", needs=("pytest-timeout", "werkzeug")),
    "tornado": Recipe("tornado", "tornado/test"),
    "httpx": Recipe("httpx", needs=("trio", "uvicorn", "trustme", "chardet", "zstandard", "h2", "socksio")),
    "celery": Recipe("celery", "t/unit", needs=("pytest-celery<1", "pytest-subtests", "pytest-timeout")),
    "tqdm": Recipe("tqdm", needs=("pytest-timeout", "pytest-asyncio")),
    "markdown": Recipe("markdown", needs=("pyyaml",), options=("-W", "ignore")),
}


@dataclass
class Row:
    """What became of one package. `lost` are tests that passed before and fail after a step."""

    name: str
    version: str = ""
    passed: int = 0
    failed: int = 0
    problem: str = ""
    safe: dict[str, int] = field(default_factory=dict)
    safe_lost: list[str] = field(default_factory=list)
    unsafe: dict[str, int] = field(default_factory=dict)
    unsafe_lost: list[str] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    runs: int = 0


class Problem(Exception):
    """The package cannot be measured here; the message says why."""


class Suite:
    """One package with its environment, in a folder of its own."""

    timeout = TIMEOUT

    def __init__(self, name: str, recipe: Recipe, work: Path, interpreter: str, own: Path | None) -> None:
        self.name, self.recipe, self.interpreter, self.own = name, recipe, interpreter, own
        self.folder = (work / name).absolute()
        self.environment = self.folder / "env"
        self.python = str(self.environment / "bin" / "python")
        self.tree = self.folder / "tree"

    def prepare(self) -> str:
        """Download or copy, and install; returns the version. Raises Problem."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._must([self.interpreter, "-m", "venv", str(self.environment)])
        version = self._download() if self.own is None else self._copy(self.own)
        self._must(
            [self.python, "-m", "pip", "install", "-q", "pytest<9", *self.recipe.needs, "-e", str(self.tree)]
        )
        for words in (["init", "-q"], ["add", "-Af"], ["commit", "-qm", "as published"]):
            self._must(["git", "-c", "user.name=x", "-c", "user.email=x@x", *words], self.tree)
        if not (self.tree / self.recipe.source).is_dir():
            raise Problem(f"no folder {self.recipe.source}")
        return version

    def _download(self) -> str:
        download = ["download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(self.folder), self.name]
        self._must([self.python, "-m", "pip", *download])
        [archive] = [one for one in self.folder.iterdir() if one.name.endswith(".tar.gz")]
        with tarfile.open(archive) as packed:
            packed.extractall(self.folder, filter="data")
        [root] = [one for one in self.folder.iterdir() if one.is_dir() and one.name != "env"]
        root.rename(self.tree)
        return archive.name.removesuffix(".tar.gz").rpartition("-")[2]

    def _copy(self, own: Path) -> str:
        shutil.copytree(own, self.tree, symlinks=True, ignore=shutil.ignore_patterns(".git", "__pycache__"))
        return "as in SOURCES"

    def tests(self) -> tuple[set[str], set[str]]:
        """The tests that pass, and those that do not."""
        words = [*self._pytest(), "--continue-on-collection-errors", "-rpfE", "--tb=no"]
        words += [self.recipe.tests, *self.recipe.options]
        done = self._run(words, self.tree)
        found = [(word, _TIME.sub("TIME", name)) for word, name in _RESULT.findall(done.stdout)]
        passed = {name for word, name in found if word == "PASSED"}
        if not passed:
            raise Problem("no test passes: " + (done.stdout + done.stderr)[-300:])
        return passed, {name for word, name in found if word != "PASSED"}

    def lost(self, passed: set[str]) -> list[str]:
        """Tests of `passed` that do not pass now, asked a second time: some pass only sometimes."""
        missing = passed - self.tests()[0]
        return sorted(missing - self.tests()[0]) if missing else []

    def fix(self, *words: str) -> dict[str, Any]:
        """Run `fix` over the package; returns what it tells programs."""
        command = [
            sys.executable,
            "-m",
            "broadcatch",
            "fix",
            "--write",
            "--output-format",
            "json",
            "--isolated",
        ]
        place = ["--python", str(self.environment), self.recipe.source]
        done = self._run([*command, *words, *place], self.tree, times=4)
        if done.returncode not in (0, 1):
            raise Problem(done.stderr[-600:])
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def verify_command(self, without: set[str]) -> str:
        """The suite as a command that passes, without the tests that do not always."""
        files = sorted({one.partition("::")[0] for one in without if "::test" not in one.lower()})
        left_out = "\n".join([*(f"--ignore={one}" for one in files), *_deselected(without)])
        (self.folder / "left_out.txt").write_text(left_out)
        words = [*self._pytest(), "-x", "--tb=short", f"@{self.folder / 'left_out.txt'}" if without else ""]
        quoted = [f"'{one}'" for one in (*words, self.recipe.tests, *self.recipe.options) if one]
        return " ".join(quoted)

    def reset(self) -> None:
        """The files as they were published."""
        self._must(["git", "checkout", "-q", "."], self.tree)

    def _pytest(self) -> list[str]:
        return [self.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]

    def _must(self, words: Sequence[str], folder: Path | None = None) -> None:
        done = self._run(words, folder)
        if done.returncode != 0:
            raise Problem(f"{' '.join(words[:6])}: {done.stderr[-400:]}")

    def _run(
        self, words: Sequence[str], folder: Path | None = None, times: int = 1
    ) -> subprocess.CompletedProcess[str]:
        timeout = self.timeout * times
        try:
            return subprocess.run(
                words,
                check=False,
                capture_output=True,
                text=True,
                errors="replace",
                cwd=folder,
                timeout=timeout,
            )
        except subprocess.TimeoutExpired as error:
            raise Problem(f"{' '.join(words[:4])}: more than {timeout} s") from error


def measure(suite: Suite) -> Row:
    """All steps for one package."""
    row = Row(suite.name)
    try:
        row.version = suite.prepare()
        passed, failing = suite.tests()
        row.passed, row.failed = len(passed), len(failing)
        row.safe = _kinds(suite.fix())
        row.safe_lost = suite.lost(passed)
        suite.reset()
        told = suite.fix("--unsafe", "--verify", suite.verify_command(failing))
        row.unsafe, row.runs = _kinds(told), told["verify"]["runs"]
        row.dropped = [_place(one) for one in told["refused"] if one["output"]]
        left = (f"{one['kind']}: {one['reason'][:60]}" for one in told["refused"] if not one["output"])
        row.refused = dict(Counter(left))
        row.unsafe_lost = suite.lost(passed)
    except Problem as problem:
        row.problem = str(problem)
    return row


def _deselected(without: set[str]) -> list[str]:
    return [f"--deselect\n{one}" for one in sorted(without) if "::" in one]


def _kinds(told: dict[str, Any]) -> dict[str, int]:
    return dict(Counter(f"{one['kind']} ({one['applicability']})" for one in told["offers"]))


def _place(one: dict[str, Any]) -> str:
    last = one["output"].strip().splitlines()[-2:]
    return f"{one['path']}:{one['line']} {one['title']} | {' / '.join(last)}"


def main() -> None:
    """Measure the packages that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=RAW)
    parser.add_argument(
        "packages", nargs="*", default=list(RECIPES), choices=[*RECIPES, []], metavar="PACKAGE"
    )
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--interpreter", default="python3.11")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--timeout", type=int, default=TIMEOUT, help="seconds for one run of a suite")
    given = parser.parse_args()
    Suite.timeout = given.timeout
    for name in given.packages:
        own = given.sources / name if given.sources is not None else None
        kept = own if own is not None and own.is_dir() else None
        row = measure(Suite(name, RECIPES[name], given.work, given.interpreter, kept))
        text = json.dumps(asdict(row))
        print(text, flush=True)
        if given.out is not None:
            with open(given.out, "a", encoding="utf-8") as out:
                out.write(text + "\n")


if __name__ == "__main__":
    main()
