"""BC104."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.rules.tools import ROOT, check_clean, check_finds, check_fixture, found, one


def test_the_fixture_is_as_marked() -> None:
    check_fixture("broad_by_registration")


def severity(code: str, path: str = "app/service.py") -> str:
    return one(textwrap.dedent(code), "BC104", path=path).severity


class TestSuppress:
    def test_it_is_a_handler_that_passes(self) -> None:
        code = "from contextlib import suppress\ndef f():\n    with suppress(Exception):\n        work()\n"
        finding = one(code, "BC104")
        assert (finding.severity, finding.outcome, finding.function) == ("error", "dropped", "f")

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("work()", "error"),
            ("conn.close()", "note"),
            ("import orjson", "note"),
            ("return work()", "note"),
        ],
    )
    def test_the_body_decides_the_severity(self, body: str, expected: str) -> None:
        code = f"import contextlib\ndef f():\n    with contextlib.suppress(Exception):\n        {body}\n"
        assert severity(code) == expected

    def test_it_is_a_note_in_tests(self) -> None:
        code = "from contextlib import suppress\ndef f():\n    with suppress(Exception):\n        work()\n"
        assert severity(code, "tests/test_a.py") == "note"

    def test_it_is_a_note_where_the_task_was_cancelled_before(self) -> None:
        code = """
            from contextlib import suppress

            async def replace(task):
                task.cancel()
                with suppress(Exception):
                    await task
        """
        assert severity(code) == "note"
        assert (
            severity(code.replace("task.cancel()", "task.start()").replace("await task", "await work(task)"))
            == "error"
        )

    @pytest.mark.parametrize("call", ["suppress(OSError)", "mine.suppress(Exception)", "suppress()"])
    def test_specific_classes_and_other_functions_are_left_alone(self, call: str) -> None:
        code = f"from contextlib import suppress\nimport mine\nwith {call}:\n    work()\n"
        check_clean(code, "BC104")


class TestRegisteredHandlers:
    def test_pricing_api_has_its_handler_found_once(self) -> None:
        path = ROOT / "fixtures" / "pricing_api" / "app" / "core" / "handlers.py"
        finding = one(path.read_text(encoding="utf-8"), "BC104", path=str(Path("app/core/handlers.py")))
        assert (finding.function, finding.outcome, finding.severity) == (
            "api_exception_handler",
            "logged-text",
            "note",
        )
        assert "raises it again" in finding.message

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("return 'sorry', 500", "warning"),
            ("return {'error': str(e)}, 500", "warning"),
            ("log.error('%s', e)\n    return 'sorry', 500", "warning"),
            ("log.exception('no')\n    return 'sorry', 500", "note"),
            (
                "if isinstance(e, NotFound):\n        return 'gone'\n    log.exception('no')\n    return ''",
                "note",
            ),
        ],
    )
    def test_flask_does_not_raise_again(self, body: str, expected: str) -> None:
        assert severity(f"@app.errorhandler(Exception)\ndef h(e):\n    {body}\n") == expected

    @pytest.mark.parametrize(
        "body", ["raise", "log.exception('no')\n    raise e", "assert isinstance(e, KeyError)\n    return ''"]
    )
    def test_one_that_lets_the_error_go_on_is_fine(self, body: str) -> None:
        check_clean(f"@app.errorhandler(Exception)\ndef h(e):\n    {body}\n", "BC104")

    def test_starlette_raises_again(self) -> None:
        code = "@app.exception_handler(Exception)\nasync def h(request, exc):\n    return Response('sorry')\n"
        assert severity(code) == "note"

    @pytest.mark.parametrize(
        ("registration", "expected"),
        [
            ("app.register_error_handler(Exception, h)", "warning"),
            ("app.add_error_handler(Exception, h)", "warning"),
            ("app.add_exception_handler(Exception, h)", "note"),
            ("app = Litestar(exception_handlers={KeyError: k, Exception: h})", "warning"),
            ("app = FastAPI(exception_handlers={Exception: h})", "note"),
        ],
    )
    def test_a_function_is_judged_where_it_is_defined(self, registration: str, expected: str) -> None:
        head = "from fastapi import FastAPI\nfrom litestar import Litestar\n"
        code = f"{head}def h(e):\n    return 'sorry'\n{registration}\n"
        finding = one(code, "BC104")
        assert (finding.severity, finding.span.line, finding.outcome) == (expected, 3, "fallback")

    def test_a_handler_of_another_file_is_a_note_at_its_registration(self) -> None:
        code = "from app.errors import h\napp.register_error_handler(Exception, h)\n"
        finding = one(code, "BC104")
        assert (finding.severity, finding.span.line) == ("note", 2)

    def test_a_specific_class_is_left_alone(self) -> None:
        check_clean("@app.errorhandler(LookupError)\ndef h(e):\n    return ''\n", "BC104")

    def test_an_annotation_alone_is_a_note(self) -> None:
        code = "async def h(request: Request, exc: Exception):\n    return Response('sorry')\n"
        assert severity(code) == "note"

    def test_an_annotation_is_no_claim_where_the_file_maps_another_class_to_the_function(self) -> None:
        code = """
            async def h(request: Request, exc: Exception):
                return Response("sorry")

            app = FastAPI(exception_handlers={NotFound: h})
        """
        check_clean(code, "BC104")

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("return render(request, '500.html')", "warning"),
            ("log.error('no')\n        return answer()", "warning"),
            ("log.exception('no')\n        return answer()", "note"),
        ],
    )
    def test_djangos_process_exception_that_answers(self, body: str, expected: str) -> None:
        code = f"class M:\n    def process_exception(self, request, exception):\n        {body}\n"
        assert severity(code) == expected

    @pytest.mark.parametrize(
        "body",
        [
            "log.error('no')",
            "return None",
            "if isinstance(exception, Http404):\n            return answer()\n        return None",
            "if not isinstance(exception, Http404):\n            return\n        return answer()",
        ],
    )
    def test_djangos_process_exception_that_lets_it_go_on(self, body: str) -> None:
        code = f"class M:\n    def process_exception(self, request, exception):\n        {body}\n"
        check_clean(code, "BC104")


class TestExit:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("return True", "error"),
            ("return kind is not None", "error"),
            ("if error:\n            log.error('%s', error)\n        return True", "warning"),
            (
                "if kind is None:\n            return\n        log.exception('no')\n        return True",
                "warning",
            ),
            ("with self.lock:\n            return 1", "error"),
            ("self.errors.append(error)\n        return True", "note"),
            ("if isinstance(error, OSError):\n            return False\n        return True", "error"),
        ],
    )
    def test_a_true_value_swallows_everything(self, body: str, expected: str) -> None:
        code = f"class Quiet:\n    def __exit__(self, kind, error, trace):\n        {body}\n"
        assert severity(code) == expected

    @pytest.mark.parametrize(
        "body",
        [
            "self.close()",
            "return False",
            "return issubclass(kind, OSError)",
            "return kind is OSError",
            "if kind is OSError:\n            return True",
            "if isinstance(error, OSError):\n            return True",
            "if not isinstance(error, OSError):\n            return False\n        return True",
            "if kind is not OSError:\n            return None\n        return True",
            "return self.stack.__exit__(kind, error, trace)",
            "return self.quiet",
            "if self.quiet:\n            return True",
            "if not self.quiet:\n            return False\n        return True",
            "if kind is None:\n            return True",
            "return not error",
        ],
    )
    def test_one_that_chooses_or_hands_on_or_cannot_be_told_is_left_alone(self, body: str) -> None:
        code = f"class Quiet:\n    def __exit__(self, kind, error, trace):\n        {body}\n"
        check_clean(code, "BC104")

    @pytest.mark.parametrize("parameters", ["*args", "*_", "kind=None, error=None, trace=None"])
    def test_however_it_takes_the_error(self, parameters: str) -> None:
        assert (
            severity(f"class Quiet:\n    async def __aexit__(self, {parameters}):\n        return True\n")
            == "error"
        )

    def test_what_stands_in_for_another_in_tests_is_softer(self) -> None:
        code = "class FakeSession:\n    def __exit__(self, *args):\n        return True\n"
        assert severity(code) == "warning"
        assert severity(code, "tests/test_a.py") == "note"


class TestEveryUser:
    def test_a_context_manager(self) -> None:
        code = """
            from contextlib import contextmanager

            @contextmanager
            def quiet():
                try:
                    yield
                except Exception:  # BC104
                    pass
        """
        check_finds(code, "BC104")
        check_clean(code.replace("yield", "prepare()"), "BC104")
        check_clean(code.replace("pass", "raise"), "BC104")

    def test_a_decorator(self) -> None:
        code = """
            def safely(func):
                def wrapper(*args, **kwargs):
                    try:
                        return func(*args, **kwargs)
                    except Exception:  # BC104
                        return None
                return wrapper
        """
        check_finds(code, "BC104")
        assert "every user of `safely`" in one(textwrap.dedent(code), "BC104").message
        check_clean(
            code.replace("(*args, **kwargs)\n                    except", "()\n                    except"),
            "BC104",
        )

    def test_one_that_leaves_the_choice_to_its_user_is_left_alone(self) -> None:
        code = """
            from contextlib import contextmanager

            @contextmanager
            def guarded(ignore):
                try:
                    yield
                except Exception:
                    if not ignore:
                        raise
        """
        check_clean(code, "BC104")

    def test_it_is_a_note_beside_the_finding_of_the_clause(self) -> None:
        code = """
            from contextlib import contextmanager

            @contextmanager
            def guarded():
                try:
                    yield
                except Exception:
                    pass
        """
        assert severity(code) == "note"

    def test_a_function_that_is_handed_on_to_a_thread_is_no_decorator(self) -> None:
        code = """
            def start(func, *args):
                def run():
                    try:
                        func(*args)
                    except Exception:
                        pass
                Thread(target=run).start()
        """
        check_clean(code, "BC104")

    def test_one_that_tries_again_is_left_alone(self) -> None:
        code = """
            def patiently(func):
                def wrapper(*args, **kwargs):
                    for _ in range(3):
                        try:
                            return func(*args, **kwargs)
                        except Exception:
                            sleep(1)
                    raise Failed
                return wrapper
        """
        check_clean(code, "BC104")


IMPORTS = "import tenacity, backoff, retrying, stamina, retry, celery\nfrom tenacity import *\n"


class TestRetries:
    @pytest.mark.parametrize(
        ("decorator", "expected"),
        [
            ("tenacity.retry", "warning"),
            ("tenacity.retry(wait=w)", "warning"),
            ("tenacity.retry(stop=tenacity.stop_after_attempt(3))", "note"),
            ("tenacity.retry(stop=s, retry=tenacity.retry_if_exception_type())", "note"),
            ("tenacity.retry(stop=s, retry=tenacity.retry_if_exception_type(Exception))", "note"),
            ("tenacity.retry(stop=s, retry_error_callback=lambda state: None)", "warning"),
            ("backoff.on_exception(backoff.expo, Exception)", "warning"),
            ("backoff.on_exception(backoff.expo, Exception, max_tries=3)", "note"),
            ("backoff.on_exception(backoff.expo, Exception, max_time=3, raise_on_giveup=False)", "warning"),
            ("retrying.retry", "warning"),
            ("retrying.retry(stop_max_attempt_number=3)", "note"),
            ("stamina.retry(on=Exception)", "note"),
            ("stamina.retry(on=Exception, attempts=None, timeout=None)", "warning"),
            ("retry.retry()", "warning"),
            ("retry.retry(tries=3)", "note"),
            ("retry.retry(Exception, tries=3)", "note"),
            ("celery.shared_task(autoretry_for=(Exception,))", "note"),
            ("celery.shared_task(autoretry_for=(Exception,), max_retries=None)", "warning"),
        ],
    )
    def test_everything_is_tried_again(self, decorator: str, expected: str) -> None:
        assert severity(f"{IMPORTS}@{decorator}\ndef f():\n    work()\n") == expected

    @pytest.mark.parametrize(
        "decorator",
        [
            "tenacity.retry(retry=tenacity.retry_if_exception_type(OSError))",
            "tenacity.retry(retry=tenacity.retry_if_exception(transient))",
            "tenacity.retry(**options)",
            "backoff.on_exception(backoff.expo, OSError)",
            "backoff.on_exception(backoff.expo, Exception, giveup=permanent)",
            "retrying.retry(retry_on_exception=transient)",
            "stamina.retry(on=OSError)",
            "retry.retry(OSError)",
            "retry.retry(exceptions=(OSError,))",
            "celery.shared_task(autoretry_for=(OSError,))",
        ],
    )
    def test_one_that_chooses_is_left_alone(self, decorator: str) -> None:
        check_clean(f"{IMPORTS}@{decorator}\ndef f():\n    work()\n", "BC104")

    def test_a_loop_of_attempts(self) -> None:
        code = "from tenacity import Retrying\ndef f():\n    for attempt in Retrying():\n        work()\n"
        assert severity(code) == "warning"

    def test_a_task_class(self) -> None:
        assert severity("class Send(Task):\n    autoretry_for = (Exception,)\n") == "note"
        check_clean("class Send(Task):\n    autoretry_for = (OSError,)\n", "BC104")


class TestTests:
    @pytest.mark.parametrize(
        "context",
        ["pytest.raises(Exception)", "pytest.raises((Exception, OSError))", "self.assertRaises(Exception)"],
    )
    def test_that_pass_whatever_is_raised(self, context: str) -> None:
        code = f"import pytest\ndef test(self):\n    with {context}:\n        work()\n"
        assert severity(code, "tests/test_a.py") == "note"

    @pytest.mark.parametrize(
        "context",
        [
            "pytest.raises(OSError)",
            "pytest.raises(Exception, match='no')",
            "pytest.raises(Exception) as caught",
            "self.assertRaises(OSError)",
            "self.assertRaisesRegex(Exception, 'no')",
            "self.assertRaises(Exception) as caught",
        ],
    )
    def test_that_look_at_the_error_are_left_alone(self, context: str) -> None:
        check_clean(f"import pytest\ndef test(self):\n    with {context}:\n        work()\n", "BC104")


def test_no_row_of_ruff_stands_on_it() -> None:
    code = "from contextlib import contextmanager\n@contextmanager\ndef f():\n    try:\n        yield\n"
    finding = one(code + "    except Exception:\n        pass\n", "BC104")
    assert finding.ruff == ()
    assert found(code + "    except Exception:\n        pass\n", "BC102")[0].ruff != ()
