"""What is a statement recognised by after it was moved, reformatted or edited? Two fingerprints, off `ast`.

One is of its exact text, whatever the formatting. The other is of its words: two of these can be compared.
"""

from __future__ import annotations

import ast
import hashlib
import warnings
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from broadcatch.model.facts import Print
from broadcatch.source.slices import DEFINITIONS, TRY

SLOTS = 32
"""How many characters the fingerprint of the words has."""
EMPTY = "."
"""The slot that no word fell into."""
_PASSED = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_NAMES = frozenset({"id", "attr", "arg", "name", "names", "module", "asname", "rest"})
_LONG = 60
"""Of a longer constant, only the beginning counts among the words."""


def prints_of(
    tree: ast.Module, clauses: Iterable[int], leaves: Iterable[int], rows: Iterable[int]
) -> tuple[Print, ...]:
    """The fingerprints of what stands at these lines of a file, by line.

    `clauses` are lines of `except` clauses: what counts is their whole `try`. `leaves` are lines that leave a
    `finally`: the innermost `try` around them. `rows` are any other lines: the innermost statement there.
    """
    tries, others = set(clauses) | set(leaves), set(rows)
    lines = sorted(tries | others)
    found: dict[int, ast.stmt] = {}
    for node in _holding(tree, lines):
        first, last = _extent(node)
        for line in lines[bisect_left(lines, first) : bisect_left(lines, last + 1)]:
            if line in others or isinstance(node, TRY):
                found[line] = node
    made: dict[ast.stmt, tuple[str, str]] = {}
    for node in found.values():
        if node not in made:
            made[node] = fingerprints(node)
    return tuple(
        Print(line, *made[node], *_extent(node), node.col_offset) for line, node in sorted(found.items())
    )


def prints_of_pieces(lines: Sequence[str], tries: Mapping[int, tuple[int, int]]) -> tuple[Print, ...]:
    """The same for a file that is newer than this Python: most of its `try` statements are not.

    `tries` are the first and the last line of the `try` of each clause, by the line of the clause.
    """
    found = (
        (line, _piece(lines[first - 1 : last]), first, last) for line, (first, last) in sorted(tries.items())
    )
    return tuple(
        Print(line, *fingerprints(node), first, last, node.col_offset)
        for line, node, first, last in found
        if node is not None
    )


def _piece(lines: Sequence[str]) -> ast.stmt | None:
    """The one statement that stands in these lines, None where this Python cannot parse it."""
    indented = bool(lines) and lines[0][:1].isspace()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the code's own author was told already
            tree = ast.parse("if 1:\n" * indented + "".join(lines))
    except (SyntaxError, ValueError):
        return None
    body = tree.body[0].body if indented and isinstance(tree.body[0], ast.If) else tree.body
    return body[0] if len(body) == 1 else None


def fingerprints(node: ast.AST) -> tuple[str, str]:
    """Of the text (16 hexadecimal digits), and of the words (`SLOTS` characters) of a statement."""
    tokens: list[str] = []
    words: Counter[str] = Counter()
    stack: list[object] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, ast.AST):
            stack.extend(reversed(_parts(item, words)))
        else:
            tokens.append(str(item))
    digest = hashlib.blake2b("\x1f".join(tokens).encode("utf-8", "surrogatepass"), digest_size=8)
    return digest.hexdigest(), _slots(words)


def _parts(node: ast.AST, words: Counter[str]) -> list[object]:
    """What a node consists of, in order: what formatters and versions of Python change is left out."""
    kind = type(node).__name__
    if isinstance(node, ast.Constant):
        text = f"{type(node.value).__name__}:{node.value!r}"
        words[text[:_LONG]] += 1
        return [text]
    if isinstance(node, ast.stmt):
        words[kind] += 1
    if (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        return [kind, *node.value.value.split()]  # a docstring is indented anew
    if isinstance(node, ast.Delete):
        return [kind, *_flat(node.targets)]  # `del (a, b)` is `del a, b`
    parts: list[object] = [kind]
    for name in node._fields:
        value = getattr(node, name, None)
        if name in _PASSED or value is None or value == []:
            continue
        values = value if isinstance(value, list) else [value]
        if name in _NAMES:
            words.update(one for one in values if isinstance(one, str))
        parts += (f".{name}{len(values)}", *values)
    return parts


def _flat(targets: Sequence[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, (ast.Tuple, ast.List)):
            yield from _flat(target.elts)
        else:
            yield target


def _slots(words: Mapping[str, int]) -> str:
    """A sketch of a bag of words: each falls into a slot, whose least hash lends it a digit."""
    least: dict[int, int] = {}
    for word, count in words.items():
        for nth in range(count):
            text = f"{word}\x1f{nth}".encode("utf-8", "surrogatepass")
            value = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
            slot, rest = value % SLOTS, value // SLOTS
            if rest < least.get(slot, rest + 1):
                least[slot] = rest
    return "".join(f"{least[slot] % 16:x}" if slot in least else EMPTY for slot in range(SLOTS))


def _holding(node: ast.AST, lines: Sequence[int]) -> Iterator[ast.stmt]:
    """The statements that hold one of the sorted `lines`, each before those inside of it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.ExceptHandler, ast.match_case)):
            yield from _holding(child, lines)
        elif isinstance(child, ast.stmt):
            first, last = _extent(child)
            if bisect_left(lines, first) < bisect_left(lines, last + 1):
                yield child
                yield from _holding(child, lines)


def _extent(node: ast.stmt) -> tuple[int, int]:
    """First and last line, decorators included."""
    first = node.lineno
    if isinstance(node, DEFINITIONS):
        first = min([first, *(one.lineno for one in node.decorator_list)])
    return first, node.end_lineno or node.lineno
