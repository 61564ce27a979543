"""Do operations run the special methods of own classes?"""

from __future__ import annotations

import pytest

from tests.raises.engines import engine_of, of

BOX = """
    class Box:
        def __add__(self, other): raise KeyError
        def __rsub__(self, other): raise KeyError
        def __iadd__(self, other): raise OSError
        def __lt__(self, other): raise LookupError
        def __neg__(self): raise BufferError
        def __bool__(self): raise EOFError
        def __str__(self): raise ConnectionError
        def __getitem__(self, key): raise TimeoutError
        def __setitem__(self, key, value): raise PermissionError
        def __delitem__(self, key): raise FileExistsError
        def __len__(self): raise BlockingIOError
        def __call__(self): raise ChildProcessError
        @property
        def value(self): return 1
        @value.setter
        def value(self, new): raise InterruptedError
    class Rows:
        def __iter__(self): return Cursor()
    class Cursor:
        def __next__(self): raise OSError
        def __iter__(self): return self
    class Plain:
        def __init__(self): self.items = [1]
        def __iter__(self): return iter(self.items)
    class Bare: pass
"""


@pytest.mark.parametrize(
    ("body", "types"),
    [
        ("box + 1", {"KeyError"}),
        ("boxes[0] += 1", {"KeyError", "OSError", "IndexError"}),
        ("1 - box", {"KeyError"}),
        ("box < 1", {"LookupError"}),
        ("1 > box", {"LookupError"}),
        ("-box", {"BufferError"}),
        ("if box: pass", {"EOFError"}),
        ("not box", {"EOFError"}),
        ("box and 1", {"EOFError"}),
        ("f'{box}'", {"ConnectionError"}),
        ("str(box)", {"ConnectionError"}),
        ("box[1]", {"TimeoutError"}),
        ("box[1] = 2", {"PermissionError"}),
        ("del box[1]", {"FileExistsError"}),
        ("len(box)", {"BlockingIOError"}),
        ("box()", {"ChildProcessError"}),
        ("box.value = 1", {"InterruptedError"}),
        ("box.value", set()),
        ("for row in rows: pass", {"OSError"}),
        ("[row for row in rows]", {"OSError"}),
        ("for one in plain: pass", {"TypeError"}),
        ("bare == 1", set()),
    ],
)
def test_an_operation_runs_the_method_of_the_class(tmp_path, body, types):
    source = (
        f"{BOX}    def f(box: Box, rows: Rows, plain: Plain, bare: Bare, boxes: list[Box]):\n        {body}\n"
    )
    assert of(engine_of(tmp_path, app=source)) == (types, True)


@pytest.mark.parametrize("body", ["bare + 1", "for one in bare: pass", "bare[1]", "bare[1] = 2", "bare()"])
def test_what_the_class_does_not_define_is_open(tmp_path, body):
    source = f"{BOX}    def f(bare: Bare):\n        {body}\n"
    assert of(engine_of(tmp_path, app=source))[1] is False


def test_a_decorator_may_give_a_class_a_constructor(tmp_path):
    source = """
        import dataclasses, functools, other
        REGISTRY = []
        def register(cls):
            REGISTRY.append(cls)
            return cls
        @dataclasses.dataclass
        class Row:
            name: str
            def __post_init__(self): raise KeyError
        @register
        class Own: pass
        @other.define
        class Made: pass
        class Below(Made): pass
        class Written(Made):
            def __init__(self): raise OSError
        def f(): Row("x")
        def g(): Own()
        def h(): Made()
        def i(): Below()
        def j(): Written()
    """
    engine = engine_of(tmp_path, app=source)
    assert of(engine, "f") == ({"KeyError"}, True)
    assert of(engine, "g") == (set(), True)
    assert of(engine, "h") == of(engine, "i") == (set(), False)
    assert of(engine, "j") == ({"OSError"}, True)


@pytest.mark.parametrize(
    ("body", "closed"),
    [
        ("x = made(x)\nx += b'=' * (-len(x) % 4)", True),
        ("y = made(x)\ny += b'='", True),
        ("x += b'='", False),
        ("x = made(x)\nfor _ in 'ab':\n    x += y()", False),
    ],
)
def test_what_is_added_to_has_the_class_that_it_was_last_given(tmp_path, body, closed):
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    source = f"def made(x) -> bytes:\n    return b'x'\ndef f(x, y):\n{lines}\n"
    assert of(engine_of(tmp_path, app=source))[1] is closed
