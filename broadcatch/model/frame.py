"""What can a name refer to where a piece of code stands?"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from broadcatch.model.facts import Place
from broadcatch.model.flow import Head
from broadcatch.model.links import HERE, Constants, Endings

_BUILTINS = frozenset(dir(builtins)) | {"WindowsError", "ExceptionGroup", "BaseExceptionGroup"}
RAISING = frozenset({"raise", "raise from", "raise again"})
"""How functions end that never return, as far as that is no call."""
NEVER_RETURNS = "never "
"""What stands before the name of a call that ends a function which is said never to return."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a name is bound to in one scope.

    `qualified` is what it was imported as, even where a later statement binds it again (a fallback
    under `except ImportError`); `last` is the kind of its last binding. `classes` are the dotted
    names that it stands for where it is a constant (`ERRS = (Exception, OSError)`). `made` is the callee
    of the call that it was last bound to (`log = logging.getLogger()`), as written. `ends` tells of a
    function that never returns how it ends (see `flow.Call.ends`); `members` is the same for a class's
    methods. `again` tells that the same scope bound the name to something else before.
    """

    last: Literal["import", "definition", "local"]
    qualified: str = ""
    classes: tuple[str, ...] = ()
    made: str = ""
    ends: str = ""
    members: tuple[tuple[str, str], ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of a slice: its place, and the bindings of its scopes, innermost first.

    `members` are the methods of the enclosing class, with how they end ("" for those that may return).
    `cancels` are the (line, receiver) pairs of the `.cancel()` calls of the same function. `constants` are
    what other files tell about names in clauses (see `model.links`), `endings` about imported functions.
    """

    place: Place
    scopes: tuple[Mapping[str, Binding], ...]
    cancels: tuple[tuple[int, str], ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    constants: Constants = ()
    endings: Endings = ()

    def lookup(self, name: str) -> Binding | None:
        """The innermost binding of `name`, None for a builtin or an unknown name."""
        for scope in self.scopes:
            if name in scope:
                return scope[name]
        return None

    def resolve(self, dotted: str) -> tuple[str, Head]:
        """The qualified name of a dotted chain ("" where it cannot be told), and its head's kind."""
        head, _, rest = dotted.partition(".")
        bare = head.removesuffix("()")
        binding = self.lookup(bare)
        if binding is None:
            return ("builtins." + dotted, "builtin") if bare in _BUILTINS else ("", "unknown")
        qualified = binding.qualified or self._made(binding)
        if not qualified:
            return "", binding.last
        called = "()" if head != bare else ""
        return qualified + called + ("." + rest if rest else ""), binding.last

    def ends_of(self, dotted: str, within: tuple[str, ...] = ()) -> str:
        """How a call of this name ends if it never returns, "" for all others.

        `within` are the functions that end in this call.
        """
        ends = self._own_ends(dotted)
        if not ends or ends in RAISING or dotted in within:
            return ends
        said, name = ends[: len(NEVER_RETURNS)], ends.removeprefix(NEVER_RETURNS)
        inner = self.ends_of(name, (*within, dotted)) if name.isidentifier() else ""
        if inner:
            return "raise" if inner == "raise from" else inner
        qualified, head = self.resolve(name)
        return (said if said == NEVER_RETURNS else "") + (
            qualified if head in ("import", "builtin") else name
        )

    def imported_ends(self, qualified: str) -> str:
        """The same for a function of another file, by its qualified name."""
        return dict(self.endings).get(qualified, "") if self.endings else ""

    def _own_ends(self, dotted: str) -> str:
        head, _, rest = dotted.partition(".")
        if not rest:
            binding = self.lookup(head)
            return binding.ends if binding and binding.last == "definition" else ""
        if head in ("self", "cls"):
            return self._member_ends(rest)
        binding = self.lookup(head)
        return dict(binding.members).get(rest, "") if binding else ""

    def _member_ends(self, name: str) -> str:
        """How a method of the enclosing class ends; of a base class of the same file, where it has none."""
        own = dict(self.members)
        if name in own:
            return own[name]
        classes = [scope for scope in self.place.scopes if scope.kind == "class"]
        bases = [self.lookup(base) for base in classes[-1].bases] if classes else []
        found = (dict(base.members) for base in bases if base and base.last == "definition")
        return next((members[name] for members in found if name in members), "")

    def _made(self, binding: Binding) -> str:
        """The qualified call that a local name was bound to, "" where its callee was not imported."""
        head, _, rest = binding.made.partition(".")
        maker = self.lookup(head) if head else None
        if maker is None or not maker.qualified:
            return ""
        return maker.qualified + ("." + rest if rest else "") + "()"

    def classes_of(self, dotted: str, within: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
        """The (qualified name, constant it came through) pairs that an except clause's name stands for.

        `within` are the constants that are being looked through already.
        """
        if self.constants:
            known = dict(self.constants).get(self.identity(dotted))
            if known:
                return tuple((qualified, dotted) for qualified in known)
        binding = self.lookup(dotted) if "." not in dotted else None
        if binding is None or not binding.classes:
            return ((self.resolve(dotted)[0], ""),)
        return tuple(
            (qualified, dotted)
            for name in binding.classes
            if name != dotted and name not in within
            for qualified, _ in self.classes_of(name, (*within, dotted))
        )

    def identity(self, dotted: str) -> str:
        """The qualified name of what an except clause names, `<file>.X` for what the file binds itself.

        "" for what a function binds, and for what cannot be told.
        """
        head = dotted.partition(".")[0]
        binding = self.lookup(head)
        if binding is not None and binding.last == "import":
            return self.resolve(dotted)[0]
        if binding is None and head in _BUILTINS:
            return "builtins." + dotted
        at_top = binding is None or all(head not in scope for scope in self.scopes[:-1])
        return HERE + dotted if at_top and dotted.replace(".", "").isidentifier() else ""

    def certain(self, dotted: str) -> bool:
        """Whether a name was bound only once, so that it stands for the same thing wherever it is read."""
        binding = self.lookup(dotted.partition(".")[0])
        return binding is None or not binding.again
