"""Who registers a handler for every error at the top of an application is right: it stays."""

from __future__ import annotations

from textwrap import dedent

import pytest
from mending import asked

from broadcatch.config.options import Config, Translation
from broadcatch.rewrite.plan import plan
from broadcatch.rewrite.values import Refused

FLASK = """\
from flask import Flask, jsonify

app = Flask(__name__)


@app.errorhandler(Exception)
def failed(error):
    return jsonify(error="failed"), 500
"""
LEAKS = """\
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()


@app.exception_handler(Exception)
async def failed(request: Request, exc: Exception):
    return JSONResponse({"error": str(exc)}, status_code=500)
"""
ROWS = (
    Translation("lib.TokenError", "app.errors.AuthenticationError"),
    Translation("lib.BusyError", "app.errors.RateLimitError"),
    Translation("lib.SlowError", "app.errors.RateLimitError"),
)


def told(text: str, *rows: Translation) -> list[Refused]:
    made = plan(dedent(text), "app/main.py", asked(text, Config(translate=rows), "app/main.py"))
    assert [one for one in made.rewrites if one.kind == "narrow"] == []
    return [one for one in made.refused if one.kind == "narrow"]


@pytest.mark.parametrize("text", [FLASK, LEAKS])
def test_it_is_never_narrowed_and_that_is_told_once(text: str) -> None:
    [one] = told(text)
    assert "never narrowed" in one.reason


def test_the_errors_of_the_mapping_could_have_handlers_beside_it() -> None:
    [one] = told(FLASK, *ROWS)
    assert one.reason.endswith("beside it: AuthenticationError, RateLimitError")


def test_one_that_keeps_its_errors_is_left_in_peace() -> None:
    text = FLASK.replace("    return", '    app.logger.error("failed", exc_info=error)\n    return')
    assert told(text) == []
