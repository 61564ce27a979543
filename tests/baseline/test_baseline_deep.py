"""`check --changed-since REV --deep`: handlers that a change elsewhere lets more exceptions reach."""

from __future__ import annotations

import json

import pytest

LOADER = """\
from app.parsing import parse


def load(text):
    try:
        return parse(text)
    except Exception:
        return None
"""
PARSING = """\
from app.errors import ConfigError


def parse(text):
    return text.strip()
"""
RAISING = PARSING.replace("    return", "    if not text:\n        raise ConfigError(text)\n    return")
ERRORS = "class ConfigError(Exception):\n    pass\n\n\nclass BadConfigError(ConfigError):\n    pass\n"


@pytest.fixture
def begun(project):
    """A project in which `load` catches broadly what `parse`, in another file, raises; and its commit."""
    project.write("app/__init__.py", "")
    project.write("app/errors.py", ERRORS)
    project.write("app/parsing.py", PARSING)
    project.write("app/loader.py", LOADER)
    return project, project.commit()


def deep(project, *words):
    """Exit code, and the handlers that are reported."""
    return project.check(*words, "--deep")


def told(project, *words):
    """What JSON says of the first finding that a change elsewhere is the reason of."""
    _, out, _ = project.run("check", "--output-format", "json", "--deep", *words)
    return next(one for one in json.loads(out) if "because" in one)


def test_a_callee_that_gains_a_raise_shows_the_unchanged_handler(begun):
    project, first = begun
    project.write("app/parsing.py", RAISING)
    assert project.check("--changed-since", first) == (0, [])
    assert deep(project, "--changed-since", first) == (1, ["app/loader.py:7"])


def test_the_finding_says_which_change_lets_which_type_reach_the_handler(begun):
    project, first = begun
    project.write("app/parsing.py", RAISING)
    one = told(project, "--changed-since", first)
    words = "; your change to `parse()` (app/parsing.py:6) lets `ConfigError` reach it from line 6"
    assert one["message"].endswith(words)
    assert one["because"] == [
        {
            "type": "app.errors.ConfigError",
            "function": "parse",
            "filename": "app/parsing.py",
            "line": 6,
            "row": 6,
            "calls": [],
        }
    ]


def test_the_calls_on_the_way_are_named(begun):
    project, _ = begun
    project.write(
        "app/middle.py", "from app.parsing import parse\n\n\ndef read(text):\n    return parse(text)\n"
    )
    project.write(
        "app/loader.py",
        LOADER.replace("app.parsing import parse", "app.middle import read").replace("parse(", "read("),
    )
    second = project.commit()
    project.write("app/parsing.py", RAISING)
    one = told(project, "--changed-since", second)
    assert one["message"].endswith("reach it from line 6 by way of `read()`")
    assert one["because"][0]["calls"] == ["read"]


def test_what_is_caught_on_the_way_is_not_told(begun):
    project, _ = begun
    caught = "from app.errors import ConfigError\nfrom app.parsing import parse\n\n\ndef read(text):\n"
    caught += "    try:\n        return parse(text)\n    except ConfigError:\n        return ''\n"
    project.write("app/middle.py", caught)
    project.write(
        "app/loader.py",
        LOADER.replace("app.parsing import parse", "app.middle import read").replace("parse(", "read("),
    )
    second = project.commit()
    project.write("app/parsing.py", RAISING)
    assert deep(project, "--changed-since", second) == (0, [])


def test_what_an_earlier_clause_takes_does_not_reach_the_handler(begun):
    project, _ = begun
    clause = "    except ConfigError:\n        raise\n    except Exception"
    project.write(
        "app/loader.py",
        "from app.errors import ConfigError\n" + LOADER.replace("    except Exception", clause),
    )
    second = project.commit()
    project.write("app/parsing.py", RAISING)
    assert deep(project, "--changed-since", second) == (0, [])


def test_a_mere_subscript_is_not_told(begun):
    project, first = begun
    project.write("app/parsing.py", PARSING.replace("text.strip()", "text.split(':')[1]"))
    assert deep(project, "--changed-since", first) == (0, [])


def test_a_removed_raise_is_no_finding(begun):
    project, _ = begun
    project.write("app/parsing.py", RAISING)
    second = project.commit()
    project.write("app/parsing.py", PARSING)
    assert deep(project, "--changed-since", second) == (0, [])


def test_a_type_that_could_come_as_its_base_is_nothing_new(begun):
    project, _ = begun
    project.write("app/parsing.py", RAISING)
    second = project.commit()
    project.write(
        "app/parsing.py",
        RAISING.replace("import ConfigError", "import BadConfigError, ConfigError").replace(
            "    return", "    if text == '?':\n        raise BadConfigError(text)\n    return"
        ),
    )
    assert deep(project, "--changed-since", second) == (0, [])


def test_another_layout_and_another_docstring_are_no_change(begun):
    project, _ = begun
    project.write("app/parsing.py", RAISING)
    second = project.commit()
    again = RAISING.replace(
        "def parse(text):\n", 'def parse(\n    text,\n):\n    """Words.\n\n    Raises OSError.\n    """\n'
    )
    project.write("app/parsing.py", again)
    assert deep(project, "--changed-since", second) == (0, [])


def test_a_renamed_function_that_raises_the_same_is_nothing_new(begun):
    project, _ = begun
    project.write("app/parsing.py", RAISING)
    project.write(
        "app/middle.py", "from app.parsing import parse\n\n\ndef read(text):\n    return parse(text)\n"
    )
    project.write(
        "app/loader.py",
        LOADER.replace("app.parsing import parse", "app.middle import read").replace("parse(", "read("),
    )
    second = project.commit()
    project.write("app/parsing.py", RAISING.replace("def parse", "def parsed"))
    project.write(
        "app/middle.py", "from app.parsing import parsed\n\n\ndef read(text):\n    return parsed(text)\n"
    )
    assert deep(project, "--changed-since", second) == (0, [])


def test_a_renamed_file_is_compared_with_what_it_was(begun):
    project, _ = begun
    project.write("app/parsing.py", RAISING)
    second = project.commit()
    project.git("mv", "app/parsing.py", "app/grammar.py")
    project.write("app/loader.py", LOADER.replace("app.parsing", "app.grammar"))
    assert deep(project, "--changed-since", second) == (0, [])
    more = RAISING.replace("    return", "    if text == '?':\n        raise OSError(text)\n    return")
    project.write("app/grammar.py", more)
    assert deep(project, "--changed-since", second) == (1, ["app/loader.py:7"])
    assert [one["type"] for one in told(project, "--changed-since", second)["because"]] == ["OSError"]


def test_the_handlers_file_may_have_been_renamed_and_changed_elsewhere(begun):
    project, first = begun
    project.write("app/parsing.py", RAISING)
    project.git("mv", "app/loader.py", "app/loading.py")
    project.write("app/loading.py", "import os  # noqa\n" + LOADER)
    assert deep(project, "--changed-since", first) == (1, ["app/loading.py:8"])


def test_a_call_of_the_standard_library_counts_as_well(begun):
    project, first = begun
    project.write("app/parsing.py", "import json\n\n\ndef parse(text):\n    return json.loads(text)\n")
    one = told(project, "--changed-since", first)
    assert [why["type"] for why in one["because"]] == ["json.decoder.JSONDecodeError"]


def test_a_new_function_below_the_handler_is_named(begun):
    project, first = begun
    grown = PARSING.replace("text.strip()", "check(text.strip())")
    grown += "\n\ndef check(text):\n    if not text:\n        raise ConfigError(text)\n    return text\n"
    project.write("app/parsing.py", grown)
    one = told(project, "--changed-since", first)
    assert (one["because"][0]["function"], one["because"][0]["calls"]) == ("check", ["parse"])


def test_a_file_that_git_does_not_track_yet_is_part_of_the_change(begun):
    project, first = begun
    project.write(
        "app/fresh.py",
        "from app.errors import ConfigError\n\n\ndef check(text):\n    raise ConfigError(text)\n",
    )
    project.write(
        "app/parsing.py", "from app.fresh import check\n\n\ndef parse(text):\n    return check(text)\n"
    )
    assert deep(project, "--changed-since", first) == (1, ["app/loader.py:7"])


def test_a_handler_that_the_change_touches_is_told_once(begun):
    project, first = begun
    project.write("app/parsing.py", RAISING)
    project.write("app/loader.py", LOADER.replace("return None", "return 0"))
    assert deep(project, "--changed-since", first) == (1, ["app/loader.py:7"])


def test_a_comment_that_excuses_the_handler_holds(begun):
    project, _ = begun
    project.write("app/loader.py", LOADER.replace("Exception:", "Exception:  # broadcatch: ignore  any text"))
    second = project.commit()
    project.write("app/parsing.py", RAISING)
    assert deep(project, "--changed-since", second) == (0, [])


def test_the_baseline_does_not_excuse_what_reaches_a_handler_since(begun):
    project, first = begun
    project.run("baseline", "write")
    project.write("app/parsing.py", RAISING)
    words = ("--baseline", ".broadcatch-baseline.json", "--changed-since", first)
    assert deep(project, *words) == (1, ["app/loader.py:7"])


def test_only_handlers_below_the_paths_are_told(begun):
    project, first = begun
    project.write("app/parsing.py", RAISING)
    project.write("other/__init__.py", "")
    assert deep(project, "--changed-since", first, "other") == (0, [])
    assert deep(project, "--changed-since", first, "app") == (1, ["app/loader.py:7"])


def test_what_is_staged_counts_and_not_what_lies_on_the_disk(begun):
    project, _ = begun
    project.write("app/parsing.py", RAISING)
    project.git("add", "app/parsing.py")
    project.write("app/parsing.py", PARSING)
    assert deep(project, "--staged") == (1, ["app/loader.py:7"])
    assert told(project, "--staged")["because"][0]["filename"] == "app/parsing.py"


def test_what_lies_on_the_disk_and_is_not_staged_does_not_count(begun):
    project, _ = begun
    project.write("app/parsing.py", RAISING)
    assert deep(project, "--staged") == (0, [])
    project.git("add", "app/parsing.py")
    assert deep(project, "--staged") == (1, ["app/loader.py:7"])


def test_before_the_first_commit_there_is_nothing_to_compare(project):
    project.write("app/parsing.py", RAISING)
    project.git("add", "-A")
    assert deep(project, "--staged") == (0, [])


def test_the_work_tree_is_left_as_it_is(begun):
    project, first = begun
    project.write("app/parsing.py", RAISING)
    before = project.git("status", "--porcelain", "--ignored")
    deep(project, "--changed-since", first, "--no-cache")
    assert project.git("status", "--porcelain", "--ignored") == before


def test_calls_that_python_makes_by_itself_are_named_as_not_followed(begun):
    project, first = begun
    project.write(
        "app/box.py", "class Box:\n    def __getitem__(self, key):\n        raise ValueError(key)\n"
    )
    code, _, err = project.run("check", "--changed-since", first, "--deep")
    assert code == 0
    assert err == "--deep: calls that Python makes by itself were not followed: Box.__getitem__()\n"


def test_a_handler_that_raises_again_does_not_end_the_way_up(begun):
    project, _ = begun
    middle = "import logging\n\nfrom app.parsing import parse\n\n\ndef read(text):\n"
    middle += "    try:\n        return parse(text)\n"
    middle += "    except Exception:\n        logging.info('no')\n        raise\n"
    project.write("app/middle.py", middle)
    project.write(
        "app/loader.py",
        LOADER.replace("app.parsing import parse", "app.middle import read").replace("parse(", "read("),
    )
    second = project.commit()
    project.write("app/parsing.py", RAISING)
    assert "app/loader.py:7" in deep(project, "--changed-since", second)[1]


def test_without_two_states_there_is_nothing_to_compare(begun):
    project, _ = begun
    code, _, err = project.run("check", "--deep")
    assert code == 2
    assert "--deep compares two states: it needs --changed-since REV or --staged" in err


def test_sarif_names_the_place_of_the_change(begun):
    project, first = begun
    project.write("app/parsing.py", RAISING)
    _, out, _ = project.run("check", "--output-format", "sarif", "--changed-since", first, "--deep")
    found = json.loads(out)["runs"][0]["results"]
    places = [one["relatedLocations"][0] for one in found if "relatedLocations" in one]
    assert places[0]["physicalLocation"]["region"] == {"startLine": 6}
    assert places[0]["message"]["text"] == "`parse()` lets `app.errors.ConfigError` out"


def test_a_type_that_does_not_look_like_a_class_is_named_in_full(begun):
    project, first = begun
    project.write("app/parsing.py", "import zlib\n\n\ndef parse(text):\n    raise zlib.error(text)\n")
    assert "lets `zlib.error` reach it" in told(project, "--changed-since", first)["message"]
