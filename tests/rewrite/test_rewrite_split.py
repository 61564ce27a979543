"""A broad clause is parted into specific ones and a residual, which goes on from stage to stage."""

from __future__ import annotations

import pytest
from rewriting import KEY, check_fixed, check_refused, clause, plan_of

from broadcatch.model.fixing import Stage
from broadcatch.rewrite.structural import SplitWanted
from broadcatch.rewrite.values import Spelled

HEAD = "import logging\n\nlogger = logging.getLogger(__name__)\n\n\n"
PLAIN = """\
import logging

logger = logging.getLogger(__name__)


def price(row):
    try:
        return row["price"]
    except Exception as e:
        # the feed has gaps
        logger.error(f"no price: {e}")
        return 0
"""
OBSERVED = """\
import logging

logger = logging.getLogger(__name__)


def price(row):
    try:
        return row["price"]
    except KeyError as e:
        # the feed has gaps
        logger.error(f"no price: {e}")
        return 0
    except Exception as e:  # broadcatch: residual
        logger.exception("unexpected error in price")
        # the feed has gaps
        logger.error(f"no price: {e}")
        return 0
"""
SURFACED = """\
import logging

logger = logging.getLogger(__name__)


def price(row):
    try:
        return row["price"]
    except KeyError as e:
        # the feed has gaps
        logger.error(f"no price: {e}")
        return 0
    except Exception:  # broadcatch: residual
        logger.exception("unexpected error in price")
        raise
"""
NARROWED = """\
import logging

logger = logging.getLogger(__name__)


def price(row):
    try:
        return row["price"]
    except KeyError as e:
        # the feed has gaps
        logger.error(f"no price: {e}")
        return 0
"""


def split(before: str, stage: Stage = "observe", replacement: str = "KeyError", **given) -> SplitWanted:
    return SplitWanted(clause(before), stage, replacement, (KEY,), **given)


def onwards(before: str, stage: Stage, **given) -> SplitWanted:
    return SplitWanted(clause(before, last=True), stage, **given)


def in_function(body: str, head: str = HEAD) -> str:
    lines = "".join(f"    {line}\n" if line else "\n" for line in body.splitlines())
    return f"{head}def f():\n{lines}"


def test_observed_both_clauses_do_what_the_one_did() -> None:
    made = check_fixed(PLAIN, OBSERVED, split(PLAIN))
    assert [one.safety for one in made.rewrites] == ["safe"]


def test_surfaced_the_residual_logs_and_raises_again() -> None:
    made = check_fixed(OBSERVED, SURFACED, onwards(OBSERVED, "surface"))
    assert [one.safety for one in made.rewrites] == ["unsafe"]


def test_narrowed_the_residual_is_gone() -> None:
    check_fixed(SURFACED, NARROWED, onwards(SURFACED, "narrow"))
    check_fixed(OBSERVED, NARROWED, onwards(OBSERVED, "narrow"))


def test_a_clause_that_was_not_observed_is_surfaced_from_scratch() -> None:
    check_fixed(PLAIN, SURFACED, split(PLAIN, "surface"))


def test_each_error_is_counted_where_a_function_for_that_is_named() -> None:
    before = in_function("try:\n    x()\nexcept Exception:\n    pass")
    after = HEAD.replace("import logging\n", "import logging\n\nfrom app.metrics import count\n") + (
        "def f():\n    try:\n        x()\n    except KeyError:\n        pass\n"
        "    except Exception as exc:  # broadcatch: residual\n"
        '        logger.exception("unexpected error in f")\n        count(exc)\n'
    )
    check_fixed(before, after, split(before, observe="app.metrics.count"))
    surfaced = after + "        raise\n"
    check_fixed(after, surfaced, onwards(after, "surface", observe="app.metrics.count"))


def test_a_body_that_logs_the_traceback_itself_is_not_logged_twice() -> None:
    before = in_function('try:\n    x()\nexcept Exception:\n    logger.exception("no")')
    after = in_function(
        'try:\n    x()\nexcept KeyError:\n    logger.exception("no")\n'
        'except Exception:  # broadcatch: residual\n    logger.error("unexpected error in f")\n'
        '    logger.exception("no")'
    )
    check_fixed(before, after, split(before, recorded=True))
    surfaced = in_function(
        'try:\n    x()\nexcept KeyError:\n    logger.exception("no")\n'
        'except Exception:  # broadcatch: residual\n    logger.exception("unexpected error in f")\n    raise'
    )
    check_fixed(after, surfaced, onwards(after, "surface"))


def test_a_file_without_a_logger_gets_one_below_its_imports() -> None:
    before = (
        '"""Doc."""\n\nimport os\n\n\ndef f():\n    try:\n        x()\n    except Exception:\n        pass\n'
    )
    after = (
        '"""Doc."""\n\nimport logging\nimport os\n\nlogger = logging.getLogger(__name__)\n\n\n'
        "def f():\n    try:\n        x()\n    except KeyError:\n        pass\n"
        "    except Exception:  # broadcatch: residual\n"
        '        logger.exception("unexpected error in f")\n'
    )
    check_fixed(before, after, split(before))


@pytest.mark.parametrize(
    ("head", "body", "logger"),
    [
        ("from loguru import logger\n\n\n", "pass", "logger"),
        ("from app.log import log\n\n\n", "pass", "log"),
        ("import logging\n\n_LOGGER = logging.getLogger('x')\n\n\n", "pass", "_LOGGER"),
        ("import logging\n\n\n", "logging.warning('no')", "logging"),
        ("import structlog\n\nlog = structlog.get_logger()\n\n\n", "pass", "log"),
    ],
)
def test_the_logger_at_hand_is_used(head: str, body: str, logger: str) -> None:
    before = in_function(f"try:\n    x()\nexcept Exception:\n    {body}", head)
    rest = "" if body == "pass" else f"\n    {body}"
    after = in_function(
        f"try:\n    x()\nexcept KeyError:\n    {body}\nexcept Exception:  # broadcatch: residual\n"
        f'    {logger}.exception("unexpected error in f"){rest}',
        head,
    )
    check_fixed(before, after, split(before))


def test_a_method_logs_through_what_its_class_logs_through() -> None:
    before = (
        "class A:\n    def g(self):\n        self.log.info('x')\n\n"
        "    def f(self):\n        try:\n            x()\n"
        "        except Exception:\n            return None\n"
    )
    after = before.replace("Exception", "KeyError") + (
        "        except Exception:  # broadcatch: residual\n"
        '            self.log.exception("unexpected error in A.f")\n            return None\n'
    )
    check_fixed(before, after, split(before))


@pytest.mark.parametrize(
    ("header", "specific", "residual"),
    [
        ("except (OSError, Exception) as e:", "except (OSError, KeyError) as e:", "except Exception as e:"),
        ("except:", "except KeyError:", "except BaseException:"),
        ("except (Exception, BaseException):", "except KeyError:", "except (Exception, BaseException):"),
    ],
)
def test_the_residual_catches_what_was_broad(header: str, specific: str, residual: str) -> None:
    before = in_function(f"try:\n    x()\n{header}\n    y()\nelse:\n    z()\nfinally:\n    w()")
    after = in_function(
        f"try:\n    x()\n{specific}\n    y()\n{residual}  # broadcatch: residual\n"
        '    logger.exception("unexpected error in f")\n    y()\nelse:\n    z()\nfinally:\n    w()'
    )
    check_fixed(before, after, split(before))


def test_a_body_behind_the_colon_is_written_below_the_residual() -> None:
    before = in_function("try: x()\nexcept Exception as e: y(e)")
    after = in_function(
        "try: x()\nexcept KeyError as e: y(e)\nexcept Exception as e:  # broadcatch: residual\n"
        '    logger.exception("unexpected error in f")\n    y(e)'
    )
    check_fixed(before, after, split(before))


def test_at_the_end_of_a_file_without_a_newline_too() -> None:
    before = in_function("try:\n    x()\nexcept Exception:\n    y()").rstrip("\n")
    made = plan_of(before, split(before))
    assert made.rewrites[0].edits[-1].content.endswith("\n        y()")


def test_surfaced_what_the_body_undoes_stays_and_its_fallback_goes() -> None:
    before = in_function(
        "try:\n    x()\nexcept Exception as e:\n    session.rollback()  # half written\n"
        "    self.state = FAILED\n    result = None\n    log(e)\n    print(e)\n    return result"
    )
    after = in_function(
        "try:\n    x()\nexcept KeyError as e:\n    session.rollback()  # half written\n"
        "    self.state = FAILED\n    result = None\n    log(e)\n    print(e)\n    return result\n"
        'except Exception as e:  # broadcatch: residual\n    logger.exception("unexpected error in f")\n'
        "    session.rollback()  # half written\n    self.state = FAILED\n    log(e)\n    raise"
    )
    check_fixed(before, after, split(before, "surface"))


def test_a_value_that_a_finally_still_sees_stays() -> None:
    before = in_function("try:\n    x()\nexcept Exception:\n    ok = False\nfinally:\n    tell(ok)")
    made = plan_of(before, split(before, "surface"))
    assert any("        ok = False\n        raise\n" in edit.content for edit in made.rewrites[0].edits)


def test_a_body_that_ends_case_by_case_is_not_surfaced() -> None:
    before = in_function(
        "try:\n    x()\nexcept Exception:\n    if undo():\n        redo()\n        return 1\n    return 2"
    )
    check_refused(before, split(before, "surface"), "case by case")


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("try:\n    x()\nexcept* Exception:\n    y()", "part of a group"),
        (
            "try:\n    x()\nexcept KeyError:\n    y()\nexcept Exception:\n    y()",
            "catch all of the replacement",
        ),
        ("try:\n    x()\nexcept ((OSError, Exception), IndexError):\n    y()", "nested tuple"),
    ],
)
def test_a_clause_is_not_split(before: str, reason: str) -> None:
    text = in_function(before)
    check_refused(text, split(text), reason)


def test_a_clause_that_is_no_residual_is_not_taken_on() -> None:
    check_refused(PLAIN, onwards(PLAIN, "surface"), "nothing is known")


def test_a_residual_without_clauses_before_it_stays() -> None:
    before = in_function("try:\n    x()\nexcept Exception:  # broadcatch: residual\n    raise")
    check_refused(before, onwards(before, "narrow"), "no clause stands before")


def test_where_a_log_record_would_come_back_nothing_is_logged() -> None:
    before = (
        "import logging\n\nlogger = logging.getLogger()\n\n\nclass Sender(logging.Handler):\n"
        "    def emit(self, record):\n        try:\n            send(record)\n"
        "        except Exception:\n            pass\n"
    )
    check_refused(before, split(before), "takes part in logging")


def test_of_clauses_inside_each_other_the_inner_one_is_split() -> None:
    before = in_function(
        "try:\n    x()\nexcept Exception:\n    try:\n        y()\n    except Exception:\n        z()"
    )
    outer, inner = split(before), SplitWanted(clause(before, last=True), "observe", "KeyError", (KEY,))
    made = plan_of(before, outer, inner)
    assert [one.line for one in made.rewrites] == [inner.line]
    assert "would repeat it" in made.refused[0].reason


def test_a_new_class_is_imported() -> None:
    before = in_function("try:\n    x()\nexcept Exception:\n    y()")
    error = Spelled("BrokerError", "broker.errors.BrokerError", "broker.errors", "BrokerError")
    made = plan_of(before, SplitWanted(clause(before), "observe", "BrokerError", (error,)))
    assert any(edit.content.startswith("\nfrom broker.errors import") for edit in made.rewrites[0].edits)
