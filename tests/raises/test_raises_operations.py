"""Which operations of the language raise what, and which surely do not?"""

from __future__ import annotations

import pytest

from tests.raises.engines import engine_of, of

HEAD = """
import datetime, enum, http, os, re, struct
class Color(enum.Enum):
    RED = 1
    @classmethod
    def of(cls, name):
        return cls[name]
class Meta(type):
    def __getitem__(cls, key):
        raise LookupError
class WithMeta(metaclass=Meta):
    pass
class Plain:
    def __class_getitem__(cls, key):
        return cls
def pair(a, b):
    return a, b
"""


def _answer(tmp_path, parameters: str, body: str):
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return of(engine_of(tmp_path, app=f"{HEAD}def f({parameters}):\n{lines}"))


@pytest.mark.parametrize(
    ("parameters", "body", "types"),
    [
        ("t: tuple[int, ...]", "a, b = t", {"ValueError"}),
        ("*t", "a, b = t", {"ValueError"}),
        ("t: tuple[int, int]", "a, b = t", set()),
        ("t: tuple[int, int]", "a, b, c = t", {"ValueError"}),
        ("t: tuple[int, int]", "a, *b = t", set()),
        ("t: tuple[int, int] | tuple[str, str]", "a, b = t", set()),
        ("x: int", "a, b = pair(x, x)", set()),
        ("d: dict", "for key, value in d.items():\n    pass", set()),
        ("d: dict", "for at, (key, value) in enumerate(d.items()):\n    pass", set()),
        ("a: list, b: list", "return [x for x, y in zip(a, b)]", set()),
        ("a: list", "return [x for x, y in a]", {"ValueError"}),
        ("b: bytes", "x, y = struct.unpack('<HH', b)", {"struct.error"}),
        ("b: bytes", "x, y = struct.unpack('<HHH', b)", {"struct.error", "ValueError"}),
        ("s: str", "m = re.match('(a)(b)', s)\nif m:\n    x, y = m.groups()", set()),
    ],
)
def test_unpacking_fails_unless_the_number_of_values_is_known(tmp_path, parameters, body, types):
    assert _answer(tmp_path, parameters, body) == (types, True)


@pytest.mark.parametrize(
    ("parameters", "body", "types"),
    [
        ("name: str", "return Color[name]", {"KeyError"}),
        ("name: str", "return Color.of(name)", {"KeyError"}),
        ("", "return Color['RED']", set()),
        ("name: str", "return http.HTTPStatus[name]", {"KeyError"}),
        ("", "return list[int], Plain[int]", set()),
        ("", "return WithMeta[1]", {"LookupError"}),
    ],
)
def test_a_class_is_asked_for_an_item(tmp_path, parameters, body, types):
    assert _answer(tmp_path, parameters, body) == (types, True)


@pytest.mark.parametrize(
    ("parameters", "body", "types"),
    [
        ("n: int", "return 1 << n", {"ValueError"}),
        ("n: int", "return n >> 2", set()),
        ("a: int, b: int", "return a ** b", {"ZeroDivisionError"}),
        ("b: int", "return 2 ** b", set()),
        ("a: list, n: int", "return a[::n]", {"ValueError"}),
        ("a: list", "return a[::-1]", set()),
        ("a: list", "a[::2] = [1]", {"ValueError"}),
        ("a: list", "a[1:2] = [1]", set()),
        ("b: bytearray, n: int", "b[0] = n", {"IndexError", "ValueError"}),
        ("x: str", "return f'{x:d}'", {"ValueError"}),
        ("x: float", "return f'{x:.2f}'", set()),
        ("x: str", "return f'{x:>9}'", set()),
        ("x: str", "return f'{x:}'", set()),
    ],
)
def test_an_operation_raises_what_its_values_allow(tmp_path, parameters, body, types):
    found, closed = _answer(tmp_path, parameters, body)
    assert (found - {"TypeError"}, closed) == (types, True)


@pytest.mark.parametrize(
    ("parameters", "body", "types"),
    [
        ("s: str, d: dict", "return s % d", {"KeyError", "ValueError"}),
        ("d: dict", "return '%(a)s' % d", {"KeyError"}),
        ("x: int", "return '%(a)s' % {'a': x}", set()),
        ("x: int", "return '%s and %s' % (x, x)", set()),
        ("d: dict", "return 'is %s' % d", set()),
    ],
)
def test_formatting_by_name_may_lack_a_name(tmp_path, parameters, body, types):
    found, closed = _answer(tmp_path, parameters, body)
    assert (found - {"TypeError"}, closed) == (types, True)


@pytest.mark.parametrize(
    ("body", "types"),
    [
        ("return day + step", {"OverflowError"}),
        ("return step * 10", {"OverflowError"}),
        ("return day - datetime.timedelta(days=1)", set()),
        ("return day - other", set()),
    ],
)
def test_dates_are_moved_out_of_the_calendar(tmp_path, body, types):
    parameters = "day: datetime.datetime, other: datetime.datetime, step: datetime.timedelta"
    assert _answer(tmp_path, parameters, body) == (types, True)
