"""`check --with-suggestions`: what a finding about breadth says of the types to catch instead."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch import api
from broadcatch.cli.main import run

SOURCE = """
    import json

    def closed(text: str) -> dict:
        try:
            return json.loads(text)["a"]
        except Exception:
            return {}

    def opened(plugin, text: str) -> int:
        try:
            plugin.run()
            return int(text)
        except Exception:
            return 0

    def nothing(plugin) -> None:
        try:
            plugin()
        except Exception:
            pass
"""


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    (tmp_path / "app.py").write_text(textwrap.dedent(SOURCE), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def check(*words: str) -> list[str]:
        shown = ("--output-format", "concise", "--select", "BC102", "--verbose")
        run(["check", "app.py", *shown, *words], api)
        return capsys.readouterr().out.splitlines()

    return check


def test_the_first_types_are_named_where_they_are_probable(said):
    first, second, third = said("--with-suggestions")[:3]
    assert first.endswith("; all that can come is stopped by `except (ValueError, KeyError)`")
    assert second.endswith("; to expect here: `ValueError`")
    assert "to expect here" not in third


def test_without_being_asked_a_finding_names_no_types(said):
    assert not [line for line in said() if "to expect here" in line or "is stopped by" in line]


def test_text_from_stdin_has_no_project_to_ask(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["check", "-", "--with-suggestions"], api) == 2
    said = capsys.readouterr().err
    assert "--with-suggestions" in said and "need files, not stdin" in said
