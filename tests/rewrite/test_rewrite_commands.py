"""The codemods run under LibCST's own harness too."""

from __future__ import annotations

from libcst.codemod import CodemodContext, CodemodTest
from rewriting import JSON

from broadcatch.rewrite.codemods.bare import BareCommand
from broadcatch.rewrite.codemods.chain import ChainCommand
from broadcatch.rewrite.codemods.narrow import NarrowCommand
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
