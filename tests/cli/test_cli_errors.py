"""Whatever goes wrong: one line, the right number, no traceback."""

from __future__ import annotations

import pytest

from broadcatch.errors import ConfigError, PathError

COMMANDS = ["check", "report", "suggest", "fix"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_path_that_does_not_exist_is_two_and_one_line(call, api, command):
    api.error = PathError("no-such: there is no such file or folder")
    assert call(command, "no-such") == (2, "", "broadcatch: no-such: there is no such file or folder\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_an_internal_error_is_two_and_names_the_way_to_the_traceback(call, api, command):
    api.error = KeyError("x")
    code, out, err = call(command)
    assert (code, out) == (2, "")
    assert err == "broadcatch: internal error: KeyError: 'x' (run with --debug)\n"


@pytest.mark.parametrize("error", [KeyError("x"), ConfigError("pyproject.toml: jobs: not a number")])
def test_debug_shows_the_traceback(call, api, error):
    api.error = error
    code, _, err = call("check", "--debug")
    assert code == 2
    assert err.startswith("Traceback (most recent call last)")


def test_a_message_of_several_lines_is_told_in_one(call, api):
    api.error = PathError("first\n  second")
    assert call("check")[2] == "broadcatch: first second\n"


def test_an_interrupt_is_130_and_silent(call, api):
    api.error = KeyboardInterrupt()
    assert call("check") == (130, "", "")


@pytest.mark.parametrize(
    "words",
    [
        ("chekc",),
        ("check", "--selct", "BC1"),
        ("check", "--output-format", "yaml"),
        ("check", "--jobs", "many"),
        ("report", "--statistics"),
        ("fix", "--unsafe", "--output"),
        ("check", "app", ""),
    ],
)
def test_bad_words_are_two_and_one_line_without_a_page_of_help(call, words):
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert err.startswith("broadcatch: ")
    assert err.count("\n") == 1


def test_an_unknown_command_names_the_nearest(call):
    assert call("chekc")[2] == "broadcatch: no command 'chekc'; did you mean 'check'?\n"


def test_help_and_version_are_zero(call):
    assert call()[0] == call("--help")[0] == call("check", "-h")[0] == call("cache")[0] == 0
    code, out, _ = call("--version")
    assert code == 0
    assert "Ruff 0.17.6" in out
    assert "LibCST 1." in out
