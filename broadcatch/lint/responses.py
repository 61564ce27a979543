"""Which calls send what they are given to a client?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.lint.places import handles_requests
from broadcatch.model.facts import Place
from broadcatch.model.flow import Arg, Call

_FRAMEWORKS = frozenset(
    "fastapi starlette flask quart werkzeug django rest_framework ninja sanic litestar bottle falcon tornado "
    "connexion chalice robyn blacksheep pyramid cherrypy graphql strawberry".split()
)
_PARTS = ("aiohttp.web.", "aiohttp.web_", "django.http.", "django.shortcuts.", "django.template.response.")
_NOT_ANSWERING = ("django.core.", "django.db.", "tornado.httpclient.", "django.forms.")
_MADE = re.compile(
    r"(Response|Exception|Error|NotFound|BadRequest|Forbidden|Unauthorized|Conflict|Gone|ServiceUnavailable|"
    r"UnprocessableEntity|TooManyRequests|NotAcceptable|PermissionDenied|AuthenticationFailed|"
    r"NotAuthenticated|MethodNotAllowed|HTTP\w+|HttpResponse\w*)$"
)
_EVERYWHERE = re.compile(
    r"(^|_)(HTTPException|JSONResponse|ORJSONResponse|UJSONResponse|JsonResponse|PlainTextResponse|"
    r"HTMLResponse|RedirectResponse|TemplateResponse|HttpResponse\w*|HTTPInternalServerError|HTTPBadRequest)$"
)
_FUNCTIONS = frozenset(
    "jsonify make_response abort json_response render render_template render_template_string "
    "render_to_response json text html raw redirect response".split()
)
_ONLY_IN_DEBUG = frozenset({"Http404"})
_MESSAGES = re.compile(r"^django\.contrib\.messages\.(error|warning|info|success|debug|add_message)$")
_SOCKETS = frozenset({"ws", "websocket", "web_socket", "websock", "sio", "socketio"})
_SENDING = frozenset("send send_json send_text send_str send_bytes emit close".split())
_OWN = frozenset(
    "self.write self.finish self.send_error self.set_status self.render self.write_error".split()
)
_SERVER = frozenset({"self.wfile.write"})
_RPC = re.compile(r"(^|\.)(context|ctx)\.(set_details|abort|abort_with_status)$")
_ASIDE = frozenset({"background", "log_message", "status", "status_code", "headers_only"})
"""Arguments that no client sees."""


def is_response(call: Call, place: Place) -> bool:
    """Whether `call` makes, raises or sends an answer to a client."""
    name = call.qualified or call.name
    receiver, _, last = call.name.rpartition(".")
    if _made(name):
        return True
    if last in _SENDING and receiver.rpartition(".")[2].lstrip("_").lower() in _SOCKETS:
        return True
    if call.name in _SERVER or _RPC.search(call.name):
        return True
    return call.name in _OWN and handles_requests(place)


def is_page(call: Call) -> bool:
    """Whether `call` leaves a message for the next page that the client opens."""
    name = call.qualified or call.name
    return name in ("flask.flash", "quart.flash") or bool(_MESSAGES.search(name))


def told(call: Call) -> Iterator[Arg]:
    """The arguments that the client sees."""
    for arg in call.args:
        logged = (call.qualified or call.name) == "tornado.web.HTTPError" and not arg.keyword
        if arg.keyword not in _ASIDE and not logged:
            yield arg


def _made(name: str) -> bool:
    last = name.rpartition(".")[2]
    if last in _ONLY_IN_DEBUG or name.startswith(_NOT_ANSWERING):
        return False
    if _EVERYWHERE.search(last):
        return True
    known = name.startswith(_PARTS) or _head(name) in _FRAMEWORKS
    return known and bool(_MADE.search(last) or last in _FUNCTIONS)


def _head(name: str) -> str:
    head = name.partition(".")[0]
    return "flask" if head.startswith("flask_") else head
