"""The codemods run under LibCST's own harness too."""

from __future__ import annotations

from typing import Any

from libcst.codemod import CodemodContext, CodemodTest
from rewriting import JSON

from broadcatch.rewrite.codemods.bare import BareCommand
from broadcatch.rewrite.codemods.batch import BatchCommand, BatchWanted
from broadcatch.rewrite.codemods.cancellation import CancellationCommand, CancellationWanted
from broadcatch.rewrite.codemods.chain import ChainCommand
from broadcatch.rewrite.codemods.narrow import NarrowCommand
from broadcatch.rewrite.codemods.re_raise import ReRaiseCommand, ReRaiseWanted
from broadcatch.rewrite.codemods.traceback import TracebackCommand, TracebackWanted
from broadcatch.rewrite.codemods.useless import UselessCommand, UselessWanted
from broadcatch.rewrite.values import BareWanted, ChainWanted, NarrowWanted


class TestNarrow(CodemodTest):
    TRANSFORM = NarrowCommand

    def test_a_class_and_its_import(self) -> None:
        before = """
            def f():
                try: x()
                except Exception: pass
        """
        after = """
            import json

            def f():
                try: x()
                except json.JSONDecodeError: pass
        """
        self.assertCodemod(before, after, [NarrowWanted(3, JSON.spelling, (JSON,))])


class TestChain(CodemodTest):
    TRANSFORM = ChainCommand

    def test_a_cause_and_a_warning_for_what_is_refused(self) -> None:
        before = """
            try: x()
            except KeyError:
                raise A
        """
        after = """
            try: x()
            except KeyError as exc:
                raise A from exc
        """
        refused = "line 1: no raise statement stands here"
        wanted = [ChainWanted(3, 4), ChainWanted(1, 0)]
        self.assertCodemod(before, after, wanted, expected_warnings=[refused])


class TestBare(CodemodTest):
    TRANSFORM = BareCommand

    def test_a_clause_and_the_path_of_the_context(self) -> None:
        before = "try: x()\nexcept: raise\n"
        context = CodemodContext(filename="a.py")
        wanted = [BareWanted(2, reraises=True)]
        self.assertCodemod(
            before, before.replace("except", "except BaseException"), wanted, context_override=context
        )


class TestSmallOnes(CodemodTest):
    """Each of the small codemods, with what it refuses as a warning."""

    def check(self, command: Any, before: str, after: str, *wanted: Any) -> None:
        self.TRANSFORM = command
        self.assertCodemod(before, after, list(wanted))

    def test_each_runs_alone(self) -> None:
        named = "try: x()\nexcept A as e:\n    undo()\n    raise e\n"
        self.check(
            ReRaiseCommand, named, named.replace(" as e", "").replace("raise e", "raise"), ReRaiseWanted(4, 4)
        )
        self.check(UselessCommand, "try:\n    x()\nexcept A:\n    raise\n", "x()\n", UselessWanted(3))
        logged = "try: x()\nexcept A as e:\n    log.error('no: %s', 1)\n"
        self.check(
            TracebackCommand,
            logged,
            logged.replace("error", "exception"),
            TracebackWanted(3, "log.error", "logging.x", 2),
        )
        waiting = "import asyncio\ntry: x()\nexcept BaseException: pass\n"
        let_out = waiting.replace("except", "except asyncio.CancelledError:\n    raise\nexcept")
        self.check(CancellationCommand, waiting, let_out, CancellationWanted(3))
        asking = "gather(*a)\nisinstance(b, Exception)\n"
        self.check(BatchCommand, asking, asking.replace("Exc", "BaseExc"), BatchWanted(1, "check", 2))
