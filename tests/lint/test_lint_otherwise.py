"""What comes to the same end in another way is a note; a value that is made up is not."""

from __future__ import annotations

import pytest

from broadcatch.config.options import Config
from tests.lint.test_lint_settled import reason, tried
from tests.rules.tools import findings, one

ROUNDED = "return babel.format_decimal(text)"


def test_a_value_that_is_worked_out_from_the_same_input_is_settled() -> None:
    assert "another way" in reason(tried(ROUNDED, "return str(round(text, 2))"))
    assert "another way" in reason(
        tried("data = own.new(text)", "org, name = text.split('-')\ndata = own.Old(org)")
    )


@pytest.mark.parametrize(
    ("work", "handled"),
    [
        (ROUNDED, "return str(path)"),  # from something else
        (ROUNDED, "return text"),  # the input, as if it were the answer
        (ROUNDED, "self.note = str(text)"),  # and not for the caller
        ("return own.pay_order(text)", "return str(round(text, 2))"),
        ("return own.c(own.b(own.a(text)), self.d())", "return str(round(text, 2))"),
    ],
)
def test_another_value_or_too_many_steps_are_no_other_way(work: str, handled: str) -> None:
    assert "another way" not in reason(tried(work, handled))


def test_the_default_of_the_look_up_stands_where_nothing_is_said() -> None:
    assert "nothing is said" in reason(tried("deep = own.load().get('deep', False)", "deep = False"))
    assert "nothing is said" not in reason(tried("deep = own.load().get('deep', False)", "deep = True"))


def test_a_look_up_that_calls_nothing_fails_in_one_way() -> None:
    assert "look-up" in reason(tried("name = text['a']['name']", "name = self.name"))
    assert "look-up" not in reason(tried("price = text['price']", "price = 1.0"))
    assert "look-up" not in reason(tried("name = own.load(text)['name']", "name = self.name"))


def test_what_is_not_there_is_not_equal() -> None:
    compared = "if text['a'][path] == path:\n    return True"
    assert "not there" in reason(tried(compared, "return False"))
    assert "not there" not in reason(tried(compared, "return True"))
    assert "not there" not in reason(tried(compared.replace("text[", "own.load(text)["), "return False"))


def test_another_value_for_the_same_item_stands_in_for_it() -> None:
    added = "found.append(own.Known.read(text))"
    assert "stands for it" in reason(tried(added, "found.append(own.Unknown.read(text))"))
    assert "stands for it" not in reason(tried(added, "missed.append(own.Unknown.read(text))"))
    assert "stands for it" not in reason(tried(added, "found.append(None)"))


def test_a_loud_record_of_what_is_left_out_is_settled() -> None:
    said = "logger.error(f'no path: {text}, the field will be skipped')"
    assert "what is done instead" in reason(tried("own.parse(text)", said))
    assert "what is done instead" not in reason(tried("own.parse(text)", said.replace("error", "debug")))
    assert "what is done instead" not in reason(tried("own.parse(text)", "logger.error(f'no path: {text}')"))


def test_an_optional_part_that_is_imported_and_listed_is_settled() -> None:
    part = "from shop.fast import Fast\nparts.append(Fast)"
    assert "optional part" in reason(tried(part, "pass"))
    assert "optional part" not in reason(tried("parts.append(own.Fast())", "pass"))


def test_what_a_command_prints_is_read_by_whoever_runs_it() -> None:
    shown = tried("own.save(text)", "print(f'the configuration was not saved: {error}')\nreturn")
    assert "screen" in reason(shown, "shop.cmds.farm")
    assert "screen" not in reason(shown, "shop.service")


LOOKED_UP = (
    "def f(values):\n    try:\n        name = {}\n    except:\n        name = values.name\n    return name\n"
)


def test_nobody_presses_ctrl_c_while_a_value_is_looked_up() -> None:
    severities = {one.severity for one in findings(LOOKED_UP.format("values['name']"))}
    assert severities == {"note"}
    assert one(LOOKED_UP.format("ask(values)"), "BC103").severity != "note"


FOUND = """\
def find(parts):
    for part in parts:
        try:
            if fits(part):
                break
        except Exception:
            continue
    else:
        raise LookupError
"""


def test_of_alternatives_none_is_left_out() -> None:
    assert not any("left out" in one.message for one in findings(FOUND))
    assert any("left out" in one.message for one in findings(FOUND.replace("break", "part.mark()")))


PAID = """\
def pay_invoice(url):
    try:
        got = web.{}(url)
    except Exception as error:
        log.error("no: %s", error)
"""


def test_a_text_that_says_that_it_failed_is_no_made_up_figure() -> None:
    code = f"import pb\n{PAID}".replace("got = web.{}(url)", "pb.read_payment()").replace(" as error", "")
    code = code.replace('log.error("no: %s", error)', "return False, {}")
    assert "money" in one(code.format("0"), "BC302").message
    assert "is about money" in one(code.format("0"), "BC302").message
    assert "is about money" not in one(code.format("'it could not be read'"), "BC302").message


def test_reading_about_a_payment_moves_no_money() -> None:
    code = PAID
    assert "moved money" in one(code.format("send"), "BC102").message
    assert "moved money" not in one(code.format("parse"), "BC102").message


def test_a_failed_answer_is_not_a_flag() -> None:
    code = (
        "def f(respond):\n    try:\n        respond(work(), replace=False)\n    except Exception as error:\n"
        "        log.exception(error)\n        text = failed()\n        respond({}replace=False)\n"
    )
    assert one(code.format(""), "BC102").severity == "warning"
    assert one(code.format("text, "), "BC102").severity == "note"


HEADS = {
    "# Generated by the protocol buffer compiler.  DO NOT EDIT!\n": True,
    "# @generated\n": True,
    "# This file is automatically generated. Do not edit.\n": True,
    '"""\n    Orders API\n\n    Generated by: https://openapi-generator.tech\n"""\n': True,
    '"""Reports that are generated by hand."""\n': False,
    "# Do not edit the table below\n": False,
    "import a\n# Generated by hand\n": False,
}


@pytest.mark.parametrize(("head", "noted"), HEADS.items())
def test_generated_code_has_notes_only(head: str, noted: bool) -> None:
    work = "def f(items):\n    for item in items:\n        try:\n            item.go()\n"
    found = one(f"{head}{work}        except:\n            pass\n", "BC101")
    assert (found.severity == "note", "generated" in found.message) == (noted, noted)


def test_the_current_error_that_is_shown_is_not_dropped() -> None:
    code = "import sys\ntry:\n    go()\nexcept Exception:\n    view.show_error(str(sys.exc_info()[1]))\n"
    assert one(code, "BC102").outcome == "logged-text"


def test_a_configured_severity_still_has_the_last_word() -> None:
    config = Config(severity={"fallback": "error"})
    assert one(LOOKED_UP.format("values['name']"), "BC101", config).severity == "error"
