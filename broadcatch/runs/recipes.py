"""How is broadcatch written into the files of pre-commit, GitHub and GitLab? Texts, and where they go."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution

_HOOK = """\
- repo: local
  hooks:
    - id: broadcatch
      name: broadcatch
      entry: broadcatch check --output-format=concise
      language: python
      additional_dependencies: [{requirement}]
      types_or: [python, pyi]
      require_serial: true
"""
_WORKFLOW = """\
name: broadcatch
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
jobs:
  broadcatch:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install {requirement}
      - run: broadcatch check --output-format github --output "markdown:$RUNNER_TEMP/broadcatch.md"
      - run: cat "$RUNNER_TEMP/broadcatch.md" >> "$GITHUB_STEP_SUMMARY"
        if: always()
"""
_GITLAB = """\
broadcatch:
  image: python:3.12-slim
  script:
    - python -m pip install {requirement}
    - broadcatch check --output-format concise --output gitlab:gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""
_REPOS = re.compile(r"^repos:[ \t]*(?:#.*)?$", re.M)
_TOP = re.compile(r"^[A-Za-z_][\w-]*[ \t]*:", re.M)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.M)
_ITEM = re.compile(r"^([ \t]*)-[ \t]", re.M)


def requirement() -> str:
    """What to install to get this very broadcatch: from git where it came from there, else the release."""
    try:
        found = distribution("broadcatch")
    except PackageNotFoundError:
        return "broadcatch"
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    commit = origin.get("vcs_info", {}).get("commit_id", "")
    return f"broadcatch @ git+{origin['url']}@{commit}" if commit else f"broadcatch=={found.version}"


def hook_entry() -> str:
    """An item for `repos` of pre-commit's configuration."""
    return _HOOK.format(requirement=json.dumps(requirement()))


def hooks_file() -> str:
    """A whole configuration of pre-commit."""
    return "repos:\n" + _indented(hook_entry(), "  ")


def with_hook(text: str) -> str:
    """The configuration `text` with our item behind the last of `repos`; "" where its place is not sure."""
    repos = _REPOS.search(text)
    if repos is None:
        return ""
    following = _TOP.search(text, repos.end())
    end = following.start() if following else len(text)
    inside = text[repos.end() : end]
    item = _ITEM.search(inside)
    if item is None or _COMMENT.sub("", inside[: item.start()]).strip():
        return ""
    body = text[: repos.end()] + inside.rstrip() + "\n"
    rest = inside[len(inside.rstrip()) :].removeprefix("\n")
    return body + _indented(hook_entry(), item[1]) + rest + text[end:]


def workflow() -> str:
    """A workflow of GitHub."""
    return _WORKFLOW.format(requirement=json.dumps(requirement()))


def gitlab_job() -> str:
    """A job of GitLab."""
    return _GITLAB.format(requirement=json.dumps(requirement()))


def _indented(text: str, indent: str) -> str:
    return "".join(indent + line for line in text.splitlines(keepends=True))
