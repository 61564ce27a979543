"""Do the rooms understand each other? Each function of the api once, on a small project."""

from __future__ import annotations

import pytest

from broadcatch import api
from broadcatch.errors import BroadcatchError, ConfigError, PathError
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Target

BROAD = "def load(path):\n    try:\n        return read(path)\n    except Exception:\n        return None\n"
FILE = "app/x.py"


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project of one file in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.broadcatch]\njobs = 1\n")
    (tmp_path / "app").mkdir()
    (tmp_path / FILE).write_text(BROAD)
    return tmp_path


def config(**given):
    return api.configure(["."], None, False, given)


def test_the_command_line_wins_over_the_file():
    assert config().jobs == 1
    assert config(jobs=2).jobs == 2
    assert api.configure(["."], None, True, {}).jobs == 0


def test_a_wrong_value_on_the_command_line_names_the_option():
    with pytest.raises(ConfigError, match="--select"):
        config(select=("nonsense",))


@pytest.mark.parametrize("ask", [api.check, api.report])
def test_a_path_that_does_not_exist_ends_the_run(ask):
    with pytest.raises(PathError, match="nowhere"):
        ask(["nowhere"], config())


def test_check_counts_what_it_read(project):
    result = api.check(["."], config())
    assert (result.files, result.lines, result.failures) == (1, 5, ())


def test_a_text_is_judged_like_the_file_it_stands_for(project):
    assert api.check_source(BROAD.encode(), FILE, config()).findings == api.check([FILE], config()).findings


def test_a_broken_text_is_a_failure():
    [failure] = api.check_source(b"try:\n    x\nexcept (:\n    pass\n", FILE, config()).failures
    assert (failure.path, failure.stage) == (FILE, "parse")


def test_report_ranks_the_broad_handler():
    result = api.report(["."], config())
    assert [(risk.path, risk.line) for risk in result.handlers] == [(FILE, 4)]
    assert [risk.path for risk in result.files] == [FILE]


def test_suggest_answers_for_the_handler_that_is_asked_for(project):
    (project / FILE).write_text("try:\n    n = int(text)\nexcept Exception:\n    n = 0\n")
    [one] = api.suggest([Target(FILE, 3)], config()).suggestions
    assert (one.path, one.line, one.caught) == (FILE, 3, ("Exception",))
    assert "ValueError" in one.possible
    assert {why.path for proposal in one.proposals for why in proposal.evidence} == {FILE}
    assert api.suggest([Target(FILE, 5)], config()).suggestions == ()


def test_evidence_is_named_as_seen_from_the_working_directory(project, monkeypatch):
    (project / FILE).write_text("try:\n    n = int(text)\nexcept Exception:\n    n = 0\n")
    monkeypatch.chdir(project / "app")
    [one] = api.suggest([Target("x.py")], config()).suggestions
    assert {why.path for proposal in one.proposals for why in proposal.evidence} == {"x.py"}


def test_fix_offers_a_cause_and_writes_it_on_request(project):
    text = (
        "def f():\n    try:\n        run()\n    except KeyError as error:\n        raise ValueError('no')\n"
    )
    (project / FILE).write_text(text)
    offered = api.fix([Target(FILE)], config(), FixRequest())
    assert [offer.line for offer in offered.offered] == [5]
    assert (project / FILE).read_text() == text
    assert api.fix([Target(FILE)], config(), FixRequest(write=True)).written == (FILE,)
    assert (project / FILE).read_text() == text.replace("('no')", "('no') from error")
    assert api.fix([Target(FILE)], config(), FixRequest()).offered == ()


def test_a_suppressed_handler_is_left_alone_and_marked(project):
    (project / FILE).write_text(BROAD.replace("Exception:", "Exception:  # noqa: BLE001"))
    assert [one.suppressed is not None for one in api.check(["."], config()).findings] == [True, True]
    assert [risk.suppressed for risk in api.report(["."], config()).handlers] == [True]
    assert api.fix([Target(".")], config(), FixRequest(unsafe=True)).diffs == ()


def test_a_rule_that_does_not_exist_is_an_error_of_the_user():
    with pytest.raises(BroadcatchError, match="BC999"):
        api.rule("BC999")


def test_the_cache_can_be_seen_and_emptied():
    api.check(["."], config())
    assert api.cache_info(config()).entries == 1
    assert api.cache_clear(config()) == 1
    assert api.cache_info(config()).entries == 0


def test_source_lines_have_no_line_ends_and_a_lost_file_has_none(project):
    (project / "y.py").write_bytes(b"a = 1\r\nb = '\x0c'\n")
    assert list(api.source_lines("y.py")) == ["a = 1", "b = '\x0c'"]
    assert list(api.source_lines("gone.py")) == []


NESTED = """\
def f(s):
    try:
        before(s)
        try:
            inner(s)
        except ValueError:
            again(s)
        except Exception:
            pass
        after(s)
    except Exception:
        log(s)
        keep(s)
    return s
"""


@pytest.mark.parametrize(
    ("line", "handlers"),
    [
        (3, [11]),
        (5, [8]),
        (6, [8]),
        (8, [8]),
        (9, [8]),
        (10, [11]),
        (11, [11]),
        (13, [11]),
        (14, []),
        (1, []),
    ],
)
def test_a_line_means_the_broad_handlers_of_the_nearest_try(project, line, handlers):
    (project / FILE).write_text(NESTED)
    found = api.suggest([Target(FILE, line)], config()).suggestions
    assert [one.line for one in found] == handlers


def test_a_line_asks_for_handlers_of_its_file_only(project):
    (project / FILE).write_text(NESTED)
    (project / "app" / "y.py").write_text(NESTED)
    targets = [Target(FILE, 5), Target("app/y.py")]
    found = api.suggest(targets, config()).suggestions
    assert [(one.path, one.line) for one in found] == [(FILE, 8), ("app/y.py", 8), ("app/y.py", 11)]
    assert len(api.suggest([*targets, Target(f"./{FILE}")], config()).suggestions) == 4


def test_fix_takes_a_line_within_the_try(project):
    (project / FILE).write_text("try:\n    n = int('x')\nexcept Exception:\n    n = 0\n")
    assert [one.line for one in api.fix([Target(FILE, 2)], config(), FixRequest(unsafe=True)).offered] == [3]
    assert api.fix([Target(FILE, 4)], config(), FixRequest(unsafe=True)).offered != ()
    assert api.fix([Target(FILE, 99)], config(), FixRequest(unsafe=True)).offered == ()
