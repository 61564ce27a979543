"""How is a file of an installed package named to a person? As Python would look for it."""

from __future__ import annotations

import re

_INSTALLED = re.compile(r"[^\s(`]*/(?:site-packages|dist-packages|lib/python3\.\d+t?)/")


def brief(text: str) -> str:
    """`text` with `…/site-packages/jose/jwt.py` as `jose/jwt.py`: where it is installed, a reader knows."""
    return _INSTALLED.sub("", text)
