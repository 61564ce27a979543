"""Is what the data says of compiled packages well formed, and true where the package is installed?"""

from __future__ import annotations

import importlib
import json
import warnings
from pathlib import Path

import pytest

from broadcatch.config.options import PYTHON_EXCEPTIONS
from broadcatch.program.classes import standard_exceptions
from broadcatch.raises.table import packages

PROOFS = json.loads((Path(__file__).parent / "data" / "package_proofs.json").read_text(encoding="utf-8"))
STANDARD = PYTHON_EXCEPTIONS | set(standard_exceptions(11))


@pytest.mark.parametrize("one", packages(), ids=lambda one: one.package)
def test_each_package_says_where_its_rows_come_from(one):
    assert one.version
    assert all(row.source.startswith(("https://", "http://")) and row.because for row in one.rows)
    proved = {(proof["call"], proof["raises"], tuple(proof.get("when", ()))) for proof in PROOFS}
    neither = [
        row for row in one.rows if (row.call, row.raises, row.when) not in proved and row.kind != "documented"
    ]
    assert neither == []


@pytest.mark.parametrize("one", packages(), ids=lambda one: one.package)
def test_each_class_that_a_package_raises_has_its_bases_on_record(one):
    named = {row.raises for row in one.rows} | {base for bases in one.exceptions.values() for base in bases}
    assert named <= STANDARD.union(*(other.exceptions for other in packages()))


@pytest.mark.parametrize("one", packages(), ids=lambda one: one.package)
def test_a_package_speaks_of_nothing_else(one):
    names = [row.call for row in one.rows] + [*one.benign, *one.runs_unknown, *one.exceptions]
    assert {name.partition(".")[0] for name in names} <= {one.package}


@pytest.mark.parametrize("one", packages(), ids=lambda one: one.package)
def test_what_a_call_leads_to_has_rows(one):
    rows = {row.call for row in one.rows}
    assert {behind for those in one.leads.values() for behind in those} <= rows
    assert {name.partition(".")[0] for name in one.leads} <= {one.package}


def test_each_proof_about_a_package_belongs_to_a_row():
    rows = {(row.call, row.raises, row.when) for one in packages() for row in one.rows}
    assert [p for p in PROOFS if (p["call"], p["raises"], tuple(p.get("when", ()))) not in rows] == []


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: f"{proof['call']}-{proof['raises']}")
@pytest.mark.filterwarnings("ignore")
def test_a_row_about_a_package_names_what_it_really_raises(proof):
    for needed in (proof["package"], *proof.get("needs", ())):
        pytest.importorskip(needed)
    module, _, name = proof["raises"].rpartition(".")
    with warnings.catch_warnings(), pytest.raises(BaseException) as caught:  # noqa: B017
        warnings.simplefilter("ignore")
        exec(proof["snippet"], {})
    assert isinstance(caught.value, getattr(importlib.import_module(module or "builtins"), name))
