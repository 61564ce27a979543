"""What do all codemods share? A command that rewrites the targets it is given, and nothing else."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar, cast

import libcst as cst
from libcst.codemod import CodemodCommand, CodemodContext
from libcst.metadata import PositionProvider

from broadcatch.model.fixing import Kind
from broadcatch.rewrite.apply import apply_edits
from broadcatch.rewrite.frames import Positions
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.values import Plan, Refused, Rewrite, Wanted

Target = TypeVar("Target", bound=Wanted)


class EditCommand(CodemodCommand, Generic[Target]):
    """A codemod whose result is edits.

    The tree is read, not changed: what LibCST would write back differs from the text in places that no
    one asked for (`except A :` loses its blank), so the new text comes from the edits alone.

    `before` are the rewrites of the same file that codemods of a lower `RANK` proposed: where two want the
    same place, the lower rank has it.
    """

    METADATA_DEPENDENCIES = (PositionProvider,)
    KIND: Kind
    RANK: int

    def __init__(
        self, context: CodemodContext, wanted: Sequence[Target], before: Sequence[Rewrite] = ()
    ) -> None:
        super().__init__(context)
        self.wanted: Sequence[Target] = wanted
        self.before = before
        self.path = context.filename or ""

    @abstractmethod
    def one(self, source: Source, wanted: Target) -> Rewrite:
        """The rewrite of one target; raises Refuse."""

    def propose(self, source: Source) -> Plan:
        """What becomes of each target; one that is refused does not stop the others."""
        rewrites, refused = [], []
        for wanted in self.wanted:
            try:
                rewrites.append(self.one(source, wanted))
            except Refuse as reason:
                refused.append(Refused(self.KIND, self.path, wanted.line, str(reason)))
        return Plan(tuple(rewrites), tuple(refused))

    def transform_module_impl(self, tree: cst.Module) -> cst.Module:
        """The module after all its rewrites, for LibCST's own runner; refusals become warnings."""
        source = Source(tree.code, tree, cast(Positions, self.metadata[PositionProvider]))
        plan = self.propose(source)
        self.context.warnings.extend(f"line {refused.line}: {refused.reason}" for refused in plan.refused)
        edits = [edit for rewrite in plan.rewrites for edit in rewrite.edits]
        return cst.parse_module(apply_edits(tree.code, edits), config=tree.config_for_parsing)
