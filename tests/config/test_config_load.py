"""Configuration: which file, which values, and what a person is told about a wrong one."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from broadcatch.config.digest import digest
from broadcatch.config.load import apply, find_config, read_config, resolve
from broadcatch.config.options import Config, Expected, Risk, Translation, Zone
from broadcatch.config.schema import keys, parts
from broadcatch.errors import ConfigError


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BROADCATCH_CACHE_DIR", raising=False)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def complaint(here: Path, text: str, name: str = "broadcatch.toml") -> str:
    with pytest.raises(ConfigError) as caught:
        read_config(write(here / name, text))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_nearest_file_counts(here):
    write(here / "broadcatch.toml", "jobs = 1")
    inner = write(here / "a/broadcatch.toml", "jobs = 2")
    assert find_config(here / "a/b/c.py") == inner


def test_a_pyproject_without_our_table_is_passed_over(here):
    outer = write(here / "pyproject.toml", "[tool.broadcatch]\njobs = 3")
    write(here / "a/pyproject.toml", "[tool.other]\nbroadcatch = 1")
    assert find_config(here / "a") == outer


def test_a_broken_pyproject_that_never_names_us_is_not_our_business(here):
    write(here / "pyproject.toml", "= [")
    assert find_config(here) is None


def test_our_own_file_wins_in_one_folder(here):
    own = write(here / "broadcatch.toml", "")
    write(here / "pyproject.toml", "[tool.broadcatch]")
    assert find_config(here) == own


def test_every_kind_of_value_is_read(here):
    values = read_config(
        write(
            here / "pyproject.toml",
            """
            [tool.broadcatch]
            select = ["BC1", "BC203"]
            typed = true
            jobs = 4
            fail-on = "error"
            cache-dir = "kept"
            [tool.broadcatch.per-file-ignores]
            "tests/*" = ["BC"]
            [tool.broadcatch.severity]
            logged-text = "note"
            """,
        )
    )
    assert values == {
        "select": ("BC1", "BC203"),
        "typed": True,
        "jobs": 4,
        "fail_on": "error",
        "cache_dir": str(here / "kept"),
        "per_file_ignores": {"tests/*": ("BC",)},
        "severity": {"logged-text": "note"},
    }


def test_zone_tables_are_read_in_their_order(here):
    text = """
        [[tool.broadcatch.zone]]
        name = "mine"
        paths = ["a/*", "b.py"]
        logging = "excuses"
        [[tool.broadcatch.zone]]
        name = "worker"
        decorators = ["job"]
        """
    assert read_config(write(here / "pyproject.toml", text)) == {
        "zone": (
            Zone(name="mine", paths=("a/*", "b.py"), logging="excuses"),
            Zone(name="worker", decorators=("job",)),
        )
    }


def test_a_mistake_in_a_table_of_pyproject_names_the_whole_key(here):
    text = '[[tool.broadcatch.zone]]\npaths = ["a"]\nlogging = "often"'
    assert complaint(here, text, "pyproject.toml").startswith(
        "pyproject.toml: tool.broadcatch.zone[0].logging: "
    )


def test_a_byte_order_mark_does_no_harm(here):
    assert read_config(write(here / "broadcatch.toml", "\ufeffjobs = 2")) == {"jobs": 2}


WRONG = {
    'selct = ["BC"]': 'selct: unknown key; did you mean "select"?',
    "fail_on = 1": 'fail_on: unknown key; did you mean "fail-on"?',
    "zzz = 1": "zzz: unknown key",
    'root = "x"': "root: unknown key",
    'jobs = "2"': "jobs: expected a whole number, found a string",
    "jobs = true": "jobs: expected a whole number, found a boolean",
    "jobs = -1": "jobs: -1 is not a whole number from 0",
    "typed = 1": "typed: expected true or false, found a whole number",
    'select = "BC"': "select: expected a list, found a string",
    "select = [1]": "select[0]: expected a string, found a whole number",
    'select = ["BC", "BLE001"]': 'select[1]: "BLE001" is not a rule or its prefix, such as BC102 or BC1',
    'ignore = ["bc102"]': 'ignore[0]: "bc102" is not a rule or its prefix, such as BC102 or BC1; '
    'did you mean "BC102"?',
    'fail-on = "eror"': 'fail-on: "eror" is not one of "error", "warning", "note"; did you mean "error"?',
    "fail-on = []": 'fail-on: [] is not one of "error", "warning", "note"',
    'severity = {dropped = "fatal"}': 'severity.dropped: "fatal" is not one of ',
    'severity = {droped = "note"}': 'severity.droped: key "droped" is not one of ',
    "severity = 1": "severity: expected a table, found a whole number",
    'per-file-ignores = {"a.py" = "BC"}': "per-file-ignores.a.py: expected a list, found a string",
    "python = 2020-01-01": "python: expected a string, found another kind of value",
    'zone = ["x"]': "zone[0]: expected a table, found a string",
    '[zone]\npaths = ["a"]': "zone: expected a list, found a table",
    '[[zone]]\npath = ["a"]': 'zone[0].path: unknown key; did you mean "paths"?',
    '[[zone]]\npaths = "a"\nname = "core"': "zone[0].paths: expected a list, found a string",
    '[[zone]]\npaths = [""]\nname = "core"': 'zone[0].paths[0]: "" is not a pattern',
    '[[zone]]\npaths = ["a"]\nname = "a b"': 'zone[0].name: "a b" is not a name of letters, digits, - and _',
    '[[zone]]\npaths = ["a"]\nlogging = "sometimes"': 'zone[0].logging: "sometimes" is not one of ',
    '[[zone]]\npaths = ["a"]\nlogging = "exuses"': 'zone[0].logging: "exuses" is not one of '
    '"excuses", "never"; did you mean "excuses"?',
    '[[zone]]\nlogging = "never"': 'zone[0]: matches nothing: one of "paths", '
    '"decorators", "scopes", "bases" is needed',
    '[[zone]]\npaths = ["a"]': 'zone[0]: says nothing: "name" or "logging" is needed',
    'raises = ["x"]': "raises: expected a table, found a list",
    '[raises]\n"a.b" = "KeyError"': "raises.a.b: expected a list, found a string",
    '[raises]\n"a.b" = [1]': "raises.a.b[0]: expected a table, found a whole number",
    "[raises]\na.b = []": 'raises: "a" is not a dotted name with its module, in quotes',
    '[raises]\n"a b" = []': 'raises: "a b" is not a dotted name with its module, in quotes',
    '[raises]\n"a.b" = ["c-d"]': 'raises.a.b[0].type: "c-d" is not a dotted name',
    '[raises]\n"a.b" = ["Valueerror"]': 'raises.a.b[0]: "Valueerror" is no exception of Python; one of a '
    'module is named with its module; did you mean "ValueError"?',
    '[raises]\n"a.b" = [{transient = true}]': 'raises.a.b[0]: says nothing: "type" is needed',
    '[raises]\n"a.b" = [{type = "KeyError", why = "x"}]': "raises.a.b[0].why: unknown key",
    '[raises]\n"a.b" = [{type = "KeyError", transient = 1}]': "raises.a.b[0].transient: expected true or",
    '[raises]\n"a.b" = [{type = "KeyError", when = ["timeout"]}]': 'raises.a.b[0].when[0]: "timeout" is not '
    "a condition on arguments, such as given:timeout",
    '[[zone]]\npaths = ["a"]\nname = "boundry"': 'zone[0]: "boundry" is no built-in zone, so '
    '"logging" is needed; did you mean "boundary"?',
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_key_or_value_names_itself_and_the_nearest_right_one(here, text):
    told = complaint(here, text)
    wanted = f"broadcatch.toml: {WRONG[text]}".replace(
        '"note", "warning", "error"', '"error", "warning", "note"'
    )
    assert told.startswith(wanted)


def test_an_unknown_outcome_names_the_nearest(here):
    assert complaint(here, 'severity = {droped = "note"}').endswith('; did you mean "dropped"?')


def test_in_pyproject_the_whole_key_is_named(here):
    told = complaint(here, '[tool.broadcatch]\nselct = ["BC"]', "pyproject.toml")
    assert told == 'pyproject.toml: tool.broadcatch.selct: unknown key; did you mean "select"?'


def test_invalid_toml_names_its_line(here):
    assert complaint(here, "jobs = 1\ntyped = yes\n").startswith("broadcatch.toml: line 2: invalid TOML: ")
    assert complaint(here, "jobs = 1\nselect = [").startswith("broadcatch.toml: line 2: invalid TOML: ")


def test_bytes_that_are_no_text_name_their_line(here):
    (here / "broadcatch.toml").write_bytes(b"jobs = 1\n# \xff\n")
    with pytest.raises(ConfigError, match=r"^broadcatch.toml: line 2: not UTF-8$"):
        read_config(here / "broadcatch.toml")


def test_a_table_that_is_none_is_named(here):
    assert complaint(here, "[tool]\nbroadcatch = 1", "pyproject.toml") == (
        "pyproject.toml: tool.broadcatch: expected a table"
    )


def test_an_explicit_file_must_be_there_and_speak_of_us(here):
    with pytest.raises(ConfigError, match=r"^no\.toml: cannot be read: No such file or directory$"):
        resolve(here, Path("no.toml"), False, {})
    write(here / "pyproject.toml", "[project]")
    with pytest.raises(ConfigError, match=r"there is no \[tool\.broadcatch\] table"):
        resolve(here, Path("pyproject.toml"), False, {})


def test_the_command_line_wins_over_the_file_and_the_file_over_the_defaults(here):
    file = write(here / "broadcatch.toml", 'jobs = 2\nfail-on = "error"')
    config = resolve(here / "x.py", None, False, {"jobs": 5})
    assert (config.jobs, config.fail_on, config.cache) == (5, "error", True)
    assert (config.root, config.source) == (here.as_posix(), file.as_posix())


def test_an_explicit_file_is_the_only_one_even_beside_isolated(here):
    write(here / "broadcatch.toml", "jobs = 2")
    write(here / "other/mine.toml", "typed = true")
    config = resolve(here, Path("other/mine.toml"), True, {})
    assert (config.jobs, config.typed, config.root) == (0, True, (here / "other").as_posix())


def test_isolated_reads_no_file(here, monkeypatch):
    monkeypatch.setenv("BROADCATCH_TODAY", "2027-03-01")
    write(here / "broadcatch.toml", "jobs = 2")
    assert resolve(here, None, True, {}) == Config(root=here.as_posix(), today="2027-03-01", ruff="own")


def test_the_environment_stands_between_file_and_command_line(here, monkeypatch):
    write(here / "broadcatch.toml", 'cache-dir = "from-file"')
    monkeypatch.setenv("BROADCATCH_CACHE_DIR", "/from/environment")
    assert resolve(here, None, False, {}).cache_dir == "/from/environment"
    assert resolve(here, None, False, {"cache_dir": "mine"}).cache_dir == "mine"


def test_a_new_select_forgets_what_was_ignored():
    config = apply(Config(), {"ignore": ("BC102",), "extend_select": ("BC4",)})
    after = apply(config, {"select": ("BC1",)})
    assert (after.select, after.ignore, after.extend_select) == (("BC1",), (), ())


def test_a_further_ignore_adds_and_a_further_select_takes_back():
    config = apply(Config(ignore=("BC102", "BC2")), {"ignore": ("BC3",)})
    assert config.ignore == ("BC102", "BC2", "BC3")
    assert apply(config, {"extend_select": ("BC1",)}).ignore == ("BC2", "BC3")


def test_further_exclusions_add_to_the_earlier():
    config = apply(Config(extend_exclude=("a",)), {"extend_exclude": ("b",)})
    assert config.extend_exclude == ("a", "b")


def test_every_field_but_the_origin_has_a_key():
    assert set(keys().values()) == {field.name for field in fields(Config)} - {
        "root",
        "source",
        "today",
        "ruff_ignores",
        "ruff_select",
        "ruff_ignore",
    }


def test_the_digest_follows_what_can_change_findings_and_nothing_else():
    changed = {
        "select": ("BC1",), "extend_select": ("BC1",), "ignore": ("BC1",),
        "per_file_ignores": {"a": ("BC1",)}, "typed": True, "broad_exceptions": ("a",),
        "error_sinks": ("a",), "exit_calls": ("a",), "severity": {"dropped": "note"},
        "zone": (Zone(name="test", paths=("a",)),),
        "exclude": ("a",), "extend_exclude": ("a",), "fail_on": "note",
        "respect_gitignore": False, "jobs": 3, "cache": False, "cache_dir": "a", "baseline": "a",
        "python": "a", "root": "/a",
        "source": "/a/b", "require_reason": True, "ruff_ignores": (("a", ("BLE",), "/a"),),
        "ruff_select": ("B",), "ruff_ignore": ("B904",),
        "raises": {"a.b": (Expected("KeyError"),)}, "raises_file": "a", "observe_call": "a",
        "translate": (Translation("a.B", "c.D"),),
        "risk": Risk("finance"), "today": "2027-03-01", "ruff": "both",
    }  # fmt: skip
    assert set(changed) == set(parts())
    for name, value in changed.items():
        same = digest(Config(**{name: value})) == digest(Config())
        assert same == (parts()[name] not in ("findings", "foreign")), name


def test_rows_of_a_file_count_and_those_of_the_configuration_win(here):
    write(here / "facts/raises.toml", '[raises]\n"a.b" = ["KeyError"]\n"a.c" = []\n"a.*" = ["OSError"]')
    own = '[raises]\n"a.b" = [{type = "x.Late", transient = true, because = "slow"}]'
    read = read_config(write(here / "broadcatch.toml", f'raises-file = "facts/raises.toml"\n{own}'))
    assert read["raises"] == {
        "a.b": (Expected("x.Late", because="slow", transient=True),),
        "a.c": (),
        "a.*": (Expected("OSError"),),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "raises.toml: cannot be read: No such file or directory"),
        ("a = [", "raises.toml: line 1: invalid TOML: "),
        ('[raises]\n"a.b" = [{}]', 'raises.toml: raises.a.b[0]: says nothing: "type" is needed'),
        ("jobs = 1", 'raises.toml: jobs: unknown key; a raises-file holds the table "raises"'),
    ],
)
def test_what_is_wrong_in_a_file_of_rows_names_that_file(here, text, told):
    if text is not None:
        write(here / "raises.toml", text)
    assert complaint(here, 'raises-file = "raises.toml"').startswith(told)


def test_the_digest_does_not_depend_on_the_order_of_keys():
    one, two = {"dropped": "note", "fallback": "error"}, {"fallback": "error", "dropped": "note"}
    assert digest(Config(severity=one)) == digest(Config(severity=two))
