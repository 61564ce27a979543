"""What comes after a handler that kept the error: names, state, and who uses the value."""

from __future__ import annotations

from textwrap import dedent

from broadcatch.config.options import Config
from broadcatch.config.weights import WEIGHTS
from broadcatch.facts.read import read_facts
from broadcatch.judge.verdict import judge_file
from broadcatch.model.ranking import HandlerRisk
from broadcatch.risk.rank import rank_judged
from broadcatch.runs.afterwards import afterwards


def risks(text: str) -> list[HandlerRisk]:
    """The broad handlers of one file, in the order of the text."""
    text = dedent(text)
    judged = {"app/a.py": judge_file(read_facts(text, "app/a.py"), Config())}
    found = rank_judged(judged, after=afterwards(judged, {"app/a.py": text.encode()}))
    return sorted(found.handlers, key=lambda one: one.line)


def details(text: str) -> dict[str, str]:
    """The factors of the first handler: name -> detail."""
    return {one.name: one.detail for one in risks(text)[0].factors}


def line_of(text: str, name: str) -> int:
    return next(one.line for one in risks(text)[0].factors if one.name == name)


UNBOUND = """
    def work(self):
        try:
            rows = self.ask()
        except Exception as exc:
            log.error("failed: %s", exc)
        return len(rows) + 1
"""


def test_a_name_without_a_value_is_named_with_the_line_that_needs_it() -> None:
    assert details(UNBOUND.replace("len(rows)", "rows"))["unbound name"] == (
        "rows has no value in line 7: return rows + 1"
    )
    assert line_of(UNBOUND.replace("len(rows)", "rows"), "unbound name") == 7


def test_a_name_that_the_handler_sets_or_that_is_set_again_is_not_unbound() -> None:
    text = UNBOUND.replace("len(rows)", "rows")
    assert "unbound name" not in details(text.replace('log.error("failed: %s", exc)', "rows = 0"))
    assert "unbound name" not in details(text.replace("return rows", "rows = 1\n        return rows"))
    assert "unbound name" not in details(text.replace('log.error("failed: %s", exc)', "return 0"))


def test_a_loop_over_the_same_name_gives_it_a_value() -> None:
    again = UNBOUND.replace("return len(rows) + 1", "for rows in self.all():\n            print(rows)")
    assert "unbound name" not in details(again)


STALE = """
    def work(self, items):
        for item in items:
            try:
                price = self.ask(item)
            except Exception:
                log.exception("failed")
            self.total[item] = price
"""


def test_in_a_loop_the_value_of_an_earlier_turn_is_stale() -> None:
    assert details(STALE)["stale name"].startswith(
        "price is that of an earlier turn of the loop, or none, in line 8"
    )


def test_a_turn_that_goes_on_with_stale_values_is_no_harmless_item() -> None:
    assert "item boundary" not in details(STALE)
    assert "item boundary" in details(
        STALE.replace('log.exception("failed")', 'log.exception("failed")\n                continue')
    )


def test_a_value_from_before_the_try_is_used_as_if_it_were_new() -> None:
    text = """
        def work(self, rate):
            try:
                rate = self.ask()
            except Exception:
                pass
            return rate * 2
    """
    assert details(text)["old value used"] == "rate may be as it was before, in line 7: return rate * 2"


def test_a_value_that_is_asked_for_in_the_same_statement_is_not_used_blindly() -> None:
    text = """
        def work(self, rate):
            try:
                rate = self.ask()
            except Exception:
                pass
            return float(rate) if rate else None
    """
    assert "old value used" not in details(text)
    assert "old value used" in details(text.replace(" if rate else None", ""))


def test_what_is_only_added_to_is_not_old() -> None:
    text = """
        def work(self, rows):
            try:
                rows += self.ask()
            except Exception:
                pass
            return rows
    """
    assert "old value used" not in details(text)


def test_state_that_is_set_whatever_has_happened_is_named() -> None:
    text = """
        def work(self):
            try:
                self.train()
            except Exception:
                log.exception("failed")
            self.trained_at_time = now()
    """
    assert (
        details(text)["advanced all the same"]
        == "self.trained_at_time is set in line 7, whether it failed or not"
    )


def test_state_that_is_taken_back_in_the_end_is_no_advance() -> None:
    text = """
        def work(self):
            try:
                self.train()
            except Exception:
                log.exception("failed")
            finally:
                self.state = None
    """
    assert "advanced all the same" not in details(text)


SAVED = """
    class Store:
        def load(self):
            try:
                self.rows = read(self.path)
            except Exception:
                self.rows = {}

        def save(self):
            write(self.path, self.rows)
"""


def test_what_could_not_be_loaded_will_be_saved_over() -> None:
    assert details(SAVED)["saved over"] == "Store.save (line 9) may write over what could not be loaded"
    assert "saved over" not in details(SAVED.replace("def save", "def show"))


DESTROYED = """
    def work(self):
        try:
            return self.read_rows(self.path)
        except Exception:
            os.remove(self.path)
"""


def test_a_reader_that_deletes_what_it_could_not_read_is_named() -> None:
    text = DESTROYED
    assert "destroyed" in details(text)
    assert "destroyed" not in details(text.replace("return self.read_rows(self.path)", "self.write_rows()"))


def test_what_is_deleted_must_be_what_was_read_and_no_cache() -> None:
    assert "destroyed" not in details(DESTROYED.replace("os.remove(self.path)", "os.remove(self.lock_file)"))
    assert "destroyed" not in details(DESTROYED.replace("os.remove", "self.cache.delete"))
    named = DESTROYED.replace("os.remove(self.path)", "self.delete_rows()")
    assert "destroyed" in details(named)


def test_what_was_begun_is_taken_back_and_not_destroyed() -> None:
    written = DESTROYED.replace("return self.read_rows(self.path)", "open(self.path, 'w').write(self.text)")
    assert "destroyed" not in details(written)
    assert "destroyed" in details(written.replace("'w').write(self.text)", "'r').read()"))


def test_a_record_does_not_bring_back_what_is_destroyed() -> None:
    traced = DESTROYED.replace("os.remove", "log.exception('no')\n            os.remove")
    hidden = {one.name: one.value for one in risks(traced)[0].factors}
    assert hidden["logged-traceback"] == WEIGHTS["logged-traceback"] / 2


ATOMIC = """
    def close(self):
        try:
            remove(self.path)
        except Exception as e:
            log.info("failed: %s", e)
        rename(self.made, self.path)
"""


def test_a_close_that_puts_what_was_made_in_its_place_is_no_clean_up() -> None:
    assert "clean-up" not in details(ATOMIC)
    assert "clean-up" in details(ATOMIC.replace("rename(self.made, self.path)", "self.handle = None"))


FILTER = """
    def work(self):
        try:
            self.engine.go()
        except Exception as e:
            code = getattr(e, "errno", None)
            if code != 11:
                raise
"""


def test_the_error_may_be_asked_by_a_name_that_was_taken_from_it() -> None:
    assert "others raised again" in details(FILTER)
    assert "dropped" in details(FILTER)


def test_a_filter_that_keeps_what_has_no_code_is_none() -> None:
    kept = FILTER.replace("code != 11", "code is not None and code != 11")
    assert "others raised again" not in details(kept)


def test_a_question_that_fails_itself_lets_nothing_through_as_it_came() -> None:
    broken = FILTER.replace("code != 11", "not e.args[0].contains('busy')")
    assert "others raised again" not in details(broken)
    assert details(broken)["handler may fail"] == "no text has a method contains"


SKIPPED = """
    def work(self, rows):
        for row in rows:
            if row:
                try:
                    self.engine.go(row)
                except Exception:
                    pass
"""


def test_an_item_is_lost_only_where_nothing_more_is_done_with_it() -> None:
    assert "item lost" in details(SKIPPED)
    assert "item lost" not in details(SKIPPED + "            self.engine.show(row)\n")
    assert "item lost" in details(SKIPPED + "        self.engine.show(rows)\n")


def test_what_is_counted_is_not_dropped_without_a_trace() -> None:
    counted = details(SKIPPED.replace("pass", "failures += 1"))
    assert counted["dropped"] == "dropped, and only counted"
    assert "item lost" not in counted


def test_none_is_no_answer_of_a_function_that_never_gives_one() -> None:
    text = """
        def work(self):
            try:
                self.engine.go()
            except Exception:
                return None
            self.engine.stop()
    """
    assert "plausible value" not in details(text)
    assert "plausible value" in details(text.replace("self.engine.stop()", "return self.engine.stop()"))


def test_an_answer_of_a_nested_handler_is_not_that_of_success() -> None:
    text = """
        def work(self):
            try:
                try:
                    return self.engine.go()
                except OSError:
                    return False
            except Exception:
                return False
    """
    found = {one.line: [each.name for each in one.factors] for one in risks(text)}
    assert not any("same answer without an error" in names for names in found.values())
    alike = text.replace("return self.engine.go()", "return False")
    assert any("same answer without an error" in [each.name for each in one.factors] for one in risks(alike))


SAYS_TRUE = """
        def work(self):
            try:
                self.engine.go()
            except Exception:
                return True
            return None
    """


def test_true_that_asks_for_another_try_is_no_success() -> None:
    assert "success reported" in details(SAYS_TRUE)
    assert "success reported" not in details(SAYS_TRUE.replace("def work", "def should_retry"))


def test_true_is_no_success_where_the_normal_end_is_false_or_the_docstring_says_so() -> None:
    assert "success reported" in details(SAYS_TRUE)
    assert "success reported" not in details(SAYS_TRUE.replace("return None", "return False"))
    documented = SAYS_TRUE.replace("(self):", "(self):\n            '''True if an exception occurred.'''")
    assert "success reported" not in details(documented)


def test_false_of_a_function_that_else_says_true_tells_of_the_failure() -> None:
    text = """
        def migrate(self):
            try:
                self.engine.go()
            except Exception:
                return False
            return True
    """
    assert "plausible value" not in details(text)
    assert "plausible value" in details(text.replace("def migrate", "def is_ready"))


def test_an_old_value_is_not_used_behind_a_question_that_leaves() -> None:
    text = """
        def work(self):
            out, failed = None, False
            try:
                out = self.engine.go()
            except Exception:
                failed = True
            if failed:
                return 0
            return out + 1
    """
    assert "old value used" not in details(text)
    filled = text.replace("failed = True", "errors['base'] = 'no'").replace("if failed", "if errors")
    assert "old value used" not in details(filled)
    assert "old value used" in details(text.replace("if failed", "if self.busy"))


CALLED = """
    class Desk:
        def exposure(self, row):
            try:
                return self.engine.exposure(row)
            except Exception:
                return 0

        def total(self, rows):
            return self.start + self.exposure(rows[0])
"""


def test_the_line_of_the_caller_that_calculates_with_the_value_is_named() -> None:
    told = details(CALLED)["value used"]
    assert told == "it is calculated with in line 10 of total: return self.start + self.exposure(rows[0])"


def test_a_call_on_something_else_is_no_caller() -> None:
    assert "value used" not in details(CALLED.replace("self.exposure(rows[0])", "other.exposure(rows[0])"))


def test_a_value_is_followed_through_the_name_that_gets_it() -> None:
    text = CALLED.replace(
        "return self.start + self.exposure(rows[0])",
        "found = self.exposure(rows[0])\n            return found > 3",
    )
    assert details(text)["value used"].startswith("it is compared in line 11 of total")


def test_whoever_asks_first_whether_there_is_a_value_is_told_apart() -> None:
    text = """
        def look(path):
            try:
                return parse(path)
            except Exception:
                return None

        def use(path):
            found = look(path)
            if found is None:
                return "nothing"
            return found + 1
    """
    assert details(text)["value asked for"] == "line 10: if found is None:"
    assert "value used" not in details(text)


def test_a_handler_that_reads_what_only_some_errors_have_may_fail_itself() -> None:
    text = """
        def work(self):
            try:
                self.ask()
            except Exception as exc:
                self.note(exc.response.text)
    """
    assert details(text)["handler may fail"] == "exc.response, which not every exception has"
    looked = text.replace("self.note(", "if hasattr(exc, 'response'):\n            self.note(")
    assert "handler may fail" not in details(looked.replace("\n            self.note", " self.note"))


MESSAGE = """
    def send(self, to):
        try:
            message = self.build(to)
            self.post(message)
        except Exception:
            self.note(message.subject)
"""


def test_a_handler_that_needs_what_the_try_may_not_have_made_may_fail_itself() -> None:
    said = "`message` has no value in the handler"
    assert details(MESSAGE)["handler may fail"] == said
    before = MESSAGE.replace("        try:", "        message = None\n        try:", 1)
    assert "handler may fail" not in details(before)
    assert "handler may fail" not in details(MESSAGE.replace("self.build(to)", "to"))
    made = MESSAGE.replace(
        "            self.note", "            message = self.blank()\n            self.note"
    )
    assert "handler may fail" not in details(made)
    asked = MESSAGE.replace("self.note(message.subject)", "self.note(locals().get('message'), message)")
    assert "handler may fail" not in details(asked)
    bound = MESSAGE.replace(
        "self.note(message.subject)", "for message in to:\n                self.note(message)"
    )
    assert "handler may fail" not in details(bound)


def test_to_raise_a_constant_is_to_fail() -> None:
    text = """
        def is_video(self, path):
            try:
                return self.kind(path)
            except Exception:
                raise False
    """
    assert details(text)["handler may fail"] == "raise False is a TypeError, as that is no exception"
    assert "handler may fail" not in details(text.replace("raise False", "raise Broken"))


def test_an_item_that_the_try_sets_last_is_not_there_for_the_handler() -> None:
    text = """
        def scan(self, path):
            try:
                found = self.read(path)
                self.results["pdf"] = found
            except Exception as exc:
                self.results["pdf"]["error"] = str(exc)
    """
    said = 'it needs self.results["pdf"], which line 5 sets, unless it was there before'
    assert details(text)["handler may fail"] == said
    mended = text.replace('["pdf"]["error"] = str(exc)', '["pdf"] = {"error": str(exc)}')
    assert "handler may fail" not in details(mended)


def test_an_error_that_is_asked_which_one_it_is_and_raised_otherwise_is_let_through() -> None:
    text = """
        def work(self):
            try:
                self.ask()
            except Exception as exc:
                if getattr(exc, "errno", None) not in AGAIN:
                    raise
    """
    assert "others raised again" in details(text)


def test_a_second_way_to_the_same_answer_is_told() -> None:
    text = """
        def work(self):
            try:
                return self.first()
            except Exception:
                return self.second()
    """
    assert details(text)["another way"] == "line 6 asks self.second instead"


def test_a_log_call_without_a_place_for_the_error_does_not_hold_it() -> None:
    text = """
        def work(self):
            try:
                self.ask()
            except Exception as exc:
                log.warning({}, exc)
    """
    assert "has no place for exc" in details(text.format('"failed"'))["message without the error"]
    assert "message without the error" not in details(text.format('"failed: %s"'))


def test_what_cannot_be_parsed_tells_nothing() -> None:
    facts = read_facts(dedent(UNBOUND), "a.py")
    judged = {"a.py": judge_file(facts, Config())}
    assert afterwards(judged, {"a.py": b"def ("}) == {}


FACTORY = """
    from sqlalchemy.orm import sessionmaker
    from kiteconnect import KiteConnect

    Maker = sessionmaker()

    def work():
        with Maker() as thing:
            try:
                thing.commit()
            except Exception:
                pass
"""


def test_what_a_session_factory_of_the_file_makes_is_known() -> None:
    assert details(FACTORY)["write"] == "database, by the library sqlalchemy (thing.commit)"
    assert "write" not in details(FACTORY.replace("Maker = sessionmaker()", "Maker = other"))


def test_what_a_handler_that_exits_does_not_reach_is_not_advanced() -> None:
    text = """
        def work(self):
            try:
                self.engine.go()
            except Exception:
                log.info("failed")
                LEAVE
            self.index = 3
    """
    assert "advanced all the same" in details(text.replace("LEAVE", "self.engine.stop()"))
    assert "advanced all the same" not in details(text.replace("LEAVE", "sys.exit(1)"))


def test_what_stands_behind_a_raise_is_not_advanced() -> None:
    text = """
        def work(self):
            if self.wrong:
                try:
                    self.engine.go()
                except Exception:
                    log.info("failed")
                LEAVE
            self.index = 3
    """
    assert "advanced all the same" in details(text.replace("LEAVE", "self.engine.stop()"))
    assert "advanced all the same" not in details(text.replace("LEAVE", "raise ValueError"))


def test_what_is_restored_is_not_what_any_write_would_save() -> None:
    named = SAVED.replace("def load", "def restore").replace("def save", "def write")
    assert "saved over" not in details(named)
