"""BC203: does a handler turn every failure into one specific error?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.flow.walk import raises_in
from broadcatch.judge.attempts import is_one_reading
from broadcatch.judge.verdict import Judged
from broadcatch.lint.audience import is_checked
from broadcatch.lint.deliberate import explains
from broadcatch.lint.excuses import narrow_excuse
from broadcatch.lint.raised import keeps_cause, mentions, names_with_error, steers
from broadcatch.lint.rule import Hit, Rule, on_clause
from broadcatch.lint.wording import caught_words
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.findings import Severity
from broadcatch.model.flow import Raise

_GENERIC = re.compile(
    r"^(Base)?Exception(Group)?$|^(Runtime|System)Error$|Internal|Unexpected|Unknown|Unhandled|Generic|Wrapp"
)
_SERVER_STATUS = re.compile(r"\b(HTTP_)?5\d\d\b|INTERNAL_SERVER_ERROR")


class LossyTranslation(Rule):
    """A broad handler turns every failure into one and the same specific error.

    ## What it finds
    A bare clause, `except Exception` or `except BaseException` all of whose paths raise one class that
    claims to know what went wrong: `raise ValueError("invalid token")` for an expired token, a broken
    key and a misspelt attribute alike.

    It is a warning where the first error is lost; a note where it is kept as the cause, shown in the
    text of the new one or recorded, where all that is tried is to read one value (`int(text)`,
    `re.compile(pattern)`) and only one thing can go wrong, where no more than two different calls check what
    was given and whoever gave it is told so (`ValidationError`, `ConfigError`, a status of the 400 range),
    where a comment says why, for HTTP errors of the 500 range, and in tests.
    Not reported: classes whose name claims nothing (`Exception`, `RuntimeError`, `SystemError`,
    `InternalError`, `UnexpectedError`, `UnknownError`, a wrapper) or that steer (`SystemExit`); HTTP
    errors of the 500 range that keep the cause; and a clause that keeps the cause behind clauses of
    specific classes: there the known failures are sorted out, and this is the rest.

    ## Why it hurts
    Whoever catches the specific error acts on what it says: asks the user to sign in again, skips the
    record, answers 400. For a failure of another kind that is the wrong thing, and the alarm that the
    failure deserved never rings.

    ## Example
    ```python
    def claims(token):
        try:
            return jwt.decode(token, load_key())
        except Exception:
            raise ValueError("invalid or expired token")
    ```

    ## Instead
    ```python
    def claims(token):
        try:
            return jwt.decode(token, load_key())
        except JoseError as error:
            raise ValueError("invalid or expired token") from error
    ```

    ## Fix safety
    `fix --unsafe` makes a clause for each cause that `translate` in the configuration names. Without a
    mapping it tells which classes of the project answer to the causes by their names. `broadcatch suggest`
    says what the `try` can really raise.

    ## Options
    - `broad-exceptions`: further classes that count as broad.
    """

    code = "BC203"
    name = "lossy-translation"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where all its paths raise one specific class."""
        if not self.excuse(judged, facts, config):
            raised = _raised(judged.handler)
            every = "every other" if judged.handler.earlier else "every"
            message = f"{caught_words(judged)} and turns {every} failure into {raised[0].exc}"
            yield on_clause(judged.handler, message, _severity(raised, judged))

    def excuse(self, judged: Judged, facts: FileFacts, config: Config) -> str:
        """Why the clause is left alone."""
        paths = judged.verdict.paths
        if any(path.outcome not in ("translated", "chained") for path in paths):
            return "not every path raises another error"
        raised = _raised(judged.handler)
        if len({found.exc for found in raised}) != 1:
            return "it does not raise one and the same class everywhere"
        if not _is_specific(raised):
            return f"{raised[0].exc or 'what it raises'} does not claim to know what went wrong"
        in_order = "the cause is kept, and the known failures are sorted out or it is a server's error"
        return narrow_excuse(judged) or (in_order if _is_in_order(raised, judged.handler) else "")


def _raised(handler: Handler) -> list[Raise]:
    return list(raises_in(handler.body, nested_handlers=False))


def _is_specific(raised: list[Raise]) -> bool:
    name = raised[0].exc.rpartition(".")[2]
    return name[:1].isupper() and not _GENERIC.search(name) and not any(map(steers, raised))


def _is_in_order(raised: list[Raise], handler: Handler) -> bool:
    names = names_with_error(handler)
    chained = all(keeps_cause(found, names) for found in raised)
    return chained and (bool(handler.earlier) or all(map(_is_server_error, raised)))


def _is_server_error(found: Raise) -> bool:
    return found.value is not None and bool(_SERVER_STATUS.search(found.value.text))


def _severity(raised: list[Raise], judged: Judged) -> Severity:
    handler = judged.handler
    logged = all(path.record != "none" for path in judged.verdict.paths)
    explained = explains(handler.comment)
    names = names_with_error(handler)
    kept = all(
        keeps_cause(found, names) or mentions(found, names) or _is_server_error(found) for found in raised
    )
    checked = is_one_reading(handler) or all(is_checked(found, judged) for found in raised)
    in_order = logged or kept or explained or checked or judged.verdict.zone == "test"
    return "note" if in_order else "warning"
