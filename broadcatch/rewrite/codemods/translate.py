"""What went wrong, in the project's own words? A broad clause gives way to one clause for each cause."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

import libcst as cst

from broadcatch.model.findings import Edit
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.block import Block, before, block_of, instead
from broadcatch.rewrite.clause import earlier_names, written
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.kept import Kept, kept_of
from broadcatch.rewrite.names import free_name
from broadcatch.rewrite.residual import broad_of, header, telling
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.said import message_of
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.structural import Cause, TranslateWanted, Turned
from broadcatch.rewrite.values import Rewrite, Spelled

ERROR = "exc"
"""What the configuration calls the caught error."""
_DIRECTIVE = re.compile(r"#\s*(noqa|type:|pylint|pragma|nosec|ruff|mypy|pyright|noinspection)", re.IGNORECASE)


class TranslateCommand(EditCommand[TranslateWanted]):
    """Never safe: callers meet other errors, and what was hidden comes to light."""

    DESCRIPTION = "Raise the project's own exceptions, one clause a cause, instead of catching everything."
    KIND: Kind = "translate"
    RANK = 15

    def one(self, source: Source, wanted: TranslateWanted) -> Rewrite:
        site = source.handler(wanted.line)
        if isinstance(site.node, cst.ExceptStarHandler):
            raise Refuse("an `except*` clause takes a part of a group, and leaves the rest to others")
        if wanted.flaw or wanted.offer:
            raise Refuse(wanted.flaw or wanted.offer)
        causes = _open(site, wanted.causes)
        block = block_of(source, site)
        kept = kept_of(source, site, block)
        name = site.name or free_name(source, site)
        text = message_of(source, site, name)
        clauses = [list(_clause(source, one, block, kept, name, text)) for one in causes]
        imports = self._imports(source, site, causes)
        if wanted.rest_stays:
            edits = (*imports, before(source, site, [line for one in clauses for line in one]))
        else:
            clauses[0][1:1] = _first_comments(site, block, kept)
            rest, made = self._residual(source, site, block, kept, wanted)
            whole = [line for one in clauses for line in one] + rest
            edits = (*imports, *made, instead(source, site, block, whole))
        title = f"Translate to {_named(causes)}, one clause a cause"
        return Rewrite(
            "translate",
            self.path,
            wanted.line,
            title,
            wanted.safety,
            wanted.reason,
            edits,
            wanted.leaves,
            wanted.gone,
        )

    def _residual(
        self, source: Source, site: HandlerSite, block: Block, kept: Kept, wanted: TranslateWanted
    ) -> tuple[list[str], tuple[Edit, ...]]:
        told = telling(source, self.path, site, block, wanted.observe)
        name = site.name if site.name in kept.names else told.name
        caught = broad_of(site, wanted.broad) if site.node.type is not None or kept.lines else "Exception"
        return [header(block, caught, name), *told.lines, *kept.lines, f"{block.indent}raise"], told.edits

    def _imports(self, source: Source, site: HandlerSite, causes: Sequence[Cause]) -> tuple[Edit, ...]:
        known = dict.fromkeys(_classes(causes))
        names = tuple(dict.fromkeys(one.spelling for one in known))
        return import_edits(source, self.path, site, names, tuple(known))


def _open(site: HandlerSite, causes: Sequence[Cause]) -> list[Cause]:
    """The causes that no clause before this one takes."""
    taken = earlier_names(site)
    found = []
    for cause in causes:
        caught = tuple(one for one in cause.caught if one.spelling not in taken)
        if caught:
            found.append(Cause(caught, cause.turned))
    if not found:
        raise Refuse("the clauses before this one catch all that the mapping names")
    return found


def _clause(source: Source, cause: Cause, block: Block, kept: Kept, name: str, text: str) -> Iterator[str]:
    yield f"{block.margin}except {written([one.spelling for one in cause.caught])} as {name}:"
    yield from kept.lines
    step = source.module.default_indent
    for turned in cause.turned:
        if turned.when:
            yield f"{block.indent}if {renamed(turned.when, name)}:"
        yield f"{block.indent}{step if turned.when else ''}{_raise(turned, name, text)}"


def _raise(turned: Turned, name: str, text: str) -> str:
    if turned.to is None:
        return "raise"
    arguments = renamed_arguments(turned.arguments, name) if turned.arguments else text
    return f"raise {turned.to.spelling}({arguments}) from {name}"


def renamed(code: str, name: str) -> str:
    """An expression over `exc` with the name that the error has here."""
    tree = ast.parse(code, mode="eval")
    data = code.encode()
    places = sorted(
        (
            node.col_offset
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and node.id == ERROR and node.lineno == 1
        ),
        reverse=True,
    )
    for start in places if name != ERROR else ():
        data = data[:start] + name.encode() + data[start + len(ERROR) :]
    return data.decode()


def renamed_arguments(code: str, name: str) -> str:
    """Arguments over `exc` with the name that the error has here."""
    return renamed(f"f({code})", name)[2:-1]


def _first_comments(site: HandlerSite, block: Block, kept: Kept) -> list[str]:
    """What was remarked in the old body, and on its clause, stands in the first of the new ones."""
    head = getattr(site.node.body, "header", None)
    own = head.comment.value if head is not None and head.comment is not None else ""
    said = [own] if own and not _DIRECTIVE.search(own) else []
    said += [one for one in kept.comments if not _DIRECTIVE.search(one)]
    return [f"{block.indent}{one}" for one in said]


def _classes(causes: Sequence[Cause]) -> Iterator[Spelled]:
    for cause in causes:
        yield from cause.caught
        yield from (one.to for one in cause.turned if one.to is not None)


def _named(causes: Sequence[Cause]) -> str:
    named = [one.to.spelling for cause in causes for one in cause.turned if one.to is not None]
    return ", ".join(dict.fromkeys(named))
