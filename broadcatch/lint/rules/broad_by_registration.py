"""BC104: does something else than an `except` clause take every error?"""

from __future__ import annotations

from collections.abc import Iterator

from broadcatch.config.options import Config
from broadcatch.judge.registered import judged_context
from broadcatch.judge.verdict import Judged
from broadcatch.judge.words import BROAD, SUPPRESS_CALLS
from broadcatch.lint.registered import registered_hits
from broadcatch.lint.retries import Retry, retry_of
from broadcatch.lint.rule import Hit, Rule, on_site
from broadcatch.lint.severity import severity_of
from broadcatch.lint.swallowers import exit_hits, user_hits
from broadcatch.model.facts import FileFacts, Site
from broadcatch.model.findings import Severity
from broadcatch.model.flow import Evaluate, Return

_EASY = frozenset({"test", "clean-up"})


class BroadByRegistration(Rule):
    """Something other than an `except` clause takes errors of every class.

    ## What it finds
    - `contextlib.suppress(Exception)`: a handler that only passes, with the severity of one. A note in
      clean-up, around awaiting what the same function has cancelled, and around a lone `return`: the line
      behind it is the other way.
    - A function that is registered with a web framework for `Exception` (`add_exception_handler`,
      `exception_handlers=`, `@app.exception_handler`, `@app.errorhandler`, Sanic's `@app.exception`), and
      Django's `process_exception` where it answers. It is judged as a handler at a boundary is: an answer
      with the traceback recorded is a note, all else at most a warning. What runs only for errors of a
      class that it asks for is left out, as a clause of that class would be. Starlette and FastAPI raise
      the error again behind such a handler so that the server logs it: there, a note. A function that takes
      `(request, error: Exception)` and is not registered in the same file is a note too.
    - An `__exit__` that returns a true value whatever the error is: it swallows for every user, Ctrl-C
      included. One that asks for the class of the error, for a setting, or hands the question on is not
      reported. In a class that stands in for another (`FakeSession`), one step less.
    - A broad handler in a context manager (around its `yield`), or in a decorator (around the call of the
      function that it wraps), that keeps the error on every path: it does so for every user. A note, as the
      clause has its own finding.
    - Retries after any error: tenacity without `retry=`, `backoff.on_exception(…, Exception)`, retrying,
      stamina, retry, Celery's `autoretry_for=(Exception,)`. One that gives up and lets the last error out
      is a note; one without an end, or that swallows the last error, a warning.
    - `pytest.raises(Exception)` without `match=`, `assertRaises(Exception)`, where nothing is done with the
      error afterwards: a note.

    In a test all of these are notes: what it asserts tells.

    ## Why it hurts
    No `except` is seen, neither by a reader nor by a linter. A misspelt name is suppressed, retried for an
    hour, or lets the test pass that should have found it.

    ## Example
    ```python
    from contextlib import suppress


    def refresh(cache, rates):
        with suppress(Exception):
            cache.update(rates.fetch())
    ```

    ## Instead
    ```python
    from contextlib import suppress


    def refresh(cache, rates):
        with suppress(ConnectionError):
            cache.update(rates.fetch())
    ```

    ## Fix safety
    `fix --unsafe` narrows `suppress(Exception)`, and the classes of a retry to those that may pass by
    themselves. A framework's handler for every error stays: others go beside it.

    ## Options
    - `severity`: the severity of each outcome.
    - `error-sinks`: calls of your own that record an error.
    """

    code = "BC104"
    name = "broad-by-registration"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where it swallows for all who use what stands around it."""
        return user_hits(judged)

    def file_hits(self, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The places that take every error without a clause."""
        for site in facts.sites:
            yield from _suppressed(site, facts.path, config)
            yield from _retried(site, facts.path, config)
            yield from _expected(site)
        yield from registered_hits(facts, config)
        yield from exit_hits(facts, config)


def _suppressed(site: Site, path: str, config: Config) -> Iterator[Hit]:
    if site.call is None or site.call.qualified not in SUPPRESS_CALLS or not _broad(site):
        return
    judged = judged_context(site, path, config)
    names = ", ".join(dict.fromkeys(one.name for one in site.classes if one.qualified in BROAD))
    easy = judged.verdict.zone in _EASY or _awaits_cancelled(site) or _only_returns(site)
    severity: Severity = "note" if easy else severity_of(judged, config)
    yield on_site(site, f"suppresses {names}; the error is dropped", severity, "dropped")


def _only_returns(site: Site) -> bool:
    """Whether the body is a lone `return`: what stands behind it is another way to an answer."""
    return len(site.body) == 1 and isinstance(site.body[0], Return)


def _awaits_cancelled(site: Site) -> bool:
    """Whether the body only waits for what the same function has cancelled."""
    nodes = [node for node in site.body if isinstance(node, Evaluate) and node.kind == "expression"]
    awaited = {node.value.text.removeprefix("await ") for node in nodes}
    return len(nodes) == len(site.body) and bool(nodes) and awaited <= set(site.cancelled)


def _retried(site: Site, path: str, config: Config) -> Iterator[Hit]:
    retry = retry_of(site)
    if retry is None:
        return
    test = judged_context(site, path, config).verdict.zone == "test"
    worse = (retry.endless or retry.hides) and not test
    yield on_site(site, _retry_words(retry), "warning" if worse else "note")


def _retry_words(retry: Retry) -> str:
    if retry.hides:
        return f"tries again after every error ({retry.why}), and swallows the last one ({retry.hides})"
    end = "without end" if retry.endless else "until it gives up and lets the last one out"
    return f"tries again after every error ({retry.why}), {end}"


def _expected(site: Site) -> Iterator[Hit]:
    """A test that passes whatever is raised."""
    call = site.call
    if call is None or not _broad(site) or (site.kind == "context" and site.name):
        return
    asserts = call.name.endswith(".assertRaises")
    raises = call.qualified == "pytest.raises" and not any(arg.keyword == "match" for arg in call.args)
    if asserts or raises:
        name = call.name.rpartition(".")[2]
        yield on_site(site, f"{name}({site.classes[0].name}) lets the test pass whatever is raised", "note")


def _broad(site: Site) -> bool:
    return any(one.qualified in BROAD for one in site.classes)
