"""What does the documentation of a rule say? Its docstring, cut at the headings; and the page of all rules.

python -m broadcatch.lint.document > docs/rules.md
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from broadcatch.config.options import Config
from broadcatch.lint.catalogue import all_rules
from broadcatch.lint.rule import Rule
from broadcatch.lint.severity import BASE, ZONES, severity_at

_CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)

_INTRODUCTION = """\
# Rules

This page is made from the docstrings of the rules by `python -m broadcatch.lint.document`; do not edit it.
`broadcatch rule CODE` prints the same text.

## Severity

One table for all rules about handlers. It follows what becomes of the error on the worst path, and where the
handler stands; not the class that is named. An outcome that is set under `severity` in the configuration
holds in every place.

{table}

Where the error leaves on every path (`reraised`, `chained`, `translated`, `exits`) there is no finding,
except a note where Ruff reports one. Import guards and tests are one step softer. Where the traceback is
recorded, whoever keeps the program can find out: that is a note, unless a reason below says that the program
runs on differently. Handlers of specific classes are notes, and reported only with `typed`. Where a zone is
configured with `logging`, `excuses` makes a note of a handler that keeps the traceback on every path, and
`never` judges it as if nothing had been recorded.

An error that is dropped, replaced by a value or told by a text alone has the severity of the table only
where something shows that it matters; the message names the first sign. Without any it is a note. The
signs:

- four different calls, or three of which some are code of the project (two, where a text is logged), fail
  alike: nobody can tell which, and a bug in one is taken for what was meant. Calls that only make an
  object, work out the name of a file or end a chain are one, or none;
- the record does not hold the error, or nothing else; not a quiet one (`debug`) of a step or two outside, nor
  the text of a request's error, which says where it was sent;
- something that is kept may not have been written (`save`, `session.add`), or state stays half written; not
  one thing of which the record says which and why; no records, no pictures;
- code about money may fail, or a value is made up there; it is decided who may do what;
- an item of a loop is left out without a word, or only counted; not where the items are sources of which the
  first that works is returned, nor a file that is removed; a worker goes on with only a text;
- a value looks like any other answer (`return []`) though code of the project has failed or a document
  could not be read; not where a record says what failed and why; the handler's own value stands for several
  statements (not one named `fallback`); of two names that one block sets, the second may be as it was. Not
  nothing (`None`, `False`, `""`, a named constant) that every call of the function in its file asks for at
  once (`if found is None`), or that the docstring tells of ("None if it cannot be read");
- behind clauses that answer what was foreseen, a text is all that is left of the rest; a caller is told of
  a failure of which the log has only a text;
- Ctrl-C or an exit ends there (not where values are only looked up or converted); it waits for what was
  begun elsewhere; only the program's own state is asked, so what fails is a mistake; nothing is known of
  what is called; in a test, an assertion stands in the `try`;
- the program fails anew: the handler itself fails for most errors (`error.code`), or reads a name that the
  `try` has not bound yet, or what comes after reads a name that only the `try` binds. No excuse below holds
  then, and a recorded traceback is no help;
- a constant says the same as a clause for a foreseen answer says (`result["not_found"] = True`): also one
  step up where the traceback is recorded.

Without a sign, the score of `report` speaks, by the names in the code alone (no paths, and nothing behind the
`try`): from 5 of 10 on, the middle of the scale, the handler is a warning, and the message names the heaviest
factor. From 6 on, where `report` calls it high, it is a warning in spite of the excuses below.

Then the single case is weighed, and the message names the reasons. One step up, each:

- what failed may have moved money (`place_order`, `pay_invoice`); the answer reports success (`return
  True`);
- only a text of the error is handed on, and three or more different calls may have failed; not for one item
  of a loop, nor behind clauses for what was foreseen, nor where success is told in the same field
  (`"status"`), nor where the error leaves on another path;
- the traceback is recorded, but the function is there to save something (`save_orders`, `flush`; not at a
  boundary, nor where the answer tells of the failure), or tables are made; the function itself decides who
  may do what, or permissions are given; the handler sets one attribute of `self` back, and not another that
  the `try` sets; a loop goes on with a name of the turn before; a `finally` marks the work as done all the
  same (not `self.running = False`, nor an event); code behind the `try` sets a state as if all had gone
  well (`self.filled = True`), shows a text of success, or will save over what could not be loaded.
  Not where a loop goes on with its next turn, but for
  writes, access and state of one item; not in tests. Ctrl-C or an exit, which no earlier clause takes, ends
  there too; or a made-up value looks like any other answer (a call, a default, or what the `try` also
  returns where there was nothing to save).

One step down: the `try` body only closes things or stands on the way out and writes nothing; the work is
beside the point of the program (notifications, plugins) and touches neither money, access nor state; a
single call that can sensibly fail in one way (`int(text)`); an answer that the docstring or each call in
the file expects.

A note, because a reviewer would accept it (never where money may have moved or success is reported):

- a retry whose last failure leaves, or that waits for a bounded time; a handler that does the same work
  again;
- a function that asks (`is_...`, `has_...`, `ping`) and answers `False` because it failed, unless the answer
  lets somebody in;
- one look-up or conversion of local values, where nothing (`None`, `""`), the value as it was, or an answer
  that says so stands for it; not an empty list for a document that could not be read, and nothing that runs
  code (pickle);
- a record that has the error and beside it what it was about (a name, a path, an item), of at most three
  different calls, in a worker one; not where money or access hangs on it, a function that saves has not
  saved, an attribute stays unset, or a value is given that may be a result;
- a check of health that answers that it failed; a ping that fails and is recorded; a peer that failed, is
  recorded and taken out (`disconnect(client)`); a handler that asks what has really happened, with a record,
  and raises again where it finds nothing; a queue that a test empties;
- one thing that could not be closed, or a cache emptied; telemetry, caches and presentation;
- a record of at least the level of a warning that holds the error and says what failed, of one or two steps
  outside of the project that write nothing, where the result shows it (`None`, `False`, the next turn), or
  of one item of a loop that it names; a text on the screen that names the subject and the error;
- a record that holds the error and says what is done instead ("falling back to plain text", "will not be
  used"), or of the very value that is used instead, where it is not about money, access or state; up to
  three statements that only convert, where a loud record tells the error and what it is about;
- an optional import, where the handler sets something, imports something else or goes another way; outside
  of functions, whatever stands beside the import, where `HAVE_IT = True` becomes `False`;
- a command that shows the error and returns an exit status (`return 1`, and 0 where it worked, or in a module
  or function of scripts and commands);
- an error that the handler has looked at (`if "timed out" in str(error)`) and logs, while any other is raised
  again; one of which a loud record says what failed and why, and that leaves on another path;
- a check after which, when it fails, another check of the same value decides and raises by itself; a `del` of
  what is not there;
- one or two steps in a function whose docstring says that they are best effort, or never break the work
  around them: that is told to every caller; a handler whose comment says that its work is best effort, not
  fatal or not crucial, and that saves nothing. Not where it is about money, access or state;
- a recorded traceback beside a comment of four words or more that is neither a directive nor a `TODO`, or
  beside a `rollback`; a comment that says that it is meant so ("just ignore", "falls back", "must never
  break"), where nothing is saved and neither money nor access hangs on it;
- a question to whoever runs the program (`confirm`, `prompt`) after at most three different calls; a name
  that asks (`is_hex`) and is set to `False`;
- in a test, where something is asserted after the `try`, and in fixtures, stand-ins and other helpers; not
  where an assertion stands in the `try`;
- the value is worked out in another way from the same input, in place of one or two steps; the default of
  the look-up that failed (`get("deep", False)`) stands for it; a single look-up that calls nothing
  (`values["name"]`), but for numbers;
- a loud record that names the value that was no good and says that it is skipped or a default is used;
- in a command, a text on the screen that holds the error, where the command ends there;
- one or two look-ups in what another package has given (`page.find(…)`; not another process), and nothing
  (`None`, `[]`) stands for what is not there;
- a value of which the rest of the function only asks whether there is one, and there is none;
- a constant whose name tells of the failure (`Status.NOT_CONNECTED`);
- a question (`is_…`, `__eq__`) that is answered by False where it fails, or by True where False is its usual
  answer; a comparison of what subscripts give, which calls nothing, and is answered by False;
- another value that is put among the others, made of the same item; an item that is recorded with its error
  and listed among those that failed (`failed.append(item)`);
- nothing, where a caller in the file asks it of several functions in turn, each for the same, until one has
  an answer; a value of which the docstring says that it stands for what failed, of at most three different
  calls;
- an error of which the handler has asked a number or a text (`if error.errno != ENOENT: raise`), and any
  other is raised again.

A name that had a value before the `try` keeps it, and is not one that the function goes on without.

Any other comment that gives a reason changes nothing: it cannot know which error it will meet. Whatever the
rule, code in a folder that says that it is another project's (`vendor`, `_vendor`, `third_party`, `extern`)
has notes only, and so has a file whose head says what has generated it (`# Generated by …`): a change there
is lost with the next update. `DO NOT EDIT` alone does not say that; it stands over written code too.
Migrations (`migrations/0007_name.py`, Alembic's `versions/name.py`) have notes only as well: they are run
once, and what has run is not changed afterwards. Whether one has run yet, its text does not tell; read the
notes of a new one.

A function of the same file that the handler calls by a statement of its own is looked into: where it writes
the traceback in any case (`logger.exception(…)`), the handler has written it. In a message, "logged" is
said of logs alone; what is printed is "shown", and of any other call it is said which one the text goes to.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """The documentation of one rule: its first line, and its sections by heading."""

    rule: Rule
    summary: str
    sections: dict[str, str]

    def code(self, heading: str) -> str:
        """The Python code of a section ("" for none)."""
        found = _CODE.search(self.sections[heading])
        return found.group(1) if found else ""

    def markdown(self, level: int = 2) -> str:
        """The whole page."""
        marks = "#" * level
        parts = [f"{marks} {self.rule.code} {self.rule.name}", self.summary]
        if self.rule.twin or self.rule.carries:
            parts.append("Ruff: " + ", ".join(filter(None, (self.rule.twin, *self.rule.carries))))
        parts += [f"{marks}# {heading}\n\n{text}" for heading, text in self.sections.items()]
        return "\n\n".join(parts) + "\n"


def page_of(rule: Rule) -> Page:
    """The page of a rule."""
    text = inspect.cleandoc(type(rule).__doc__ or "")
    summary, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    made = dict(section.split("\n", 1) for section in sections)
    return Page(rule, summary.strip(), {heading: body.strip() for heading, body in made.items()})


def severity_table() -> str:
    """The severities as a Markdown table."""
    rows = ["| outcome | " + " | ".join(ZONES) + " |", "| --- " * (len(ZONES) + 1) + "|"]
    for outcome in ("dropped", "fallback", "logged-text", "logged-traceback", "handed-on"):
        assert outcome in BASE
        cells = [severity_at(outcome, zone, Config()) for zone in ZONES]
        rows.append(f"| {outcome} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def catalogue() -> str:
    """The page of all rules."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield _INTRODUCTION.format(table=severity_table())
    yield "## Catalogue\n\n| code | name | |\n| --- | --- | --- |"
    pages = [page_of(rule) for rule in all_rules()]
    for page in pages:
        anchor = f"{page.rule.code.lower()}-{page.rule.name}"
        yield f"| [{page.rule.code}](#{anchor}) | {page.rule.name} | {page.summary} |"
    for page in pages:
        yield "\n" + page.markdown().rstrip()
    yield ""


if __name__ == "__main__":
    sys.stdout.write(catalogue())
