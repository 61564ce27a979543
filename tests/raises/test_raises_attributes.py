"""What do reading, storing and deleting attributes run, by name too?"""

from __future__ import annotations

import textwrap

import pytest

from tests.raises.engines import engine_of, found_in, of

CLASSES = """
    class Box:
        def __format__(self, spec): raise BufferError
        def __str__(self): raise ConnectionError
        @property
        def value(self): return 1
        @value.setter
        def value(self, new): raise InterruptedError
        @value.deleter
        def value(self): raise TimeoutError
        @property
        def bad(self): raise OSError
        @property
        def absent(self): raise AttributeError
    class Lazy:
        def __getattr__(self, name): raise OSError
        def __setattr__(self, name, value): raise PermissionError
        def __delattr__(self, name): raise FileExistsError
    class Other:
        def __str__(self): raise EOFError
    class Below(Box):
        @property
        def bad(self): raise LookupError
"""


@pytest.mark.parametrize(
    ("body", "types"),
    [
        ("box.value: int = 1", {"InterruptedError"}),
        ("box.value += 1", {"InterruptedError"}),
        ("del box.value", {"TimeoutError"}),
        ("lazy.x = 1", {"PermissionError"}),
        ("del lazy.x", {"FileExistsError"}),
        ("hasattr(lazy, 'x')", {"OSError"}),
        ("getattr(lazy, 'x', None)", {"OSError"}),
        ("hasattr(box, 'bad')", {"OSError", "LookupError"}),
        ("hasattr(box, 'missing')", set()),
        ("getattr(box, 'bad', None)", {"OSError", "LookupError"}),
        ("getattr(box, name)", {"OSError", "LookupError"}),
        ("setattr(box, 'value', 1)", {"InterruptedError"}),
        ("setattr(box, name, 1)", {"InterruptedError"}),
        ("delattr(box, 'value')", {"TimeoutError"}),
        ("setattr(lazy, 'value', 1)", {"PermissionError"}),
    ],
)
def test_an_attribute_runs_the_code_of_its_class(tmp_path, body, types):
    source = f"{CLASSES}    def f(box: Box, lazy: Lazy, name: str):\n        {body}\n"
    assert of(engine_of(tmp_path, app=source)) == (types, True)


@pytest.mark.parametrize(
    ("body", "types"),
    [
        ("str(either)", {"ConnectionError", "EOFError"}),
        ("f'{other}'", {"EOFError"}),
        ("print(1, other)", {"EOFError"}),
        ("'%s and %s' % (box, 1)", {"ConnectionError", "TypeError"}),
        ("'{}'.format(other)", {"EOFError"}),
    ],
)
def test_text_of_a_value_runs_the_method_of_each_class_that_it_may_have(tmp_path, body, types):
    source = f"{CLASSES}    def f(box: Box, either: Box | Other, other: Other):\n        {body}\n"
    assert of(engine_of(tmp_path, app=source)) == (types, True)


def test_a_default_stops_the_attribute_error_of_a_property(tmp_path):
    source = f"""{CLASSES}
    def f(box: Box):
        return getattr(box, "absent", None), hasattr(box, "absent")
"""
    engine = engine_of(tmp_path, app=source)
    function = next(one for one in engine.project.module_at("app.py").extents if one.qualname == "f")
    assert not [one for one in engine.function_escapes(function).raised if one.usual]


@pytest.mark.parametrize("body", ["str(x)", "repr(x)", "f'{x}'", "x == 1", "bool(x)", "hasattr(x, 'a')"])
def test_what_a_value_of_unknown_type_does_as_text_or_in_a_comparison_is_left_out(tmp_path, body):
    """It is assumed to be harmless; docs/inference.md says so."""
    assert of(engine_of(tmp_path, app=f"def f(x):\n    {body}\n"))[1] is True


@pytest.mark.parametrize("module", ["typing", "collections.abc"])
def test_an_attribute_of_any_callable_may_run_code(tmp_path, module):
    source = f"from {module} import Callable\ndef f(x: Callable):\n    return x.a\n"
    assert of(engine_of(tmp_path, app=source))[1] is False


@pytest.mark.parametrize("body", ["x.a = 1", "x.a += 1", "del x.a", "setattr(x, 'a', 1)", "delattr(x, 'a')"])
def test_changing_an_attribute_of_a_value_of_unknown_type_is_open(tmp_path, body):
    assert of(engine_of(tmp_path, app=f"def f(x):\n    {body}\n"))[1] is False


def test_a_second_name_of_a_method_is_no_member_of_an_enumeration(tmp_path):
    engine = engine_of(
        tmp_path,
        app="""
            import enum
            class Colour(enum.Enum):
                RED = 1
                def plain(self):
                    raise LookupError
                again = plain
            def f(colour: Colour):
                colour.again()
        """,
    )
    assert of(engine) == ({"LookupError"}, True)


DESCRIBED = """
    class Field:
        def __get__(self, obj, cls): raise OSError
        def __set__(self, obj, value): raise EOFError
        def __delete__(self, obj): raise BufferError
    class Int(Field):
        def __set__(self, obj, value): raise LookupError
    class Row:
        size = Int()
        name = Field()
        def _get(self): raise ValueError
        def _set(self, value): raise TimeoutError
        made = property(_get, fset=_set)
        kept = functools.cached_property(_get)
        strange = unknown()
        def change(self): self.size = 1
"""


@pytest.mark.parametrize(
    ("body", "types", "closed"),
    [
        ("row.size", {"OSError"}, True),
        ("row.size = 1", {"LookupError"}, True),
        ("row.name = 1", {"EOFError"}, True),
        ("del row.name", {"BufferError"}, True),
        ("row.made", {"ValueError"}, True),
        ("row.made = 1", {"TimeoutError"}, True),
        ("row.kept", {"ValueError"}, True),
        ("row.strange", set(), False),
    ],
)
def test_an_attribute_runs_the_descriptor_that_its_class_holds(tmp_path, body, types, closed):
    source = f"import functools\n{textwrap.dedent(DESCRIBED)}\ndef f(row: Row):\n    {body}\n"
    assert of(engine_of(tmp_path, app=source)) == (types, closed)


def test_attributes_that_the_class_sets_are_there(tmp_path):
    text = """
        class Base:
            kind = 1
            def __init__(self):
                self.made = 1
            def later(self):
                self.late = 1
        class Box(Base):
            named: int
            def f(self):
                return self.kind, self.made, self.named, Box.kind
            def g(self):
                return self.late
            def h(self, other: "Box"):
                return other.made
    """
    engine = engine_of(tmp_path, app=text)
    raised = {name: {one.type for one in found_in(engine, f"Box.{name}").raised} for name in "fgh"}
    assert raised == {"f": set(), "g": {"AttributeError"}, "h": {"AttributeError"}}


def test_attributes_of_pythons_own_exceptions_run_no_code(tmp_path):
    text = """
        def f():
            try:
                open("x")
            except OSError as error:
                return error.errno
            except SyntaxError as error:
                return error.text
    """
    assert of(engine_of(tmp_path, app=textwrap.dedent(text))) == (set(), True)


@pytest.mark.parametrize(
    ("body", "types"),
    [
        ('sys.stdout.reconfigure(errors="replace")', {"AttributeError", "OSError"}),
        ('if hasattr(sys.stderr, "reconfigure"): sys.stderr.reconfigure(errors="replace")', {"OSError"}),
        ("other.reconfigure(1)", set()),
    ],
)
def test_a_standard_stream_may_have_been_replaced(tmp_path, body, types):
    head = "import sys\nclass Other:\n    def reconfigure(self, x): ...\n"
    engine = engine_of(tmp_path, app=f"{head}def f(other: Other):\n    {body}\n")
    usual = {one.type for one in found_in(engine, "f").raised if one.usual or one.type == "OSError"}
    assert usual == types
