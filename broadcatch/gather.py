"""Which facts do these paths hold? Discover, look into the cache, read the rest in worker processes.

From cheap to dear: what the cache knows, a search for bytes, `ast`, and LibCST only on what is left.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from broadcatch.cache.codec import CorruptEntry, decode, encode, shape
from broadcatch.cache.store import Store, cache_folder, content_hash, open_store
from broadcatch.config.options import Config
from broadcatch.model.facts import Comment, Failure, FileFacts, Skipped
from broadcatch.pool import POOL_FROM, map_files
from broadcatch.source.comments import own_comments, suppression_comments
from broadcatch.source.discover import discover
from broadcatch.source.lines import count
from broadcatch.source.modules import module_name
from broadcatch.source.needles import may_matter, speaks_to_us
from broadcatch.source.paths import display
from broadcatch.source.project import project_root
from broadcatch.source.read import decode as decode_text
from broadcatch.source.read import read_bytes
from broadcatch.source.sites import may_hold_sites
from broadcatch.source.slices import Reading
from broadcatch.source.syntax import parses

Progress: TypeAlias = Callable[[int, int], None]
_READERS = ("facts", "flow", "model", "source")
"""The rooms that decide what the facts of a text are."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of every file that could be read, in the order of discovery, and what could not be."""

    facts: tuple[FileFacts, ...]
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def lines(self) -> int:
        """How many lines were read."""
        return sum(facts.lines for facts in self.facts)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one file: facts or a failure, and what the cache keeps of it."""

    result: FileFacts | Failure
    content: str = ""
    payload: str = ""


def gather(paths: Sequence[str], config: Config, progress: Progress | None = None) -> Gathered:
    """The facts of all files below `paths`. Raises PathError for a path that does not exist."""
    files, skipped = discover([Path(path) for path in paths], config)
    names = [os.fspath(file) for file in files]
    store = _store(paths, config) if config.cache else None
    known = _known(names, store) if store is not None else {}
    fresh = _read_all([name for name in names if name not in known], config, progress)
    if store is not None:
        for name, read in fresh.items():
            store.put(name, read.content, read.payload)
        store.save()
    results = [known[name] if name in known else fresh[name].result for name in names]
    return Gathered(
        tuple(one for one in results if isinstance(one, FileFacts)),
        tuple(one for one in results if isinstance(one, Failure)),
        skipped,
    )


def gather_text(data: bytes, path: str, config: Config) -> FileFacts | Failure:
    """The facts of one text that stands for the file `path`, whatever lies there."""
    if not reads_all(config) and not may_matter(data) and not may_hold_sites(data) and parses(data):
        own = _own_comments(data, path) if speaks_to_us(data) else ()
        return FileFacts(path, "", count(data.decode("latin-1")), (), own)
    source = decode_text(data, path)
    if isinstance(source, Failure):
        return source
    from broadcatch.facts.read import UnreadableError, read_facts

    comments = suppression_comments(source.text)
    try:
        return read_facts(source.text, path, module_name(path), reading(config), comments)
    except UnreadableError as error:
        return Failure(path, "parse", str(error), error.line)


def _own_comments(data: bytes, path: str) -> tuple[Comment, ...]:
    """What is said to us in a file that holds nothing else for us."""
    source = decode_text(data, path)
    return () if isinstance(source, Failure) else own_comments(source.text)


def reads_all(config: Config) -> bool:
    """Whether handlers matter that only the configuration makes matter."""
    return config.typed or bool(config.broad_exceptions)


def reading(config: Config) -> Reading:
    """How much is read of each file under this configuration."""
    return Reading(typed=config.typed, broad=config.broad_exceptions)


def _read_all(names: Sequence[str], config: Config, progress: Progress | None) -> Mapping[str, _Read]:
    if len(names) >= POOL_FROM:
        import broadcatch.facts.read  # noqa: F401  imported once, before the workers are forked
    job = partial(_read_file, config=config)
    results = map_files(job, names, config.jobs, _lost, progress, _size)
    return dict(zip(names, results, strict=True))


def _read_file(name: str, config: Config) -> _Read:
    data = read_bytes(name)
    if isinstance(data, Failure):
        return _Read(data)
    result = gather_text(data, display(name), config)
    if isinstance(result, Failure) or not config.cache:
        return _Read(result)
    return _Read(result, content_hash(data), encode(FileFacts, result))


def _lost(name: str, reason: str) -> _Read:
    return _Read(Failure(display(name), "worker", reason))


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size
    except OSError:
        return 0


def cache_of(paths: Sequence[str], config: Config) -> Path:
    """The folder of the cache for a run over `paths`."""
    return cache_folder(project_root(Path(paths[0] if paths else ".")), config.cache_dir)


def _store(paths: Sequence[str], config: Config) -> Store:
    root = project_root(Path(paths[0] if paths else "."))
    made_by = (shape(FileFacts), _stamp(), repr(reading(config)))
    return open_store(cache_of(paths, config), root, made_by)


def _stamp() -> str:
    """Changes with the code that reads: facts made by other code do not count."""
    here = Path(__file__).parent
    files = [file.stat() for room in _READERS for file in sorted((here / room).glob("*.py"))]
    return f"{max(file.st_mtime_ns for file in files)}.{sum(file.st_size for file in files)}"


def _known(names: Sequence[str], store: Store) -> dict[str, FileFacts]:
    found = ((name, store.get(name)) for name in names)
    facts = ((name, _decoded(payload)) for name, payload in found if payload is not None)
    return {name: one for name, one in facts if one is not None}


def _decoded(payload: str) -> FileFacts | None:
    """The facts in an entry of the cache, None where it is damaged."""
    try:
        return decode(FileFacts, payload)
    except CorruptEntry:
        return None
