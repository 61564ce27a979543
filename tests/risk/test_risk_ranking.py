"""Which handler and which file comes first, and for which reason?"""

from __future__ import annotations

from textwrap import dedent, indent

from hypothesis import given
from hypothesis import strategies as st

from broadcatch.config.options import Config
from broadcatch.config.weights import DISCOUNTS, FOLLOWS, HIDDEN, REACH, STAKE, WEIGHTS
from broadcatch.facts.read import read_facts
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.rank import Ranking, rank
from broadcatch.risk.score import file_score
from broadcatch.risk.tiers import HANDLER_MEDIUM


def ranked(**files: str) -> Ranking:
    """The ranking of sources by module name."""
    return rank([read_facts(dedent(text), f"app/{name}.py") for name, text in files.items()], Config())


def handler(attempt: str, body: str, function: str = "work(self)") -> str:
    """A function with one broad handler."""
    parts = [f"def {function}:", "    try:", indent(dedent(attempt), " " * 8)]
    return "\n".join([*parts, "    except Exception as exc:", indent(dedent(body), " " * 8), ""])


def risk_of(attempt: str, body: str, function: str = "work(self)") -> HandlerRisk:
    """The risk of that handler, alone in its project."""
    (risk,) = ranked(module=handler(attempt, body, function)).handlers
    return risk


def score_of(attempt: str, body: str, function: str = "work(self)") -> float:
    return risk_of(attempt, body, function).score


def names_of(risk: HandlerRisk) -> set[str]:
    return {factor.name for factor in risk.factors}


ORDER = "self.broker.place_order(self.request)"
FIGURE = "return self.compute_pnl(self.rows)"
METRIC = "self.statsd.send_metric(self.rows)"
PLAIN = "self.engine.go(self.rows)"
TRACED = "logger.exception('failed')\nreturn None"
TEXT = "logger.error('failed: %s', exc)"


def test_a_silent_order_stands_above_silent_telemetry() -> None:
    assert score_of(ORDER, "pass") > score_of(PLAIN, "pass") > score_of(METRIC, "pass")


def test_the_better_the_record_the_lower_the_risk() -> None:
    scores = [score_of(ORDER, body) for body in ("pass", TEXT, TRACED, "raise Other() from exc", "raise")]
    assert scores == sorted(scores, reverse=True)


def test_a_hidden_order_is_high_and_a_reraised_one_is_nearly_nothing() -> None:
    assert risk_of(ORDER, "pass").tier == "high"
    assert risk_of(ORDER, "raise").score < 0.5


def test_stake_and_hiding_multiply() -> None:
    assert score_of(ORDER, "raise") < score_of(METRIC, "pass")


def test_a_message_without_the_error_is_worse_than_one_with_it() -> None:
    assert score_of(PLAIN, "logger.error('failed')") > score_of(PLAIN, TEXT)


def test_a_message_that_nobody_watches_is_worse() -> None:
    assert score_of(PLAIN, "logger.debug('failed: %s', exc)") > score_of(PLAIN, TEXT)


def test_zero_in_place_of_a_figure_is_worse_than_a_named_placeholder() -> None:
    assert score_of(FIGURE, "return 0") > score_of(FIGURE, "return UNKNOWN")


def test_none_in_place_of_a_figure_is_not_called_a_wrong_figure() -> None:
    assert "wrong figure" in names_of(risk_of(FIGURE, "return 0"))
    assert "wrong figure" not in names_of(risk_of(FIGURE, "return None"))


def test_an_error_reported_as_success_is_worse_than_one_reported_as_failure() -> None:
    assert score_of(ORDER, "return True") > score_of(ORDER, "return False")


def test_the_answer_that_the_try_body_gives_too_cannot_be_told_apart() -> None:
    attempt = "if not self.order_open():\n    return False\nreturn self.ask()"
    assert "same answer without an error" in names_of(risk_of(attempt, "return False"))
    assert "same answer without an error" not in names_of(risk_of(attempt, "return None"))


def test_money_that_may_have_moved_is_named() -> None:
    assert "money may have moved" in names_of(risk_of("self.node.pay_invoice(bill)", "return str(exc)"))
    assert "money may have moved" not in names_of(risk_of("self.node.read_invoice(bill)", "return str(exc)"))


def test_nothing_follows_where_the_error_leaves() -> None:
    assert not names_of(risk_of(ORDER, "raise")) & set(FOLLOWS)


def test_state_written_before_the_failing_call_is_half_done() -> None:
    first = "self.state = 'sent'\nself.queue.send(self.rows)"
    last = "self.queue.send(self.rows)\nself.state = 'sent'"
    assert "half done" in names_of(risk_of(first, "pass"))
    assert "half done" not in names_of(risk_of(last, "pass"))


def test_a_coroutine_that_swallows_cancellation_is_worse_than_one_that_lets_it_pass() -> None:
    text = """
        async def work(self):
            try:
                await self.engine.go()
            except {}:
                pass
    """
    (bare,) = ranked(module=text.format("BaseException")).handlers
    (plain,) = ranked(module=text.format("Exception")).handlers
    kept = "asyncio.CancelledError:\n                raise\n            except BaseException"
    (careful,) = ranked(module=text.format(kept)).handlers
    assert bare.score > plain.score > careful.score


def test_a_stated_reason_lowers_the_risk_but_never_where_money_is_at_stake() -> None:
    why = "# best effort: the cache is only a help\npass"
    assert score_of(PLAIN, why) < score_of(PLAIN, "pass")
    assert score_of(ORDER, why) == score_of(ORDER, "pass")


def test_a_comment_that_says_what_the_code_does_is_no_reason() -> None:
    assert "stated reason" not in names_of(risk_of(PLAIN, "# use the second query now\npass"))
    assert "stated reason" not in names_of(risk_of(PLAIN, "pass  # noqa: BLE001"))


def test_clean_up_is_cheap_unless_it_cancels_orders() -> None:
    assert risk_of("self.socket.go()", "pass", "close(self)").tier == "low"
    assert risk_of("self.broker.cancel_order(self.id)", "pass", "close(self)").tier == "high"


def test_a_notification_about_a_payment_is_a_notification() -> None:
    assert score_of("self.send_payment_notification(user)", TEXT) < score_of("self.send_payment(user)", TEXT)


def test_words_are_matched_whole() -> None:
    assert "money" not in names_of(risk_of("self.draw_border(self.rows)", "pass"))
    assert "money" not in names_of(risk_of("self.query.order_by(self.rows)", "pass"))
    assert "money" in names_of(risk_of("self.placeOrder(self.rows)", "pass"))


def test_a_word_that_all_paths_share_says_nothing() -> None:
    text = handler("self.go()", "pass")
    shared = [read_facts(text, f"orders/{name}.py") for name in ("one", "two")]
    mixed = [read_facts(text, path) for path in ("orders/one.py", "other/two.py")]
    assert not any("money" in names_of(risk) for risk in rank(shared, Config()).handlers)
    assert ["money" in names_of(risk) for risk in rank(mixed, Config()).handlers] == [True, False]


def test_only_broad_handlers_are_ranked() -> None:
    text = "try:\n    place_order()\nexcept ValueError:\n    pass\n"
    assert ranked(module=text) == Ranking((), ())


def test_a_suppressed_handler_is_ranked_and_marked() -> None:
    facts = read_facts(handler(ORDER, "pass"), "a.py")
    (risk,) = rank([facts], Config(), suppressed={("a.py", 4)}).handlers
    assert risk.suppressed and risk.tier == "high"


def test_twenty_handlers_that_reraise_stand_below_one_that_hides_an_order() -> None:
    many = "\n".join(handler(ORDER, "raise", f"work{number}(self)") for number in range(20))
    ranking = ranked(client=many, service=handler(ORDER, "pass"))
    assert [file.path for file in ranking.files] == ["app/service.py", "app/client.py"]
    assert ranking.files[1].tier == "low"
    assert ranking.files[1].reasons == ("the error leaves every handler",)


def test_the_reason_of_a_file_says_what_fails_where_and_what_hides_it() -> None:
    text = "\n".join(handler(ORDER, "return None", f"place{number}(self)") for number in range(3))
    (file,) = ranked(service=text).files
    assert file.reasons == (
        "3 handlers around names of orders put `return None` in the error's place (place0, place1, …)",
    )


def test_every_factor_stands_in_the_one_table() -> None:
    for body in ("pass", TEXT, TRACED, "return 0", "raise"):
        assert names_of(risk_of(ORDER, body)) <= set(WEIGHTS)
    assert len(WEIGHTS) == len(HIDDEN) + len(STAKE) + len(FOLLOWS) + len(REACH) + len(DISCOUNTS)


BODIES = ("pass", TEXT, TRACED, "return 0", "return True", "raise", "raise Other() from exc")
ATTEMPTS = (ORDER, FIGURE, METRIC, PLAIN)
HANDLERS = st.lists(st.tuples(st.sampled_from(ATTEMPTS), st.sampled_from(BODIES)), min_size=1, max_size=6)


def module(handlers: list[tuple[str, str]]) -> str:
    """One module with a function for each handler."""
    return "\n".join(handler(*one, f"work{number}(self)") for number, one in enumerate(handlers))


@given(st.lists(HANDLERS, min_size=2, max_size=4), st.randoms())
def test_the_order_in_which_files_are_read_does_not_matter(files, random) -> None:  # type: ignore[no-untyped-def]
    facts = [read_facts(module(one), f"app/file{number}.py") for number, one in enumerate(files)]
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert rank(facts, Config()) == rank(shuffled, Config())


@given(HANDLERS)
def test_a_justified_handler_more_adds_nothing_to_a_file_that_hides_something(handlers) -> None:  # type: ignore[no-untyped-def]
    hides = [(ORDER, "pass"), *handlers]
    (before,) = ranked(module=module(hides)).files
    (after,) = ranked(module=module([*hides, (ORDER, "raise")])).files
    assert after.handlers == before.handlers + 1
    assert (after.score, after.tier, after.reasons) == (before.score, before.tier, before.reasons)


@given(HANDLERS)
def test_a_handler_more_never_lowers_a_file(handlers) -> None:  # type: ignore[no-untyped-def]
    (before,) = ranked(module=module(handlers)).files
    (after,) = ranked(module=module([*handlers, (ORDER, "pass")])).files
    assert after.score >= before.score


@given(HANDLERS)
def test_scores_stay_in_their_range_and_are_sorted(handlers) -> None:  # type: ignore[no-untyped-def]
    ranking = ranked(module=module(handlers))
    scores = [risk.score for risk in ranking.handlers]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 10 for score in scores)
    assert all(0 <= file.score <= 100 for file in ranking.files)


@given(HANDLERS)
def test_a_file_is_low_where_no_handler_is_at_least_medium(handlers) -> None:  # type: ignore[no-untyped-def]
    ranking = ranked(module=module(handlers))
    if all(risk.score < HANDLER_MEDIUM for risk in ranking.handlers):
        assert ranking.files[0].tier == "low"


def test_one_grave_handler_makes_a_file_worse_than_several_middling_ones() -> None:
    assert file_score([8.0]) > file_score([5.0, 5.0, 5.0])
    assert file_score([8.0, 5.0]) > file_score([8.0])


def test_a_field_of_a_record_is_not_shown_by_its_name() -> None:
    assert "cosmetic" not in names_of(risk_of("row['title'] = self.ask()", "pass"))


def test_a_commit_of_git_is_no_transaction() -> None:
    assert "acknowledgement" in names_of(risk_of("self.session.commit()", "pass"))
    assert "acknowledgement" not in names_of(risk_of("self.git.commit()", "pass"))
    assert "money" not in names_of(risk_of("self.tree.checkout(name)", "pass"))


def test_what_is_removed_from_memory_is_not_written() -> None:
    assert "write" not in names_of(risk_of("self.engine.go()", "pass", "remove_pair(self)"))
    assert "write" in names_of(risk_of("self.engine.go()", "pass", "remove_user(self)"))


def test_a_message_may_hold_the_error_under_another_name() -> None:
    named = "text = 'failed: ' + str(exc)\nlogger.error(text)"
    assert "message without the error" not in names_of(risk_of(PLAIN, named))
    assert "message without the error" in names_of(risk_of(PLAIN, "text = 'failed'\nlogger.error(text)"))


def test_a_state_that_is_only_fetched_does_not_change() -> None:
    assert "state" not in names_of(risk_of(PLAIN, "pass", "_get_raw_state(self)"))
    assert "state" in names_of(risk_of(PLAIN, "pass", "_set_raw_state(self)"))


def test_imports_alone_are_no_single_expression() -> None:
    assert "one sensible failure" not in names_of(risk_of("import docker", "pass"))


def test_the_text_of_the_error_is_no_other_way() -> None:
    made = "import traceback\ntext = traceback.format_exc()\nlogger.debug('failed')"
    assert "another way" not in names_of(risk_of(PLAIN, made))


def test_the_signature_of_a_function_is_nothing_secret() -> None:
    assert "access" not in names_of(risk_of("inspect.signature(self.work)", "pass"))
    assert "access" in names_of(risk_of("self.check_signature(data)", "pass"))
