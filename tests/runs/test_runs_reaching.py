"""Who calls the function that holds a handler, and what does it do with the value?"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from broadcatch.api import report
from broadcatch.config.options import Config
from broadcatch.model.ranking import HandlerRisk
from broadcatch.model.reporting import ReportRequest

FILES = {
    "pyproject.toml": "[project]\nname = 'desk'\n",
    "desk/__init__.py": "",
    "desk/rates.py": """
        def rate(day):
            try:
                return ask(day)
            except Exception:
                return 0
    """,
    "desk/tasks.py": """
        from celery import shared_task
        from desk.rates import rate

        @shared_task
        def settle(day):
            total = 3 + rate(day)
            return total
    """,
}

METHOD = """
        class Table:
            def rate(self, day):
                return day
"""


def risk_of(folder: Path, monkeypatch, reach: bool) -> HandlerRisk:  # type: ignore[no-untyped-def]
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(dedent(text), encoding="utf-8")
    monkeypatch.chdir(folder)
    (found,) = report(["."], Config(cache=False), request=ReportRequest(reach=reach)).handlers
    return found


def test_callers_and_what_leads_there_are_told_only_where_asked_for(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert risk_of(tmp_path, monkeypatch, False).reach is None
    reach = risk_of(tmp_path, monkeypatch, True).reach
    assert reach is not None
    assert (reach.count, reach.callers) == (1, ("desk/tasks.py:7",))
    assert any("settle" in one for one in reach.entries)


def test_the_line_of_another_file_that_uses_the_value_is_named(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    told = {one.name: one.detail for one in risk_of(tmp_path, monkeypatch, True).factors}
    assert told["value used"] == ("it is calculated with in desk/tasks.py:7 of settle: total = 3 + rate(day)")


def test_calls_by_another_name_of_an_import_and_of_methods_are_found(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(
        FILES,
        "desk/other.py",
        """
        from desk.rates import rate as asked
        from desk.rates import Table

        def total(day, table: Table):
            return asked(day) + table.rate(day)
        """,
    )
    monkeypatch.setitem(FILES, "desk/rates.py", FILES["desk/rates.py"] + METHOD)
    reach = risk_of(tmp_path, monkeypatch, True).reach
    assert reach is not None
    assert reach.callers == ("desk/other.py:6", "desk/tasks.py:7")
