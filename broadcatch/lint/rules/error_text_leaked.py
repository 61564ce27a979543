"""BC404: does a client get to read the text of an error that nobody foresaw?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.judge.attempts import is_call_out, is_one_item
from broadcatch.judge.surroundings import in_tests
from broadcatch.judge.verdict import Judged
from broadcatch.lint.leaks import Leak, leaks, worst
from broadcatch.lint.rule import Hit, Rule, on_clause, on_site
from broadcatch.lint.wording import caught_words
from broadcatch.model.facts import FileFacts, Place, Site
from broadcatch.model.findings import Severity

_TELLING = re.compile(r"(^|_)(test|check|verify|debug|diagnos\w*|probe|ping|health\w*)(_|$)")
_REGISTERING = re.compile(r"(exception|error)_?handler$")


class ErrorTextLeaked(Rule):
    """The text or traceback of an error that nobody foresaw goes to a client.

    ## What it finds
    A broad handler, or a function that a framework calls with any `Exception`, that puts the error
    itself, its text (`str(error)`, an f-string, `error.args`) or its traceback into a response: an HTTP
    exception or response that is raised, returned or made; a value that a route returns or a stream
    yields; an answer written by a request handler of tornado or `http.server`; a message to a websocket;
    the details of a gRPC call. The text is followed through names, dictionaries and lists of the
    handler; the steps of the finding show the way. What is done with it after the `try` is not seen.

    Not reported: handlers of specific classes, whose texts the program or a library wrote for somebody;
    branches for such a class (`isinstance(error, ProjectError)`) or under a debug switch
    (`if settings.DEBUG`); the name of the class alone; a number or identifier that a function makes of
    the error; functions whose name says that they make it presentable (`sanitize`, `redact`, `safe`,
    `friendly`); results that are no response; tests. `if not production` is no such switch: whatever is
    not named so, shows everything.

    It is a note where a log has the traceback of what a client gets to read as a text, and where the failure
    is the answer that was asked for: in functions that exist to tell why
    something fails (`test_connection`, `check_login`, `verify_rule`, `debug`, `diagnose`, `ping`), and
    where all that is tried is one call of another service with what the function was given
    (`requests.get(url)`), or one look-up by a key (`options[name]`), unless a traceback is shown.
    So are messages on the next page (`flash`,
    `messages.error`).

    It is not about what becomes of the error in the program: BC302 and BC303 are, and a handler that
    answers with the error can have kept it well; nor about the class that is raised in its place,
    which is BC203's.

    ## Why it hurts
    The errors that nobody foresaw speak of what nobody meant to publish: SQL with its parameters, paths,
    host names, keys in a URL, the code itself. And the client cannot act on any of it.

    ## Example
    ```python
    @router.get("/orders/{number}")
    def order(number):
        try:
            return fetch(number)
        except Exception as error:
            logger.exception("order %s", number)
            raise HTTPException(status_code=500, detail=str(error)) from error
    ```

    ## Instead
    ```python
    @router.get("/orders/{number}")
    def order(number):
        try:
            return fetch(number)
        except Exception as error:
            logger.exception("order %s", number)
            raise HTTPException(status_code=500, detail="The order cannot be shown now") from error
    ```

    ## Fix safety
    None is offered by this rule: what a client should read is a decision.

    ## Options
    - `broad-exceptions`: further classes that count as broad.
    """

    code = "BC404"
    name = "error-text-leaked"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where it is broad and answers a client with the error."""
        handler, verdict = judged.handler, judged.verdict
        if not verdict.broad or verdict.zone == "test":
            return
        for leak in worst(leaks(handler.body, handler.bound, handler.place)):
            words = caught_words(judged)
            kept = verdict.outcome == "logged-traceback"
            asked = (kept or is_call_out(handler) or is_one_item(handler)) and not leak.traceback
            severity: Severity = "note" if asked else _severity(leak, handler.place)
            hit = on_clause(handler, f"{words}; {_words(leak)}", severity)
            yield replace(hit, steps=((handler.span.line, words), *leak.steps))

    def file_hits(self, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """Functions that a framework calls with any error, and that answer with it."""
        if in_tests(facts.path):
            return
        seen: list[object] = []
        for site in facts.sites:
            if site.bound and site.body not in seen and not _is_for_others(site, facts.sites):
                seen.append(site.body)
                for leak in worst(leaks(site.body, site.bound, site.place)):
                    message = f"{site.name} is called with any Exception; {_words(leak)}"
                    given = (site.span.line, f"{site.name}(…, {site.bound})")
                    yield replace(
                        on_site(site, message, _severity(leak, site.place)), steps=(given, *leak.steps)
                    )


def _words(leak: Leak) -> str:
    what = "traceback" if leak.traceback else "text"
    return f"its {what} goes to the client: `{leak.response}` on line {leak.line}"


def _severity(leak: Leak, place: Place) -> Severity:
    function = place.function
    asked = function is not None and _TELLING.search(function.name.lower())
    return "note" if leak.page or asked else "warning"


def _is_for_others(site: Site, sites: tuple[Site, ...]) -> bool:
    """Whether a decorator registers the function, but not for every error, whatever the annotation says."""
    function = site.place.function if site.kind == "function" else None
    if function is None or not any(map(_REGISTERING.search, function.decorators)):
        return False
    return not any(one.kind == "decorator" and one.name == site.name for one in sites)
