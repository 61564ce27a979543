"""Exception classes that a library makes while it runs, and the calls that raise them."""

from __future__ import annotations

from tests.raises.engines import engine_of, found_in, of

FILES = {
    "django_in___init__": "",
    "django_in_core_in___init__": "",
    "django_in_core_in_exceptions": "class ObjectDoesNotExist(Exception): pass\n"
    "class MultipleObjectsReturned(Exception): pass\n",
    "django_in_db_in___init__": "",
    "django_in_db_in_models_in___init__": "from django.db.models.base import Model",
    "django_in_db_in_models_in_base": "class Model: pass",
}
SOURCE = """
    from django.db import models
    from django.core.exceptions import ObjectDoesNotExist
    class Order(models.Model): pass
    class Row: pass
    def get(): return Order.objects.filter(a=1).get()
    def by_key(key): return Order.objects.get(pk=key)
    def joined(key): return Order.objects.filter(items__a=1).get(pk=key)
    def caught():
        try:
            raise Order.DoesNotExist("x")
        except ObjectDoesNotExist:
            pass
    def by_name():
        try:
            raise Order.DoesNotExist
        except Order.DoesNotExist:
            pass
    def other():
        try:
            raise Order.MultipleObjectsReturned
        except Order.DoesNotExist:
            pass
    def unknown(): raise Row.DoesNotExist
"""


def test_a_model_has_exceptions_of_its_own(tmp_path):
    engine = engine_of(tmp_path, app=SOURCE, **FILES)
    assert of(engine, "caught") == of(engine, "by_name") == (set(), True)
    assert of(engine, "other") == ({"app.Order.MultipleObjectsReturned"}, True)
    assert of(engine, "unknown") == (set(), False)


def test_a_query_raises_them_and_stays_open(tmp_path):
    found = found_in(engine_of(tmp_path, app=SOURCE, **FILES), "get")
    raised = {(one.type, one.evidence.kind) for one in found.raised if one.type.startswith("app.")}
    assert raised == {
        ("app.Order.DoesNotExist", "knowledge"),
        ("app.Order.MultipleObjectsReturned", "knowledge"),
    }
    assert not found.closed


def test_a_key_names_one_row_at_most_unless_a_filter_joined_others(tmp_path):
    engine = engine_of(tmp_path, app=SOURCE, **FILES)
    by_key, joined = of(engine, "by_key")[0], of(engine, "joined")[0]
    assert {one for one in by_key if one.startswith("app.")} == {"app.Order.DoesNotExist"}
    assert joined - by_key == {"app.Order.MultipleObjectsReturned"}


def test_a_manager_raises_what_is_known_of_querysets(tmp_path):
    source = f"""{SOURCE}    def made(): return Order.objects.create(a=1)
    def other_made(): return Row.objects.create()
"""
    engine = engine_of(tmp_path, app=source, **FILES)
    assert "django.db.utils.IntegrityError" in of(engine, "made")[0]
    assert of(engine, "other_made") == (set(), False)
    assert "django.core.exceptions.ObjectDoesNotExist" not in of(engine, "get")[0]
