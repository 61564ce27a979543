"""What does a handler say that it is for, and what must a clause name then?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from broadcatch.config.options import Config
from broadcatch.judge.verdict import judge_file
from broadcatch.mend.case import FileCase
from broadcatch.mend.intent import keeps_traceback, says_anything
from broadcatch.mend.wanted import wanted
from broadcatch.model.fixing import FixRequest
from broadcatch.model.raising import Evidence, Ground, Unknown
from broadcatch.runs.texts import gather_text
from tests.samples import finding, proposal, suggestion

PATH = "x.py"
HANDLER = """\
import logging
import traceback
logger = logging.getLogger(__name__)
def sync(hook):
    try:
        hook.run()
    except Exception as error:
        {}
"""
LINE = 7
OPEN = suggestion(
    path=PATH,
    line=LINE,
    closed=False,
    possible=("ValueError",),
    replacement="ValueError",
    proposals=(proposal("ValueError", type="ValueError"),),
    unresolved=(Unknown(6, "hook.run", "`x` (x.py:1): method of `x`, whose type is not known"),),
    alone=Ground(0.5, ("ValueError",)),
)

QUIET = Unknown(6, "hook.name", "the attribute belongs to an object of unknown type, and may run code")


def judged(body):
    [one] = judge_file(gather_text(HANDLER.format(body).encode(), PATH, Config(typed=True)), Config())
    return one


def narrowed(body, answer=OPEN):
    case = FileCase(PATH, (finding(path=PATH, line=LINE, handler=f"x.py:{LINE}"),), {}, {LINE: answer})
    [one] = wanted(replace(case, judged={LINE: judged(body)}, catches=lambda a, b: a in ("Exception", b)))
    return one


def on(**ground):
    return replace(OPEN, alone=replace(OPEN.alone, **ground))


@pytest.mark.parametrize(
    "body",
    [
        "pass  # best effort",
        "return None  # any other error is as bad",
        "pass  # metrics must not break the caller",
        "pass  # never let counting impact the caller",
        "pass  # e.g. KeyboardInterrupt or SystemExit",
    ],
)
def test_a_handler_for_whatever_comes_says_so_and_stays_whatever_is_known(body):
    assert says_anything(judged(body))
    assert narrowed(body, on(probability=0.9)).safety == "display"
    closed = replace(OPEN, closed=True, unresolved=())
    assert narrowed(body, closed).reason == "its comment says that it is for whatever comes"


@pytest.mark.parametrize(
    "body",
    [
        "logger.exception('sync')",
        "logger.exception('sync')\n        raise",
        "logger.info(traceback.format_exc())",
    ],
)
def test_who_keeps_the_traceback_of_an_open_call_did_not_foresee_it(body):
    assert keeps_traceback(judged(body).verdict)
    assert narrowed(body, on(probability=0.9)).safety == "display"
    assert narrowed(body, replace(on(probability=0.9), unresolved=(QUIET,))).safety == "unsafe"


@pytest.mark.parametrize("body", ["pass", "return None  # no such row", "logger.info('sync: %s', error)"])
def test_a_plain_handler_says_nothing(body):
    assert (says_anything(judged(body)), keeps_traceback(judged(body).verdict)) == ("", "")
    assert narrowed(body).safety == "unsafe"


@pytest.mark.parametrize("body", ["logger.info('sync: %s', error)", "exit(1)", "return error"])
def test_who_tells_of_the_error_or_ends_with_it_must_name_something_of_each_open_call(body):
    one = narrowed(body, on(uncovered=("hook.run",), probability=0.9))
    assert one.reason == "nothing is known of what these raise: hook.run"
    assert narrowed("return None", on(uncovered=("hook.run",))).safety == "unsafe"
    assert narrowed("return None", on(uncovered=("hook.run",), probability=0.1)).safety == "display"


def test_who_tells_of_the_error_counts_with_more_than_what_is_hardly_probable():
    told, raised = "logger.info('sync: %s', error)", replace(on(own=True), unresolved=(QUIET,))
    assert narrowed(told, on(probability=0.3)).reason.startswith("it tells of the error; ")
    assert narrowed("return None", on(probability=0.3)).safety == "unsafe"
    assert (narrowed(told, raised).safety, narrowed("return None", raised).safety) == ("display", "unsafe")
    sure = replace(raised, alone=replace(raised.alone, probability=0.9))
    assert narrowed(told, sure).safety == "unsafe"
    assert narrowed(told, replace(sure, possible=("ValueError", "OSError"))).safety == "display"


def test_who_ends_with_the_error_is_not_left_by_others_that_are_known():
    more = replace(OPEN, possible=("OSError", "KeyError", "ValueError", "EOFError"))
    assert narrowed("exit(1)", more).reason == "it would let OSError, KeyError, EOFError through"
    assert narrowed("return None", more).safety == "unsafe"


def test_what_another_clause_of_the_try_stops_is_not_let_through():
    more = replace(OPEN, closed=True, unresolved=(), possible=("ValueError", "OSError"))
    assert narrowed("return None", more).reason == "it would let OSError through"
    assert narrowed("return None", replace(more, alone=Ground(0.5, beside=("OSError",)))).safety == "unsafe"


def test_what_is_asked_for_and_found_nowhere_may_fail_as_such():
    why = "the attribute is not defined in the project, and may run code"
    nowhere = replace(on(probability=0.9), unresolved=(Unknown(6, "hook.run", why),))
    assert narrowed("return None", nowhere).reason == "what is asked for is not found anywhere: hook.run"


def test_a_step_of_the_body_beside_a_call_of_which_nothing_is_known_is_no_reason():
    unseen = Unknown(6, "hook.run", "method of `hook`, whose type is not known")
    step = replace(
        on(own=True, uncovered=("hook.run",)),
        unresolved=(unseen,),
        replacement="KeyError",
        proposals=(proposal("KeyError", type="KeyError"),),
    )
    assert narrowed("return None", step).safety == "display"


def test_the_text_of_another_error_tells_nobody():
    raised = narrowed("raise KeyError(f'no row: {error}') from error", on(uncovered=("hook.run",)))
    assert raised.safety == "unsafe"
    handed_on = narrowed("return f'no row: {error}'", on(uncovered=("hook.run",)))
    assert handed_on.safety == "display"


def test_what_the_body_raises_itself_is_no_word_on_its_calls():
    raised = on(uncovered=("hook.run",), probability=0.9, own=True)
    assert narrowed("logger.info('sync: %s', error)", raised).safety == "display"


def test_who_tells_of_the_error_is_not_given_half_of_what_is_known():
    many = on(everything=("A", "B", "C", "D", "E"))
    assert narrowed("logger.info('sync: %s', error)", many).reason.startswith("more can come")
    assert narrowed("return None", many).safety == "unsafe"


def test_all_that_is_expected_from_near_by_is_written():
    more = proposal("OSError", type="OSError")
    one = narrowed("return None", replace(OPEN, whole=(*OPEN.proposals, more)))
    assert one.replacement == "(ValueError, OSError)"
    assert [name.type for name in one.names] == ["ValueError", "OSError"]


def test_a_callee_from_a_table_is_no_matter_where_a_type_is_sure_and_nobody_is_told():
    looked_up = replace(on(probability=0.7), unresolved=(Unknown(6, "TABLE[x]", "the callee is computed"),))
    assert narrowed("return None", looked_up).safety == "unsafe"
    assert narrowed("logger.info('no %s', error)", looked_up).safety == "display"


def test_an_attribute_of_an_attribute_is_asked_of_an_object_that_nobody_knows():
    asked = [Evidence("operation", PATH, 6, f"attribute `{name}`") for name in ("file", "url")]
    for number, safety in ((1, "unsafe"), (2, "display")):
        missing = proposal("AttributeError", type="AttributeError", evidence=tuple(asked[:number]))
        of = replace(OPEN, unresolved=(QUIET,), replacement="AttributeError", proposals=(missing,))
        assert narrowed("return None", of).safety == safety


def test_many_calls_that_are_not_followed_to_their_end_need_a_sure_type():
    many = tuple(Unknown(6, f"hook.run{n}", f"`x` (x.py:{n}): method of `x`") for n in range(5))
    assert narrowed("return None", replace(OPEN, unresolved=many)).safety == "display"
    assert narrowed("return None", replace(on(probability=0.6), unresolved=many)).safety == "unsafe"


@pytest.mark.parametrize("closed", [True, False])
def test_what_the_body_asserts_must_stand_in_the_clause(closed):
    answer = replace(on(asserts=True), closed=closed, unresolved=() if closed else OPEN.unresolved)
    assert narrowed("return None", answer).reason.startswith("its body asserts something")


def test_who_ends_with_the_error_needs_a_class_that_is_fairly_probable():
    assert narrowed("exit(1)", on(probability=0.3)).reason.startswith("it ends with the error")
    assert narrowed("exit(1)").safety == "unsafe"


def asked_closed(answer):
    case = FileCase(PATH, (finding(path=PATH, line=LINE, handler=f"x.py:{LINE}"),), {}, {LINE: answer})
    case = replace(case, judged={LINE: judged("return None")}, request=FixRequest(closed=True))
    [one] = wanted(replace(case, catches=lambda a, b: a in ("Exception", b)))
    return one


def test_who_asks_for_closed_answers_is_only_shown_an_open_one():
    assert (
        narrowed("return None", replace(OPEN, alone=replace(OPEN.alone, probability=0.9))).safety == "unsafe"
    )
    one = asked_closed(replace(OPEN, alone=replace(OPEN.alone, probability=0.9)))
    assert one.safety == "display"
    assert one.reason == (
        "its answer is open, and --closed leaves such out; what these raise is not known: hook.run"
    )


def test_who_asks_for_closed_answers_gets_them():
    assert asked_closed(replace(OPEN, closed=True, unresolved=())).safety == "unsafe"


@pytest.mark.parametrize(("type_", "safety"), [("KeyError", "display"), ("AttributeError", "unsafe")])
def test_what_a_search_does_not_find_must_be_named(type_, safety):
    answer = replace(
        OPEN,
        replacement=type_,
        proposals=(proposal(type_, type=type_),),
        unresolved=(QUIET,),
        alone=replace(OPEN.alone, probability=0.9, searched=("row.find('a').text",)),
    )
    one = narrowed("return None", answer)
    assert one.safety == safety
    assert ("a search may find nothing" in one.reason) == (safety == "display")


@pytest.mark.parametrize(("call", "safety"), [("loader.exec_module", "display"), ("loader.create", "unsafe")])
def test_a_file_that_is_run_may_raise_anything_however_sure_one_class_is(call, safety):
    unknown = Unknown(6, call, "method of `loader`, whose type is not known")
    answer = replace(OPEN, unresolved=(unknown,), alone=replace(OPEN.alone, probability=0.9, shown=True))
    assert narrowed("return None", answer).safety == safety


@pytest.mark.parametrize(
    ("docstring", "said"), [("Errors are logged, never raised.", True), ("Errors are raised.", False)]
)
def test_a_function_that_says_that_it_never_raises_is_for_anything(docstring, said):
    text = HANDLER.format("return None").replace("(hook):\n", f'(hook):\n    """{docstring}"""\n')
    [one] = judge_file(gather_text(text.encode(), PATH, Config(typed=True)), Config())
    assert bool(says_anything(one)) is said


@pytest.mark.parametrize(
    ("base", "method", "said"),
    [("logging.Handler", "emit", True), ("QueueHandler", "emit", True), ("logging.Handler", "close", False)],
)
def test_the_emit_of_a_log_handler_lets_nothing_through(base, method, said):
    body = "        try:\n            send(record)\n        except Exception:\n            self.lost += 1\n"
    text = f"import logging\n\nclass Sent({base}):\n    def {method}(self, record):\n{body}"
    [one] = judge_file(gather_text(text.encode(), PATH, Config(typed=True)), Config())
    assert bool(says_anything(one)) is said
