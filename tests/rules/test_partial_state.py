"""BC401."""

from __future__ import annotations

import pytest

from tests.rules.tools import check_clean, check_finds, check_fixture, findings, one

LOG = "        logger.exception('no')\n"


def trying(*lines: str, handler: str = LOG, head: str = "def buy(self, order, book):\n") -> str:
    body = "".join(f"        {line}\n" for line in lines)
    return f"{head}    try:\n{body}    except Exception:  # BC401\n{handler}"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("partial_state")


@pytest.mark.parametrize(
    "lines",
    [
        ("self.held += 1", "broker.place(order)"),
        ("order.status = 'sent'", "broker.place(order)"),
        ("book[order.id] = order", "book.save_book()"),
        ("order.save()", "self.db.upsert(order)"),
        ("if order:", "    self.held += 1", "broker.place(order)"),
        ("with lock:", "    self.held += 1", "    broker.place(order)"),
        ("for one in order:", "    self.held += price(one)"),
        ("self.connected = True", "self.event.fire(order)"),
    ],
)
def test_state_that_stays_half_written_is_found(lines: tuple[str, ...]) -> None:
    check_finds(trying(*lines), "BC401")


@pytest.mark.parametrize(
    "lines",
    [
        ("broker.place(order)", "self.held += 1"),
        ("held = 1", "broker.place(order)"),
        ("self.held += 1", "logger.info('held')"),
        ("self.order = None", "broker.place(order)"),
        ("self.client = Client()", "self.client.connect()", "self.subscribe()"),
        ("self.error_count += 1", "broker.place(order)"),
        ("self.connected = True", "logger.info('x')"),
        ("if order:", "    self.held += 1", "else:", "    broker.place(order)"),
        ("if order:", "    self.held += 1", "    return", "broker.place(order)"),
        ("with transaction.atomic():", "    order.save()", "    self.db.upsert(order)"),
        ("self.held += 1", "try:", "    broker.place(order)", "except Exception:", "    pass"),
        ("self.held += 1", "raise Stop(order)"),
    ],
)
def test_state_that_stays_right_is_not(lines: tuple[str, ...]) -> None:
    check_clean(trying(*lines), "BC401")


@pytest.mark.parametrize(
    "handler", ["self.held = before", "self.rollback()", "raise", "errors.append(error)", "self.held -= 1"]
)
def test_a_handler_that_mends_or_tells_is_in_order(handler: str) -> None:
    code = trying("self.held += 1", "broker.place(order)", handler=f"        {handler}\n")
    check_clean(code.replace("except Exception:", "except Exception as error:"), "BC401")


def test_a_finally_that_sets_it_back_is_in_order() -> None:
    code = trying("self.status = 'busy'", "broker.place(order)")
    check_clean(code + "    finally:\n        self.status = 'idle'\n", "BC401")


def test_a_global_name_is_state() -> None:
    check_finds(trying("global held", "held += 1", "broker.place(order)"), "BC401")


def test_set_up_and_clean_up_are_left_alone() -> None:
    for name in ("__init__", "start", "close", "setup"):
        check_clean(trying("self.held += 1", "self.go()", head=f"def {name}(self):\n"), "BC401")


def test_what_is_hidden_or_money_is_an_error() -> None:
    assert one(trying("self.held += 1", "self.go()"), "BC401").severity == "warning"
    assert one(trying("self.balance += 1", "self.go()"), "BC401").severity == "error"
    assert one(trying("self.held += 1", "self.go()", handler="        pass\n"), "BC401").severity == "error"


def test_the_message_and_the_steps_show_both() -> None:
    found = one(trying("self.held += 1", "self.go()"), "BC401")
    assert found.message.startswith("`self.held` is written in line 3, `self.go` in line 4 can fail after it")
    assert found.steps[:2] == ((3, "self.held += 1"), (4, "self.go(…) may fail"))


def test_replacing_in_a_text_about_a_database_is_no_write() -> None:
    tried = "    try:\n        new = {}.update(a='b')\n        save_update(new)\n"
    code = f"def f(db_pattern, {{}}):\n{tried}    except Exception:\n        pass\n"
    assert any(one.code == "BC401" for one in findings(code.format("db", "db")))
    assert not any(one.code == "BC401" for one in findings(code.format("db_pattern_of", "db_pattern")))
