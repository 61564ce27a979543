"""Is what the ranking states of a handler true? Names that sound like more than they are."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.rank import Ranking, rank
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
