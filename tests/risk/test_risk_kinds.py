"""Kinds of statement that readers found false: each beside the like of it that is true."""

from __future__ import annotations

from textwrap import dedent

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.rank import Ranking, rank
from tests.risk.test_risk_afterwards import details
from tests.risk.test_risk_words import detail_of, names_of, risk_of


def ranked(source: str, path: str = "app/module.py") -> Ranking:
    return rank([read_facts(dedent(source), path)], Config())


def only(source: str, path: str = "app/module.py") -> HandlerRisk:
    (risk,) = ranked(source, path).handlers
    return risk


def told(risk: HandlerRisk) -> str:
    """What the ranking says becomes of the error."""
    return risk.factors[0].detail


@pytest.mark.parametrize(
    ("handler", "quoted"),
    [
        ("pos, total = 0, 0", "pos, total = 0, 0"),
        ("pos = total = 0", "pos = total = 0"),
    ],
)
def test_an_assignment_is_quoted_as_it_stands(handler: str, quoted: str) -> None:
    assert told(risk_of("go()", handler)).endswith(quoted)


def test_an_augmented_assignment_is_quoted_with_its_operator() -> None:
    risk = risk_of("self.left -= amount\nself.send_order(amount)")
    assert "self.left" not in names_of(risk)
    source = (
        "class A:\n    def work(self, n):\n        try:\n            self.left -= n\n            self.go()\n"
    )
    (handler,) = read_facts(source + "        except Exception:\n            pass\n", "a.py").handlers
    assert getattr(handler.attempt[0], "augmented", "") == "-="


def test_closing_a_payment_channel_is_no_clean_up() -> None:
    channel = risk_of("self.payment_channel.close()", function="close_channel(self)")
    assert "clean-up" not in names_of(channel)
    assert "clean-up" in names_of(risk_of("self.socket.close()", function="close_socket(self)"))


def test_a_form_that_is_cleaned_is_checked() -> None:
    assert "clean-up" not in names_of(risk_of("form.full_clean()"))
    assert "clean-up" in names_of(risk_of("self.clean_up()"))


def test_a_colour_is_no_other_way() -> None:
    assert "another way" not in names_of(risk_of("v = go()", "color = choose(1)"))
    assert "another way" in names_of(risk_of("v = go()", "rows = choose(1)"))


@pytest.mark.parametrize("call", ["self.reveal_secret(x)", "load_secret_hash(x)"])
def test_the_secret_of_a_hash_lets_nobody_in(call: str) -> None:
    assert "access" not in names_of(risk_of(call))
    assert "access" in names_of(risk_of("self.read_client_secret(x)"))


def test_what_a_window_updates_is_seen_and_not_written() -> None:
    source = """
        class {}:
            def work(self):
                try:
                    self.update_history(1)
                except Exception:
                    pass
    """
    assert "write" not in names_of(only(source.format("MainWindow")))
    assert "write" not in names_of(only(source.format("Main"), "app/gui/main.py"))
    assert "write" in names_of(only(source.format("Main")))


def test_an_old_value_that_the_error_is_added_to_is_another() -> None:
    source = """
        def work(self):
            text = self.head()
            try:
                text = self.ask()
            except Exception as exc:
                {}
            return text + "."
    """
    assert "old value used" in details(source.format("log.error('x: %s', exc)"))
    assert "old value used" not in details(source.format("text += str(exc)"))


def test_a_question_that_takes_the_error_over_hands_it_on() -> None:
    assert risk_of("go()", "if self._on_exception(exc):\n    return").outcome == "handed-on"
    assert risk_of("go()", "if self.should_retry(exc):\n    return").outcome == "dropped"


def test_the_name_of_an_outer_function_is_no_more_than_near() -> None:
    source = """
        def login(user):
            def folders(path):
                try:
                    return walk(path)
                except Exception:
                    pass
            return folders
    """
    assert detail_of(only(source), "access").startswith("perhaps authentication: only the enclosing function")


def test_a_name_that_only_says_where_or_which_is_no_stake() -> None:
    assert "money" not in names_of(risk_of("go(self.wallets_dir())"))
    assert "jobs" not in names_of(risk_of("self.job_id = go()"))


def test_a_product_called_like_money_is_none() -> None:
    source = "try:\n    go()\nexcept Exception:\n    pass\n"
    files = [read_facts(source, path) for path in ("a/ElectronCash/b.py", "a/cash/b.py")]
    found = {risk.path: names_of(risk) for risk in rank(files, Config()).handlers}
    assert "money" not in found["a/ElectronCash/b.py"]
    assert "money" in found["a/cash/b.py"]


def test_the_end_of_a_client_orders_nothing() -> None:
    source = "import ccxt\nclient = ccxt.kraken()\ntry:\n    ccxt.{}()\nexcept Exception:\n    pass\n"
    assert "money" not in names_of(only(source.format("close")))
    assert "money" in names_of(only(source.format("submit")))


def test_money_has_not_moved_where_the_payment_is_only_read() -> None:
    assert "money may have moved" not in names_of(risk_of("x = parse_uri(y)", function="pay_to_uri(y)"))
    assert "money may have moved" in names_of(risk_of("x = carry_out(y)", function="pay_to_uri(y)"))


def test_a_level_is_quiet_only_where_no_other_way_is_loud() -> None:
    loud = "if not exc.args:\n    logger.info(exc)\nelse:\n    logger.warning(exc)"
    assert "quiet level" not in names_of(risk_of("go()", loud))
    assert "quiet level" in names_of(risk_of("go()", "logger.info(exc)"))


def test_what_is_shown_before_the_same_answer_is_no_success() -> None:
    attempt = "if not go():\n    {}\n    return False\nreturn True"
    assert "same answer without an error" not in names_of(
        risk_of(attempt.format("self.print_error('no')"), "return False")
    )
    assert "same answer without an error" in names_of(risk_of(attempt.format("pass"), "return False"))


def test_what_a_handler_does_before_it_returns_is_told() -> None:
    assert told(risk_of("go()", "self.show_error('no')\nreturn")).endswith("calls self.show_error(…)")
    assert told(risk_of("go()", "x = ''\nNSLog('no')")).endswith("calls NSLog(…)")


def test_the_text_of_the_current_error_is_a_message() -> None:
    assert risk_of("go()", "utils.NSLog('no: %s', str(sys.exc_info()[1]))").outcome == "logged-text"


def test_what_a_logger_of_the_project_adds_is_a_record() -> None:
    assert risk_of("go()", "log.add('no: %s', exc)").outcome == "logged-text"
    assert risk_of("go()", "self.jobs.add(exc)").outcome == "handed-on"


def test_a_handler_that_ends_the_loop_serves_no_other_item() -> None:
    body = "logger.exception('no')\n{}"
    head = "for item in items:"
    assert "item boundary" not in names_of(risk_of("go()", body.format("return"), head=head))
    assert "item boundary" in names_of(risk_of("go()", body.format("pass"), head=head))


def test_a_command_of_a_plugin_and_an_except_hook_are_no_side_issue() -> None:
    source = (
        "@plugin.command('x')\ndef work():\n    try:\n        go()\n    except Exception:\n        pass\n"
    )
    assert "cosmetic" not in names_of(only(source))
    assert "cosmetic" not in names_of(risk_of("go()", function="run_with_except_hook()"))


def test_what_is_removed_from_a_screen_is_not_destroyed() -> None:
    risk = risk_of("self.x = self.load_svg(y)", "self.remove_picture()", function="load_picture(self)")
    assert "destroyed" not in names_of(risk)
    risk = risk_of("self.x = self.load_svg(y)", "self.remove_file(y)", function="load_picture(self)")
    assert "destroyed" in names_of(risk)


def test_a_line_on_a_file_keeps_the_perhaps_of_its_handlers() -> None:
    source = """
        class {}:
            def work(self):
                try:
                    self.{}()
                except:
                    pass
    """
    (near,) = ranked(source.format("Wallet", "go")).files
    assert near.reasons[0].startswith("1 handler, perhaps about funds, drops the error")
    (named,) = ranked(source.format("Thing", "place_order")).files
    assert named.reasons[0].startswith("1 handler around names of orders drops the error")
