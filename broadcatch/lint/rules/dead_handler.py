"""BC105: can this clause ever run?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from broadcatch.config.options import Config
from broadcatch.lint.rule import Hit, Rule
from broadcatch.lint.wording import joined
from broadcatch.model.facts import Clauses, FileFacts
from broadcatch.model.findings import Severity
from broadcatch.model.flow import Caught
from broadcatch.model.span import Span
from broadcatch.program.classes import Hierarchy
from broadcatch.source.project import LOWEST

Lineage: TypeAlias = Callable[[str], tuple[str, ...]]
"""Qualified name -> canonical name of the class and those of its ancestors; () for an unknown class."""
_EVERYTHING = "BaseException"


@dataclass(frozen=True, slots=True)
class Covered:
    """A class of a clause that `by` catches before: in the clause of `line`, 0 for the same clause."""

    caught: Caught
    by: Caught
    line: int
    same: bool


class DeadHandler(Rule):
    """A clause that can never run, because earlier clauses of the same `try` catch all that it names.

    ## What it finds
    An `except` whose classes are all caught by earlier clauses of the same `try` (or `except*`): named
    there already, under the same name or another (`IOError` is `OSError`), or derived from a class that
    is named there. Who derives from whom is known for builtins and the standard library, of the lowest
    Python that the project says it supports (`requires-python`), and read from the source for classes of
    the project, through imports. What is not known is not reported; neither is a name that is bound more
    than once.

    A class that does nothing among others that do is a note: caught by an earlier clause, or beside its
    own base in the same tuple. What stands in a constant (`except ERRORS`) is no such note: a constant
    serves several clauses.

    ## Why it hurts
    Somebody wrote down what to do about this failure, and it is never done: the broader clause answers
    for it.

    ## Example
    ```python
    def load(path):
        try:
            return parse(path.read_text())
        except OSError:
            return None
        except FileNotFoundError:
            return create(path)
    ```

    ## Instead
    ```python
    def load(path):
        try:
            return parse(path.read_text())
        except FileNotFoundError:
            return create(path)
        except OSError:
            return None
    ```

    ## Fix safety
    None is offered: whether the clause moves up or goes is a decision, as it has never run.

    ## Options
    None.
    """

    code = "BC105"
    name = "dead-handler"

    def file_hits(self, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clauses that never run, and the classes in others that do nothing."""
        lineage = _lineage(facts)
        for clauses in facts.clauses:
            for index in range(len(clauses.spans)):
                yield from _hits(clauses, index, lineage)


def _lineage(facts: FileFacts) -> Lineage:
    known = dict(facts.ancestry)
    standard = Hierarchy(lambda _: None, LOWEST)

    def lineage(name: str) -> tuple[str, ...]:
        if name in known:
            return known[name]
        canonical = standard.canonical(name)
        return (canonical, *standard.ancestors(canonical)[0]) if standard.is_known(canonical) else ()

    return lineage


def _hits(clauses: Clauses, index: int, lineage: Lineage) -> Iterator[Hit]:
    classes = clauses.caught[index]
    before = [
        (one, span.line)
        for span, caught in zip(clauses.spans[:index], clauses.caught, strict=False)
        for one in caught
    ]
    found = [_covered(one, before, lineage) for one in classes]
    dead = [one for one in found if one is not None]
    if classes and len(dead) == len(classes):
        message = f"never runs: {joined(dict.fromkeys(map(_words, dead)))}"
        yield _hit(clauses, clauses.spans[index], message, "warning", classes)
        return
    idle = [*dead, *_within(classes, [one.caught for one in dead], lineage)]
    idle = [one for one in idle if not one.caught.via]  # a constant is shared, and needs no part of it here
    if idle:
        message = f"does nothing here: {joined(dict.fromkeys(map(_words, idle)))}"
        yield _hit(clauses, clauses.spans[index], message, "note", classes)


def _covered(caught: Caught, before: list[tuple[Caught, int]], lineage: Lineage) -> Covered | None:
    """What an earlier class catches of `caught`, None for nothing."""
    for other, line in before:
        if _catches(other, caught, lineage):
            return Covered(caught, other, line, _is_same(other, caught, lineage))
    return None


def _within(classes: tuple[Caught, ...], known: list[Caught], lineage: Lineage) -> Iterator[Covered]:
    """The classes that another class of the same clause catches too; of two that are the same, the later."""
    for index, one in enumerate(classes):
        for at, other in enumerate(classes):
            apart = at != index and one not in known and one.span != other.span
            if apart and _catches(other, one, lineage):
                same = _is_same(other, one, lineage)
                if not same or at < index:
                    yield Covered(one, other, 0, same)
                    break


def _catches(upper: Caught, lower: Caught, lineage: Lineage) -> bool:
    above = lineage(upper.qualified)[:1]
    if _is_same(upper, lower, lineage) or above == (_EVERYTHING,):
        return True
    return bool(above) and above[0] in lineage(lower.qualified)


def _is_same(first: Caught, second: Caught, lineage: Lineage) -> bool:
    if first.qualified and first.qualified == second.qualified:
        return True
    if first.name == second.name and not (first.via or second.via):
        return first.name.replace(".", "").isidentifier()
    return lineage(first.qualified)[:1] == lineage(second.qualified)[:1] != ()


def _words(one: Covered) -> str:
    lower, upper = _shown(one.caught), _shown(one.by)
    where = f"is caught in line {one.line}" if one.line else "stands beside it"
    if one.same and lower == upper:
        through = f", through {one.by.via}" if one.by.via else ""
        return f"{lower} {where}{' already' if one.line else ' once more'}{through}"
    through = f" (of {one.by.via})" if one.by.via else ""
    return f"{lower} is {'' if one.same else 'a kind of '}{upper}{through}, which {where}"


def _shown(caught: Caught) -> str:
    return caught.qualified.rpartition(".")[2] or caught.name if caught.via else caught.name


def _hit(clauses: Clauses, span: Span, message: str, severity: Severity, subject: object) -> Hit:
    return Hit(span, message, severity, span.line, subject, clauses.place.qualname)
