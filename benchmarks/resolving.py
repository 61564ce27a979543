"""Run by the interpreter of an environment: what do names in the clauses of a rewritten module stand for?

Reads one question from its input: the file below the folders `before` and `after`, and for each name the
classes that may be meant ([]: not known). Writes one line a name: its verdict (same, other, unbound,
unchecked, import, not importable) and a detail. A module that cannot be imported before its rewrite says
nothing about it.
"""

import ast
import importlib
import io
import json
import os
import sys


def tell(verdict, detail):
    out.write("\x1e" + json.dumps([verdict, detail]) + "\n")
    out.flush()


def module_name(path):
    parts = path[: -len(".py")].split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(folder, path):
    """In a child process: whether the module can be imported from there."""
    pid = os.fork()
    if pid == 0:
        sys.path.insert(0, folder)
        try:
            importlib.import_module(module_name(path))
        except BaseException:  # noqa: BLE001  whatever happens, this process ends here
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def places(tree, name):
    """The functions around each clause that names `name`, outermost first."""

    def walk(node, around):
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            those = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(ast.unparse(one) == name for one in those):
                yield around
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            around = (*around, node)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, around)

    yield from walk(tree, ())


def value_of(name, module, around):
    """The object, with the imports of the functions around the clause carried out."""
    space = dict(vars(module))
    space["__package__"] = module.__package__ or ""
    for function in around:
        for node in ast.walk(function):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                code = compile(ast.Module([node], []), "import", "exec")
                try:
                    exec(code, space)
                except (ImportError, AttributeError, OSError):
                    pass  # a module for another platform
    return eval(name, space)


def imported_names(module):
    """The names that import statements of the module bind, also those of what is not installed."""
    with open(module.__file__, "rb") as file:
        tree = ast.parse(file.read())
    found = (one for one in ast.walk(tree) if isinstance(one, (ast.Import, ast.ImportFrom)))
    return {(alias.asname or alias.name).split(".")[0] for one in found for alias in one.names}


def named(thing):
    module = thing.__module__
    return thing.__qualname__ if module == "builtins" else module + "." + thing.__qualname__


def wanted(full):
    """The class behind a dotted name, None where it cannot be found that way."""
    parts = full.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
            for part in parts[cut:]:
                found = getattr(found, part)
            return found
        except (ImportError, AttributeError):
            continue
    return getattr(__builtins__, full, None) if len(parts) == 1 else None


def check(question):
    path, after = question["file"], question["after"]
    if not imported(question["before"], path):
        tell("not importable", path)
        return
    if not imported(after, path):
        tell("import", "can no longer be imported")
        return
    sys.path.insert(0, after)
    module = importlib.import_module(module_name(path))
    with open(os.path.join(after, path), "rb") as file:
        tree = ast.parse(file.read())
    for name, meant in question["names"].items():
        for around in places(tree, name):
            judge(name, meant, module, around)


def judge(name, meant, module, around):
    try:
        found = value_of(name, module, around)
    except NameError as error:
        root = name.split(".")[0]
        optional = root not in vars(module) and root in imported_names(module)
        tell("not importable" if optional else "unbound", name + ": " + str(error))
        return
    except AttributeError as error:
        tell("unbound", name + ": " + str(error))
        return
    if not meant:
        tell("unchecked", name)
    elif not isinstance(found, type):
        tell("other", name + " is no class")
    elif named(found) in meant or any(found is wanted(one) for one in meant):
        tell("same", name)
    else:
        tell("other", name + " is " + named(found) + ", not " + " or ".join(meant))


out = os.fdopen(os.dup(1), "w")
sys.stdout = io.StringIO()
sys.path.append(sys.argv[1])
sys.path.pop(0) if sys.path[0].endswith("benchmarks") else None
check(json.loads(sys.stdin.read()))
