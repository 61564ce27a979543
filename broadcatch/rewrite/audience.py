"""Is the new error for a user, and says the old one nothing to them? Then `from None` is the usual wish.

Two short tables by qualified name. What is caught must be a look-up or a conversion that failed, and nothing
else; what is raised must be an answer to whoever gave the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from broadcatch.rewrite.clause import elements
from broadcatch.rewrite.collect import dotted
from broadcatch.rewrite.frames import HandlerSite
from broadcatch.rewrite.source import Source

FAILED_READINGS = frozenset(
    {
        "KeyError",
        "IndexError",
        "LookupError",
        "ValueError",
        "UnicodeDecodeError",
        "UnicodeEncodeError",
        "UnicodeError",
        "OverflowError",
        "StopIteration",
        "json.JSONDecodeError",
        "json.decoder.JSONDecodeError",
        "binascii.Error",
        "decimal.InvalidOperation",
        "ipaddress.AddressValueError",
        "ipaddress.NetmaskValueError",
        "configparser.NoOptionError",
        "configparser.NoSectionError",
        "zoneinfo.ZoneInfoNotFoundError",
        "django.core.exceptions.ObjectDoesNotExist",
        "django.core.exceptions.ValidationError",
        "django.urls.NoReverseMatch",
        "django.urls.Resolver404",
        "sqlalchemy.exc.NoResultFound",
        "sqlalchemy.orm.exc.NoResultFound",
    }
)
"""Look-ups and conversions: the class says all there is to know."""

ANSWERS = frozenset(
    {
        "argparse.ArgumentError",
        "argparse.ArgumentTypeError",
        "click.BadArgumentUsage",
        "click.BadOptionUsage",
        "click.BadParameter",
        "click.ClickException",
        "click.FileError",
        "click.MissingParameter",
        "click.NoSuchOption",
        "click.UsageError",
        "django.core.exceptions.BadRequest",
        "django.core.exceptions.PermissionDenied",
        "django.core.exceptions.ValidationError",
        "django.core.management.CommandError",
        "django.core.management.base.CommandError",
        "django.forms.ValidationError",
        "django.http.Http404",
        "rest_framework.exceptions.NotFound",
        "rest_framework.exceptions.ParseError",
        "rest_framework.exceptions.PermissionDenied",
        "rest_framework.exceptions.ValidationError",
        "rest_framework.serializers.ValidationError",
        "typer.BadParameter",
        "werkzeug.exceptions.BadRequest",
        "werkzeug.exceptions.NotFound",
    }
)
"""Errors that a framework shows to a user as they are, without a traceback."""

WITH_STATUS = frozenset(
    {
        "fastapi.HTTPException",
        "fastapi.exceptions.HTTPException",
        "starlette.exceptions.HTTPException",
        "litestar.exceptions.HTTPException",
        "aiohttp.web.HTTPException",
    }
)
"""Answers of a web service, if their status is one of the client's errors."""

MOST_LINES = 5

AIOHTTP = re.compile(
    r"aiohttp\.web\.HTTP(BadRequest|Unauthorized|Forbidden|NotFound|Conflict|Gone|Unprocessable\w+)"
)
_STATUS = re.compile(r"(?:\w+\.)*(?:HTTP_)?4\d\d(?:_\w+)?$")
_NAMED = re.compile(
    r"(?:\w+\.)*HTTPStatus\.(BAD_REQUEST|UNAUTHORIZED|FORBIDDEN|NOT_FOUND|CONFLICT|GONE|UNPROCESSABLE_\w+)$"
)
_PACKAGES = ("click.exceptions.", "typer.")


def answers_user(source: Source, site: HandlerSite, raised: cst.BaseExpression) -> bool:
    """Whether a clause of failed readings alone raises an answer to a user."""
    return is_failed_reading(source, site) and _is_answer(source, raised)


def is_failed_reading(source: Source, site: HandlerSite) -> bool:
    """Whether every class of the clause is a look-up or a conversion that failed, in few lines.

    Around many lines a mistake of the code raises the same, and whoever looks for it needs the cause.
    """
    body = source.positions[site.whole.body]
    if site.node.type is None or body.end.line - body.start.line > MOST_LINES:
        return False
    names = [
        qualified(source, dotted(one))
        for one in elements(site.node.type)
        if isinstance(one, cst.BaseExpression)
    ]
    return len(names) == len(elements(site.node.type)) and all(map(_is_reading, names))


def qualified(source: Source, name: str) -> str:
    """A dotted name through the file's imports; "" where the file binds its head in another way."""
    head, _, rest = name.partition(".")
    found = set(_heads(source, head))
    if len(found) > 1 or "" in found or not head:
        return ""
    start = next(iter(found), head)
    return f"{start}.{rest}" if rest else start


def _heads(source: Source, head: str) -> Iterator[str]:
    for one in source.names.get(head, ()):
        if one.role == "import" and not one.module.startswith("."):
            plain = head if one.module.partition(".")[0] == head else one.module
            yield f"{one.module}.{one.imported}" if one.imported else plain
        elif one.binds:
            yield ""


def _is_reading(name: str) -> bool:
    return name.removeprefix("builtins.") in FAILED_READINGS or name.endswith(".DoesNotExist")


def _is_answer(source: Source, raised: cst.BaseExpression) -> bool:
    made = raised.func if isinstance(raised, cst.Call) else raised
    name = qualified(source, dotted(made))
    for package in _PACKAGES:
        if name.startswith(package) and f"click.{name.removeprefix(package)}" in ANSWERS:
            return True
    if name in ANSWERS or AIOHTTP.fullmatch(name):
        return True
    return name in WITH_STATUS and isinstance(raised, cst.Call) and _is_clients_fault(raised)


def _is_clients_fault(call: cst.Call) -> bool:
    """Whether the status of a response, its first argument or `status_code`, is one of 4xx."""
    named = [arg.value for arg in call.args if arg.keyword and arg.keyword.value in ("status_code", "status")]
    first = [arg.value for arg in call.args[:1] if arg.keyword is None and not arg.star]
    for value in (*named, *first)[:1]:
        text = value.value if isinstance(value, cst.Integer) else dotted(value)
        return bool(_STATUS.match(text) or _NAMED.match(text))
    return False
