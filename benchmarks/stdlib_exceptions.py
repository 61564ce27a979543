"""Which exception classes does the standard library have? Writes broadcatch/program/stdlib_exceptions.json.

Run with the interpreters to cover: `python benchmarks/stdlib_exceptions.py python3.10 python3.11 ...`.
Each interpreter imports its own standard library and lists, for every name under which an exception
class can be reached, the canonical name (public module of definition; builtins bare) and its bases.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "broadcatch" / "program" / "stdlib_exceptions.json"

PROBE = r"""
import builtins, contextlib, importlib, io, json, pkgutil, sys, warnings
warnings.simplefilter("ignore")
SKIP = {"antigravity", "this", "idlelib", "turtledemo", "test", "lib2to3", "ensurepip", "tkinter", "turtle"}

def modules():
    for name in sorted(sys.stdlib_module_names - SKIP):
        try:
            module = importlib.import_module(name)
        except Exception:
            continue
        yield module
        for info in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
            if "test" in info.name or "__main__" in info.name:
                continue
            try:
                yield importlib.import_module(info.name)
            except Exception:
                continue

found = {}
with contextlib.redirect_stdout(io.StringIO()):
    loaded = list(modules())
for module in [builtins, *loaded]:
    for attribute, value in vars(module).items():
        if isinstance(value, type) and issubclass(value, BaseException):
            found.setdefault(value, []).append(module.__name__ + "." + attribute)

def canonical(cls):
    if cls.__module__ == "builtins":
        return cls.__qualname__
    if not cls.__module__.startswith("_"):
        return cls.__module__ + "." + cls.__qualname__
    public = [n for n in found.get(cls, []) if not n.startswith("_") and "._" not in n]
    return min(public, key=lambda n: (n.count("."), n)) if public else cls.__module__ + "." + cls.__qualname__

rows = {}
for cls, names in found.items():
    bases = [canonical(base) for base in cls.__bases__ if issubclass(base, BaseException)]
    for name in {*names, canonical(cls)}:
        rows[name.removeprefix("builtins.")] = [canonical(cls), bases]
print(json.dumps([list(sys.version_info[:2]), rows]))
"""


def main(interpreters: list[str]) -> None:
    """Merges what the interpreters say into rows [name, canonical, bases, first, last minor version]."""
    seen: dict[tuple[str, str, tuple[str, ...]], set[int]] = defaultdict(set)
    for interpreter in interpreters:
        done = subprocess.run([interpreter, "-c", PROBE], capture_output=True, text=True, check=True)
        version, rows = json.loads(done.stdout.splitlines()[-1])
        for name, (canonical, bases) in rows.items():
            seen[name, canonical, tuple(bases)].add(version[1])
    lines = [
        json.dumps([name, canonical, list(bases), min(minors), max(minors)])
        for (name, canonical, bases), minors in sorted(seen.items())
    ]
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or [sys.executable])
