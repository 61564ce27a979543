"""BC403: does one failure take a whole batch with it, or do the failures of a batch vanish?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from broadcatch.config.options import Config
from broadcatch.judge.surroundings import in_tests
from broadcatch.judge.verdict import Judged
from broadcatch.lint.awaitables import handed_over, made_here
from broadcatch.lint.batches import (
    closes,
    ends_together,
    fate,
    items,
    keeps_errors,
    raises_first,
    was_cancelled,
)
from broadcatch.lint.rule import Hit, Rule, on_clause, on_site
from broadcatch.lint.whole_loops import whole_loop
from broadcatch.lint.wording import caught_words
from broadcatch.model.facts import FileFacts, Site
from broadcatch.model.flow import Call


class BatchFailsWhole(Rule):
    """One failure takes a whole batch of items with it, or the failures of a batch vanish.

    ## What it finds
    As a warning, errors of a batch that nobody sees:

    - `asyncio.gather(…, return_exceptions=True)` whose results are dropped, or bound to a name that is
      never read: each failure is among the results, and nowhere else.
    - Results that are told from errors by `isinstance(result, Exception)`, and are then used: a
      `CancelledError` is no `Exception`, so it passes for a result. It is a note where the check only tells
      of errors, and where the function itself makes what it awaits (`[get(x) for x in xs]`, tasks that it
      creates and keeps to itself): then nobody else can cancel one of them.

    As a note, batches of which one item takes all the others along:

    - `asyncio.gather(*…)` over items of data without `return_exceptions`: the first failure is raised at
      once, the results of the others are lost, and they go on unobserved.
    - A broad handler that swallows, around a `try` that is mainly one `for` loop, each turn of which
      works on its item alone: the first bad item ends the loop, and the rest is never tried.

    Not reported: tests; a fixed handful of awaitables (`gather(a(), b())`); the parts of one service,
    none of which may go on alone (in `main`, `run`, `start`, or over workers and servers); tasks that
    the same function has cancelled, whose errors it asked for; results that are returned or handed on,
    as others may look at them; a check for `BaseException` or `CancelledError`; loops that end on a
    result, raise, read a stream, commit together, or already handle the errors of a turn. Results
    dropped by a clean-up (in `close`, `stop`, or of calls of such names), or of tasks that other functions
    have begun and given to this one (`task = await app.start()`), which it only waits for, are a note.

    ## Why it hurts
    One malformed order among five hundred, and none of the other answers arrives; or five hundred
    failed, and the log says that all went well.

    ## Example
    ```python
    import asyncio


    async def finish_batch(tasks):
        results = await asyncio.gather(*tasks, return_exceptions=True)
        return [None if isinstance(result, Exception) else result for result in results]
    ```

    ## Instead
    ```python
    import asyncio


    async def finish_batch(tasks):
        results = await asyncio.gather(*tasks, return_exceptions=True)
        return [None if isinstance(result, BaseException) else result for result in results]
    ```

    ## Fix safety
    Unsafe: `fix` lets the check look for `BaseException` (kind `batch`). To gather with
    `return_exceptions=True` and give each failure an entry of its own is only shown, unless it is asked
    for by `--kind batch`: what an item's failure means for the batch is a decision.

    ## Options
    None of its own.
    """

    code = "BC403"
    name = "batch-fails-whole"

    def hits(self, judged: Judged, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The clause, where it is broad, swallows, and stands around a whole loop over items."""
        verdict = judged.verdict
        if not verdict.broad or verdict.leaves or verdict.zone == "test":
            return
        loop = whole_loop(judged.handler)
        if loop is not None:
            item = ", ".join(loop.targets)
            message = (
                f"{caught_words(judged)} around the whole loop over `{loop.test.text}` on line {loop.line}: "
                f"the first `{item}` that fails ends it, and the rest is never tried"
            )
            hit = on_clause(judged.handler, message, "note")
            yield replace(hit, steps=((loop.line, f"for {item} in {loop.test.text}"), *_own_steps(judged)))

    def file_hits(self, facts: FileFacts, config: Config) -> Iterator[Hit]:
        """The calls of `gather` whose failures take all others with them, or vanish."""
        if in_tests(facts.path):
            return
        for site in facts.sites:
            if site.kind == "batch" and site.call is not None:
                if keeps_errors(site.call):
                    yield from _kept(site)
                elif raises_first(site.call):
                    yield from _raised(site, site.call)


def _own_steps(judged: Judged) -> tuple[tuple[int, str], ...]:
    return tuple((step.line, step.text) for step in judged.verdict.worst.steps)


def _raised(site: Site, call: Call) -> Iterator[Hit]:
    over = items(call)
    if over is not None and not ends_together(site, over):
        message = "the first failure fails the whole batch, and the others go on unobserved"
        yield on_site(site, message, "note")


def _kept(site: Site) -> Iterator[Hit]:
    found = fate(site)
    if found is None:
        return
    name = site.call.name if site.call else ""
    steps = [(site.span.line, f"{name}(…, return_exceptions=True)")]
    if found.kind == "let-through":
        message = f"`isinstance(…, Exception)` on line {found.line} lets a CancelledError pass for a result"
        steps.append((found.line, "isinstance(…, Exception)"))
        hit = on_site(site, message, "warning" if found.used and not made_here(site) else "note")
    elif was_cancelled(site):
        return
    else:
        what = "nobody takes the results" if found.kind == "dropped" else f"nobody reads `{found.name}`"
        message = f"keeps the errors as results, and {what}: they vanish"
        hit = on_site(site, message, "note" if closes(site) or handed_over(site) else "warning", "dropped")
    yield replace(hit, steps=tuple(steps))
