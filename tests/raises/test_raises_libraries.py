"""What packages give whose source does not tell: clients, sessions, cursors, tasks."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.raises.engines import engine_of, found_in, of

CLIENT = "botocore.exceptions.ClientError"
BOTO = {
    "boto3_in___init__": "from boto3.session import Session\n"
    "def client(*args): return _session().client(*args)",
    "boto3_in_session": "class Session:\n    def client(self, name): return self._inner.create(name)",
    "botocore_in___init__": "",
    "botocore_in_client": "class BaseClient:\n    def __getattr__(self, name): raise AttributeError\n"
    "    @property\n    def exceptions(self): return self._made()",
    "botocore_in_exceptions": "class BotoCoreError(Exception): pass\n"
    "class ClientError(Exception):\n    def __init__(self, response, name): pass",
}


def types(engine, name):
    return {one.type for one in found_in(engine, name).raised}


def test_a_method_that_a_client_gets_at_run_time_raises_what_each_of_them_may(tmp_path):
    source = """
        import boto3
        class Store:
            def __init__(self): self.client = boto3.client("s3")
            def read(self, key): return self.client.get_object(Key=key)
        def by_session(key): return boto3.Session().client("s3").get_object(Key=key)
        def hidden(client): client._private()
    """
    engine = engine_of(tmp_path, app=source, **BOTO)
    for name in ("Store.read", "by_session"):
        assert {CLIENT, "botocore.exceptions.EndpointConnectionError"} <= types(engine, name)
        assert not of(engine, name)[1]
    assert of(engine, "hidden") == (set(), False)


def test_a_clause_of_one_exception_of_a_client_takes_no_more(tmp_path):
    source = """
        import boto3
        def caught():
            client = boto3.client("s3")
            try:
                client.get_object(Key="k")
            except client.exceptions.NoSuchKey:
                pass
    """
    assert CLIENT in types(engine_of(tmp_path, app=source, **BOTO), "caught")


@pytest.mark.parametrize("packages", [BOTO, {}], ids=["installed", "not installed"])
def test_a_clause_of_client_errors_takes_each_exception_of_a_client(tmp_path, packages):
    source = """
        import boto3
        from botocore.exceptions import ClientError
        def raised():
            client = boto3.client("s3")
            try:
                raise client.exceptions.NoSuchKey({}, "GetObject")
            except ClientError:
                pass
    """
    found = types(engine_of(tmp_path, app=source, **packages), "raised")
    assert not {one for one in found if "NoSuchKey" in one or one == CLIENT}


MODEL = {
    "operations": {"GetObject": {"errors": [{"shape": "NoSuchKey"}]}},
    "shapes": {"NoSuchKey": {"exception": True}, "Bucket": {}},
}


def test_the_model_of_a_service_names_its_errors(tmp_path):
    source = """
        import boto3
        client = boto3.client("s3")
        def get(): client.get_object(Key="k")
        def named(): raise client.exceptions.NoSuchKey({}, "GetObject")
        def unnamed(): raise client.exceptions.NoSuchKi({}, "GetObject")
    """
    folder = tmp_path / "botocore" / "data" / "s3" / "2006-03-01"
    folder.mkdir(parents=True)
    (folder / "service-2.json.gz").write_bytes(gzip.compress(json.dumps(MODEL).encode()))
    engine = engine_of(tmp_path, app=source, **BOTO)
    told = next(one for one in found_in(engine, "get").raised if one.type == CLIENT).evidence.detail
    assert told == "client.get_object: the service answers with an error, such as NoSuchKey"
    assert "botocore.client.BaseClient.NoSuchKey" in types(engine, "named")
    assert not [one for one in types(engine, "unnamed") if "NoSuchKi" in one]


def test_a_damaged_model_names_nothing(tmp_path):
    folder = tmp_path / "botocore" / "data" / "s3" / "2006-03-01"
    folder.mkdir(parents=True)
    (folder / "service-2.json.gz").write_bytes(b"no model")
    source = """
        import boto3
        def f(): boto3.client("s3").get_object(Key="k")
    """
    assert CLIENT in types(engine_of(tmp_path, app=source, **BOTO), "f")


def test_without_the_package_its_callables_are_known_by_name(tmp_path):
    source = """
        import boto3, psycopg2
        def f(key): return boto3.client("s3").get_object(Key=key)
        def g():
            with psycopg2.connect("x") as connection, connection.cursor() as cursor:
                cursor.execute("SELECT 1")
    """
    engine = engine_of(tmp_path, app=source)
    assert CLIENT in types(engine, "f")
    lines = {one.line for one in found_in(engine, "g").raised if one.type == "psycopg2.Error"}
    assert lines == {5, 6}


def test_a_class_that_is_not_at_hand_may_raise_where_it_is_entered_and_changed(tmp_path):
    source = """
        import vendor
        def entered(box: vendor.Box):
            with box:
                pass
        def changed(box: vendor.Box):
            box.size = 1
    """
    engine = engine_of(tmp_path, app=source)
    whys = [one.why for one in found_in(engine, "entered").unknown]
    assert [why.partition(":")[0] for why in whys] == ["`vendor.Box.__exit__`", "`vendor.Box.__enter__`"]
    assert of(engine, "changed") == (set(), False)


def test_a_manager_of_which_nothing_is_said_but_that_it_is_one_is_open(tmp_path):
    source = """
        from contextlib import AbstractContextManager
        def f(manager: AbstractContextManager[int]):
            with manager:
                pass
    """
    assert of(engine_of(tmp_path, app=source)) == (set(), False)


def test_a_task_is_called_like_its_function_and_sent_to_the_broker(tmp_path):
    source = """
        from celery import shared_task
        @shared_task
        def send(x): raise KeyError(x)
        def later(): send.delay(1)
        def other(): send.unknown_name(1)
    """
    engine = engine_of(tmp_path, app=source)
    assert "kombu.exceptions.OperationalError" in types(engine, "later")
    assert of(engine, "other") == (set(), False)


def test_the_proxy_of_a_connection_has_the_methods_of_connections(tmp_path):
    source = """
        from django.db import connection
        def f():
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                return cursor.fetchone()
    """
    django = {
        "django_in___init__": "",
        "django_in_db_in___init__": "from django.utils.connection import ConnectionProxy\n"
        "connection = ConnectionProxy()",
        "django_in_utils_in___init__": "",
        "django_in_utils_in_connection": "class ConnectionProxy:\n    def __getattr__(self, name): ...",
        "django_in_db_in_backends_in___init__": "",
        "django_in_db_in_backends_in_utils": "class CursorWrapper:\n"
        "    def __enter__(self): return self\n    def __exit__(self, *args): pass\n"
        "    def execute(self, sql): return sql",
        "django_in_db_in_backends_in_base_in___init__": "",
        "django_in_db_in_backends_in_base_in_base": "class BaseDatabaseWrapper:\n"
        "    def cursor(self): return self._cursor()",
    }
    engine = engine_of(tmp_path, app=source, **django)
    found = found_in(engine)
    assert not [one for one in found.unknown if "cursor" in one.call and "execute" in one.call]
    assert not [one for one in found.unknown if one.line == 4 and "ConnectionProxy" in one.why]


def test_the_word_for_self_may_come_from_either_module_of_types(tmp_path):
    source = """
        import sys
        if sys.version_info >= (3, 11):
            from typing import Self
        else:
            from typing_extensions import Self
        class Box:
            def __enter__(self) -> Self: return self
            def __exit__(self, *args) -> None: pass
            def run(self): raise KeyError
        def f():
            with Box() as box:
                box.run()
    """
    assert of(engine_of(tmp_path, app=source)) == ({"KeyError"}, True)
