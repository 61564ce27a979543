"""Helpers for tests that ask what becomes of an error: from the text of a handler to its verdict."""

from __future__ import annotations

from textwrap import dedent, indent

from broadcatch.config.options import Config
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import judge
from broadcatch.model.facts import Handler
from broadcatch.model.outcome import Verdict
from broadcatch.source.slices import Reading

EVERYTHING = Reading(typed=True)
IMPORTS = """\
import asyncio, contextlib, logging, os, queue, sys, traceback, warnings
logger = logging.getLogger(__name__)
"""


def handlers_of(code: str, reading: Reading = EVERYTHING) -> tuple[Handler, ...]:
    """The handlers of a whole module, in the order of the text."""
    return read_facts(dedent(code), "module.py", reading=reading).handlers


def verdict_of_module(code: str, config: Config | None = None) -> Verdict:
    """The verdict on the first handler of a whole module."""
    return judge(handlers_of(code)[0], "module.py", config or Config())


def verdict_of(body: str, config: Config | None = None, final: str = "", head: str = IMPORTS) -> Verdict:
    """The verdict on `except Exception as e:` with this body, in a method, in a loop."""
    code = f"{head}\nclass Service:\n    async def run(self, items):\n        for item in items:\n"
    code += "            try:\n                work(item)\n            except Exception as e:\n"
    code += indent(dedent(body).strip("\n"), " " * 16) + "\n"
    if final:
        code += "            finally:\n" + indent(dedent(final).strip("\n"), " " * 16) + "\n"
    return verdict_of_module(code, config)


def outcome_of(body: str, config: Config | None = None, final: str = "", head: str = IMPORTS) -> str:
    """The outcome of `except Exception as e:` with this body."""
    return verdict_of(body, config, final, head).outcome


def paths_of(body: str, final: str = "") -> set[str]:
    """The outcomes of all ways through `except Exception as e:` with this body."""
    return {path.outcome for path in verdict_of(body, final=final).paths}
