"""What goes on behind a `try` as if it had gone well."""

from __future__ import annotations

from textwrap import dedent

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.judge.anyway import anyway
from broadcatch.judge.verdict import judge_file
from broadcatch.lint.check import check

FEED = """
    import logging
    logger = logging.getLogger()
    class Feed:
        def fill(self, message):
            if message:
                try:
                    self.callback(message)
                except Exception:
                    logger.exception("no snapshot")
            self.filled = True
"""
STORE = """
    import json, logging
    logger = logging.getLogger()
    class Settings:
        def load(self, path):
            try:
                self.values.update(json.loads(open(path).read()))
            except Exception:
                logger.exception("no settings")
        def save(self, path):
            path.write_text(json.dumps(self.values))
"""


def told(code: str) -> str:
    """What is said of the first handler."""
    facts = read_facts(dedent(code), "shop/feed.py", "shop.feed")
    return anyway(judge_file(facts, Config())[0])


def test_a_flag_that_is_set_behind_the_try_is_set_all_the_same() -> None:
    assert told(FEED) == "`self.filled` after it is done all the same"
    assert told(FEED.replace('("no snapshot")', '("no snapshot")\n                    return')) == ""
    assert told(FEED.replace("= True", "= False")) == ""


def test_a_warning_speaks_of_it_in_spite_of_the_traceback() -> None:
    facts = read_facts(dedent(FEED), "shop/feed.py", "shop.feed")
    assert [one.severity for one in check(facts, Config()) if one.code == "BC102"] == ["warning"]


def test_what_could_not_be_loaded_will_be_written_over() -> None:
    assert told(STORE) == "`Settings.save` will write over what could not be loaded"
    assert told(STORE.replace("def save", "def send")) == ""


def test_a_text_of_success_is_told_all_the_same() -> None:
    said = FEED.replace("self.filled = True", 'print("Success!")')
    assert told(said) == "`print(…)` after it says that all went well"
    assert told(said.replace('("no snapshot")', '("no snapshot")\n                    self.stop()')) == ""
    assert told(said.replace("Success!", "No success: error")) == ""
