"""How does `report` speak to a browser? One page that holds everything: data, style and script, no network.

What code contains never becomes markup: it stands in a JSON block without any `<`, and the script of the page
only ever sets texts. The page's own policy (CSP) allows its one script and its one style, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from importlib.resources import files

from broadcatch.model.results import ReportResult
from broadcatch.output.report_data import page_data
from broadcatch.output.view import View

SCRIPTS = ("core.js", "map.js", "code.js", "near.js", "list.js", "main.js")
"""In the order in which they use each other; each is a part of one script."""
_MARK = re.compile(r"\{\{(\w+)\}\}")
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def render(result: ReportResult, view: View) -> str:
    """The whole page. With `view.top`, the list ends after so many handlers."""
    data = page_data(result, view)
    style, script = _part("style.css"), _script()
    project = result.beside.project
    values = {
        "title": html.escape(f"{project}: broad handlers by risk" if project else "Broad handlers by risk"),
        "policy": policy(style, script),
        "style": style,
        "script": script,
        "data": json_block(data),
    }
    return _MARK.sub(lambda mark: values[mark[1]], _part("page.html"))


def json_block(data: object) -> str:
    """JSON that can stand in a `script` element, whatever its texts hold."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def policy(style: str, script: str) -> str:
    """What the page may do: run this script, use this style, and nothing from anywhere else."""
    rules: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _script() -> str:
    parts = "\n".join(_part(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _part(name: str) -> str:
    """A file of the page; with line ends as the browser counts them for the hash."""
    return (files("broadcatch.output") / "page" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
