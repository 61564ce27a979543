"""BC404."""

from __future__ import annotations

import textwrap

import pytest

from tests.rules.tools import ROOT, check_clean, check_fixture, found, one

IMPORTS = """\
import sys
import traceback
import flask
from aiohttp import web
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from fastapi import HTTPException
from fastapi.responses import JSONResponse
from flask import abort, flash, jsonify, make_response
from rest_framework import serializers
from rest_framework.response import Response
"""


def handler(*lines: str, clause: str = "Exception as e", decorator: str = "@router.get('/')") -> str:
    """A route whose handler is of these lines."""
    body = textwrap.indent("\n".join(lines), "        ")
    return (
        f"{IMPORTS}{decorator}\ndef view(request):\n    try:\n        work()\n    except {clause}:\n{body}\n"
    )


def registered(*lines: str, head: str = "async def answer(request: Request, exc: Exception):") -> str:
    """A function that a framework calls with any error."""
    return f"{IMPORTS}{head}\n" + textwrap.indent("\n".join(lines), "    ") + "\n"


def test_the_fixture_is_as_marked() -> None:
    check_fixture("error_text_leaked")


def test_the_handler_of_the_pricing_service_is_found() -> None:
    code = (ROOT / "fixtures/pricing_api/app/core/handlers.py").read_text(encoding="utf-8")
    finding = one(code, "BC404")
    assert finding.severity == "warning"
    assert finding.function == "api_exception_handler"
    assert finding.message == (
        "api_exception_handler is called with any Exception; "
        "its traceback goes to the client: `JSONResponse(…)` on line 22"
    )
    assert [line for line, _ in finding.steps] == [16, 19, 21, 22]


@pytest.mark.parametrize(
    "line",
    [
        "raise HTTPException(status_code=500, detail=str(e))",
        "raise HTTPException(500, f'no: {e}') from e",
        "return JSONResponse({'error': repr(e)}, status_code=500)",
        "return JSONResponse(content={'error': 'no: %s' % e})",
        "return HttpResponse('no: {}'.format(e))",
        "return Response({'error': e.args[0]}, status=400)",
        "return web.json_response({'error': [str(e)]})",
        "raise web.HTTPBadRequest(text='no: ' + str(e))",
        "raise serializers.ValidationError(f'no: {e}')",
        "return jsonify(error=str(e)), 500",
        "return make_response(str(e), 400)",
        "abort(500, str(e))",
        "flask.abort(500, description=e)",
        "return render(request, 'error.html', {'error': e})",
        "response = JSONResponse({'error': str(e)})\nreturn response",
        "return {'error': str(e)}",
        "return str(e), 400",
        "return error_page(f'no: {e}')",
        "return Problem(detail=e.message)",
        "return {'error': str(sys.exc_info()[1])}",
        "yield f'data: {e}'",
    ],
)
def test_the_text_of_the_error_in_a_response_is_a_warning(line: str) -> None:
    finding = one(handler(line), "BC404")
    assert finding.severity == "warning"
    assert finding.message.startswith("catches Exception; its text goes to the client: ")


@pytest.mark.parametrize(
    "lines",
    [
        ("return JSONResponse({'trace': traceback.format_exc()})",),
        ("trace = ''.join(traceback.format_exception(e))", "abort(500, trace)"),
        ("content = {}", "content['trace'] = traceback.format_exc()", "return JSONResponse(content)"),
    ],
)
def test_the_message_says_that_it_is_the_traceback(lines: tuple[str, ...]) -> None:
    assert "its traceback goes to the client" in one(handler(*lines), "BC404").message


def test_a_bare_clause_leaks_a_traceback_too() -> None:
    finding = one(
        handler("return JSONResponse({'trace': traceback.format_exc()})", clause="").replace(" :", ":"),
        "BC404",
    )
    assert finding.message.startswith("catches everything; its traceback goes to the client")


@pytest.mark.parametrize(
    ("lines", "way"),
    [
        (("message = str(e)", "raise HTTPException(500, message)"), "message = str(e)"),
        (("body = {'ok': 0}", "body['why'] = f'{e}'", "return JSONResponse(body)"), "body['why'] = f'{e}'"),
        (("body = {}", "body.update(why=str(e))", "return JSONResponse(body)"), "body.update(…)"),
        (("lines = []", "lines.append(f'{e}')", "return JSONResponse(lines)"), "lines.append(…)"),
        (("if a:", "    why = str(e)", "    return JSONResponse(why)"), "why = str(e)"),
    ],
)
def test_the_steps_show_the_way_of_the_text(lines: tuple[str, ...], way: str) -> None:
    finding = one(handler(*lines), "BC404")
    assert finding.steps[0][1] == "catches Exception"
    assert way in [text for _, text in finding.steps]
    assert finding.steps[-1][1].removeprefix("raise ").startswith(("HTTPException", "JSONResponse"))


@pytest.mark.parametrize(
    "lines",
    [
        ("raise HTTPException(status_code=500, detail='no') from e",),
        ("logger.exception('no: %s', e)", "return JSONResponse({'error': 'no'})"),
        ("return JSONResponse({'error': type(e).__name__})",),
        ("return JSONResponse({'error': e.__class__.__name__})",),
        ("number = report(e)", "return JSONResponse({'error': number})"),
        ("return JSONResponse({'error': sanitize(str(e))})",),
        ("return JSONResponse({'error': 'no'}, status_code=status_of(e))",),
        ("why = str(e)", "why = 'no'", "return JSONResponse({'error': why})"),
        ("return 404 if 'missing' in str(e) else 500",),
        ("self.error = str(e)",),
        ("raise Failed(str(e)) from e",),
        ("raise Http404(str(e))",),
        ("print(e)",),
    ],
)
def test_what_no_client_reads_is_left_alone(lines: tuple[str, ...]) -> None:
    check_clean(handler(*lines), "BC404")


@pytest.mark.parametrize(
    "lines",
    [
        ("if settings.DEBUG:", "    return JSONResponse(str(e))", "return JSONResponse('no')"),
        ("if not settings.DEBUG:", "    return JSONResponse('no')", "return JSONResponse(str(e))"),
        ("return JSONResponse(str(e) if settings.DEBUG else 'no')",),
        ("return JSONResponse('no' if not app.debug else str(e))",),
        ("if isinstance(e, ProjectError):", "    return JSONResponse(str(e))", "return JSONResponse('no')"),
        ("if not isinstance(e, ProjectError):", "    raise", "return JSONResponse(str(e))"),
        ("assert isinstance(e, ProjectError)", "return JSONResponse(str(e))"),
        ("match e:", "    case ProjectError():", "        return JSONResponse(str(e))"),
        ("return JSONResponse(e.detail if isinstance(e, ProjectError) else 'no')",),
    ],
)
def test_what_only_debugging_or_known_errors_show_is_left_alone(lines: tuple[str, ...]) -> None:
    check_clean(handler(*lines), "BC404")


@pytest.mark.parametrize(
    "lines",
    [
        ("if isinstance(e, ProjectError):", "    return JSONResponse('no')", "return JSONResponse(str(e))"),
        ("if isinstance(e, Exception):", "    return JSONResponse(str(e))"),
        ("if isinstance(e, ProjectError):", "    pass", "else:", "    return JSONResponse(str(e))"),
        ("if not settings.production:", "    return JSONResponse(str(e))"),
        (
            "match e:",
            "    case ProjectError():",
            "        pass",
            "    case _:",
            "        return JSONResponse(str(e))",
        ),
        ("return JSONResponse('no' if isinstance(e, ProjectError) else str(e))",),
    ],
)
def test_the_rest_behind_known_errors_and_what_must_be_switched_off_are_found(lines: tuple[str, ...]) -> None:
    assert len(found(handler(*lines), "BC404")) == 1


def test_a_handler_of_a_specific_class_is_left_alone() -> None:
    check_clean(handler("return JSONResponse(str(e))", clause="ProjectError as e"), "BC404")


def test_a_nested_handler_is_judged_by_itself() -> None:
    inner = ("try:", "    undo()", "except OSError as e:", "    return JSONResponse(str(e))")
    check_clean(handler(*inner), "BC404")


def test_a_function_that_answers_nobody_may_return_the_text() -> None:
    check_clean(handler("return {'error': str(e)}", decorator="@cached"), "BC404")
    check_clean(
        "def main():\n    try:\n        work()\n    except Exception as e:\n        print(str(e))\n", "BC404"
    )


@pytest.mark.parametrize(
    ("base", "name", "line"),
    [
        ("tornado.web.RequestHandler", "get", "self.write(str(e))"),
        ("BaseHTTPRequestHandler", "do_GET", "self.wfile.write(str(e).encode())"),
        ("BaseHTTPRequestHandler", "do_GET", "self.send_error(500, str(e))"),
        ("Resource", "get", "return {'error': str(e)}, 500"),
        ("Servicer", "Price", "context.set_details(str(e))"),
        ("Servicer", "Price", "context.abort(code, str(e))"),
        ("Consumer", "receive", "await websocket.send_json({'error': str(e)})"),
    ],
)
def test_answers_by_methods_of_frameworks_are_found(base: str, name: str, line: str) -> None:
    code = (
        f"class A({base}):\n    async def {name}(self, context):\n        try:\n            work()\n"
        f"        except Exception as e:\n            {line}\n"
    )
    assert one(code, "BC404").severity == "warning"


def test_writing_in_another_class_is_no_answer() -> None:
    code = "class A(Writer):\n  def f(self):\n    try:\n      work()\n    except Exception as e:\n"
    check_clean(code + "      self.write(str(e))\n", "BC404")


@pytest.mark.parametrize("line", ["flash(f'no: {e}')", "messages.error(request, str(e))"])
def test_a_message_on_the_next_page_is_a_note(line: str) -> None:
    assert one(handler(line, "return redirect('/')"), "BC404").severity == "note"


@pytest.mark.parametrize("name", ["test_connection", "ping", "debug_openai"])
def test_what_exists_to_tell_why_something_fails_is_a_note(name: str) -> None:
    code = handler("return JSONResponse(str(e))").replace("def view(", f"def {name}(")
    assert one(code, "BC404").severity == "note"


def test_tests_are_left_alone() -> None:
    check_clean(handler("return JSONResponse(str(e))"), "BC404", path="tests/test_a.py")
    check_clean(registered("return JSONResponse(str(exc))"), "BC404", path="tests/test_a.py")


@pytest.mark.parametrize(
    "head",
    [
        "async def answer(request: Request, exc: Exception):",
        "@app.exception_handler(Exception)\nasync def answer(request, exc):",
        "@app.errorhandler(Exception)\ndef answer(exc):",
        "class Answers:\n  def process_exception(self, request, exc):",
    ],
)
def test_functions_that_are_called_with_any_error_are_found_once(head: str) -> None:
    finding = one(registered("return JSONResponse({'error': str(exc)})", head=head), "BC404")
    assert finding.severity == "warning"
    assert "is called with any Exception; its text goes to the client" in finding.message


@pytest.mark.parametrize(
    "head",
    [
        "@app.exception_handler(ProjectError)\nasync def answer(request: Request, exc: Exception):",
        "@app.exception_handler(ProjectError)\nasync def answer(request: Request, exc: ProjectError):",
        "def __exit__(self, kind, exc, tb):",
    ],
)
def test_functions_for_other_errors_are_left_alone(head: str) -> None:
    lines = ("return exc is None",) if "__exit__" in head else ("return JSONResponse({'error': str(exc)})",)
    check_clean(registered(*lines, head=head), "BC404")


def test_a_registered_function_that_says_nothing_is_left_alone() -> None:
    check_clean(
        registered("logger.error('no', exc_info=exc)", "return JSONResponse({'error': 'no'})"), "BC404"
    )


def test_the_log_message_of_tornado_is_not_sent() -> None:
    code = "import tornado.web\ntry:\n    work()\nexcept Exception as e:\n"
    check_clean(code + "    raise tornado.web.HTTPError(500, str(e))\n", "BC404")
    assert one(code + "    raise tornado.web.HTTPError(500, reason=str(e))\n", "BC404").severity == "warning"


def test_the_failure_of_the_one_call_that_was_asked_for_is_the_answer() -> None:
    code = handler("return {'ok': False, 'error': str(e)}").replace(
        "work()", "got = requests.get(request.url)"
    )
    assert one("import requests\n" + code, "BC404").severity == "note"
    fixed = code.replace("request.url", "STATUS_URL")
    assert one("import requests\n" + fixed, "BC404").severity == "warning"
    shown = code.replace("str(e)", "traceback.format_exc()")
    assert one("import requests\n" + shown, "BC404").severity == "warning"


@pytest.mark.parametrize("name", ["test_connection", "check_login", "verify_rule", "health", "ping"])
def test_a_function_that_exists_to_tell_why_something_fails_is_a_note(name: str) -> None:
    code = handler("return {'ok': False, 'error': str(e)}").replace("def view", f"def {name}")
    assert one(code, "BC404").severity == "note"
