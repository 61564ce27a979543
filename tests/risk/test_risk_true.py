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


@pytest.mark.parametrize(
    ("call", "what"),
    [
        ("order = update_order(order)", "updates"),
        ("update_refs(refs)", "updates"),
        ("delete_user(x)", "removals"),
        ("create_backup(x)", "writes"),
    ],
)
def test_what_is_updated_or_backed_up_is_written(call: str, what: str) -> None:
    assert detail_of(risk_of(call), "write").startswith(f"{what}, by the call name")


def test_data_is_sent_only_by_what_sends() -> None:
    assert detail_of(risk_of("self.publish(x)"), "write").startswith("sent data")
    assert "write" not in names_of(risk_of("post_save_all(x)"))  # what is called after it


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
    put = "3 handlers around names of writes put `return False` or another value in the error's place"
    assert reason == f"{put} (second, third, …)"


def test_a_file_does_not_name_one_function_for_handlers_outside_of_it() -> None:
    outside = "try:\n    save_report()\nexcept Exception:\n    pass\n"
    inside = "def first(self):\n    try:\n        self.save_report()\n    except Exception:\n        pass\n"
    (both,) = ranked(inside + outside).files[0].reasons
    (alone,) = ranked(inside).files[0].reasons
    assert both.startswith("2 handlers") and both.endswith(" (first, …)")
    assert alone.endswith(" (first)")


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


def test_who_hands_on_the_text_of_the_traceback_loses_neither_type_nor_traceback() -> None:
    kept = names_of(risk_of("reply = go()", "reply = [False, traceback.format_exc()]", "send(reply)"))
    lost = names_of(risk_of("reply = go()", "reply = [False, str(exc)]", "send(reply)"))
    assert "handed on as text" not in kept
    assert "handed on as text" in lost


def test_an_inherited_reporter_shows_the_current_error() -> None:
    assert "logged-traceback" in names_of(risk_of("go()", "self.showtraceback()"))
    assert "logged-text" in names_of(risk_of("go()", "self._error_exc()"))
    assert "dropped" in names_of(risk_of("go()", "self.clear_exception()"))


def test_the_value_of_the_worst_path_is_quoted() -> None:
    body = "if self.debug:\n    logger.exception('no')\n    return self.fake\nreturn []"
    assert detail_of(risk_of("go()", body), "fallback").endswith(
        ": []; on another way through the handler it is logged with its traceback"
    )


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
    assert "same answer without an error" not in names_of(risk)
    (same,) = risks(source.replace('log.warning("odd")', "pass"))
    assert "same answer without an error" in names_of(same)


def test_one_call_inside_of_a_subscript_can_fail_in_several_ways() -> None:
    assert "one sensible failure" in names_of(risk_of("at = int(text)"))
    assert "one sensible failure" not in names_of(risk_of("it = items[int(text)]"))


def test_the_state_of_a_text_is_none() -> None:
    assert "state" not in names_of(risk_of("x = state.lower()"))
    assert "state" in names_of(risk_of("state.apply()"))


def test_the_head_of_a_long_name_is_far_from_its_state() -> None:
    assert "state" not in names_of(risk_of("go()", function="collect_state_classification_examples(self)"))
    assert "state" in names_of(risk_of("go()", function="apply_state_to_the_whole_table(self)"))


def test_what_connects_to_a_database_writes_nothing() -> None:
    source = "import sqlalchemy\ntry:\n    x = sqlalchemy.{0}(1)\nexcept Exception:\n    x = 0\n"
    (made,) = rank([read_facts(source.format("create_engine"), "app/module.py")], Config()).handlers
    assert "write" not in names_of(made)
    (written,) = rank([read_facts(source.format("insert"), "app/module.py")], Config()).handlers
    assert "write" in names_of(written)


def test_a_description_cleans_nothing_up() -> None:
    found = names_of(risk_of("x = self.name + go()", function="__repr__(self)"))
    assert "clean-up" not in found
    assert "cosmetic" in found


def test_success_under_a_question_about_something_else_is_not_this_success() -> None:
    source = """
def work():
    try:
        more = load()
    except Exception:
        pass
    if run() == 0:
        return True
    return None
"""
    (risk,) = risks(source)
    assert "success reported" not in names_of(risk)
    (always,) = risks(
        source.replace("    if run() == 0:\n        return True\n    return None", "    return True")
    )
    assert "success reported" in names_of(always)


def test_a_flag_that_was_not_raised_is_no_old_value() -> None:
    source = """
def work():
    success = False
    try:
        send()
        success = True
    except Exception as error:
        log.error("no: %s", error)
    return success
"""
    (risk,) = risks(source)
    assert "old value used" not in names_of(risk)
    (old,) = risks(source.replace("success = True", "success = ask()"))
    assert "old value used" in names_of(old)


def test_a_status_with_recorded_failures_gives_false_for_a_failure() -> None:
    source = """
def store():
    try:
        write()
        if not there():
            log.error("gone")
            return False
        return True
    except Exception:
        return False
"""
    (risk,) = risks(source)
    assert "plausible value" not in names_of(risk)
    (open_,) = risks(source.replace('log.error("gone")', "pass"))
    assert "plausible value" in names_of(open_)


def test_what_follows_the_whole_loop_is_not_set_by_one_turn() -> None:
    source = """
class Job:
    def run(self, items):
        for item in items:
            try:
                go(item)
            except Exception:
                log.warning("no")
        self.meter.set_status(1)
"""
    (risk,) = risks(source)
    assert "advanced all the same" not in names_of(risk)
    (commits,) = risks(source.replace("self.meter.set_status(1)", "self.session.commit()"))
    assert "advanced all the same" in names_of(commits)


def test_a_name_that_the_handler_needs_itself_stands_for_nothing() -> None:
    source = """
def work(self):
    try:
        go()
    except Exception as error:
        bot = self.info["bot"]
        self.client.cancel(bot)
        if not self.last:
            self.last = error
    self.done()
"""
    (risk,) = risks(source)
    (found,) = [one.detail for one in risk.factors if one.name == "fallback"]
    assert found == "no record is left of it; on another way through the handler it is handed on"


def test_to_order_something_is_to_sort_it() -> None:
    assert "money" not in names_of(risk_of("self.order_package(x)"))
    assert "money" in names_of(risk_of("self.place_order(x)"))
    assert "money" in names_of(risk_of("self.order(x)"))


@pytest.mark.parametrize("call", ["self.read_page_token(x)", "self.count_max_tokens(x)"])
def test_a_token_that_marks_a_place_is_no_secret(call: str) -> None:
    assert "access" not in names_of(risk_of(call))
    assert "access" in names_of(risk_of("self.refresh_access_token(x)"))


def test_what_checks_a_version_describes_nothing() -> None:
    assert "cosmetic" not in names_of(risk_of("go()", function="check_version(self)"))
    assert "cosmetic" in names_of(risk_of("go()", function="show_version(self)"))


def test_the_name_of_a_view_sends_nothing() -> None:
    assert "outcome unknown" not in names_of(risk_of("x = text(e)", function="post(self)"))
    assert "outcome unknown" in names_of(risk_of("x = self.http.post(e)"))


def test_a_remark_on_broad_clauses_is_no_reason() -> None:
    said = risk_of("go()", "# We don't like bare excepts\npass")
    assert "stated reason" not in names_of(said)
    assert "stated reason" in names_of(risk_of("go()", "# it is fine to ignore this\npass"))


def test_who_is_sent_elsewhere_got_no_other_answer() -> None:
    source = """
def work():
    try:
        return load()
    except Exception as error:
        log.error("no: %s", error)
    return redirect("/login")
"""
    (risk,) = risks(source)
    assert "another way" not in names_of(risk)
    (other,) = risks(source.replace("redirect", "fetch"))
    assert "another way" in names_of(other)


def test_a_function_that_calls_itself_tries_again() -> None:
    source = """
def work(n):
    try:
        load()
    except Exception:
        if n > 3:
            raise
        work(n + 1)
"""
    (risk,) = risks(source)
    found = {one.name: one.detail for one in risk.factors}
    assert found["tried again"] == "line 8 tries work again"
    again = "on another way through the handler it is raised again"
    assert found["dropped"] == f"it is tried again, and no record is left; {again}"


def test_a_request_for_a_status_is_no_status() -> None:
    source = """
class Camera:
    def start(self):
        try:
            go()
        except Exception:
            log.warning("no")
        self.status_request = self.make()
"""
    (risk,) = risks(source)
    assert "advanced all the same" not in names_of(risk)
    (state,) = risks(source.replace("status_request", "last_status"))
    assert "advanced all the same" in names_of(state)


def test_an_import_that_sets_something_says_so() -> None:
    source = "try:\n    import ssl\n    ssl.x = ssl.y\nexcept Exception:\n    pass\n"
    (risk,) = rank([read_facts(source, "app/module.py")], Config()).handlers
    (guard,) = [one.detail for one in risk.factors if one.name == "import guard"]
    assert guard == "the try body imports, and sets what hangs on it"


def test_an_answer_that_tells_of_the_failure_reports_no_success() -> None:
    answer = 'return Response({"success": True, "message": "saved"})'
    assert "success reported" in names_of(risk_of("go()", answer))
    assert "success reported" not in names_of(risk_of("go()", answer.replace("saved", "unable to restart")))
