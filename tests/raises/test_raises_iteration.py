"""Iterating over views of dictionaries, generator expressions and protocols."""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine

SOURCE = """
    from collections.abc import Iterable
    def f(d: dict[str, int], words: tuple[str, ...], any_of: Iterable[str], raw: bytes):
        return {body}
"""


def closed(tmp_path, body: str) -> bool:
    (tmp_path / "app.py").write_text(textwrap.dedent(SOURCE.format(body=body)), encoding="utf-8")
    engine = Engine(Project(tmp_path))
    return engine.function_escapes(engine.project.module_at("app.py").functions["f"]).closed


@pytest.mark.parametrize(
    "body",
    [
        "[k for k in d.keys()]",
        "[v for v in d.values()]",
        "[k for k, v in d.items()]",
        "any(word in 'text' for word in words)",
        "sum(n - 1 for n in [1, 2])",
        "b'%d' % raw",
    ],
)
def test_a_view_or_a_generator_expression_is_iterated_without_surprise(tmp_path, body):
    assert closed(tmp_path, body)


def test_a_protocol_may_be_any_class(tmp_path):
    assert not closed(tmp_path, "[one for one in any_of]")
