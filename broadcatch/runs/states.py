"""What knows the project as it is now, and as it was? Two engines, one over files laid out elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcatch.config.options import Config
from broadcatch.program.environment import Environment
from broadcatch.program.project import Project
from broadcatch.program.shelves import Shelves
from broadcatch.raises.escapes import Engine
from broadcatch.raises.given import table_of
from broadcatch.runs.asking import engine_of
from broadcatch.source.past import INDEX, is_as_staged, laid_out
from broadcatch.source.project import SITES


@dataclass(frozen=True, slots=True)
class State:
    """The engine of one state of a repository; `folder` is where its top lies in that state."""

    engine: Engine
    folder: Path

    def path(self, module: str) -> str:
        """The path from the top, of a module as the engine names it; "" for one of elsewhere."""
        file = self.engine.project.root / module
        return file.relative_to(self.folder).as_posix() if file.is_relative_to(self.folder) else ""


@contextmanager
def present(top: Path, staged: bool, config: Config) -> Iterator[State]:
    """What is looked at: the work tree, or what is staged where that is something else."""
    real = engine_of([str(top)], config)
    if not staged or is_as_staged(top):
        yield State(real, top.resolve())
        real.save()
        return
    with past(top, INDEX, real, config) as state:
        yield state


@contextmanager
def past(top: Path, revision: str, real: Engine, config: Config) -> Iterator[State]:
    """What was there at a commit; `real` is the engine of the work tree, for its environment."""
    with TemporaryDirectory(prefix="broadcatch-") as made:
        folder = Path(made).resolve()
        laid_out(top, revision, folder)
        environment = _beside(real.project.environment, real.project.root, folder)
        shelves = Shelves(None, real.project.shelves.installed)
        yield State(Engine(Project(folder, environment, shelves), table_of(config)), folder)


def _beside(environment: Environment, root: Path, folder: Path) -> Environment:
    """The same packages; those that are the project's own sources are looked for in the other folder."""

    def there(path: Path) -> Path:
        own = path.is_relative_to(root) and not set(SITES) & set(path.parts)
        return folder / path.relative_to(root) if own else path

    return replace(
        environment,
        packages=tuple(there(one) for one in environment.packages),
        moved=tuple((name, there(one)) for name, one in environment.moved),
    )
