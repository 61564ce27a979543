"""What does the configuration say of a place, over what the code says?"""

from __future__ import annotations

from textwrap import dedent

import pytest

from broadcatch.config.options import Config, Zone
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import judge_file
from broadcatch.model.outcome import Verdict

CODE = """
from app.bus import subscribes_to

class Service(Base):
    @subscribes_to("orders")
    def run(self):
        try:
            work()
        except Exception:
            log.exception("x")
"""


def verdict(*zones: Zone, code: str = CODE, path: str = "app/m.py", module: str = "app.m") -> Verdict:
    facts = read_facts(dedent(code), path, module)
    [judged] = judge_file(facts, Config(zone=zones, source="/x/pyproject.toml"))
    return judged.verdict


MATCHES = {
    "a path": Zone("mine", paths=("app/*",)),
    "a file name": Zone("mine", paths=("m.py",)),
    "any of several paths": Zone("mine", paths=("other/*", "app/*")),
    "a decorator's last part": Zone("mine", decorators=("subscribes_to",)),
    "a decorator's qualified name": Zone("mine", decorators=("app.bus.*",)),
    "a base": Zone("mine", bases=("Base",)),
    "a method": Zone("mine", scopes=("Service.run",)),
    "a class with all that is in it": Zone("mine", scopes=("Service",)),
    "a module and its scope": Zone("mine", scopes=("app.m:Service.*",)),
    "several keys at once": Zone("mine", paths=("app/*",), scopes=("*.run",)),
}


@pytest.mark.parametrize("zone", MATCHES.values(), ids=MATCHES)
def test_a_table_means_a_handler_by(zone: Zone) -> None:
    assert verdict(zone).zone == "mine"


MISSES = {
    "another path": Zone("mine", paths=("lib/*",)),
    "a decorator that only begins so": Zone("mine", decorators=("subscribes",)),
    "a part of a qualified name": Zone("mine", decorators=("app.bus",)),
    "another scope": Zone("mine", scopes=("run",)),
    "one key of two": Zone("mine", paths=("app/*",), scopes=("Other.*",)),
}


@pytest.mark.parametrize("zone", MISSES.values(), ids=MISSES)
def test_a_table_does_not_mean_a_handler_by(zone: Zone) -> None:
    assert verdict(zone).zone == "core"


def test_the_first_table_that_matches_wins() -> None:
    found = verdict(Zone("one", paths=("lib/*",)), Zone("two", paths=("app/*",)), Zone("three", paths=("*",)))
    assert found.zone == "two"
    assert found.zone_reason == 'pyproject.toml: zone[1]: paths "app/*"'


def test_a_table_wins_over_what_the_code_says() -> None:
    code = "def main():\n    try:\n        work()\n    except Exception:\n        pass\n"
    assert verdict(code=code).zone == "boundary"
    assert verdict(Zone("core", scopes=("main",)), code=code).zone == "core"


def test_a_policy_without_a_name_leaves_the_zone_to_the_code() -> None:
    code = "def main():\n    try:\n        work()\n    except Exception:\n        pass\n"
    found = verdict(Zone(scopes=("main",), logging="never"), code=code)
    assert (found.zone, found.zone_reason) == ("boundary", "function main")
    assert (found.logging, found.logging_reason) == ("never", 'pyproject.toml: zone[0]: scopes "main"')


def test_without_a_table_the_severity_table_decides() -> None:
    assert (verdict().logging, verdict().logging_reason) == ("", "")
