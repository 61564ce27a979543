"""Do the hooks work in the real pre-commit? A scratch repository, from a blocked commit to a suppressed one.

    python benchmarks/hooks.py [--pre-commit COMMAND] [--files FOLDER]

The hooks are installed from a revision of this repository, as a team would. Needs pre-commit, git and a
package index. With `--files` the hook is timed on ten files of that folder, cold and warm. Exits with 1 at
the first step that does not go as it must.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROAD = "def load(path):\n    try:\n        return read(path)\n    except Exception:\n        return None\n"
NARROW = BROAD.replace("Exception", "FileNotFoundError")
EXCUSED = BROAD.replace(
    "Exception:", "Exception:  # broadcatch: ignore[BC102, BC302] a plug-in (@core, until 2999-01-01)"
)
UNCHAINED = (
    "def parse(text):\n    try:\n        return int(text)\n    except Exception as error:\n"
    "        log(error)\n        raise error\n"
)
CONFIG = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: broadcatch
"""


class Wrong(Exception):
    """A step that did not go as it must."""


class Scratch:
    """A repository with the hooks of this one."""

    def __init__(self, folder: Path, pre_commit: str) -> None:
        self.folder, self.pre_commit = folder, pre_commit
        self.repo = str(ROOT)
        self.rev = self.run("git", "rev-parse", "HEAD", where=ROOT)[1].strip()
        self.run("git", "init", "-q", ".")
        for key, value in (("user.name", "n"), ("user.email", "n@example.org"), ("commit.gpgsign", "false")):
            self.run("git", "config", key, value)

    def run(self, *words: str, where: Path | None = None) -> tuple[int, str]:
        """Exit code and output of a command in the repository."""
        environment = {**os.environ, "PRE_COMMIT_COLOR": "never"}
        environment.pop("PYTHONPATH", None)
        done = subprocess.run(
            words, cwd=where or self.folder, env=environment, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    def write(self, name: str, text: str, stage: bool = True) -> None:
        """A file, staged or not."""
        (self.folder / name).write_text(text, encoding="utf-8")
        if stage:
            self.run("git", "add", name)

    def commit(self, message: str) -> tuple[int, str]:
        """What becomes of a commit."""
        return self.run("git", "commit", "-q", "-m", message)


def step(name: str, done: tuple[int, str], passes: bool, *words: str) -> None:
    """Print a step; Wrong where it does not pass or fail as it must, or says something else."""
    code, text = done
    if (code == 0) != passes or any(word not in text for word in words):
        raise Wrong(f"{name}: exit {code}, wanted {'0' if passes else '1'} and {words}\n{text}")
    print(f"ok  {name}")


def a_day_with_hooks(one: Scratch) -> None:
    """Blocked, fixed and suppressed commits; only what is staged counts; fixes; the baseline."""
    one.write(".pre-commit-config.yaml", CONFIG.format(repo=one.repo, rev=one.rev))
    step("install", one.run(one.pre_commit, "install", "--install-hooks"), True)
    step("first commit", one.commit("hooks"), True)
    one.write("app.py", BROAD)
    step("a broad handler is blocked", one.commit("broad"), False, "app.py:4:5: ", "BC102", "BC302")
    one.write("app.py", NARROW)
    step("narrowed, it passes", one.commit("narrow"), True)
    one.write("other.py", EXCUSED)
    step("with a reason, it passes", one.commit("excused"), True)
    one.write("app.py", NARROW + "\n\nx = 1\n")
    one.write("app.py", NARROW + "\n\n" + BROAD, stage=False)
    step("what is not staged does not count", one.commit("staged only"), True)
    step("it is still there afterwards", one.run("grep", "-c", "Exception:", "app.py"), True)
    one.run("git", "checkout", "-q", "app.py")
    one.write("notes.md", "except Exception:\n")
    step("other files are none of its business", one.commit("notes"), True, "Skipped")


def with_more_hooks(one: Scratch) -> None:
    """The hooks that rewrite and that keep the baseline."""
    more = CONFIG.format(repo=one.repo, rev=one.rev).replace("- id: broadcatch", "- id: broadcatch-fix")
    one.write(".pre-commit-config.yaml", more)
    one.write("parse.py", UNCHAINED)
    step("a rewrite stops the commit", one.commit("fix"), False, "files were modified by this hook")
    one.run("git", "add", "-u")
    step("staged, it passes", one.commit("fixed"), True)
    one.write(".pre-commit-config.yaml", more.replace("broadcatch-fix", "broadcatch-baseline"))
    one.write("old.py", BROAD)
    one.run(sys.executable, "-m", "broadcatch", "baseline", "write")
    one.run("git", "add", ".broadcatch-baseline.json")
    step("what the baseline holds passes", one.commit("old"), True)
    one.write("new.py", BROAD)
    step("what is new is blocked", one.commit("new"), False, "new.py:4")
    one.run("git", "rm", "-q", "-f", "--cached", "new.py")
    (one.folder / "new.py").unlink()
    one.write("old.py", NARROW)
    step("slack is blocked", one.commit("slack"), False, "prune")
    one.run(sys.executable, "-m", "broadcatch", "baseline", "prune")
    one.run("git", "add", ".broadcatch-baseline.json")
    step("pruned, it passes", one.commit("pruned"), True)


def tried_out(one: Scratch) -> None:
    """`pre-commit try-repo`, and several runs at once over one cache."""
    one.write("app.py", BROAD)
    tried = one.run(one.pre_commit, "try-repo", one.repo, "broadcatch", "--ref", one.rev, "--files", "app.py")
    step("try-repo", tried, False, "BC102")
    for number in range(40):
        one.write(f"m{number}.py", BROAD if number % 2 else NARROW)
    words = [sys.executable, "-m", "broadcatch", "check", "--output-format", "concise"]
    files = [f"m{number}.py" for number in range(40)]
    alone = subprocess.run([*words, "--no-cache", *files], cwd=one.folder, capture_output=True).stdout
    shutil.rmtree(one.folder / ".broadcatch_cache", ignore_errors=True)
    several = [subprocess.Popen([*words, *files], cwd=one.folder, stdout=subprocess.PIPE) for _ in range(8)]
    told = {process.communicate()[0] for process in several}
    step("eight at once say what one says", (int(told != {alone}), ""), True)


def timed(one: Scratch, files: Path) -> None:
    """Seconds of the hook on ten files, cold, warm, and after each was edited."""
    every = sorted((path for path in files.rglob("*.py") if path.stat().st_size > 1000), key=os.path.getsize)
    for title, names in (("largest", every[-10:]), ("of all sizes", every[:: len(every) // 10][:10])):
        copies = [one.folder / f"{at}_{path.name}" for at, path in enumerate(names)]
        for path, copy in zip(names, copies, strict=True):
            shutil.copy(path, copy)
        shutil.rmtree(one.folder / ".broadcatch_cache", ignore_errors=True)
        print(f"    ten files, {title}")
        _timed(one, copies)


def _timed(one: Scratch, names: Sequence[Path]) -> None:
    words = [sys.executable, "-m", "broadcatch", "check", "-q", *(path.name for path in names)]
    lines = sum(len(path.read_bytes().splitlines()) for path in names)
    for name in ("cold", "warm", "edited"):
        if name == "edited":
            for path in names:
                with open(one.folder / path.name, "a", encoding="utf-8") as file:
                    file.write("\n# edited\n")
        start, used = time.perf_counter(), os.times()
        subprocess.run(words, cwd=one.folder, capture_output=True)
        wall, now = time.perf_counter() - start, os.times()
        busy = now.children_user + now.children_system - used.children_user - used.children_system
        print(f"      {name:<7} {wall:.2f} s ({busy:.2f} s of processor), {lines} lines")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all steps; 1 at the first that is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pre-commit", default="pre-commit")
    parser.add_argument("--files", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        one = Scratch(Path(folder), given.pre_commit)
        try:
            a_day_with_hooks(one)
            tried_out(one)
            if given.files:
                timed(one, given.files)
            one.run("git", "reset", "-q", "--hard")
            one.run("git", "clean", "-qfd")
            with_more_hooks(one)
        except Wrong as wrong:
            print(f"WRONG  {wrong}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
