"""What does the clause read that stays behind the specific ones? Header, log, counter, body, end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadcatch.model.findings import Edit
from broadcatch.model.fixing import RESIDUAL, UNEXPECTED
from broadcatch.rewrite.block import Block
from broadcatch.rewrite.clause import elements, written
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import SCOPES, HandlerSite
from broadcatch.rewrite.loggers import logger_at
from broadcatch.rewrite.names import free_name
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Source
from broadcatch.rewrite.values import Spelled

MARK = f"  # {RESIDUAL}"


@dataclass(frozen=True, slots=True)
class Telling:
    """The lines by which a residual tells of an error, the name they need it by, the edits they need."""

    lines: tuple[str, ...]
    name: str
    edits: tuple[Edit, ...]


def telling(
    source: Source, path: str, site: HandlerSite, block: Block, observe: str, method: str = "exception"
) -> Telling:
    """The log, by `exception` or another method of a logger, and the call that counts where one is named."""
    logger = logger_at(source, path, site)
    extra = ", exc_info=True" if method == "critical" else ""
    words = f"{UNEXPECTED} {place_name(site, path)}"
    lines = [f'{block.indent}{logger.text}.{method}("{words}"{extra})']
    if not observe:
        return Telling(tuple(lines), "", logger.edits)
    module, _, function = observe.rpartition(".")
    name = site.name or free_name(source, site)
    imports = import_edits(source, path, site, (function,), (Spelled(function, "", module, function),))
    return Telling((*lines, f"{block.indent}{function}({name})"), name, (*logger.edits, *imports))


def header(block: Block, caught: str, name: str) -> str:
    """The line of a residual's `except`, with its mark."""
    return f"{block.margin}except {caught}{f' as {name}' if name else ''}:{MARK}"


def broad_of(site: HandlerSite, broad: Sequence[str]) -> str:
    """The broad classes of a clause as written; those of a bare one by name."""
    if site.node.type is None:
        return "BaseException"
    names = [dotted(one) for one in elements(site.node.type)]
    return written(tuple(dict.fromkeys(name for name in names if name in broad)) or ("Exception",))


def place_name(site: HandlerSite, path: str) -> str:
    """How a log calls the place: `Service.run`, or the file's name at module level."""
    frames = [one for one in site.frame.outwards() if one.kind in SCOPES]
    nodes = [getattr(one.node, "name", None) for one in reversed(frames)]
    names = [node.value for node in nodes if node is not None]
    return ".".join(names) or path.rpartition("/")[2].removesuffix(".py") or "the module"
