"""What does a bare `except:` catch? The clause gets the class that it means, or that it should mean."""

from __future__ import annotations

from dataclasses import replace

from broadcatch.model.findings import Safety
from broadcatch.model.fixing import Kind
from broadcatch.rewrite.clause import earlier_names, name_bare, written
from broadcatch.rewrite.codemods.command import EditCommand
from broadcatch.rewrite.codemods.narrow import new_names
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.resolve import import_edits
from broadcatch.rewrite.source import Refuse, Source
from broadcatch.rewrite.values import BROAD, BareWanted, Rewrite, Spelled

BUILTIN = tuple(Spelled(name, f"builtins.{name}") for name in ("BaseException", "Exception"))
SAME_MEANING = "`except:` and `except BaseException:` catch the same"
LETS_THROUGH = "KeyboardInterrupt, SystemExit and cancellation are no longer caught"


class BareCommand(EditCommand[BareWanted]):
    """Safe as `BaseException`, which means the same; unsafe as anything narrower."""

    DESCRIPTION = "Name what a bare except clause catches."
    KIND: Kind = "bare"
    RANK = 10

    def one(self, source: Source, wanted: BareWanted) -> Rewrite:
        site = source.handler(wanted.line)
        if site.node.type is not None:
            raise Refuse("the clause is not bare")
        names, safety, reason = _choose(site, wanted)
        spelled = (*BUILTIN, *wanted.names)
        edits = (
            *import_edits(source, self.path, site, names, spelled),
            name_bare(source, site, written(names)),
        )
        title = f"Catch {written(names)} instead of everything"
        made = Rewrite("bare", self.path, wanted.line, title, safety, reason, edits)
        return replace(made, leaves=wanted.leaves if safety == "unsafe" else ())


def _choose(site: HandlerSite, wanted: BareWanted) -> tuple[tuple[str, ...], Safety, str]:
    if wanted.reraises or earlier_names(site) & set(BROAD):
        return ("BaseException",), "safe", SAME_MEANING
    if wanted.cleans_up:
        raise Refuse("the body cleans up and raises again: it must see cancellation and exit too")
    if wanted.replacement is not None:
        names = new_names(site, wanted.replacement, frozenset(BROAD))
        return names, "unsafe", wanted.reason or f"only {written(names)} are caught"
    return ("Exception",), "unsafe", LETS_THROUGH
