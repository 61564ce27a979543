# ruff: noqa: E501
"""Slices against whole modules: two readings of the same file must not differ."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from broadcatch.facts.read import SHALLOW, Seen, read_slices, read_whole, split_lines
from broadcatch.flow.walk import calls_in
from broadcatch.source.slices import Reading
from tests.judging import EVERYTHING

STDLIB = Path(sysconfig.get_paths()["stdlib"])
PACKAGES = ("json", "asyncio", "logging", "concurrent", "http", "xml", "importlib")


def both(code: str, reading: Reading = EVERYTHING) -> tuple[Seen | None, Seen]:
    lines = split_lines(code)
    return read_slices(code, lines, reading), read_whole(code, lines, reading)


EDGES = {
    "a constant in the else of a try": "try:\n    from a import E\nexcept ImportError:\n    IGNORE = ()\nelse:\n    IGNORE = (E,)\ntry:\n    a()\nexcept IGNORE:\n    b()\n",
    "parenthesised type": "try:\n    a()\nexcept (Exception):\n    b()\n",
    "type in two parentheses": "try:\n    a()\nexcept ((Exception)):\n    b()\n",
    "tuple in two parentheses": "try:\n    a()\nexcept ((OSError, Exception)) as e:\n    b()\n",
    "tuple over lines": "try:\n    a()\nexcept (\n    OSError,  # (no\n    Exception,\n) as e:\n    b()\n",
    "tuple with a comment": "try:\n    a()\nexcept (  # why (not)\n    OSError, Exception):\n    b()\n",
    "tuple in a tuple": "try:\n    a()\nexcept ((OSError, KeyError), Exception):\n    b()\n",
    "starred": "A = (OSError,)\ntry:\n    a()\nexcept (*A, Exception):\n    b()\n",
    "no blank": "try:\n    a()\nexcept(Exception)as e:\n    b()\n",
    "tabs": "def f():\n\ttry:\n\t\ta()\n\texcept Exception:\n\t\tif x:\n\t\t\traise\n\t\treturn 1\n",
    "tabs and blanks": "if 1:\n\ttry:\n\t    a()\n\texcept Exception:\n\t  b()\n",
    "cancel between": "async def f():\n    try:\n        a.cancel()\n        try:\n            await a\n        except asyncio.CancelledError:\n            pass\n    except Exception:\n        b()\n",
    "form feed": "x = 1\n\x0c\ntry:\n    a()\nexcept Exception:\n    b()\n\x0c\nclass C:\n    pass\n",
    "form feed inside": "def f():\n    try:\n        a()\n\x0c\n    except Exception:\n        b()\n",
    "carriage returns": "def f():\r\n    try:\r\n        a()\r\n    except Exception as e:\r\n        b(e)\r\n",
    "lone carriage returns": "try:\r    a()\rexcept Exception:\r    b()\r",
    "one-line suites": "try: a()\nexcept Exception: b()\nelse: c()\nfinally: d()\n",
    "one-line if": "try:\n    a()\nexcept Exception:\n    if x: pass\n    else: raise\n",
    "semicolons": "try: a(); b()\nexcept Exception: c(); raise; d()\n",
    "after a semicolon": "x = 1; y = 2\ntry:\n    a();\nexcept Exception:\n    b(); c();\n",
    "continued lines": "try:\n    a()\nexcept \\\n    Exception \\\n    as e:\n    x = 1 + \\\n        2\n    raise\n",
    "not ASCII": "try:\n    ä = 'ö'; a()\nexcept Exception as fehlör: 'ü'; raise fehlör\n",
    "not ASCII before": "def ü():\n    try: x = '→→'; a()\n    except (Ä, Exception): b('日本'); raise\n",
    "decorators": "@a.b(c)\n@d\nclass C(E[int], f()):\n    @g\n    def h(self):\n        try:\n            a()\n        except Exception:\n            b()\n",
    "defined in the body": "try:\n    @d\n    def f():\n        try:\n            a()\n        except Exception:\n            raise X\n    class C:\n        def g(self):\n            try:\n                a()\n            except:\n                b()\nexcept Exception:\n    b()\n",
    "a clause in a clause": "try:\n    a()\nexcept OSError:\n    try:\n        b()\n    except Exception:\n        raise X\n",
    "a clause that raises": "def f():\n    try:\n        a()\n    except OSError:\n        raise X\n    except KeyError as e:\n        raise Y from e\n    except ValueError:\n        raise Z\n",
    "a try in a second clause": "try:\n    a()\nexcept OSError:\n    pass\nexcept KeyError:\n    try:\n        b()\n    except ValueError:\n        raise X\n    raise Y\n",
    "clauses that only raise again": "def f():\n    try:\n        a()\n    except OSError:\n        raise X\n    except KeyError as e:  # why\n        raise e\n    # between\n    except (A, B):\n        raise; b()\n    except ValueError:\n        try:\n            c()\n        except C: raise\n    else:\n        try:\n            d()\n        except D:\n            raise\n    finally:\n        e()\n",
    "a clause in front of others": "try:\n    a()\nexcept (OSError,\n        KeyError): raise\nexcept E.F: b()\nexcept G: raise X\n",
    "async": "async def f():\n    try:\n        async with a() as b, c():\n            async for d in e:\n                await g()\n    except Exception:\n        await h()\n",
    "match": "try:\n    match a:\n        case [1, *_] if b():\n            c()\n        case {'x': y, **z}:\n            d()\n        case _:\n            pass\nexcept Exception:\n    match e:\n        case A(): raise\n        case _: pass\n",
    "walrus": "try:\n    if (x := a()) and [y := b()]:\n        c()\nexcept Exception:\n    while (z := d()): raise\n",
    "loops": "for a in b:\n    try:\n        c()\n    except Exception:\n        continue\nwhile True:\n    try:\n        c()\n    except Exception:\n        break\nelse:\n    try:\n        c()\n    except Exception:\n        pass\n",
    "loops of one": "while 1:\n    try:\n        c()\n    except Exception:\n        break\nwhile (True):\n    try:\n        c()\n    except Exception:\n        break\nwhile 'x':\n    try:\n        c()\n    except Exception:\n        break\n",
    "main guard": "if __name__ == '__main__':\n    try:\n        a()\n    except Exception:\n        b()\nelse:\n    try:\n        a()\n    except Exception:\n        b()\n",
    "lambda and comprehensions": "try:\n    f = lambda x, *y: a(x)\nexcept Exception:\n    z = [b(i) for i in c() if d(i)]\n    raise X(*z, **{'a': f'{z!r:>{w}}'})\n",
    "f-strings": "try:\n    a(f'{b()} {c!r:{d}}' 'x' f'{e}')\nexcept Exception as e:\n    log.error(f'{e}')\n",
    "global": "def f():\n    global E\n    try:\n        a()\n    except E:\n        raise X\n",
    "star import": "from a import *\nfrom .. import b\nfrom ..c import d as e\ntry:\n    a()\nexcept (e, b.F):\n    raise X\n",
    "dotted import": "import a.b.c\nimport a.b as d\ntry:\n    a()\nexcept (a.b.c.E, d.F):\n    raise X\n",
    "cancel": "async def f(t):\n    t.cancel()\n    self.u.cancel()\n    try:\n        await t\n    except asyncio.CancelledError:\n        pass\n",
    "cancel at module level": "t.cancel()\ntry:\n    a()\nexcept KeyboardInterrupt:\n    pass\n",
    "cancel in an inner function": "def f():\n    def g():\n        t.cancel()\n    x = [u.cancel() for u in v]\n    try:\n        a()\n    except asyncio.CancelledError:\n        pass\n",
    "comments": "try:\n    a()\nexcept Exception:  # noqa\n    # why\n    b()  # then\n# after\n",
    "comment only behind": "try:\n    a()\nexcept Exception:\n\n    # here\n\n    pass\n",
    "no end of line": "try:\n    a()\nexcept Exception:\n    b()",
    "trailing blanks": "try :\n    a()\nexcept Exception   as   e   :   \n    b()   \n   \n",
    "else of everything": "for a in b:\n    pass\nelse:\n    try:\n        c()\n    except Exception:\n        d()\n    else:\n        e()\n    finally:\n        f()\n",
    "type hints": "def f(a: int, /, b: str = 'x', *c: int, d: int = 1, **e: int) -> None:\n    try:\n        g: int = h()\n        i: int\n    except Exception:\n        raise X\n",
    "helpers": "def fail():\n    raise X\ndef leave(x):\n    a()\n    sys.exit(1)\nclass C:\n    def no(self): raise X\n    def f(self):\n        try:\n            a()\n        except Exception:\n            self.no()\n            fail()\n            leave(1)\n",
    "helpers that raise on all paths": "def either(e):\n    if e:\n        raise X\n    elif f:\n        raise\n    else:\n        raise Y from e\ndef some(e):\n    if e:\n        raise X\n    elif f: raise Y\ndef calls(e):\n    if e: bye()\n    else: raise X\ndef says(e) -> 't.NoReturn':\n    if e: return\ndef ends(e) -> Never: sys.exit(e)\ndef holds(e) -> List['Never']: pass\ndef through(): ends(1)\ndef final():\n    try: a()\n    except E: b()\n    finally: raise X\ntry:\n    a()\nexcept Exception as e:\n    either(e)\n    some(e)\n    calls(e)\n    says(e)\n    ends(e)\n    holds(e)\n    through()\n    final()\n",
    "ellipsis and docstrings": "try:\n    ...\nexcept Exception:\n    'why'\n    ...\n    'a' 'b'\n",
    "del, assert, yield": "def f():\n    try:\n        del a.b, c[d()]\n        assert e(), g()\n        x = yield h()\n        yield from i()\n    except Exception:\n        yield\n",
    "augmented": "try:\n    a += b()\n    a.c[d()] -= 1\n    (x, *y), z = w = v()\nexcept Exception:\n    a @= 1\n",
    "print statement shape": "try:\n    print (a, b)\nexcept Exception:\n    print ('x') ; raise\n",
    "line continuation in a string": "try:\n    a('''\n  x\n''')\nexcept Exception:\n    b('''\nexcept Exception:\n''')\n    raise\n",
}  # fmt: skip


@pytest.mark.parametrize("name", EDGES)
@pytest.mark.parametrize("reading", [SHALLOW, EVERYTHING], ids=["shallow", "everything"])
def test_edges_of_the_syntax(name: str, reading: Reading) -> None:
    slices, whole = both(EDGES[name], reading)
    assert slices == whole
    assert whole


def test_functions_of_other_files_that_never_return() -> None:
    code = "from .a import fail, b\nclass C:\n    def f(self):\n        try:\n            a()\n"
    code += (
        "        except Exception as e:\n            if e:\n                b.out(e)\n            fail(e)\n"
    )
    endings = ((".a.b.out", "raise"), (".a.fail", "sys.exit"))
    slices, whole = both(code, Reading(endings=endings))
    assert slices == whole
    calls = calls_in(whole.handlers[0].body)
    assert [call.ends for call in calls] == ["raise", "sys.exit"]


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_of_the_standard_library(package: str) -> None:
    differing = []
    for path in sorted((STDLIB / package).rglob("*.py")):
        slices, whole = both(path.read_text("utf-8"), SHALLOW)
        if slices != whole:
            differing.append(path.name)
    assert differing == []
