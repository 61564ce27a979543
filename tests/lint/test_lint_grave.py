"""What `report` finds grave is no note, though no single sign says that it matters."""

from __future__ import annotations

from broadcatch.config.options import Config, Risk
from tests.rules.tools import one

RECORDED = """\
import shop

def market_order(symbol, size):
    out = shop.market_order(symbol, size)
    try:
        shop.reporter.{}(symbol, out.get_id())
    except Exception:
        pass
    return out
"""


def test_what_is_dropped_around_names_of_money_is_a_warning_that_names_them() -> None:
    found = one(RECORDED.format("log_market_order"), "BC102")
    assert found.severity == "warning"
    assert "money: orders, by the function name market_order" in found.message


def test_the_same_around_nothing_of_value_stays_a_note() -> None:
    plain = RECORDED.replace("market_order", "show").replace("size", "text")
    assert one(plain.format("tell"), "BC102").severity == "note"
    assert "nothing shows that it matters" in one(plain.format("tell"), "BC102").message


def test_weights_of_the_configuration_count() -> None:
    code = RECORDED.format("log_market_order")
    assert one(code, "BC102", Config(risk=Risk(weights={"dropped": -3.0}))).severity == "note"


def test_an_excuse_does_not_hold_for_what_is_high() -> None:
    high = RECORDED.replace("        pass", "        log.error('not recorded')").format("place_order")
    assert one(high, "BC102").severity != "note"
