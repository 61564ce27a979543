"""What a reviewer would accept as it is becomes a note; what only looks like it does not."""

from __future__ import annotations

from textwrap import dedent

import pytest

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged, judge
from broadcatch.lint.settled import settled
from tests.judging import handlers_of

HEAD = """\
import json, logging, pickle, requests, time, uuid
from shop import own
logger = logging.getLogger()
"""


def reason(code: str, module: str = "shop.service") -> str:
    """Why the first handler of a module is settled."""
    (handler, *_) = handlers_of(HEAD + dedent(code))
    return settled(Judged(handler, judge(handler, "shop/service.py", Config()), module))


def tried(work: str, handled: str, name: str = "run(self, text, path)", loop: str = "") -> str:
    """A function with a try of one line, in a loop where one is given."""
    pad = "        " if loop else "    "
    head = f"def {name}:\n" + (f"    {loop}:\n" if loop else "")
    lines = handled.split("\n")
    return head + "\n".join(
        [
            f"{pad}try:",
            *(f"{pad}    {line}" for line in work.split("\n")),
            f"{pad}except Exception as error:",
            *(f"{pad}    {line}" for line in lines),
            "",
        ]
    )


@pytest.mark.parametrize(
    ("work", "handled"),
    [
        ("return uuid.UUID(text)", "return None"),
        ("size = text['a']['b']", "size = None"),
        ("name, size = text['x'].split('-')", "name = text['x']\nsize = ''"),
        ("text = json.dumps(json.loads(text))", "pass"),
        ("number = int(text)", "return 'not found', 404"),
        ("return uuid.UUID(text)", "logger.info('no %s', error)\nreturn None"),
    ],
)
def test_a_value_that_could_not_be_read_is_no_secret(work: str, handled: str) -> None:
    assert reason(tried(work, handled)).startswith("one value could not be read")


@pytest.mark.parametrize(
    ("work", "handled"),
    [
        ("return json.loads(text)", "return []"),  # an empty document is another
        ("number = int(text)", "number = 0"),  # a number like any other
        ("text = pickle.loads(text)", "pass"),  # runs code
        ("self.size = int(text)", "self.size = None"),  # stored
        ("size = self.sizes.get(text)", "return False"),  # state of an object
        ("size = own.size(text)", "size = None"),  # code of the project
        ("size = self.session.get(text)", "size = None"),  # another process
        ("size = int(text)", "pass"),  # the name is not bound at all
        ("a = int(text)\nb = int(path)", "a = None"),
    ],
)
def test_other_reads_and_other_values_are_no_neutral_ones(work: str, handled: str) -> None:
    assert reason(tried(work, handled)) == ""


@pytest.mark.parametrize("work", ["text.close()", "open(path).close()", "cache.clear()", "db.rollback()"])
def test_what_only_closes_is_settled(work: str) -> None:
    assert "only closes" in reason(tried(work, "pass"))


@pytest.mark.parametrize("work", ["text.close_position()", "own.delete(path)", "text.close()\npath.close()"])
def test_what_does_more_than_close_is_not(work: str) -> None:
    assert reason(tried(work, "pass")) == ""


TOLD = "logger.warning('no answer for %s: %s', path, error)\nreturn None"


def test_one_step_outside_that_is_recorded_well_is_settled() -> None:
    assert "one step outside" in reason(tried("return requests.get(path).json()", TOLD))


@pytest.mark.parametrize(
    ("work", "handled"),
    [
        ("self.page = requests.get(path)", TOLD),
        ("return requests.get(path)", "logger.warning('no answer')\nreturn None"),
        ("return requests.get(path)", "logger.warning(error)\nreturn None"),
        ("return requests.get(path)", "logger.warning(f'no {path}', error)\nreturn None"),
        ("return requests.get(path)", TOLD.replace("None", "path")),
    ],
)
def test_own_steps_and_thin_records_are_not(work: str, handled: str) -> None:
    assert reason(tried(work, handled)) == ""


def test_one_item_that_is_named_in_the_log_is_settled() -> None:
    told = "logger.warning('%s is left out: %s', one, error)"
    steps = "text.feed(one)\ntext.shake()\npath.turn()"
    assert "one item" in reason(tried(steps, told, loop="for one in text"))
    assert "one item" in reason(tried("self.feed(one)", told, loop="for one in text"))
    assert reason(tried(f"self.feed(one)\n{steps}", told, loop="for one in text")) == ""
    assert reason(tried(steps, "logger.warning('no: %s', error)", loop="for one in text")) == ""


def test_one_look_up_in_what_others_give_is_settled_where_nothing_stands_for_it() -> None:
    assert "one look-up" in reason(tried("return text.find_all(path)", "return []"))
    assert "one look-up" in reason(tried("size = None\nreturn text.extract(path)", "return None"))


@pytest.mark.parametrize(
    ("work", "handled"),
    [
        ("return text.find_all(path)", "return [path]"),
        ("return read(path)", "return None"),
        ("return own.find_all(path)", "return []"),
        ("return requests.get(path)", "return None"),
        ("return self.client.get(path)", "return None"),
        ("return text.find_order(path)", "return None"),
        ("text.open(path)\ntext.read(path)\ntext.parse(path)", "pass"),
    ],
)
def test_other_answers_and_other_work_are_no_look_up(work: str, handled: str) -> None:
    assert reason(tried(work, handled)) == ""


def test_a_value_that_is_only_asked_for_is_settled() -> None:
    asked = tried("parts = text.ingredients()", "parts = []") + "    if parts or path:\n        return text\n"
    assert "only whether" in reason(asked)
    assert reason(asked + "    return parts\n") == ""


def test_a_constant_that_says_that_it_failed_is_settled() -> None:
    asked = "path.turn(text)\nreturn Status.CONNECTED"
    assert "says that it failed" in reason(tried(asked, "return Status.NOT_CONNECTED"))
    assert reason(tried(asked, "return Status.CONNECTED")) == ""


def test_a_record_that_says_what_is_done_instead_is_settled() -> None:
    work = "own.a()\nown.b()\nown.c()"
    assert "instead" in reason(tried(work, "logger.warning(f'{path}: {error}, falling back to plain text')"))
    assert "instead" in reason(tried(work, "logger.warning('%s: using defaults', error)"))
    assert reason(tried(work, "logger.warning('falling back to plain text')")) == ""
    assert reason(tried("own.settle_order()", "logger.warning('%s: fallback', error)")) == ""


def test_a_record_of_the_value_that_is_used_instead_is_settled() -> None:
    told = "host = 'localhost'\nlogger.warning('no host known, using %s', host)"
    assert "instead" in reason(tried("host = own.host(text)", told))
    assert reason(tried("host = own.host(text)", "host = 'localhost'\nlogger.warning('no host known')")) == ""


def test_a_screen_that_names_what_failed_is_enough() -> None:
    assert "screen" in reason(tried("self.a()\nself.b()", "print(f'{path} failed: {error}')"))
    assert reason(tried("self.a()\nself.b()", "print(error)")) == ""


def test_the_same_work_in_another_way_is_settled() -> None:
    assert "by the handler" in reason(tried("own.start(8)", "own.start(1)"))
    assert reason(tried("text.append(path)\nown.start(8)", "own.start(1)")) == ""
    assert reason(tried("own.work(8)\ntext.emit('ok')", "text.emit('no')")) == ""


def test_waiting_for_something_is_settled_as_long_as_it_ends() -> None:
    wait = tried("return own.ready(path)", "time.sleep(2)", loop="while time.time() < 9")
    assert "bounded time" in reason(wait)
    assert reason(wait.replace("time.time() < 9", "True")) == ""


def test_whether_it_fails_is_the_question_of_a_probe() -> None:
    assert "question" in reason(tried("pickle.dumps(text)", "return False", "is_picklable(text)"))
    assert "question" in reason(tried("return own.reach(text)", "return False", "ping(text)"))
    assert reason(tried("self.check(text)", "return False", "is_allowed(self, text)")) == ""


def test_telemetry_must_not_stop_the_program() -> None:
    assert reason(tried("own.emit(text)", "pass"), "shop.analytics") == "beside the point: telemetry"
    assert reason(tried("cached = own.read(path)", "return")) == "beside the point: caches"


def test_a_retry_whose_last_failure_leaves_is_settled() -> None:
    again = tried("return own.a()", "if text: raise\ntime.sleep(1)", loop="while True")
    assert "last failure leaves" in reason(again)


def test_what_is_asked_further_down_is_still_a_question() -> None:
    later = tried("size = own.measure(text)", "return False", "is_large(text)") + "    return size > 9\n"
    assert "question" in reason(later)
    assert reason(later.replace("size = ", "self.size = ")) == ""


def test_a_question_may_be_answered_by_yes() -> None:
    asked = tried("own.find(text)", "return True", "is_absolute(text)")
    assert "question" in reason(asked + "    else:\n        return False\n")
    assert reason(asked) == ""


def test_what_cannot_be_compared_is_not_equal() -> None:
    compared = "if self.key(text) != path.key(text): return False"
    assert "question" in reason(tried(compared, "return False", "__eq__(self, path)"))
