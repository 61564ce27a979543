"""Profiles, words of one's own, libraries, and a wrong word in the configuration."""

from __future__ import annotations

from textwrap import dedent

import pytest

from broadcatch.config.load import resolve
from broadcatch.config.options import Config, Risk
from broadcatch.config.schema import checked
from broadcatch.config.weights import STAKE, STAKE_KEYS
from broadcatch.errors import ConfigError
from broadcatch.facts.read import read_facts
from broadcatch.judge.lexicon import STAKES
from broadcatch.judge.verdict import judge_file
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.rank import rank_judged
from broadcatch.risk.terms import PROFILES, terms_of
from broadcatch.runs.afterwards import afterwards


def risk_of(text: str, risk: Risk = Risk()) -> HandlerRisk:  # noqa: B008
    """The risk of the only broad handler of a file."""
    text, config = dedent(text), Config(risk=risk)
    judged = {"app/a.py": judge_file(read_facts(text, "app/a.py"), config)}
    after = afterwards(judged, {"app/a.py": text.encode()})
    (found,) = rank_judged(judged, terms=terms_of(config), after=after).handlers
    return found


def stakes_of(text: str, risk: Risk = Risk()) -> set[str]:  # noqa: B008
    return {factor.name for factor in risk_of(text, risk).factors if factor.group == "at stake"}


def calls(call: str, signature: str = "self") -> str:
    return f"def work({signature}):\n    try:\n        {call}\n    except Exception:\n        pass\n"


def test_a_position_is_money_only_where_something_else_is() -> None:
    assert "money" not in stakes_of(calls("self.head.position(3)"))
    assert "money" in stakes_of(calls("self.broker.position(trade)\n        self.broker.orders()"))
    assert "money" in stakes_of(calls("self.head.position(3)"), Risk("finance"))


def test_words_of_ones_own_count_like_any_other() -> None:
    assert "money" not in stakes_of(calls("self.go_tranche()"))
    assert "money" in stakes_of(calls("self.go_tranche()"), Risk(words={"money": ("Tranche",)}))


def test_words_of_ones_own_may_say_that_something_is_cosmetic() -> None:
    plain = risk_of(calls("self.show_badge()"))
    assert risk_of(calls("self.show_badge()"), Risk(words={"cosmetic": ("badge",)})).score < plain.score


def test_weights_of_ones_own_win_over_those_of_the_profile() -> None:
    text = calls("self.market()")
    scores = [
        risk_of(text, one).score
        for one in (Risk(), Risk("finance"), Risk("finance", weights={"market": 4.0}))
    ]
    assert scores == sorted(scores) and len(set(scores)) == 3


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"weights": {"plausible-valu": 1}}, 'did you mean "plausible-value"?'),
        ({"words": {"mony": ["x"]}}, 'did you mean "money"?'),
        ({"profile": "financ"}, 'did you mean "finance"?'),
        ({"profil": "finance"}, 'did you mean "profile"?'),
        ({"weights": {"money": "much"}}, "expected a number, found a string"),
    ],
)
def test_a_wrong_word_names_itself_and_the_nearest(value: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as error:
        checked("risk", value, "pyproject.toml: risk")
    assert said in str(error.value) and str(error.value).startswith("pyproject.toml: risk")


def test_whole_numbers_are_weights_too(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "pyproject.toml").write_text(
        '[tool.broadcatch.risk]\nprofile = "web"\nweights = { money = 3 }\n'
    )
    monkeypatch.chdir(tmp_path)
    config = resolve(tmp_path, None, False, {})
    assert config.risk == Risk("web", weights={"money": 3.0})


def test_every_profile_speaks_of_known_stakes_and_weights() -> None:
    assert set(STAKE_KEYS) - {"cosmetic", "write"} | {"telemetry"} == set(STAKES)
    for profile in PROFILES.values():
        assert set(profile.words) <= set(STAKE) and set(profile.weights) <= set(STAKE)


SESSION = """
    from sqlalchemy.orm import Session

    class Store:
        def __init__(self, db: Session | None) -> None:
            self.db = db

        def work(self, row):
            try:
                self.db.{}(row)
            except Exception:
                pass
"""


def test_a_write_is_known_by_the_class_that_an_annotation_names() -> None:
    assert "write" in stakes_of(SESSION.format("merge_all"))
    assert "write" not in stakes_of(SESSION.format("get"))
    assert "write" not in stakes_of(SESSION.format("merge_all").replace("from sqlalchemy.orm", "from mine"))


def test_an_order_is_known_by_the_package_that_made_the_client() -> None:
    text = """
        from kiteconnect import KiteConnect

        def work(key):
            kite = KiteConnect(key)
            try:
                kite.modify(1)
            except Exception:
                pass
    """
    assert "money" in stakes_of(text)
    assert "money" not in stakes_of(text.replace("from kiteconnect", "from .kiteconnect"))
    (factor,) = [one for one in risk_of(text).factors if one.name == "money"]
    assert (factor.detail, factor.line) == ("orders, by the library kiteconnect (kite.modify)", 7)
