"""What do the rewrites need to know of the project? The engine, made when it is first asked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property

from broadcatch.config.options import Config
from broadcatch.judge.verdict import Judged
from broadcatch.mend.naming import Naming
from broadcatch.mend.retries import retries_in, retries_of
from broadcatch.model.facts import FileFacts, Site
from broadcatch.model.fixing import FixRequest, Kind
from broadcatch.model.raising import Suggestion
from broadcatch.program.circles import closes_circle
from broadcatch.program.module import Module
from broadcatch.program.names import absolute
from broadcatch.program.surely import may_be_missing
from broadcatch.raises.escapes import Engine
from broadcatch.runs.asking import engine_of
from broadcatch.runs.suggesting import guarded_suggestions, suggestions_for

INFERRED: frozenset[Kind] = frozenset({"bare", "narrow", "split", "translate", "worker"})
"""Kinds of rewrite that hang on what a `try` can raise."""


class Knowledge:
    """The engine of the project that holds the first of `paths`.

    A commit hook looks at few files, of which most hold nothing that the engine must be asked about; `needed`
    says whether any kind of rewrite that was asked for hangs on it.
    """

    def __init__(self, paths: Sequence[str], config: Config, request: FixRequest) -> None:
        self._paths = paths
        self._config = config
        self.needed = not request.kinds or bool(INFERRED & set(request.kinds))

    @cached_property
    def engine(self) -> Engine:
        """What knows the project and its environment."""
        return engine_of(self._paths, self._config)

    def suggestions(self, facts: FileFacts, judged: Sequence[Judged]) -> Sequence[Suggestion]:
        """What the broad handlers among these could catch instead."""
        if not self.needed or not any(one.verdict.broad for one in judged):
            return ()
        return suggestions_for(facts, judged, self.engine)

    def guarded(self, facts: FileFacts, sites: Sequence[Site]) -> Sequence[Suggestion]:
        """What the places that take every error without a clause could take instead."""
        those = [one for one in sites if one.kind in ("context", "decorator")] if self.needed else []
        return guarded_suggestions(facts, those, self.engine) if those else ()

    def catches(self, clause: str, raised: str) -> bool:
        """Whether a clause that names the first class surely stops the second."""
        return self.engine.resolver.hierarchy.catches(clause, raised)

    def circles(self, path: str, module: str) -> bool:
        """Whether importing a module at the top of the file `path` would close a circle."""
        importer, name = self._imported(path, module)
        return closes_circle(self.engine.project, importer, name)

    def missing(self, path: str, module: str) -> bool:
        """Whether a module may be missing where the file `path` can be imported."""
        importer, name = self._imported(path, module)
        return may_be_missing(self.engine.project, importer, name)

    def _imported(self, path: str, module: str) -> tuple[Module, str]:
        importer = self.engine.project.module_at(os.path.abspath(path))
        level = len(module) - len(module.lstrip("."))
        return importer, absolute(importer.name, importer.is_package, level, module[level:])

    def naming(self, path: str) -> Naming:
        """What finds the classes that the configuration names, for one file."""
        return Naming(self.engine, path)

    def retries(self, path: str) -> str:
        """What a file, else its project, has to try again with: `tenacity`, `backoff`, or "" for nothing."""
        return retries_in(path) or self._retries

    @cached_property
    def _retries(self) -> str:
        return retries_of(self.engine.project.root, self._config)

    def save(self) -> None:
        """Keep what was read for the next time."""
        if "engine" in self.__dict__:
            self.engine.save()
