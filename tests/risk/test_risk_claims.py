"""Does the ranking state no more than it has seen? Names that are weak signs, state that is mended, ends."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.risk.rank import rank
from tests.risk.test_risk_afterwards import risks
from tests.risk.test_risk_words import detail_of, names_of, risk_of


@pytest.mark.parametrize(
    ("call", "stake"),
    [
        ("supports_state_dag(x)", "state"),
        ("parse_commit_description(x)", "acknowledgement"),
        ("self.commit_view(x)", "acknowledgement"),
        ("get_offset(x)", "acknowledgement"),
        ("read_stream_token(x)", "access"),
        ("next_token(x)", "access"),
        ("self._wallet.failed.disconnect(f)", "money"),
        ("self.send_ping()", "write"),
        ("self.update_property(x)", "write"),
        ("supports_upload(x)", "write"),
        ("saved.send(sender=self)", "write"),
        ("self.load_balance(x)", "money"),
        ("recover(data=x, signature=y)", "state"),
        ("send_migration_message(x)", "state"),
        ("validate_rollback_bounds(x)", "acknowledgement"),
        ("job_config.fetch(x)", "jobs"),
    ],
)
def test_a_noun_of_a_name_that_asks_or_makes_a_text_is_not_at_stake(call: str, stake: str) -> None:
    risk = risk_of(call)
    assert stake not in names_of(risk) or "perhaps" in detail_of(risk, stake)


@pytest.mark.parametrize(
    ("call", "stake"),
    [
        ("self.save_state(x)", "state"),
        ("session.commit()", "acknowledgement"),
        ("commit_offsets(x)", "acknowledgement"),
        ("refresh_access_token(x)", "access"),
        ("self.wallet.spend(x)", "money"),
        ("self.send_request(x)", "write"),
        ("recover_session(x)", "state"),
    ],
)
def test_a_name_that_does_something_about_it_is(call: str, stake: str) -> None:
    assert stake in names_of(risk_of(call))


def test_a_name_around_the_call_is_only_a_hint() -> None:
    assert detail_of(risk_of("self.wallet.spend(x)"), "money").startswith("perhaps funds: only the receiver")


def test_a_made_answer_sends_nothing() -> None:
    assert "write" not in names_of(risk_of("return send_result(x)"))
    assert "write" in names_of(risk_of("return self.send_result(x)"))


def test_who_waits_for_a_future_is_no_hook() -> None:
    assert "cosmetic" not in names_of(risk_of("observer.callback(x)"))
    assert "cosmetic" in names_of(risk_of("run_callbacks(x)"))


def test_what_a_given_callback_does_is_not_known() -> None:
    assert "cosmetic" not in names_of(risk_of("self.output_callback(answer)"))


def test_a_folder_of_versions_describes_nothing() -> None:
    source = "def upgrade():\n    try:\n        change()\n    except Exception:\n        pass\n"
    files = [read_facts(source, f"app/{folder}/first.py") for folder in ("gui", "versions")]
    screen, version = sorted(rank(files, Config()).handlers, key=lambda one: one.path)
    assert "cosmetic" not in names_of(version)
    assert detail_of(screen, "cosmetic") == "perhaps presentation: only the folder name gui says so"


def test_an_error_behind_the_try_that_every_way_comes_to_replaces_it() -> None:
    source = """
def parse(text):
    try:
        if text[0] == "s":
            return number(text)
    except Exception:
        pass
    raise ValueError(text)
"""
    (risk,) = risks(source)
    assert {one.name: one.detail for one in risk.factors} == {
        "translated": "line 8 raises another error, without it"
    }
    (other,) = risks(source.replace("    raise", "    if text:\n        raise"))
    assert "dropped" in names_of(other)


def test_a_failure_that_is_the_condition_reports_no_success() -> None:
    source = """
def connect(name):
    try:
        ping(name)
        raise RuntimeError(name)
    except Exception:
        close(name)
    return True
"""
    (risk,) = risks(source)
    assert "success reported" not in names_of(risk)
    (other,) = risks(source.replace("        raise RuntimeError(name)\n", ""))
    assert "success reported" in names_of(other)


def test_what_an_inner_finally_sets_back_is_not_half_done() -> None:
    source = """
def work(self):
    try:
        try:
            self._running = True
            self.run()
        finally:
            self._running = False
    except Exception:
        self.results = 3
"""
    assert "half done" not in names_of(risks(source)[0])
    kept = source.replace("self._running = False", "self.ended()")
    assert "half done" in names_of(risks(kept)[0])


def test_a_state_that_the_handler_sets_does_not_stay() -> None:
    source = """
def work(self):
    try:
        self.state = State.Started
        self.request()
    except Exception as error:
        self.state = State.Failed
        self.log.error(error)
"""
    assert "half done" not in names_of(risks(source)[0])
    assert "half done" in names_of(risks(source.replace("        self.state = State.Failed\n", ""))[0])


def test_the_body_of_a_context_manager_can_fail_in_many_ways() -> None:
    source = """
@contextmanager
def guard():
    try:
        yield
    except Exception:
        pass
"""
    assert "one sensible failure" not in names_of(risks(source)[0])


def test_a_coroutine_goes_into_a_task_and_not_what_it_will_give() -> None:
    source = """
class Names:
    async def resolve(self, key):
        try:
            return await self.ask(key)
        except Exception:
            return None

    async def work(self, key):
        task = asyncio.create_task(self.resolve(key))
        return await task
"""
    assert "value used" not in names_of(risks(source)[0])


def test_to_ask_whether_it_is_false_is_to_look_at_the_failure() -> None:
    source = """
class Push:
    def push(self):
        try:
            return self.post()
        except Exception:
            return False

    def work(self):
        result = self.push()
        if result is not False and not result:
            self.done()
"""
    assert "value used" not in names_of(risks(source)[0])


def test_behind_a_test_that_raises_nothing_is_used_no_more() -> None:
    source = """
class Info:
    def info(self):
        try:
            return self.ask()
        except Exception:
            return False

    def work(self):
        info = self.info()
        if not info:
            {}
        self.save(info)
"""
    assert "value used" not in names_of(risks(source.format("raise KeyError('info')"))[0])
    assert "value used" in names_of(risks(source.format("self.tell()"))[0])


def test_a_traceback_at_a_level_that_nobody_watches_is_told_as_that() -> None:
    body = "logger.error(f'no {error}')\nlogger.debug(traceback.format_exc())"
    source = "import traceback\nfrom app import logger, go\ndef work():\n    try:\n        go()\n"
    source += "    except Exception as error:\n" + "".join(f"        {line}\n" for line in body.splitlines())
    (risk,) = risks(source)
    assert detail_of(risk, "logged-traceback").endswith("(that at level debug only)")


def test_where_the_error_is_kept_is_named() -> None:
    source = """
def work(self):
    try:
        self.go()
    except Exception as error:
        self.last = error
"""
    assert detail_of(risks(source)[0], "handed-on") == "line 6 keeps it in self.last"


def test_a_failure_told_in_an_attribute_is_told() -> None:
    source = """
def work(self):
    try:
        self.file = find(self.path)
    except Exception:
        self.file = None
        self.stderr = "cannot open it"
"""
    assert "failure told" in names_of(risks(source)[0])


def test_a_value_that_is_compared_with_itself_is_a_mark_of_failure() -> None:
    source = """
def work(self):
    try:
        status = self.find()
    except Exception:
        status = -1
    if status == -1:
        self.tell()
"""
    assert not {"plausible value", "value used"} & set(names_of(risks(source)[0]))
    used = names_of(risks(source.replace("== -1", "< 3"))[0])
    assert {"plausible value", "value used"} <= set(used)


def test_a_context_that_raises_again_drops_nothing() -> None:
    source = """
def work(self):
    try:
        self.go()
    except Exception:
        with util.safe_reraise():
            self.rollback()
"""
    assert names_of(risks(source)[0]) == {"reraised"}
    assert "reraised" not in names_of(risks(source.replace("safe_reraise", "should_reraise"))[0])


def test_an_error_that_is_set_on_a_future_is_handed_on() -> None:
    source = """
import sys
def work(future, go):
    try:
        result = go()
    except Exception:
        future_set_exc_info(future, sys.exc_info())
        try:
            return future
        finally:
            future = None
    return result
"""
    assert names_of(risks(source)[0]) == {"handed-on"}


def test_a_value_that_only_success_comes_to_is_none_of_before() -> None:
    source = """
def work(self):
    name, valid = None, False
    valid = False
    name = None
    try:
        name = self.read()
        valid = self.check(name)
    except Exception:
        pass
    if valid:
        self.keep(name)
"""
    assert "old value used" not in names_of(risks(source)[0])
    assert "old value used" in names_of(risks(source.replace("if valid", "if self.ready"))[0])


@pytest.mark.parametrize("call", ["identity_changed.send(x)", "metrics.send(x)", "self.send_auth_signal(x)"])
def test_what_is_told_inside_of_the_program_is_not_sent(call: str) -> None:
    assert not {"write", "outcome unknown"} & set(names_of(risk_of(call)))


def test_a_loop_that_success_leaves_behind_the_try_is_no_worker() -> None:
    source = """
def work(self):
    while True:
        try:
            self.login()
        except Exception:
            if not self.confirm():
                continue
        self.kept = True
        break
"""
    assert "worker runs on" not in names_of(risks(source)[0])
    assert "worker runs on" in names_of(risks(source.replace("        break\n", ""))[0])


@pytest.mark.parametrize(
    "comment", ["FIXME: errors here are ignored for now", "this should never happen, ignore it"]
)
def test_what_is_still_to_be_done_is_no_reason(comment: str) -> None:
    source = (
        f"def work():\n    try:\n        go()\n    except Exception:\n        # {comment}\n        pass\n"
    )
    assert "stated reason" not in names_of(risks(source)[0])


def test_an_item_of_what_the_function_builds_is_no_progress() -> None:
    source = """
def work(self):
    result = {"status": None}
    try:
        old = self.find()
    except Exception:
        old = None
    result["status"] = self.status
    return result
"""
    assert "advanced all the same" not in names_of(risks(source)[0])


def test_a_picture_saved_to_memory_is_not_written() -> None:
    assert "write" not in names_of(risk_of("image.save(buf)"))
    assert "write" in names_of(risk_of("image.save(path)"))


def test_what_is_imported_and_called_with_a_parameter_is_no_import_guard() -> None:
    source = """
def change(password):
    try:
        from app.checks import valid
        kept = valid(password)
    except Exception:
        kept = None
    return kept
"""
    assert "import guard" not in names_of(risks(source)[0])


def test_a_handler_that_does_something_else_is_told_with_it() -> None:
    assert detail_of(risk_of("go()", "missing.append(x)"), "dropped").endswith("calls missing.append(…)")


def test_a_question_to_a_database_writes_nothing() -> None:
    source = """
from django.db import connection
def work():
    try:
        connection.execute("SHOW version")
    except Exception:
        pass
"""
    assert "write" not in names_of(risks(source)[0])
    assert "write" in names_of(risks(source.replace("SHOW version", "DROP TABLE t"))[0])


def test_what_lasts_only_with_the_commit_does_not_stay_without_it() -> None:
    source = """
def work(self, session, order):
    try:
        session.add(order)
        session.commit()
    except Exception as error:
        self.log.error(error)
"""
    assert "half done" not in names_of(risks(source)[0])


def test_a_list_of_objects_is_no_table() -> None:
    assert "write" not in names_of(risk_of("parts.insert(0, x)"))
    assert "write" in names_of(risk_of("self.table.insert(x)"))
    assert "write" not in names_of(risk_of("profile_objects.append(x)"))
    assert "write" in names_of(risk_of("Profile.objects.create(x)"))


def test_the_fourth_update_updates_nothing() -> None:
    assert "write" not in names_of(risk_of("go()", function="update_4(self)"))


def test_the_number_of_a_process_is_a_lock_only_in_a_file() -> None:
    assert "state" not in names_of(risk_of("go()", function="check_pid_alive(pid)"))
    assert "state" in names_of(risk_of("write_pid_file(x)"))


def test_two_names_of_one_pair_are_quoted_as_such() -> None:
    assert detail_of(risk_of("go()", "a, b = pair()"), "fallback").endswith(": a, b = pair()")
    assert detail_of(risk_of("go()", "a = b = None"), "fallback").endswith(": a = b = None")


FAILED = """
def {name}(self):
    try:
        plugins.get(self.slug)
        return False
    except Exception:
        return True
"""


@pytest.mark.parametrize(("name", "reported"), [("broken", False), ("is_missing", False), ("enabled", True)])
def test_true_of_a_question_after_the_failure_is_no_success(name: str, reported: bool) -> None:
    assert ("success reported" in names_of(risks(FAILED.format(name=name))[0])) is reported


def test_a_function_at_hand_that_sends_the_error_hands_it_on() -> None:
    told = "def dispatch(x):\n    try:\n        run(x)\n    except Exception:\n        {}\n"
    assert "dropped" in names_of(risks(told.format("send_message(x)"))[0])
    assert "dropped" not in names_of(risks(told.format("send_error()"))[0])
