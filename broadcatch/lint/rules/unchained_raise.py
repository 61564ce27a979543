"""BC201: does a raise in a handler say what it comes from?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.config.selectors import is_ruff_rule_on
from broadcatch.flow.walk import nodes_in
from broadcatch.judge.attempts import is_one_reading
from broadcatch.judge.records import shows_error
from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.lint.audience import is_checked, tells_giver
from broadcatch.lint.kept import looked_at, recorded
from broadcatch.lint.raised import mentions, names_with_error, of_other_work, raises_that_leave, steers
from broadcatch.lint.rule import Hit, Rule, on_raise
from broadcatch.lint.umbrellas import is_mistake, says_what
from broadcatch.model.facts import FileFacts, Handler
from broadcatch.model.findings import RuffRow, Severity
from broadcatch.model.flow import Assign, Raise
from broadcatch.model.outcome import Record

_FEW = 2
_SERVER = re.compile(r"\b5\d\d\b|_5\d\d|INTERNAL", re.IGNORECASE)


class UnchainedRaise(Rule):
    """A raise in a handler without a cause.

    ## What it finds
    A `raise` of another error in an `except` clause without `from`, wherever it stands: in branches,
    in a loop and its `else`, in any part of a nested `try`. A raise in the handler of a nested `try`
    belongs to that handler, and one that the nested `try` itself catches is none.

    Not reported: a bare `raise`; raising the caught error itself, also as `error.with_traceback(…)`,
    under another name, or an error that it carries (`error.original`); a cause that is set by hand
    (`new.__cause__ = error`); exceptions that steer rather than fail (`StopIteration`, `SystemExit`,
    `click.Abort`, `typer.Exit`, `SkipTest`, `self.retry(…)` of a Celery task).

    It is a warning where something is lost: under a clause that is broad, under `TypeError`, `AttributeError`
    and `NameError` around more than ten lines, in which a mistake of the code raises the same, and under
    `ObjectDoesNotExist` around more than five, in which any record may be missing.

    It is a note where the class says all that there is to know: the lookup, conversion, parse or import that
    failed (`KeyError`, `ValueError`, `Order.DoesNotExist`, `JSONDecodeError`, `ImportError`), a failure of
    the system, a peer or a library (`OSError`, `TimeoutError`, `RequestException`), an error of the project;
    and where all that is tried is to read one value (`int(text)`). However long the `try` is, it is a note
    where whoever gave the value is told so: by a validation error (`ValidationError`, `InvalidPage`,
    `BadParameter`, `ConfigError`), by a status of the 400 range (not 401 and 403), or in a function that
    validates (`clean_name`, `to_internal_value`); under a broad clause, where the `try` makes no more than
    two different calls that can fail, or where a log has the text of the error; one call, where only the text
    says that the value is no good ("could not be parsed"). Under a broad clause it is a note too where the
    `try` makes no more than two different calls, a log has the text of the error, and it is no error of the
    500 range; and where the error leaves on another path. And it is a note where the
    caught error, or its text, is handed to the new one (`raise Failed(str(error))`) or to a call of the
    handler, where a condition before the raise has asked about it (`if error.errno == ENOENT`), where it is
    recorded on the way (by a broad clause: with its traceback), where a ready-made error is raised
    (`raise self.error`), and in tests.

    Where the project's own Ruff configuration selects `B904`, it is a warning everywhere but in tests:
    that project has said that it wants a cause.

    ## Why it hurts
    The traceback says "During handling of the above exception, another exception occurred", as if the
    new error were an accident. Programs that look at `__cause__` (error trackers, retry code) find
    nothing. `from error` says that one led to the other; `from None` says that the first does not
    matter to whoever reads it.

    ## Example
    ```python
    def load(path):
        try:
            return fetch(path)
        except Exception:
            raise LoadError(path)
    ```

    ## Instead
    ```python
    def load(path):
        try:
            return fetch(path)
        except Exception as error:
            raise LoadError(path) from error
    ```

    ## Fix safety
    Safe: `fix` adds `from error` (kind `chain`), which keeps what is raised and changes what is printed. It
    adds `from None` where a failed look-up or conversion becomes an answer to a user (`HTTPException(404)`,
    `click.UsageError`), never under a broad clause. Unsafe where what is raised may bring a cause of its own.

    ## Options
    None of its own. `select`, `extend-select` and `ignore` of Ruff's configuration are read for `B904`.
    """

    code = "BC201"
    name = "unchained-raise"
    twin = "B904"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """Each raise of the handler that has no cause and no excuse."""
        for found in _unchained(judged.handler):
            if not excuse(found, judged.handler):
                message = f"raises {_spelled(found)} without saying what it comes from"
                yield on_raise(found, message, _severity(found, judged, facts, config))

    def holds(self, hit: Hit, row: RuffRow) -> bool:
        """B904 belongs to the raise of its line."""
        return super().holds(hit, row) and hit.span.line == row.row

    def note(self, judged: Judged, row: RuffRow) -> Hit:
        """A raise that only Ruff minds, with the reason why it is in order."""
        found = next(one for one in _unchained(judged.handler) if one.span.line == row.row)
        message = f"raises {_spelled(found)}: {excuse(found, judged.handler)}; Ruff reports {row.code} here"
        return on_raise(found, message, "note")


def excuse(found: Raise, handler: Handler) -> str:
    """Why a raise needs no cause; "" where it does."""
    head, _, rest = found.exc.partition(".")
    errors = {handler.bound, *_aliases(handler)} - {""}
    if head in errors and (found.form == "name" or rest == "with_traceback"):
        return "the caught error itself, or one that it carries"
    if steers(found):
        return "it steers, and is no failure"
    if found.exc + ".__cause__" in _targets(handler):
        return "its cause is set by hand"
    return ""


def _unchained(handler: Handler) -> Iterator[Raise]:
    for found in raises_that_leave(handler):
        if found.form != "bare" and found.cause == "absent":
            yield found


def _severity(found: Raise, judged: Judged, facts: FileFacts, config: Config) -> Severity:
    if judged.verdict.zone == "test" or of_other_work(found, judged.handler):
        return "note"
    if is_ruff_rule_on("B904", config):
        return "warning"
    told = tells_giver(found, judged)
    if judged.verdict.broad:
        known = is_one_reading(judged.handler) or is_checked(found, judged)
    else:
        known = says_what(judged.handler, facts) or (told and not is_mistake(judged.handler))
    return "note" if known or _is_kept(found, judged, told) else "warning"


def _is_kept(found: Raise, judged: Judged, told: bool) -> bool:
    """Whether the error was looked at, recorded or handed on, or another one was made elsewhere.

    Of an error that nobody foresaw a text says too little: only its traceback is a record, but where the
    new error is `told` to whoever gave a value.
    """
    handler = judged.handler
    names = names_with_error(handler)
    ready_made = found.form == "name" and found.exc.rpartition(".")[2][:1].islower()
    if mentions(found, names) or (ready_made and found.exc not in _targets(handler)):
        return True
    few = len({call.name for call in steps_of(judged)}) <= _FEW
    texts = not judged.verdict.broad or (
        (told or (few and not _is_server_error(found))) and shows_error(handler)
    )
    enough: tuple[Record, ...] = ("text", "traceback") if texts else ("traceback",)
    asked = looked_at(found, handler, names, logs=not judged.verdict.broad)
    asked = asked or any(path.outcome == "reraised" for path in judged.verdict.paths)
    return asked or recorded(found, judged.verdict.paths, enough)


def _is_server_error(found: Raise) -> bool:
    """Whether a client is told that the server failed: of that, the log is all that is left."""
    return found.value is not None and bool(_SERVER.search(found.value.text))


def _spelled(found: Raise) -> str:
    return found.exc or (found.value.text if found.value else "an error")


def _aliases(handler: Handler) -> Iterator[str]:
    for node in nodes_in(handler.body):
        if isinstance(node, Assign) and node.value.text == handler.bound:
            yield from node.targets


def _targets(handler: Handler) -> set[str]:
    found = (node.targets for node in nodes_in(handler.body) if isinstance(node, Assign))
    return {target for targets in found for target in targets}
