"""Which facts do texts hold that do not lie on the disk? What an editor, an index or a revision gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.model.facts import Failure, FileFacts
from broadcatch.pool import map_files
from broadcatch.runs.gather import (
    ROUNDS,
    Further,
    facts_alone,
    further_of,
    hangs_on_others,
    linker_for,
    with_ancestry,
)

_Item: TypeAlias = tuple[str, bytes, Further | None]
"""A path, what its text is, and what other files tell about it."""


def gather_text(data: bytes, path: str, config: Config) -> FileFacts | Failure:
    """The facts of one text that stands for the file `path`, whatever lies there."""
    return gather_texts({path: data}, config)[path]


def gather_texts(texts: Mapping[str, bytes], config: Config) -> Mapping[str, FileFacts | Failure]:
    """The facts of texts that stand for files, by path, whatever lies there; other files are as they lie."""
    read = _texts_read([(path, data, None) for path, data in texts.items()], config)
    if not any(map(hangs_on_others, read.values())):
        return read
    linker = linker_for(list(texts), config, texts)
    asked: Mapping[str, FileFacts | Failure] = read
    for _ in range(ROUNDS):
        further = (
            (path, further_of(one, linker)) for path, one in asked.items() if isinstance(one, FileFacts)
        )
        asked = _texts_read([(path, texts[path], more) for path, more in further if more is not None], config)
        read = {**read, **asked}
    return {
        path: one if isinstance(one, Failure) else with_ancestry(one, linker) for path, one in read.items()
    }


def _texts_read(items: Sequence[_Item], config: Config) -> Mapping[str, FileFacts | Failure]:
    job = partial(_text_read, config=config)
    read = map_files(job, items, config.jobs, _text_lost, size=lambda item: len(item[1]))
    return {item[0]: one for item, one in zip(items, read, strict=True)}


def _text_read(item: _Item, config: Config) -> FileFacts | Failure:
    path, data, further = item
    return facts_alone(data, path, config, further)


def _text_lost(item: _Item, reason: str) -> FileFacts | Failure:
    return Failure(item[0], "worker", reason)
