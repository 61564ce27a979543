"""By what is a try known to statistics? The callees and operations of its body, the shape of its handler.

A trait is a short text: `json.loads` (a callee, by its import), `int/1` (a builtin, with the number of its
arguments), `.decode` (a method or a function whose home cannot be seen), `in:socket` (the package of a
callee), `[str]` (an operation), `exc.errno` (what the handler asks of the error), `h:continue` (how the
handler ends).
"""

from __future__ import annotations

import ast
import asyncio
import base64
import collections
import datetime
import http.client
import io
import json
import logging
import os
import pathlib
import queue
import random
import re
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree
import zipfile
from collections.abc import Iterator
from typing import Final

from broadcatch.program.module import Class
from broadcatch.program.names import dotted, own_nodes
from broadcatch.program.resolver import Resolver
from broadcatch.program.scope import Scope, is_builtin

ARITY: Final = frozenset({"pop", "next", "index", "get", "remove", "split", "encode", "decode"})
_OPERATORS: Final = {ast.Div: "/", ast.FloorDiv: "/", ast.Mod: "%", ast.Add: "+", ast.Mult: "*", ast.Sub: "-"}
_WORD: Final = re.compile(r"[a-z]{3,}")
_PLACED: Final = ("project", "dependency")
_KINDS: Final = (
    str, bytes, list, dict, set, io.TextIOWrapper, io.BufferedRandom, socket.socket, logging.Logger,
    threading.Thread, threading.Event, threading.Condition, queue.Queue, subprocess.Popen, pathlib.Path,
    zipfile.ZipFile, datetime.datetime, re.Match, asyncio.Task, asyncio.StreamWriter, sqlite3.Cursor,
    sqlite3.Connection, http.client.HTTPResponse, xml.etree.ElementTree.Element, collections.deque,
    os, os.path, shutil, json, time, struct, base64, subprocess, socket, random,
)  # fmt: skip
_ANY: Final = frozenset(
    "func callback handler method call process handle check apply dispatch action".split()
)
_COMMON: Final = _ANY.union(*map(dir, _KINDS))
"""Names that Python's own objects and modules have, or any call may: the object may be of any kind."""
_SHORTEST: Final = 3
LONGEST: Final = 40
"""Words of a handler's texts that count."""


def body_traits(body: list[ast.stmt], scope: Scope) -> dict[str, int]:
    """Each trait of a try body with the first row in which it stands."""
    found: dict[str, int] = {f"size:{_size(body)}": getattr(body[0], "lineno", 0)}
    called = {id(node.func) for node in own_nodes(body) if isinstance(node, ast.Call)}
    for node in own_nodes(body):
        for trait in _of_node(node, scope, called):
            line = getattr(node, "lineno", 0)
            found[trait] = min(found.get(trait, line), line)
    return found


def handler_traits(handler: ast.ExceptHandler) -> frozenset[str]:
    """The traits of a handler: its last statement, what it asks of the error, the words of its texts."""
    found = {f"h:{_end(handler.body[-1])}", f"name:{handler.name or '-'}"}
    words: dict[str, None] = {}
    for node in own_nodes(handler.body):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if handler.name and node.value.id == handler.name:
                found.add(f"exc.{node.attr}")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words |= dict.fromkeys(_WORD.findall(node.value.lower()))
    return frozenset(found | {f"w:{word}" for word in list(words)[:LONGEST]})


def placed_traits(body: list[ast.stmt], resolver: Resolver, scope: Scope) -> frozenset[str]:
    """The names, as traits (`.write`), of which other people's methods of the same name say nothing.

    The body only calls them as methods of the project's and of packages' own classes, or as plain functions,
    which are no methods; what is imported is known by its whole name.
    """
    known: dict[str, bool] = {}
    for node in own_nodes(body):
        if isinstance(node, ast.Call):
            for trait in _of_call(node, scope):
                if trait.startswith("."):
                    known[trait] = known.get(trait, True) and _is_placed(node.func, resolver, scope)
    return frozenset(trait for trait, found in known.items() if found)


def _is_placed(func: ast.expr, resolver: Resolver, scope: Scope) -> bool:
    if not isinstance(func, ast.Attribute) or not callee(func, scope).startswith("."):
        return True
    of = resolver.type_of(func.value, scope)
    return of is not None and isinstance(of.target, Class) and of.target.module.origin in _PLACED


def is_call(trait: str) -> bool:
    """Whether the trait is a callee."""
    return not trait.startswith("size:") and ("." in trait or "in:" in trait or trait[-1].isdigit())


def is_of_package(trait: str) -> bool:
    """Whether the trait is a callee of a package, under its full name: that tells which function is meant."""
    head = trait.partition(".")[0]
    return bool(head) and "." in trait and head not in sys.stdlib_module_names and "/" not in trait


def is_named(trait: str) -> bool:
    """Whether the trait is a method with a name that none of Python's own objects has."""
    name = trait[1:].partition("/")[0]
    return trait.startswith(".") and len(name) >= _SHORTEST and name not in _COMMON


def callee(func: ast.expr, scope: Scope) -> str:
    """The name by which a callee is known: of its import, of a builtin, else of its last part (`.name`)."""
    name = dotted(func)
    head, _, rest = name.partition(".")
    found = scope.find(head) if head else None
    if found and found[1][0].how == "import":
        return f"{found[1][0].target}.{rest}" if rest else found[1][0].target
    if head and not rest and found is None and is_builtin(head):
        return head
    last = func.attr if isinstance(func, ast.Attribute) else name
    return f".{last}" if last else ""


def _of_node(node: ast.AST, scope: Scope, called: set[int]) -> Iterator[str]:
    if isinstance(node, ast.Call):
        yield from _of_call(node, scope)
    elif isinstance(node, ast.Subscript):
        yield _of_subscript(node)
    elif isinstance(node, ast.Attribute) and id(node) not in called:
        yield f"@{node.attr}" if node.attr.startswith("__") else "@"
    elif isinstance(node, ast.BinOp):
        yield from _of_operator(node)
    elif isinstance(node, (ast.Assign, ast.For)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(one, (ast.Tuple, ast.List)) for one in targets):
            yield "a,b="
        if isinstance(node, ast.For):
            yield "for"
    elif isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.Delete, ast.Assert, ast.Raise, ast.With)):
        yield type(node).__name__.lower()
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield "import"
    elif isinstance(node, ast.Compare) and any(isinstance(op, (ast.Lt, ast.Gt)) for op in node.ops):
        yield "<"


def _of_call(node: ast.Call, scope: Scope) -> Iterator[str]:
    name = callee(node.func, scope)
    if not name:
        return
    number = len(node.args) + len(node.keywords)
    if not name.startswith(".") and "." not in name and is_builtin(name):
        yield f"{name}/{number}"
        return
    last = name.rpartition(".")[2]
    yield f"{name}/{number}" if name.startswith(".") and last in ARITY else name
    if not name.startswith("."):
        yield f".{last}"
        yield f"in:{name.partition('.')[0]}"


def _of_subscript(node: ast.Subscript) -> str:
    kind = "del" if isinstance(node.ctx, ast.Del) else "set" if isinstance(node.ctx, ast.Store) else ""
    if isinstance(node.slice, ast.Slice):
        return f"{kind}[:]"
    if isinstance(node.slice, ast.Constant):
        return f"{kind}[{type(node.slice.value).__name__}]"
    return f"{kind}[int]" if isinstance(node.slice, ast.UnaryOp) else f"{kind}[x]"


def _of_operator(node: ast.BinOp) -> Iterator[str]:
    sign = _OPERATORS.get(type(node.op))
    if sign:
        text = isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)
        yield f"text{sign}" if text else sign


def _size(body: list[ast.stmt]) -> str:
    number = sum(isinstance(one, ast.stmt) for one in own_nodes(body))
    return "1" if number == 1 else "2-3" if number <= 3 else "4-8" if number <= 8 else "9+"


def _end(last: ast.stmt) -> str:
    if isinstance(last, ast.Return):
        value = last.value.value if isinstance(last.value, ast.Constant) else last.value
        return f"return {value}" if value is None or isinstance(value, bool) else "return x"
    if isinstance(last, ast.Raise):
        raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
        return f"raise {dotted(raised).rpartition('.')[2]}" if raised else "raise"
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return f"call {dotted(last.value.func).rpartition('.')[2]}"
    return type(last).__name__.lower()
