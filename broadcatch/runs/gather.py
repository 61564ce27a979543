"""Which facts do these paths hold? Discover, look into the cache, read the rest in worker processes.

From cheap to dear: what the cache knows, a search for bytes, `ast`, and LibCST only on what is left.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from broadcatch.cache.codec import CorruptEntry, decode, encode, shape
from broadcatch.cache.stamp import stamp
from broadcatch.cache.store import Store, cache_folder, content_hash, open_store
from broadcatch.config.options import Config
from broadcatch.model.facts import Comment, Failure, FileFacts, Skipped
from broadcatch.model.links import NO_LINKS, Constants, Endings
from broadcatch.pool import POOL_FROM, map_files
from broadcatch.source.clauses import NOTHING, named_in
from broadcatch.source.comments import own_comments, suppression_comments
from broadcatch.source.discover import discover
from broadcatch.source.lines import count
from broadcatch.source.modules import module_name
from broadcatch.source.needles import may_matter, speaks_to_us
from broadcatch.source.paths import display
from broadcatch.source.project import lowest_python, project_root
from broadcatch.source.read import decode as decode_text
from broadcatch.source.read import read_bytes
from broadcatch.source.sites import may_hold_sites
from broadcatch.source.slices import BROAD, EXITS, Reading
from broadcatch.source.syntax import parses

if TYPE_CHECKING:
    from broadcatch.program.link import Linker

Further: TypeAlias = tuple[Constants, bool, Endings]
"""What other files tell about the names in a file's clauses, whether one may hide another, and its calls."""
Progress: TypeAlias = Callable[[int, int], None]
ROUNDS = 2
"""How often a file is read with more of other files: a constant may bring a handler, and that one calls."""
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
    names, skipped = discover([Path(path) for path in paths], config)
    store = _store(paths, config) if config.cache else None
    known = _known(names, store) if store is not None else {}
    fresh = _read_all([name for name in names if name not in known], config, progress)
    if store is not None:
        for name, read in fresh.items():
            store.put(name, read.content, read.payload)
    results = {name: known[name] if name in known else fresh[name].result for name in names}
    linked = list(_linked(results, paths, config, store))
    if store is not None:
        store.save()
    return Gathered(
        tuple(one for one in linked if isinstance(one, FileFacts)),
        tuple(one for one in linked if isinstance(one, Failure)),
        skipped,
    )


def hangs_on_others(one: FileFacts | Failure) -> bool:
    """Whether what other files say may change what was read here."""
    return isinstance(one, FileFacts) and (one.links != NO_LINKS or bool(one.clauses))


def _linked(
    results: Mapping[str, FileFacts | Failure], paths: Sequence[str], config: Config, store: Store | None
) -> Iterator[FileFacts | Failure]:
    """The results with what other files tell about the clauses of each; a few files are read again."""
    if not any(map(hangs_on_others, results.values())):
        yield from results.values()
        return
    linker = linker_for(paths, config, {})
    reread: dict[str, _Read] = {}
    asked: Mapping[str, FileFacts | Failure] = results
    for _ in range(ROUNDS):
        again = _reread(asked, linker, config)
        asked = {name: read.result for name, read in again.items()}
        reread.update(again)
    if store is not None:
        for name, read in reread.items():
            store.put(name, read.content, read.payload)
    for name, one in results.items():
        result = reread[name].result if name in reread else one
        yield result if isinstance(result, Failure) else with_ancestry(result, linker)


def _reread(
    results: Mapping[str, FileFacts | Failure], linker: Linker, config: Config
) -> Mapping[str, _Read]:
    """Those of the files that must be read again, with what other files tell."""
    asked = {
        name: further
        for name, one in results.items()
        if isinstance(one, FileFacts) and (further := further_of(one, linker)) is not None
    }
    job = partial(_read_again, config=config)
    again = map_files(job, list(asked.items()), config.jobs, _lost_again, size=_size_again)
    return dict(zip(asked, again, strict=True))


def linker_for(paths: Sequence[str], config: Config, texts: Mapping[str, bytes]) -> Linker:
    """What knows the other files of the project; `texts` stand for files, whatever lies there."""
    from broadcatch.judge.meaning import ConfiguredMeaning
    from broadcatch.program.link import Linker  # most runs over a few files never ask for it

    root = project_root(Path(paths[0] if paths else "."))
    broad = BROAD | EXITS | {name.rpartition(".")[2] for name in config.broad_exceptions}
    return Linker(root, broad, lowest_python(root), texts, ConfiguredMeaning(config).leaves)


def further_of(facts: FileFacts, linker: Linker) -> Further | None:
    """With what a file must be read again, None where its facts stand."""
    links = facts.links
    if links == NO_LINKS:
        return None
    constants, hides = linker.further(facts)
    known = (links.constants, links.clauses, links.endings)
    further = (constants, links.clauses or hides, linker.endings(facts))
    return None if further == known else further


def with_ancestry(facts: FileFacts, linker: Linker) -> FileFacts:
    """The facts with what is known of the classes in its clauses."""
    return replace(facts, ancestry=linker.ancestry(facts)) if facts.clauses else facts


def facts_alone(
    data: bytes, path: str, config: Config, further: Further | None = None
) -> FileFacts | Failure:
    """The facts of one text, with no more of other files than `further` tells."""
    named = named_in(data) if b"except" in data else NOTHING
    passed = not (reads_all(config) or named.certain or further)
    matters, holds = not passed or may_matter(data), may_hold_sites(data)
    if not matters and not holds and parses(data):
        own = _own_comments(data, path) if speaks_to_us(data) else ()
        return FileFacts(path, "", count(data), (), own, links=named.links)
    constants, clauses, endings = further or ((), named.certain, ())
    source = decode_text(data, path)
    if isinstance(source, Failure):
        return source
    from broadcatch.facts.read import UnreadableError, read_facts

    comments = suppression_comments(source.text)
    try:
        asked = replace(
            reading(config),
            handlers=matters or not holds,  # what does not parse is read for the reason
            sites=holds,
            clauses=clauses,
            constants=constants,
            endings=endings,
        )
        return read_facts(source.text, path, module_name(path), asked, comments, named.links)
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


def _read_again(asked: tuple[str, Further], config: Config) -> _Read:
    return _read_file(asked[0], config, asked[1])


def _read_file(name: str, config: Config, further: Further | None = None) -> _Read:
    data = read_bytes(name)
    if isinstance(data, Failure):
        return _Read(data)
    result = facts_alone(data, display(name), config, further)
    if isinstance(result, Failure) or not config.cache:
        return _Read(result)
    return _Read(result, content_hash(data), encode(FileFacts, result))


def _lost(name: str, reason: str) -> _Read:
    return _Read(Failure(display(name), "worker", reason))


def _lost_again(asked: tuple[str, Further], reason: str) -> _Read:
    return _lost(asked[0], reason)


def _size_again(asked: tuple[str, Further]) -> int:
    return _size(asked[0])


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
    made_by = (shape(FileFacts), stamp(*_READERS), repr(reading(config)))
    return open_store(cache_of(paths, config), root, made_by)


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
