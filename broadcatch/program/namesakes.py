"""What does a package mean by the name of its submodule? After `from .go import go`: what is in there."""

from __future__ import annotations

from broadcatch.program.module import Class, Function, Module


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


def hiding(package: Module | None, submodule: Module) -> Function | Class | None:
    """What `package` itself defines under the name of a submodule that it takes something out of.

    It is taken to import first: an import behind the definition would bind the submodule again.
    """
    name = submodule.name.rpartition(".")[2]
    bound = package.names.get(name, ()) if package is not None else ()
    if package is None or not bound or any(one.how not in ("def", "class") for one in bound):
        return None
    inside = f"{submodule.name}."
    taken = (one for those in package.names.values() for one in those if one.how == "import")
    if submodule.name in package.stars or any(one.target.startswith(inside) for one in taken):
        return package.functions.get(name) or package.classes.get(name)
    return None
