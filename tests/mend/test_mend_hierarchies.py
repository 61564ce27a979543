"""A lossy translation is told which classes of the project's own answer to its causes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from wishing import Names, case_of

from broadcatch.config.options import Config, Translation
from broadcatch.mend.answering import answering
from broadcatch.mend.run import fix
from broadcatch.mend.wanted import wanted
from broadcatch.mend.wishes.hierarchies import wishes
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import FixResult, Target
from broadcatch.rewrite.structural import TranslateWanted
from tests.samples import suggestion

OWN = [f"app.errors.{one}" for one in ("AuthenticationError", "RateLimitError", "ServiceUnavailableError")]


@pytest.mark.parametrize(
    ("type_", "answer"),
    [
        ("kiteconnect.exceptions.TokenException", "AuthenticationError"),
        ("requests.exceptions.ConnectTimeout", "ServiceUnavailableError"),
        ("httpx.NetworkError", "ServiceUnavailableError"),
        ("ConnectionError", "ServiceUnavailableError"),
        ("lib.TooManyRequests", "RateLimitError"),
        ("lib.QuotaExceeded", "RateLimitError"),
        ("KeyError", ""),
        ("lib.ClientError", ""),
        ("lib.ServiceError", ""),
        ("json.decoder.JSONDecodeError", ""),
    ],
)
def test_a_name_is_answered_by_what_it_says(type_: str, answer: str) -> None:
    assert answering([type_], OWN).get(type_, "").rpartition(".")[2] == answer


def test_where_two_classes_answer_none_does() -> None:
    assert answering(["lib.TokenError"], ["a.AuthError", "a.LoginError"]) == {}
    assert answering(["lib.UserNotFound"], ["a.NotFoundError", "a.BadInput"]) == {
        "lib.UserNotFound": "a.NotFoundError"
    }


class Family(Names):
    """The project's exceptions beside the one that is raised."""

    def family(self, name: str) -> tuple[str, ...]:
        return ("app.errors.BrokerError", *OWN) if name.startswith("app.") else ()


TEXT = """\
import lib
from app.errors import BrokerError

def order(client):
    try:
        return client.place()
    except Exception:
        raise BrokerError("no order")
"""
KNOWN = suggestion(
    possible=("lib.TokenError", "ConnectionResetError", "ConnectionError", "KeyError"), unresolved=()
)


def asked(text: str = TEXT, kinds=(), rows=(), known=KNOWN) -> list[TranslateWanted]:
    return list(wishes(case_of(text, known, rows, Family(), kinds)))


def caught(wanted: TranslateWanted) -> list[Sequence[str]]:
    return [[name.spelling for name in one.caught] for one in wanted.causes]


def test_it_tells_the_rows_that_would_make_it() -> None:
    [told] = asked()
    assert caught(told) == [["TokenError"], ["ConnectionError"]]
    assert 'translate = [{ from = "lib.TokenError", to = "app.errors.AuthenticationError" }, ' in told.offer
    assert '{ from = "ConnectionError", to = "app.errors.ServiceUnavailableError" }]' in told.offer


def test_it_is_made_when_its_kind_is_asked_for() -> None:
    [one] = asked(kinds=("translate",))
    assert (one.offer, one.safety, one.gone) == ("", "unsafe", ("app.errors.BrokerError",))


def test_what_the_mapping_says_comes_first() -> None:
    assert asked(rows=(Translation("lib.TokenError", "app.errors.AuthenticationError"),)) == []


def test_a_class_that_is_none_of_the_projects_own_has_no_family() -> None:
    assert asked(TEXT.replace("raise BrokerError", "raise ValueError")) == []


def test_what_is_only_told_leaves_its_place_to_others() -> None:
    case = case_of(TEXT, KNOWN, (), Family())
    assert {"translate", "narrow"} <= {one.kind for one in wanted(case)}


def project(folder: Path) -> Path:
    (folder / "app").mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'app'\n")
    (folder / "app" / "__init__.py").write_text("")
    (folder / "app" / "errors.py").write_text(
        "class AppError(Exception): ...\nclass BrokerError(AppError): ...\n"
        "class ServiceUnavailableError(AppError): ...\n"
        "class Other(Exception): ...\nclass NetworkDownError(Other): ...\n"
    )
    path = folder / "app" / "client.py"
    path.write_text(
        "import logging\n\nfrom app.errors import BrokerError\n\nlogger = logging.getLogger(__name__)\n\n\n"
        "def send(late):\n    if late:\n        raise ConnectionError(late)\n    return late\n\n\n"
        "def place(late):\n    try:\n        return send(late)\n    except Exception:\n"
        '        raise BrokerError("no order")\n'
    )
    return path


def run(path: Path, **asked) -> FixResult:
    return fix([Target(str(path))], Config(), FixRequest(**asked))


def test_the_family_is_read_from_the_project(tmp_path: Path) -> None:
    path = project(tmp_path)
    [told] = [one for one in run(path).refused if one.kind == "translate"]
    assert told.reason.endswith('[{ from = "ConnectionError", to = "app.errors.ServiceUnavailableError" }]')
    run(path, write=True, unsafe=True, kinds=("translate",))
    text = path.read_text()
    assert "from app.errors import ServiceUnavailableError\n" in text
    assert (
        "    except ConnectionError as exc:\n        raise ServiceUnavailableError(str(exc)) from exc\n"
        in text
    )
    assert run(path, write=True, unsafe=True, kinds=("translate",)).offered == ()
