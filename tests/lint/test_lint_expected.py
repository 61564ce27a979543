"""An answer that callers know is none like any other; what is told in full elsewhere is not told poorly."""

from __future__ import annotations

import pytest

from tests.rules.tools import found, one

FAMILY = """
def as_zip(path):
    try:
        archive = open_archive(path)
        names = list_names(archive)
        return read_book(archive, names)
    except Exception:
        return None

def as_text(path):
    return read_text(path)

def open_archive(path): ...
def list_names(path): ...
def read_book(path, names): ...

def parse(path):
    book = as_zip(path)
    if book is not None:
        return book
    book = as_text({})
    if book is None:
        raise ValueError(path)
    return book
"""


def test_a_parser_of_a_family_says_by_none_that_the_next_is_asked() -> None:
    assert one(FAMILY.format("path"), "BC102").severity == "note"
    assert one(FAMILY.format("'other'"), "BC102").severity == "warning"  # asked for, but nothing else is


def test_none_that_is_used_as_it_is_looks_like_any_answer() -> None:
    used = FAMILY.format("path").replace("if book is not None:", "use(book)\n    if book is not None:")
    assert one(used, "BC102").severity == "error"


DOCUMENTED = '''
def token():
    """A value that changes with the build{}."""
    try:
        build = read_build()
        stamp = parse(build)
        return digest(stamp)
    except Exception:
        return START
'''


def test_a_value_that_the_docstring_tells_of_is_known() -> None:
    assert one(DOCUMENTED.format("; falls back to the time of start"), "BC102").severity == "note"
    assert one(DOCUMENTED.format(""), "BC102").severity != "note"


THREE = """
import logging
import traceback

logger = logging.getLogger(__name__)

class Job:
    def prepare(self, item): ...
    def run(self, item):
        text = ""
        try:
            first = self.prepare(item)
            second = self.transform(first)
            self.keep(second)
        except Exception as error:
            {}
        return text

    def give_up(self, item):
        self.failed = True
        logger.{}("gave up %s", item)
"""


def test_a_traceback_in_a_text_that_is_returned_is_no_poor_text() -> None:
    assert one(THREE.format("text = f'x {error}'", "info"), "BC102").severity == "warning"
    assert one(THREE.format("text = 'x ' + traceback.format_exc()", "info"), "BC102").severity == "note"


def test_a_function_of_the_file_that_writes_the_traceback_has_written_it() -> None:
    assert found(THREE.format("self.give_up(item)", "exception"), "BC301") == []
    assert one(THREE.format("self.give_up(item)", "info"), "BC301").severity != "note"


def test_only_a_log_is_called_a_log() -> None:
    handed = one(THREE.format("self.show_failure(str(error))", "info"), "BC102").message
    assert "goes to `self.show_failure(…)`" in handed
    assert "is shown" in one(THREE.format("print('failed')", "info"), "BC102").message
    assert "is logged" in one(THREE.format("logger.error('failed')", "info"), "BC102").message


@pytest.mark.parametrize("path", ["api/migrations/0009_ratio.py", "db/alembic/versions/1a2b_x.py"])
def test_a_migration_is_not_changed_once_it_has_run(path: str) -> None:
    code = THREE.format("pass", "info")
    assert one(code, "BC102", path=path).severity == "note"
    assert one(code, "BC102", path="api/migrations/tools.py").severity == "error"
    assert one(code, "BC102", path="api/versions/first.py").severity == "error"


def test_a_number_or_text_of_the_error_that_is_asked_first_makes_the_rest_foreseen() -> None:
    asked = "if 'gone' {} str(error):\n                raise\n            text = ''"
    assert one(THREE.format(asked.format("not in"), "info"), "BC102").severity == "note"
    assert one(THREE.format(asked.format("in"), "info"), "BC102").severity == "error"


OTHER = """
def config_of(path):
    try:
        return load(path)
    except Exception:
        found = search(path)
        if not {}:
            raise ValueError("no configuration")
        return found
"""


def test_a_raise_about_what_the_handler_found_itself_is_no_lost_cause() -> None:
    assert one(OTHER.format("found"), "BC201").severity == "note"
    assert one(OTHER.format("path"), "BC201").severity == "warning"


CANCELLED = """
import asyncio

class Reader:
    async def stop(self):
        {}
        try:
            await self._task
        except {}:
            pass
        self._task = None

    def _end(self):
        self._task.cancel()
"""


@pytest.mark.parametrize("caught", ["asyncio.CancelledError", "BaseException"])
@pytest.mark.parametrize("how", ["self._task.cancel()", "self._end()"])
def test_who_cancels_a_task_waits_for_its_cancellation(how: str, caught: str) -> None:
    code = CANCELLED.format(how, caught)
    assert all(finding.severity == "note" for finding in found(code, "BC103") + found(code, "BC102"))
    other = CANCELLED.format("self.note()", caught)
    assert any(finding.severity != "note" for finding in found(other, "BC103"))


def test_the_function_of_a_task_that_ends_where_it_is_cancelled_obeys() -> None:
    code = """
import asyncio

async def {}(stream):
    try:
        while True:
            await handle(await stream.receive())
    except asyncio.CancelledError:
        logger.info("ended")
"""
    assert one(code.format("poll_loop"), "BC103").severity == "note"
    assert one(code.format("first_answer"), "BC103").severity == "warning"
