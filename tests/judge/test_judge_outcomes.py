"""What becomes of the error: one line a case, handler body on the left, outcome on the right."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from broadcatch.judge.unforeseen import asked
from broadcatch.model.flow import Value
from tests.judging import outcome_of, paths_of, verdict_of, verdict_of_module

LEAVING = [
    ("raise", "reraised"),
    ("raise e", "reraised"),
    ("raise e from None", "reraised"),
    ("raise e.with_traceback(e.__traceback__)", "reraised"),
    ("raise e.with_traceback(None) from None", "reraised"),
    ("err = e\nraise err", "reraised"),
    ("first = second = e\nraise second", "reraised"),
    ("_, err, _ = sys.exc_info()\nraise err", "reraised"),
    ("raise sys.exc_info()[1]", "reraised"),
    ("raise sys.exception()", "reraised"),
    ("info = sys.exc_info()\nraise info[1]", "reraised"),
    ("import six\nsix.reraise(*sys.exc_info())", "reraised"),
    ("raise ValueError('x') from e", "chained"),
    ("raise ValueError from e", "chained"),
    ("err = e\nraise ValueError('x') from err", "chained"),
    ("raise ValueError('x') from e.__cause__", "chained"),
    ("raise ValueError('x') from sys.exc_info()[1]", "chained"),
    ("raise ValueError('x') from sys.exception()", "chained"),
    ("new = ValueError('x')\nnew.__cause__ = e\nraise new", "chained"),
    ("new = ValueError('x')\nnew.__cause__ = err = e\nraise new", "chained"),
    ("new = ValueError('x')\nnew.__cause__ = e\nother = new\nraise other", "chained"),
    ("raise type(e)('more') from e", "chained"),
    ("import six\nsix.raise_from(ValueError('x'), e)", "chained"),
    ("raise ValueError('x')", "translated"),
    ("raise ValueError(e)", "translated"),
    ("raise ValueError('x') from None", "translated"),
    ("raise ValueError('x') from OSError('y')", "translated"),
    ("other = OSError()\nraise ValueError('x') from other", "translated"),
    ("e = ValueError(str(e))\nraise e", "translated"),
    ("err = ValueError(e)\nraise err", "translated"),
    ("err = e\nerr = ValueError()\nraise err", "translated"),
    ("new = ValueError()\nnew.__cause__ = e\nraise new from None", "translated"),
    ("sys.exit(1)", "exits"),
    ("os._exit(1)", "exits"),
    ("exit()", "exits"),
    ("raise SystemExit(1)", "exits"),
    ("raise SystemExit(1) from e", "exits"),
    ("parser.error(str(e))", "exits"),
    ("logger.error('x')\nsys.exit(1)", "exits"),
]

CONTROL = [
    ("if a:\n    raise\nelse:\n    raise ValueError from e", "chained"),
    ("if a:\n    raise", "dropped"),
    ("if a:\n    raise\nelif b:\n    raise\nelse:\n    pass", "dropped"),
    ("if a:\n    raise\nelif b:\n    raise\nelse:\n    raise", "reraised"),
    ("if a:\n    raise\nelif b:\n    logger.error('x')\nelse:\n    raise", "logged-text"),
    ("match a:\n    case 1:\n        raise\n    case _:\n        raise", "reraised"),
    ("match a:\n    case 1:\n        raise\n    case other:\n        raise", "reraised"),
    ("match a:\n    case 1:\n        raise\n    case other if b:\n        raise", "dropped"),
    ("match a:\n    case 1 | 2:\n        raise\n    case [x, *rest]:\n        raise", "dropped"),
    ("match a:\n    case (1 | _):\n        raise", "reraised"),
    ("while True:\n    raise", "reraised"),
    ("while 1:\n    if a:\n        raise", "reraised"),
    ("while True:\n    if a:\n        break\n    raise", "dropped"),
    ("while a:\n    raise", "dropped"),
    ("while a:\n    pass\nelse:\n    raise", "reraised"),
    ("while a:\n    if b:\n        break\nelse:\n    raise", "dropped"),
    ("for x in y:\n    pass\nelse:\n    raise", "reraised"),
    ("for x in y:\n    raise", "dropped"),
    ("for x in y:\n    continue\nraise", "reraised"),
    ("for x in y:\n    break\nraise", "reraised"),
    ("for line in text:\n    logger.error(line)", "logged-text"),
    ("for q in queues:\n    q.put(e)", "handed-on"),
    ("for e in y:\n    pass\nraise e", "translated"),
    ("with lock:\n    raise", "reraised"),
    ("async with lock:\n    raise", "reraised"),
    ("with contextlib.suppress(Exception):\n    raise", "dropped"),
    ("with contextlib.suppress(OSError):\n    clean()\nraise", "reraised"),
    ("with open(p) as e:\n    pass\nraise e", "translated"),
    ("try:\n    clean()\nexcept OSError:\n    pass\nraise", "reraised"),
    ("try:\n    clean()\nexcept OSError:\n    raise\nraise", "translated"),
    ("try:\n    clean()\nexcept OSError:\n    raise e\nraise", "reraised"),
    ("try:\n    clean()\nexcept OSError:\n    raise ValueError from e\nraise", "chained"),
    ("try:\n    clean()\nexcept OSError as e:\n    raise e\nraise", "translated"),
    ("try:\n    raise\nexcept Exception:\n    pass", "dropped"),
    ("try:\n    raise\nexcept Exception:\n    raise", "reraised"),
    ("try:\n    raise\nexcept Exception as again:\n    raise again", "reraised"),
    ("try:\n    raise ValueError\nexcept ValueError:\n    raise", "translated"),
    ("try:\n    raise ValueError\nexcept KeyError:\n    pass", "translated"),
    (
        "try:\n    raise ValueError\nexcept LookupError:\n    pass\nexcept Exception:\n    return 0",
        "fallback",
    ),
    ("try:\n    raise\nfinally:\n    clean()", "reraised"),
    ("try:\n    raise\nfinally:\n    return", "dropped"),
    ("try:\n    raise\nfinally:\n    return 1", "fallback"),
    ("try:\n    raise\nfinally:\n    break", "dropped"),
    ("try:\n    raise\nfinally:\n    continue", "dropped"),
    ("try:\n    return e\nfinally:\n    return", "dropped"),
    ("try:\n    clean()\nexcept OSError:\n    pass\nelse:\n    raise", "dropped"),
    ("try:\n    clean()\nexcept OSError:\n    raise e\nelse:\n    raise", "reraised"),
    ("try:\n    clean()\nexcept OSError:\n    pass\nelse:\n    pass\nfinally:\n    raise", "reraised"),
    ("try:\n    sys.exit(1)\nexcept Exception:\n    pass", "exits"),
    ("try:\n    sys.exit(1)\nexcept SystemExit:\n    pass", "dropped"),
    ("try:\n    sys.exit(1)\nexcept:\n    pass", "dropped"),
    ("try:\n    logger.exception('x')\nexcept Exception:\n    pass", "logged-traceback"),
    ("try:\n    clean()\n    logger.exception('x')\nexcept Exception:\n    pass", "dropped"),
    ("def later():\n    raise\nreturn", "dropped"),
    ("class Later:\n    pass\nraise", "reraised"),
    ("(lambda: sys.exit(1))", "dropped"),
    ("assert a\nraise", "reraised"),
    ("del a\nraise", "reraised"),
    ("if (found := lookup()):\n    raise\nraise", "reraised"),
]

LOGGED = [
    ("logging.error('x')", "logged-text"),
    ("logging.warning('x: %s', e)", "logged-text"),
    ("logging.exception('x')", "logged-traceback"),
    ("logging.exception('x', exc_info=False)", "logged-text"),
    ("logging.error('x', exc_info=True)", "logged-traceback"),
    ("logging.error('x', exc_info=1)", "logged-traceback"),
    ("logging.error('x', exc_info=e)", "logged-traceback"),
    ("logging.error('x', exc_info=sys.exc_info())", "logged-traceback"),
    ("logging.error('x', exc_info=False)", "logged-text"),
    ("logging.error('x', exc_info=None)", "logged-text"),
    ("logging.error('x', exc_info=0)", "logged-text"),
    ("logging.getLogger().error('x')", "logged-text"),
    ("logging.getLogger(__name__).exception('x')", "logged-traceback"),
    ("logging.log(logging.ERROR, 'x')", "logged-text"),
    ("logger.log(logging.ERROR, 'x', exc_info=True)", "logged-traceback"),
    ("self._log.error('x')", "logged-text"),
    ("self.logger.exception('x')", "logged-traceback"),
    ("self.log.error_or_exception(e)", "logged-traceback"),
    ("self.log.debug('x')", "logged-text"),
    ("LOG.warn('x')", "logged-text"),
    ("cls._LOGGER.critical('x', exc_info=e)", "logged-traceback"),
    ("self.log(str(e))", "logged-text"),
    ("self._log('x: %s', e)", "logged-text"),
    ("login.info('x')", "dropped"),
    ("logger.error(traceback.format_exc())", "logged-traceback"),
    ("tb = traceback.format_exc()\nlogger.error(tb)", "logged-traceback"),
    ("tb = ''.join(traceback.format_exception(e))\nprint(tb)", "logged-traceback"),
    ("logger.error(shorten(e))", "logged-text"),
    ("logger.error(f'failed {e!r}')", "logged-text"),
    ("await self.logger.aexception('x')", "logged-traceback"),
    ("traceback.print_exc()", "logged-traceback"),
    ("traceback.print_exception(e)", "logged-traceback"),
    ("print(traceback.format_exc())", "logged-traceback"),
    ("self.report(traceback.format_exc())", "logged-traceback"),
    ("errors.append(traceback.format_exc())", "handed-on"),
    ("self.process(traceback.format_exc())", "handed-on"),
    ("stream.write(traceback.format_exc())", "logged-traceback"),
    ("print(e)", "logged-text"),
    ("print('failed', file=sys.stderr)", "logged-text"),
    ("sys.stderr.write('failed')", "logged-text"),
    ("warnings.warn('failed')", "logged-text"),
    ("warnings.warn(f'failed {e}', RuntimeWarning)", "logged-text"),
    ("import sentry_sdk\nsentry_sdk.capture_exception(e)", "logged-traceback"),
    ("sentry_sdk.capture_exception()", "logged-traceback"),
    ("span.record_exception(e)", "logged-traceback"),
    ("logger.error('x')\nreturn None", "logged-text"),
    ("logger.exception('x')\nreturn None", "logged-traceback"),
    ("if a:\n    logger.exception('x')\nelse:\n    logger.error('x')", "logged-text"),
    ("if a:\n    logger.exception('x')", "dropped"),
]

HANDED = [
    ("future.set_exception(e)", "handed-on"),
    ("errors.append(e)", "handed-on"),
    ("errors.append(str(e))", "handed-on"),
    ("errors[key] = e", "handed-on"),
    ("self.error = e", "handed-on"),
    ("self.error = str(e)", "handed-on"),
    ("queue.put(e)", "handed-on"),
    ("await queue.put(e)", "handed-on"),
    ("queue.put_nowait((item, e))", "handed-on"),
    ("return e", "handed-on"),
    ("return None, e", "handed-on"),
    ("return str(e)", "handed-on"),
    ("return {'error': str(e)}", "handed-on"),
    ("return Failure(e)", "handed-on"),
    ("return traceback.format_exc()", "handed-on"),
    ("return sys.exc_info()", "handed-on"),
    ("yield e", "handed-on"),
    ("result = Failure(e)\nreturn result", "handed-on"),
    ("self.on_failure(e)", "handed-on"),
    ("await self.on_failure(e)", "handed-on"),
    ("super().handle(e)", "handed-on"),
    ("setattr(self, 'error', e)", "handed-on"),
    ("last = e", "handed-on"),
    ("last = e\nreturn", "dropped"),
    ("last = e\nreturn None", "fallback"),
    ("isinstance(e, OSError)", "dropped"),
    ("if is_transient(e):\n    return None\nraise", "fallback"),
    ("if self.retryable(e):\n    continue\nraise", "dropped"),
    ("errors.append('failed')", "dropped"),
    ("errors.append(item)", "dropped"),
]

STAYING = [
    ("pass", "dropped"),
    ("...", "dropped"),
    ("'explained'", "dropped"),
    ("continue", "dropped"),
    ("break", "dropped"),
    ("return", "dropped"),
    ("return None", "fallback"),
    ("return False", "fallback"),
    ("return {}", "fallback"),
    ("value = 0", "fallback"),
    ("self.value = None", "fallback"),
    ("value: int = 0", "fallback"),
    ("value = 0\nreturn", "dropped"),
    ("count += 1", "dropped"),
    ("yield None", "fallback"),
    ("await asyncio.sleep(1)", "dropped"),
    ("import fallback", "dropped"),
]


@pytest.mark.parametrize(("body", "outcome"), LEAVING)
def test_the_error_leaves(body: str, outcome: str) -> None:
    assert outcome_of(body) == outcome


@pytest.mark.parametrize(("body", "outcome"), CONTROL)
def test_the_worst_way_through_control_flow_names_the_outcome(body: str, outcome: str) -> None:
    assert outcome_of(body) == outcome


@pytest.mark.parametrize(("body", "outcome"), LOGGED)
def test_the_error_is_recorded(body: str, outcome: str) -> None:
    assert outcome_of(body) == outcome


@pytest.mark.parametrize(("body", "outcome"), HANDED)
def test_the_error_is_handed_on(body: str, outcome: str) -> None:
    assert outcome_of(body) == outcome


@pytest.mark.parametrize(("body", "outcome"), STAYING)
def test_the_error_stays(body: str, outcome: str) -> None:
    assert outcome_of(body) == outcome


@pytest.mark.parametrize(
    ("head", "call", "outcome"),
    [
        ("from loguru import logger", "logger.exception('x')", "logged-traceback"),
        ("from loguru import logger", "logger.opt(exception=True).error('x')", "logged-traceback"),
        ("from loguru import logger", "logger.opt(exception=e).error('x')", "logged-traceback"),
        ("from loguru import logger", "logger.opt(exception=False).error('x')", "logged-text"),
        ("from loguru import logger", "logger.opt(lazy=True).error('x')", "logged-text"),
        ("from loguru import logger", "logger.success('x')", "logged-text"),
        ("from loguru import logger as speaker", "speaker.error('x')", "logged-text"),
        ("import structlog\nspeaker = structlog.get_logger()", "speaker.error('x')", "logged-text"),
        (
            "import structlog\nspeaker = structlog.get_logger()",
            "await speaker.aexception('x')",
            "logged-traceback",
        ),
        ("import logging\nspeaker = logging.getLogger('a')", "speaker.warning('x')", "logged-text"),
        (
            "from logging import getLogger as g\nspeaker = g('a')",
            "speaker.exception('x')",
            "logged-traceback",
        ),
        ("from logging import error", "error('x')", "logged-text"),
        ("from logging import exception as oops", "oops('x')", "logged-traceback"),
        ("from traceback import print_exc", "print_exc()", "logged-traceback"),
        ("import traceback as tb", "tb.print_exc()", "logged-traceback"),
        ("from traceback import format_exc", "print(format_exc())", "logged-traceback"),
        ("from sys import exit as leave", "leave(1)", "exits"),
        ("speaker = object()", "speaker.warning('x')", "dropped"),
    ],
)
def test_names_are_followed_to_where_they_were_imported_or_made(head: str, call: str, outcome: str) -> None:
    assert outcome_of(call, head=head) == outcome


def test_configured_sinks_record_with_a_traceback() -> None:
    config = Config(error_sinks=("app.errors.ship",))
    assert outcome_of("ship()", config, head="from app.errors import ship") == "logged-traceback"
    assert outcome_of("ship()", head="from app.errors import ship") == "dropped"


def test_a_configured_sink_may_be_named_by_its_last_parts() -> None:
    assert (
        outcome_of("self.metrics.failed('x')", Config(error_sinks=("metrics.failed",))) == "logged-traceback"
    )


def test_configured_exit_calls_never_return() -> None:
    config = Config(exit_calls=("app.die",))
    assert outcome_of("die()", config, head="from app import die") == "exits"
    assert outcome_of("die()\nreturn 0", config, head="from app import die") == "exits"


def test_a_finally_that_leaves_wins_over_the_handler() -> None:
    assert outcome_of("raise", final="return") == "dropped"
    assert outcome_of("raise", final="return 0") == "fallback"
    assert outcome_of("raise", final="continue") == "dropped"
    assert outcome_of("raise", final="clean()") == "reraised"
    assert outcome_of("return e", final="return 0") == "fallback"


def test_a_finally_records_for_the_handler_too() -> None:
    assert outcome_of("pass", final="logger.error('x')") == "logged-text"


def test_every_way_is_told() -> None:
    body = "if a:\n    raise\nelif b:\n    raise ValueError from e\nlogger.error('x')"
    assert paths_of(body) == {"reraised", "chained", "logged-text"}


def test_the_fallback_is_a_second_fact_beside_the_outcome() -> None:
    verdict = verdict_of("logger.exception('x')\nreturn None")
    assert (verdict.outcome, verdict.fallback) == ("logged-traceback", "None")


def test_the_steps_of_the_worst_way_tell_its_lines() -> None:
    verdict = verdict_of("if a:\n    raise\nreturn None")
    assert [step.text for step in verdict.worst.steps] == ["unless a", "return None"]


def test_a_bare_clause_knows_its_error_by_sys_exc_info() -> None:
    code = "import sys\ntry:\n    work()\nexcept:\n    err = sys.exc_info()[1]\n    raise err\n"
    assert verdict_of_module(code).outcome == "reraised"


def test_a_group_is_judged_like_any_other_error() -> None:
    code = "try:\n    work()\nexcept* Exception as e:\n    raise ValueError from e\n"
    assert verdict_of_module(code).outcome == "chained"


def test_a_hundred_branches_do_not_lose_the_worst_way() -> None:
    body = "\n".join(f"if a{n}:\n    t{n} = str(e)" for n in range(100)) + "\nif z:\n    raise\n"
    assert outcome_of(body + "return 0") == "fallback"
    assert outcome_of("if z:\n    return 0\n" + body + "raise") == "fallback"


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("debug and logger.exception('x')", "dropped"),
        ("logger.exception('x') if debug else None", "dropped"),
        ("logger.exception('x') if debug else logger.exception('y')", "logged-traceback"),
        ("debug and sys.exit(1)", "dropped"),
        ("debug or errors.append(e)", "dropped"),
    ],
)
def test_a_call_that_may_not_be_made_is_no_record(body: str, outcome: str) -> None:
    assert outcome_of(body) == outcome


def test_a_global_name_outlives_the_function() -> None:
    code = "last = ''\ndef f():\n    global last\n    try:\n        work()\n    except Exception as e:\n"
    assert verdict_of_module(code + "        last = str(e)\n        return\n").outcome == "handed-on"
    local = code.replace("    global last\n", "")
    assert verdict_of_module(local + "        last = str(e)\n        return\n").outcome == "dropped"


def test_a_traceback_names_the_outcome_and_handing_on_is_a_second_fact() -> None:
    verdict = verdict_of("logger.exception('x')\nfuture.set_exception(e)")
    assert verdict.outcome == "logged-traceback"
    assert (verdict.worst.handed, verdict.worst.text_only) == (True, False)


@pytest.mark.parametrize(
    ("body", "text_only"),
    [
        ("errors.append(e)", False),
        ("errors.append(str(e))", True),
        ("return {'error': str(e)}", True),
        ("return Failure(e)", False),
        ("return traceback.format_exc()", False),
        ("self.error = f'{e}'", True),
    ],
)
def test_a_text_is_less_than_the_error(body: str, text_only: bool) -> None:
    assert verdict_of(body).worst.text_only is text_only


def test_any_spelling_of_exc_info_records_the_traceback() -> None:
    assert verdict_of("logger.error('no', _exc_info=True)").outcome == "logged-traceback"


@pytest.mark.parametrize(
    ("call", "outcome"),
    [
        ("await error_handler(item, e)", "handed-on"),
        ("self.on_error(e)", "handed-on"),
        ("self.log_error(e)", "logged-text"),
        ("self.report_error_to_handler(e)", "logged-text"),
        ("error_handler(str(e))", "logged-text"),
    ],
)
def test_a_function_that_handles_errors_is_given_it(call: str, outcome: str) -> None:
    assert verdict_of(call).outcome == outcome


def test_a_text_of_the_error_that_is_only_asked_is_not_handed_on() -> None:
    assert outcome_of("text = str(e)\nif 'gone' not in text:\n    raise") == "dropped"
    assert outcome_of("text = str(e)") == "handed-on"
    assert outcome_of("code = getattr(e, 'errno', None)\nif code == 3:\n    raise") == "dropped"
    assert outcome_of("first = getattr(e, 'cause', e)") == "handed-on"


def test_a_helper_that_is_given_the_logger_writes_a_record() -> None:
    assert outcome_of("util.logexc(logger, 'failed')") == "logged-traceback"
    assert outcome_of("report_problem(logger, 'failed')") == "logged-text"
    assert outcome_of("prepare(logger, 'failed')") == "dropped"


def test_a_test_that_is_too_long_to_show_asks_nothing_of_the_error() -> None:
    long = " is ".join(f"self.attribute_{number}" for number in range(8))
    told = asked(Value("other", long[:80], ("self", "error")), ("error",))
    assert told == ""


def test_what_runs_only_for_errors_that_are_looked_for_does_not_name_the_outcome() -> None:
    found = "if isinstance(e, CancelledError):\n    log.info('stopped')\nelse:\n    log.exception('failed')"
    assert outcome_of(found) == "logged-traceback"
    assert outcome_of("if not isinstance(e, OSError):\n    log.exception('failed')") == "logged-traceback"
    assert outcome_of(found.replace("CancelledError", "Exception")) == "logged-text"
    assert outcome_of("if isinstance(e, OSError):\n    log.exception('failed')") == "dropped"
