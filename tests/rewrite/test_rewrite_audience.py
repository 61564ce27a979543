"""A failed look-up says nothing to the user whom the new error answers: then `from None`."""

from __future__ import annotations

import pytest
from rewriting import plan_of, raises

from broadcatch.rewrite.plan import carry_out

HEAD = """\
import argparse
import click
import json
import typer
from decimal import InvalidOperation
from http import HTTPStatus
from aiohttp import web
from django.http import Http404
from fastapi import HTTPException, status
from rest_framework import serializers
from shop.errors import HTTPException as OurException
"""


def cause(clause: str, raised: str, body: str = "x = items[key]", head: str = HEAD) -> str:
    """What the raise gets."""
    before = f"{head}try:\n    {body}\nexcept {clause}:\n    raise {raised}\n"
    made = plan_of(before, *raises(before))
    assert [one.safety for one in made.rewrites] == ["safe"]
    return carry_out(before, made.rewrites).rstrip().rpartition(" from ")[2]


@pytest.mark.parametrize(
    "raised",
    [
        "HTTPException(404)",
        "HTTPException(status_code=422, detail='no')",
        "HTTPException(status.HTTP_404_NOT_FOUND)",
        "HTTPException(HTTPStatus.BAD_REQUEST)",
        "click.UsageError('no such order')",
        "click.exceptions.BadParameter('no')",
        "typer.BadParameter('no')",
        "argparse.ArgumentTypeError('no')",
        "Http404",
        "Http404('no')",
        "serializers.ValidationError('no')",
        "web.HTTPNotFound()",
    ],
)
def test_an_answer_to_a_user_hides_a_failed_look_up(raised: str) -> None:
    assert cause("KeyError", raised) == "None"


@pytest.mark.parametrize(
    "clause",
    [
        "IndexError",
        "(KeyError, ValueError)",
        "json.JSONDecodeError",
        "InvalidOperation",
        "Order.DoesNotExist",
    ],
)
def test_every_kind_of_failed_reading_counts(clause: str) -> None:
    assert cause(clause, "HTTPException(404)") == "None"


@pytest.mark.parametrize(
    "clause",
    ["Exception", "(KeyError, OSError)", "OSError", "TypeError", "ConnectionError", "(KeyError, *MORE)"],
)
def test_under_any_other_clause_the_cause_is_kept(clause: str) -> None:
    assert cause(clause, "HTTPException(404)") == "exc"


@pytest.mark.parametrize(
    "raised",
    [
        "HTTPException(500)",
        "HTTPException(code)",
        "HTTPException()",
        "OurException(404)",
        "OrderError('no')",
        "web.HTTPBadGateway()",
        "click.Abort()",
    ],
)
def test_what_answers_no_user_keeps_its_cause(raised: str) -> None:
    assert cause("KeyError", raised) == "exc"


def test_an_error_that_goes_into_the_answer_is_its_cause() -> None:
    assert cause("ValueError as error", "HTTPException(400, str(error))") == "error"


def test_around_many_lines_a_mistake_may_have_raised_the_same() -> None:
    assert cause("KeyError", "HTTPException(404)", body="x = (" + "\n" * 6 + "items[key])") == "exc"


def test_a_name_that_means_something_else_here_keeps_the_cause() -> None:
    assert (
        cause("KeyError", "HTTPException(404)", head=HEAD + "class HTTPException(Exception): pass\n") == "exc"
    )
    assert cause("KeyError", "HTTPException(404)", head="class KeyError(Exception): pass\n") == "exc"


def test_an_error_around_it_would_be_hidden_too() -> None:
    before = f"""{HEAD}
try:
    sell()
except OSError:
    try:
        x = items[key]
    except KeyError:
        raise HTTPException(404)
"""
    made = plan_of(before, raises(before)[0])
    assert made.rewrites[0].title == "Add `from exc`"
