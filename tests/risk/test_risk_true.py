"""Is what the ranking states of a handler true? Names that sound like more than they are."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.rank import Ranking, rank
from tests.risk.test_risk_afterwards import risks
from tests.risk.test_risk_words import detail_of, names_of, risk_of


def ranked(source: str) -> Ranking:
    return rank([read_facts(source, "app/module.py")], Config())


def in_class(head: str, decorator: str = "") -> HandlerRisk:
    """The risk of a handler in a method of a class."""
    lines = f"    {decorator}\n" if decorator else ""
    source = f"from app import things\n{head}\n{lines}    def work(self):\n        try:\n            go()\n"
    (risk,) = ranked(source + "        except Exception:\n            pass\n").handlers
    return risk


@pytest.mark.parametrize(
    "call",
    [
        "PushLock(x)",
        "self.stdout.flush()",
        "refs = update_refs(refs)",
        "post_backup_actions(x)",
        "self.pre_dump(x)",
    ],
)
def test_a_word_of_writing_alone_is_no_write(call: str) -> None:
    assert "write" not in names_of(risk_of(call))


@pytest.mark.parametrize("call", ["order = update_order(order)", "update_refs(refs)", "create_backup(x)"])
def test_what_is_updated_or_backed_up_is_written(call: str) -> None:
    assert detail_of(risk_of(call), "write").startswith("writes, by the call name")


def test_data_is_sent_only_by_what_sends() -> None:
    assert detail_of(risk_of("self.publish(x)"), "write").startswith("sent data")
    assert detail_of(risk_of("post_save_all(x)"), "write").startswith("writes")


def test_a_hop_to_another_thread_is_no_job() -> None:
    assert "jobs" not in names_of(risk_of("self.add_executor_job(f)"))
    assert "jobs" in names_of(risk_of("self.add_job(f)"))


def test_a_class_changes_state_by_its_head_noun() -> None:
    assert "state" not in names_of(in_class("class MigrationQuestioner:"))
    assert "state" in names_of(in_class("class MigrationExecutor:"))
    assert "state" in names_of(in_class("class TaskState:"))


def test_validating_a_lock_changes_no_state() -> None:
    assert "state" not in names_of(risk_of("go()", function="async_validate_lock(self)"))


def test_a_command_line_is_told_by_its_base_or_decorator() -> None:
    assert "cosmetic" not in names_of(in_class("class Command:"))
    assert "cosmetic" in names_of(in_class("class Command(things.BaseCommand):"))
    assert "cosmetic" not in names_of(in_class("class Api:", "@things.websocket_command"))
    assert "cosmetic" not in names_of(in_class("class Chat:", "@bot.command()"))
    assert "cosmetic" in names_of(in_class("class Api:", "@things.group.command()"))


def test_the_work_of_a_plugin_is_no_side_issue_of_it() -> None:
    assert "cosmetic" not in names_of(in_class("class ScrubPlugin:"))


def test_a_handler_that_ends_the_loop_loses_no_item() -> None:
    assert "item lost" not in names_of(risk_of("self.open(path)", "break", head="for path in self.paths:"))


def handler(name: str, value: str) -> str:
    body = f"        self.save_report()\n    except Exception:\n        return {value}\n"
    return f"def {name}(self):\n    try:\n{body}"


def test_a_file_names_the_value_beside_the_functions_that_give_it() -> None:
    found = ranked(handler("first", "None") + handler("second", "False") + handler("third", "False"))
    (reason,) = found.files[0].reasons
    assert reason == "3 handlers hide failed writes (second, third) behind `return False` and other values"


def test_the_same_call_once_more_is_tried_again() -> None:
    risk = risk_of("ret = self.post()", "ret = self.post()")
    assert "another way" not in names_of(risk)
    assert detail_of(risk, "tried again") == "line 5 tries self.post again"
    assert detail_of(risk_of("ret = self.load()", "ret = self.ask()"), "another way").endswith("instead")


def test_a_form_shown_again_is_no_other_way() -> None:
    assert "another way" not in names_of(risk_of("ret = self.load()", "return self.async_show_form()"))
    assert "another way" not in names_of(risk_of("ret = self.load()", "return self.async_abort(x)"))


def test_a_filter_that_ends_the_process_for_every_other_error_keeps_only_one() -> None:
    source = "import sys\ndef work():\n    try:\n        go()\n    except Exception as e:\n"
    (risk,) = ranked(
        source + "        if 'there' not in str(e):\n            sys.exit(2)\n        ask()\n"
    ).handlers
    assert detail_of(risk, "others raised again").endswith("every other ends the process")


def test_what_is_told_to_a_peer_is_handed_on_as_text_and_no_log() -> None:
    names = names_of(risk_of("go()", "connection.send_error(1, 'failed', str(exc))"))
    assert {"handed-on", "handed on as text"} <= names
    assert "logged-text" not in names


def test_an_inherited_reporter_shows_the_current_error() -> None:
    assert "logged-traceback" in names_of(risk_of("go()", "self.showtraceback()"))
    assert "logged-text" in names_of(risk_of("go()", "self._error_exc()"))
    assert "dropped" in names_of(risk_of("go()", "self.clear_exception()"))


def test_the_value_of_the_worst_path_is_quoted() -> None:
    body = "if self.debug:\n    logger.exception('no')\n    return self.fake\nreturn []"
    assert detail_of(risk_of("go()", body), "fallback").endswith(": []")


@pytest.mark.parametrize(
    ("function", "stake"),
    [
        ("delete_login_log(self)", "access"),
        ("get_watch_stats(self)", "cosmetic"),
        ("validate_lock(self)", "state"),
        ("sync_to_async(self)", "write"),
    ],
)
def test_the_head_of_a_name_says_what_it_is_about(function: str, stake: str) -> None:
    assert stake not in names_of(risk_of("go()", function=function))


@pytest.mark.parametrize("call", ["self.db_path.replace(a, b)", "self.api.set_user_id(x)"])
def test_a_write_is_told_by_the_head_of_its_receiver(call: str) -> None:
    assert "write" not in names_of(risk_of(call))
    assert "write" in names_of(risk_of("self.redis_client.set(a, b)"))


def test_a_lock_is_one_that_is_taken() -> None:
    assert "state" not in names_of(risk_of("PushLock(x)"))
    assert "state" in names_of(risk_of("self.acquire_lock(x)"))
    assert "state" in names_of(risk_of("FileLock(x)"))


def test_a_class_about_states_is_told_by_what_stands_before_its_head() -> None:
    assert "state" not in names_of(in_class("class StateClassificationProcessor:"))
    assert "state" in names_of(in_class("class StateProcessor:"))


def test_the_folder_of_plugins_makes_no_side_issue_of_their_work() -> None:
    source = "def f():\n    try:\n        go()\n    except Exception:\n        pass\n"
    (risk,) = rank([read_facts(source, "app/plugins/detector.py")], Config()).handlers
    assert "cosmetic" not in names_of(risk)


def test_the_same_call_for_something_else_is_no_retry() -> None:
    assert "tried again" in names_of(risk_of("x = load(a)", "x = load(a)"))
    inner = names_of(risk_of("x = transform(a.lower())", "x = a.lower()"))
    assert "tried again" not in inner
    assert "another way" in inner


def test_a_traceback_that_only_debugging_shows_is_not_logged() -> None:
    shown = risk_of("go()", "self.log.warning('no', exc_info=self.debug > 1)")
    assert shown.outcome == "logged-text"
    assert risk_of("go()", "self.log.warning('no', exc_info=True)").outcome == "logged-traceback"


def test_an_inherited_method_that_ends_the_handler_may_raise() -> None:
    source = """
from app import things
class Account(things.Base):
    def signin(self):
        try:
            found = self.ask()
        except Exception:
            self.give_up()
        return found.name
"""
    (risk,) = risks(source)
    details = {one.name: one.detail for one in risk.factors}
    assert details["dropped"] == "dropped without a record, unless self.give_up(…) raises"
    assert "unless self.give_up(…) raises" in details["unbound name"]


def test_a_filter_that_lets_pass_reports_no_success() -> None:
    source = """
def work(record):
    try:
        record.msg = clean(record.msg)
    except Exception:
        pass
    return True
"""
    (risk,) = risks(source)
    assert "success reported" in names_of(risk)
    (passed,) = risks(source.replace("def work", "def filter"))
    assert "success reported" not in names_of(passed)


def test_false_that_is_asked_for_at_once_is_no_plausible_value() -> None:
    source = """
class Export:
    def add(self):
        try:
            return self.db.insert()
        except Exception:
            return False

    def run(self):
        self.id = self.add()
        if not self.id:
            return "failed"
"""
    (risk,) = risks(source)
    assert "plausible value" not in names_of(risk)
    (kept,) = risks(source.replace("if not self.id", "if not self.done"))
    assert {"plausible value", "value used"} <= names_of(kept)


def test_when_something_ended_is_no_progress() -> None:
    source = """
class Job:
    def run(self):
        try:
            go()
        except Exception:
            pass
        self.end_time = now()
"""
    (risk,) = risks(source)
    assert "advanced all the same" not in names_of(risk)
    (sent,) = risks(source.replace("end_time", "synced_at"))
    assert "advanced all the same" in names_of(sent)


def test_a_return_behind_a_warning_is_no_success() -> None:
    source = """
def ask():
    try:
        if odd():
            log.warning("odd")
            return False
        return find()
    except Exception:
        return False
"""
    (risk,) = risks(source)
    assert "same answer as success" not in names_of(risk)
    (same,) = risks(source.replace('log.warning("odd")', "pass"))
    assert "same answer as success" in names_of(same)
