"""What shows that a hidden error matters: each sign with an example that has it, and one that has not."""

from __future__ import annotations

from textwrap import indent

import pytest

from broadcatch.config.options import Config
from broadcatch.judge.evidence import evidence
from broadcatch.judge.verdict import Judged, judge
from tests.judging import handlers_of

HEAD = "import json, requests, logging\nlogger = logging.getLogger()\n\n"
TOLD = "logger.error('no %s: %s', items, error)"


def signs(work: str, handled: str, name: str = "run(self, items)", loop: str = "") -> str:
    """The signs of a function whose try body is `work`, in a loop where one is given."""
    inner = f"try:\n{indent(work, '    ')}\nexcept Exception as error:\n{indent(handled, '    ')}\n"
    inner = f"{loop}:\n{indent(inner, '    ')}" if loop else inner
    (handler, *_) = handlers_of(f"{HEAD}def {name}:\n{indent(inner, '    ')}")
    return "; ".join(evidence(Judged(handler, judge(handler, "app/service.py", Config()), "app.service")))


@pytest.mark.parametrize(
    ("work", "handled", "sign"),
    [
        ("self.a()\nself.b()\nitems.c()", TOLD, "3 different calls fail alike"),
        ("items.a()\nitems.b()\nitems.c()\nitems.d()", "pass", "4 different calls fail alike"),
        ("items.fetch()", "logger.error('no')", "nobody can tell"),
        ("items.fetch()", "logger.error(error)", "nothing but the error's own text"),
        ("session = self.session\nsession.add(items)", "pass", "`session.add` may not have been written"),
        ("items.save()", "pass", "`items.save` may not have been written"),
        ("self.balance(items)\nself.tell()", TOLD, "`balance` is about money"),
        ("self.check_permission(items)", "return None", "who may do what"),
        ("return self.load(items)", "return []", "`[]` looks like any other answer"),
        ("return json.loads(items)", "return {}", "`{}` looks like any other answer"),
        ("return self.load(items)", "return NO_LIMITS", "`NO_LIMITS` looks like any other answer"),
        ("return items.fetch()", "if error.code == 3:\n    pass", "not every exception has"),
        ("return self.items.get('a')", "return 0", "only the program's own state is asked"),
    ],
)
def test_a_sign_that_the_error_matters(work: str, handled: str, sign: str) -> None:
    assert sign in signs(work, handled)


@pytest.mark.parametrize(
    ("work", "handled"),
    [
        ("items.fetch()", "pass"),
        ("items.fetch()", TOLD),
        ("return items.select().where().first()", TOLD),
        ("items.fetch()", "logger.debug('no')"),
        ("with open(items) as file:\n    json.dump(self.got, file)", TOLD),
        ("return self.load(items)", f"{TOLD}\nreturn None"),
        ("return items.fetch()", "return None"),
        ("return items.fetch()", "return DEFAULTS"),
        ("return self.load(items)", "return LOAD_FAILED"),
        ("requests.get(items, headers=self.auth_headers)", TOLD),
        ("got = requests.get(items)\ngot.raise_for_status()", "logger.warning(error)\nreturn None"),
        ("got = requests.get(items)\ngot.raise_for_status()", "logger.warning(error)\nreturn []"),
        ("items.fetch()", "self.log_error(error)"),
        ("self.check_dir_permissions()", "pass"),
        ("flag_supported = self.ask(items)", "flag_supported = False"),
        ("publisher = self.publisher\npublisher.publish(items)", TOLD),
        ("return items.fetch()", f"{TOLD}\nreturn []"),
        ("self.a()\nself.b()\nitems.c()", "logger.exception('no')"),
    ],
)
def test_nothing_shows_that_it_matters(work: str, handled: str) -> None:
    assert signs(work, handled) == ""


def test_an_item_that_is_left_out_without_a_word() -> None:
    loop = "for item in items"
    assert "the item is left out" in signs("item.send()", "continue", loop=loop)
    assert signs("item.send()", "logger.warning('no %s: %s', item, error)", loop=loop) == ""
    assert signs("text = open(item).read()", "continue", loop=loop) == ""


def test_of_several_names_some_are_new_and_some_are_old() -> None:
    name = "run(self, items, path, agent)"
    assert "may be set and" in signs("path = items['path']\nagent = items['agent']", "pass", name)
    assert signs("path = items['path']\nagent = items['agent']", "path = agent = ''", name) == ""


def test_an_item_that_is_only_counted_is_left_out_too() -> None:
    work = "one.fetch()\none.show()\n"
    assert "the item is left out" in signs(work, "failed += 1", loop="for one in items")
    assert "left out" not in signs(work, "self.tell(one)", loop="for one in items")


def test_sources_that_are_asked_in_turn_are_no_items() -> None:
    work = "found = one.fetch()\nif found:\n    return found"
    assert signs(work, "continue", loop="for one in items") == ""
    assert signs("one.fetch()", "if not found:\n    raise", loop="for one in items") == ""


def test_a_file_that_is_removed_is_no_item() -> None:
    assert signs("self.remove_file(one)", "pass", loop="for one in items") == ""
    assert "left out" in signs("self.send_file(one)", "pass", loop="for one in items")


def test_names_of_other_branches_are_not_half_set() -> None:
    before = "def run(self, items, a, b):\n    try:\n{}    except Exception:\n        pass\n"
    one_block = "        a = items['a']\n        b = items['b']\n"
    branches = "        if items:\n            a = items['a']\n        else:\n            b = items['b']\n"
    counted = "        a = items['a']\n        b -= 1\n"
    found = []
    for work in (one_block, branches, counted):
        (handler, *_) = handlers_of(before.format(work))
        judged = Judged(handler, judge(handler, "app/service.py", Config()), "app.service")
        found.append(any("may be set" in sign for sign in evidence(judged)))
    assert found == [True, False, False]
