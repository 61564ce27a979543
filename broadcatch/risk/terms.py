"""Which words count, and how much does each signal weigh, for this kind of program and under these wishes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from broadcatch.config.options import Config
from broadcatch.config.weights import KEYS, WEIGHTS

_YOURS = "what the configuration names"


@dataclass(frozen=True, slots=True)
class Terms:
    """`words` by stake beside those of the lexicon; `finance`: words of money that also mean something else
    (`position`) count without another one; `weights` by the name of the signal."""

    words: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    finance: bool = False
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)

    def subject_of(self, stake: str, words: tuple[str, ...]) -> tuple[str, str]:
        """The (subject, word) of the first of `words` that tells `stake` here, ("", "") for none."""
        for subject, known in self.words.get(stake, {}).items():
            for word in words:
                if word in known:
                    return subject, word
        return "", ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of program adds: words by stake and what they tell of, and other weights."""

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


PROFILES: Mapping[str, Profile] = {
    "general": Profile(),
    "finance": Profile(
        {
            "money": {
                "financial figures": "nav yield coupon accrual greeks delta gamma vega theta volatility "
                "strike notional haircut var mtm",
                "orders": "lot lots quantity qty tranche allocation",
            },
            "market": {"market data": "tick ticks bar bars feed curve curves spread underlying expiry"},
        },
        {"market": 1.5},
    ),
    "web": Profile(
        {
            "access": {
                "sessions and users": "session sessions cookie cookies csrf cors user users tenant tenants"
            },
            "write": {"requests": "upload form checkout signup"},
        },
        {"access": 1.5},
    ),
    "data": Profile(
        {
            "write": {
                "data": "dataset datasets dataframe partition partitions schema load ingest transform etl "
                "warehouse materialize backfill migrate merge export"
            },
            "jobs": {"jobs": "pipeline pipelines dag dags task tasks stage stages"},
        },
        {"write": 1.5, "jobs": 1.0},
    ),
}


def terms_of(config: Config) -> Terms:
    """The profile of the configuration with the user's own words and weights over it."""
    profile = PROFILES[config.risk.profile]
    words = {
        stake: {subject: frozenset(text.split()) for subject, text in subjects.items()}
        for stake, subjects in profile.words.items()
    }
    for stake, own in config.risk.words.items():
        lowered = frozenset(word.lower() for word in own)
        words.setdefault(_stake(stake), {})[_YOURS] = lowered
    given = {KEYS[key]: value for key, value in config.risk.weights.items()}
    return Terms(words, config.risk.profile == "finance", {**WEIGHTS, **profile.weights, **given})


def _stake(key: str) -> str:
    return "telemetry" if key == "cosmetic" else key


GENERAL = Terms()
