"""Which operations on values of builtin types raise what, in full? The words of `proven.py`.

`tests/raises/test_raises_proven.py` runs each of them with values that break it.
"""

from __future__ import annotations

from itertools import product
from typing import Final, NamedTuple, TypeAlias


class Known(NamedTuple):
    """The type of the result ("" any, `texts` a list of texts), and the exceptions."""

    type: str
    raises: tuple[str, ...] = ()


Given: TypeAlias = tuple[str, ...]
_FILE: Final = ("OSError", "ValueError")
"""Besides the system's errors: a text with a null character, or one that the file system cannot encode."""

CALLS: Final[dict[tuple[str, Given], Known]] = {
    ("int", ("str",)): Known("int", ("ValueError",)),
    ("int", ("int",)): Known("int"),
    ("int", ("float",)): Known("int", ("ValueError", "OverflowError")),
    ("float", ("str",)): Known("float", ("ValueError",)),
    ("float", ("int",)): Known("float", ("OverflowError",)),
    ("float", ("float",)): Known("float"),
    ("str", ("str",)): Known("str"),
    ("str", ("float",)): Known("str"),
    ("len", ("str",)): Known("int"),
    ("len", ("texts",)): Known("int"),
    ("chr", ("int",)): Known("str", ("ValueError", "OverflowError")),
    ("os.getcwd", ()): Known("str", ("OSError",)),
    ("os.getlogin", ()): Known("str", ("OSError",)),
    ("os.remove", ("str",)): Known("NoneType", _FILE),
    ("os.unlink", ("str",)): Known("NoneType", _FILE),
    ("os.rmdir", ("str",)): Known("NoneType", _FILE),
    ("os.mkdir", ("str",)): Known("NoneType", _FILE),
    ("os.makedirs", ("str",)): Known("NoneType", _FILE),
    ("os.listdir", ("str",)): Known("texts", _FILE),
    ("os.rename", ("str", "str")): Known("NoneType", _FILE),
    ("os.replace", ("str", "str")): Known("NoneType", _FILE),
    ("os.path.getsize", ("str",)): Known("int", _FILE),
    ("os.path.getmtime", ("str",)): Known("float", _FILE),
    ("socket.gethostname", ()): Known("str", ("OSError",)),
    ("uuid.UUID", ("str",)): Known("", ("ValueError",)),
    ("ipaddress.ip_address", ("str",)): Known("", ("ValueError",)),
    ("ipaddress.ip_network", ("str",)): Known("", ("ValueError",)),
    ("datetime.datetime.fromisoformat", ("str",)): Known("", ("ValueError",)),
    ("datetime.date.fromisoformat", ("str",)): Known("", ("ValueError",)),
    ("bytes.fromhex", ("str",)): Known("bytes", ("ValueError",)),
}
METHODS: Final[dict[tuple[str, str, Given], Known]] = {
    ("str", "index", ("str",)): Known("int", ("ValueError",)),
    ("str", "rindex", ("str",)): Known("int", ("ValueError",)),
    ("str", "encode", ()): Known("bytes", ("UnicodeEncodeError",)),
    ("bytes", "decode", ()): Known("str", ("UnicodeDecodeError",)),
}
_SAME: Final = ("strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "casefold", "swapcase")
TOTAL: Final[dict[tuple[str, str, Given], Known]] = {
    **{("str", name, ()): Known("str") for name in _SAME},
    **{("str", name, ("str",)): Known("str") for name in ("strip", "lstrip", "rstrip")},
    ("str", "replace", ("str", "str")): Known("str"),
    ("str", "split", ()): Known("texts"),
    ("str", "split", ("str", "int")): Known("texts", ("ValueError", "OverflowError")),
    ("str", "split", ("str",)): Known("texts", ("ValueError",)),
    ("str", "splitlines", ()): Known("texts"),
    **{("str", name, ("str",)): Known("bool") for name in ("startswith", "endswith")},
    **{("str", name, ()): Known("bool") for name in ("isdigit", "isalpha", "isdecimal", "isspace")},
    ("bytes", "hex", ()): Known("str"),
}
_ITEMS: Final = {("str", "[]", "int"): "str", ("texts", "[]", "int"): "str", ("bytes", "[]", "int"): "int"}
OPERATORS: Final[dict[tuple[str, str, str], Known]] = {
    ("str", "Add", "str"): Known("str"),
    ("bytes", "Add", "bytes"): Known("bytes"),
    **{("int", name, "int"): Known("int") for name in ("Add", "Sub", "Mult", "BitAnd", "BitOr", "BitXor")},
    **{("float", name, "float"): Known("float") for name in ("Add", "Sub", "Mult")},
    **{("int", name, "int"): Known("int", ("ZeroDivisionError",)) for name in ("FloorDiv", "Mod")},
    ("int", "Div", "int"): Known("float", ("ZeroDivisionError", "OverflowError")),
    ("float", "Div", "float"): Known("float", ("ZeroDivisionError",)),
    **{
        pair: Known("float", ("OverflowError",))
        for pair in product(("int",), ("Add", "Sub", "Mult"), ("float",))
    },
    **{key: Known(of, ("IndexError",)) for key, of in _ITEMS.items()},
}
DEFAULTED: Final = "str"
"""What `os.environ.get` and `os.getenv` give where a text stands in for what is not there."""
