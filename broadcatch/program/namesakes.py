"""What does a package mean by the name of its submodule? After `from .go import go`: what is in there."""

from __future__ import annotations

from broadcatch.program.module import Module


def namesake(package: Module | None, submodule: Module) -> str:
    """The dotted name of what `package` takes out of its submodule under the submodule's own name.

    "" where it takes nothing so, or where something else may bind the name: then the submodule is meant.
    """
    name = submodule.name.rpartition(".")[2]
    if package is None or name.startswith("_"):
        return ""
    bound = package.names.get(name)
    if bound is None:
        return f"{submodule.name}.{name}" if submodule.name in package.stars else ""
    targets = {one.target if one.how == "import" else "" for one in bound}
    only = targets.pop() if len(targets) == 1 else ""
    return only if only.startswith(f"{submodule.name}.") else ""
