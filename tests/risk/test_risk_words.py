"""Do the words of a name mean what they say there?"""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.rank import rank


def risk_of(attempt: str, body: str = "pass", function: str = "work(self)", head: str = "") -> HandlerRisk:
    """The risk of one broad handler in one function, inside the loop `head` if one is given."""
    block = [
        "try:",
        indent(dedent(attempt), "    "),
        "except Exception as exc:",
        indent(dedent(body), "    "),
    ]
    lines = indent("\n".join(block), "        " if head else "    ")
    source = "\n".join([f"def {function}:", *([f"    {head}"] if head else []), lines, ""])
    (risk,) = rank([read_facts(source, "app/module.py")], Config()).handlers
    return risk


def names_of(risk: HandlerRisk) -> set[str]:
    return {factor.name for factor in risk.factors}


def detail_of(risk: HandlerRisk, name: str) -> str:
    return next(factor.detail for factor in risk.factors if factor.name == name)


def test_a_role_is_about_access_only_beside_a_user_or_a_grant() -> None:
    assert "access" not in names_of(risk_of("self.galaxy.fetch_role_data(path)"))
    assert "access" in names_of(risk_of("self.galaxy.check_role(user)"))
    assert "access" in names_of(risk_of("self.galaxy.load_user_roles(user)"))


def test_a_class_called_strategy_is_about_trading_only_where_something_else_is() -> None:
    head = "class FileStrategy:"
    assert "market" not in names_of(risk_of("go()", head=head))
    assert "market" in names_of(risk_of("self.candles.refresh()\ngo()", head=head))
    assert "market" in names_of(risk_of("self.load_strategy(name)\nself.trades.refresh()"))
    assert "market" not in names_of(risk_of("self.load_strategy(name)"))


def test_trades_are_called_trades() -> None:
    assert detail_of(risk_of("parse_trades(raw)"), "money") == "trades, by the call name parse_trades"


def test_running_a_command_is_not_the_command_line() -> None:
    assert "cosmetic" not in names_of(risk_of("self.module.run_command(argv_list)"))
    assert "cosmetic" not in names_of(risk_of("self.list_commands(rows)"))
    assert "cosmetic" in names_of(risk_of("go()", function="read_argv(self)"))


@pytest.mark.parametrize("call", ["ssl.create_default_context()", "self.set_options(x)", "host.add_group(x)"])
def test_a_change_in_memory_is_no_write(call: str) -> None:
    assert "write" not in names_of(risk_of(call))


@pytest.mark.parametrize("call", ["api.create_user(x)", "self.session.add(x)", "self.update_host(x)"])
def test_a_change_of_what_is_kept_is_a_write(call: str) -> None:
    assert "write" in names_of(risk_of(call))


def test_a_function_that_sets_something_in_memory_does_not_write() -> None:
    assert "write" not in names_of(risk_of("go()", function="_set_cwd(self)"))
    assert "write" in names_of(risk_of("go()", function="set_file_mode(self)"))


def test_post_before_a_verb_means_afterwards() -> None:
    assert "outcome unknown" not in names_of(risk_of("self.post_validate(x)"))
    assert "outcome unknown" in names_of(risk_of("client.post(x)"))
    assert "outcome unknown" in names_of(risk_of("client.post_message(x)"))


def test_the_level_is_that_of_the_way_that_goes_on() -> None:
    body = """
        logger.{}('failed: %s', exc)
        if self.last:
            logger.{}('giving up')
            raise
    """
    assert "quiet level" not in names_of(risk_of("go()", body.format("warning", "debug")))
    quiet = risk_of("go()", body.format("info", "error"))
    assert detail_of(quiet, "quiet level") == "logged at level info"


RETRY = "logger.warning('again: %s', exc)\ntries += 1\nif tries > 3:\n    raise"


def test_a_loop_that_tries_again_and_gives_up_in_the_end_is_no_worker() -> None:
    names = names_of(risk_of("return self.client.fetch()", RETRY, head="while True:"))
    assert "tried again" in names
    assert "worker runs on" not in names


def test_a_worker_that_ends_on_some_errors_has_not_tried_again() -> None:
    names = names_of(risk_of("self.handle(self.queue.get())", RETRY, head="while True:"))
    assert "tried again" not in names
    assert "worker runs on" in names


def test_a_worker_that_returns_when_told_to_stop_has_not_tried_again() -> None:
    attempt = "if self.stopped:\n    return\nself.handle(self.queue.get())"
    assert "worker runs on" in names_of(risk_of(attempt, RETRY, head="while True:"))


def test_a_loop_that_looks_for_the_first_that_works_loses_no_item() -> None:
    assert "item lost" not in names_of(risk_of("return self.open(path)", head="for path in self.paths:"))
    assert "item lost" in names_of(risk_of("self.open(path)", head="for path in self.paths:"))


def test_an_answer_after_the_try_is_not_denied() -> None:
    risk = risk_of("return self.parse(text)")
    assert detail_of(risk, "plausible value") == "the try body returns a value, the handler none"
