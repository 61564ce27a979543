"""Is only that told as a fact which is shown to come true for this call?"""

from __future__ import annotations

import textwrap

import pytest

from broadcatch.program.environment import find_environment
from broadcatch.program.project import Project
from broadcatch.raises.escapes import Engine
from broadcatch.suggest.answer import suggest
from broadcatch.suggest.doubts import AGAINST, DOUBT

HEAD = """
    import json, os, socket
    import unknown
    from unknown import settings
    class Refused(Exception): ...
"""


@pytest.fixture
def told(tmp_path):
    """What is told of each proposal, usage aside."""

    def answer(code: str) -> list[str]:
        source = textwrap.dedent(HEAD) + textwrap.dedent(code)
        line = source[: source.index("# here")].count("\n") + 1
        (tmp_path / "app.py").write_text(source, encoding="utf-8")
        project = Project(tmp_path, find_environment("", tmp_path))
        found = suggest(Engine(project), "app.py", line, ("Exception",))
        return [
            why.detail
            for one in (*found.proposals, *found.also)
            for why in one.evidence
            if why.kind != "usage"
        ]

    return answer


CALLEE = """
    def f(x, settings):
        unknown.do(x)
        found = {}
        if found is None:
            raise Refused(x)
    def main(x):
        try:
            f(x, settings)
        except Exception:  # here
            pass
"""


def test_a_test_in_the_callee_of_what_was_not_looked_at_is_a_doubt(told):
    assert told(CALLEE.format("settings.client")) == [f"raise Refused if `found is None`{DOUBT}"]


def test_a_test_of_what_a_call_answers_or_the_caller_is_given_is_none(told):
    plain = ["raise Refused if `found is None`"]
    assert told(CALLEE.format("unknown.find(x)")) == plain
    assert told(CALLEE.format("x")) == plain


VALUE = """
    def f(x):
        unknown.do(x)
        {}
        return found["name"]
    def main(x):
        try:
            f(x)
        except Exception:  # here
            pass
"""


def test_a_key_far_away_is_told_of_what_came_from_outside(told):
    key = "`found['name']`: nothing near shows that it has the key"
    assert key in told(VALUE.format("found = json.loads(unknown.read())"))
    assert key not in told(VALUE.format("found = dict(x)"))


DIRECT = """
    def main(x, i, client):
        {}
        try:
            {}
            unknown.do()
        except Exception:  # here
            pass
"""


def test_a_key_that_was_read_above_is_there(told):
    key = "`found['name']`: nothing near shows that it has the key"
    made = "found = json.loads(x)"
    assert key in told(DIRECT.format(made, "found['name']"))
    assert key not in told(DIRECT.format(f"{made}\n        unknown.f(found['name'])", "found['name']"))
    assert key in told(
        DIRECT.format(f"{made}\n        unknown.f(found['name']); found = json.loads(i)", "found['name']")
    )


def test_a_key_that_was_read_in_a_branch_may_be_missing(told):
    branch = "found = json.loads(x)\n        if i: unknown.f(found['name'])"
    assert "`found['name']`: nothing near shows that it has the key" in told(
        DIRECT.format(branch, "found['name']")
    )


def test_a_file_that_was_asked_for_is_there_to_be_looked_at(told):
    looked = "os.stat: the file cannot be examined"
    assert looked in told(DIRECT.format("", "os.stat(x)"))
    assert looked not in told(DIRECT.format("", "os.path.exists(x) and os.stat(x)"))
    assert looked not in told(DIRECT.format("if not os.path.isfile(x): return", "os.stat(x)"))


def test_utf_8_takes_every_text(told):
    assert "x.encode: a character is not in the encoding" in told(
        DIRECT.format("x = str(x)", "x.encode('ascii')")
    )
    assert not told(DIRECT.format("x = str(x)", "x.encode('utf-8')"))
    assert not told(DIRECT.format("x = str(x)", "x.encode()"))


def test_a_socket_just_made_has_no_time_out(told):
    made = "one = socket.socket()"
    over = "one.send: the time-out is over"
    assert over not in told(DIRECT.format(made, "one.send(x)"))
    assert over in told(DIRECT.format(f"{made}; one.settimeout(i)", "one.send(x)"))


def test_the_numbers_of_a_sequence_are_in_it(told):
    body = "for i, _ in enumerate(x): {}"
    short = "`x[i]`: nothing near shows that it is so long"
    assert short not in told(DIRECT.format("x = [*x]", body.format("x[i] = x[i] + 1")))


def test_what_an_index_finds_is_a_number_and_no_key(told):
    key = "`x[i.index('a')]`: nothing near shows that it has the key"
    assert key not in told(DIRECT.format("", "x[i.index('a')]"))


def test_a_length_that_was_compared_says_which_elements_are_there(told):
    short = "`x[{}]`: nothing near shows that it is so long"
    one = "if len(x) == 1: unknown.f(x[0])"
    assert short.format(0) not in told(DIRECT.format("x = list(x)", one))
    more = "if len(x) > 1: unknown.f(x[{}])"
    assert short.format(0) not in told(DIRECT.format("x = list(x)", more.format(0)))
    assert short.format(1) not in told(DIRECT.format("x = list(x)", more.format(1)))
    assert short.format(2) in told(DIRECT.format("x = list(x)", more.format(2)))


def test_one_of_two_is_chosen_by_what_is_true_or_false(told):
    found = told(DIRECT.format("", "(i, x)[client]"))
    assert "`(i, x)[client]`: nothing near shows that it is so long" in found
    found = told(DIRECT.format("", "(i, x)[not client]"))
    assert "`(i, x)[not client]`: nothing near shows that it is so long" not in found


CLOSED = """
    def main(x):
        try:
            int({})
        except Exception:  # here
            pass
"""


def test_a_closed_answer_says_of_what_it_names_what_speaks_against_it(told):
    assert told(CLOSED.format("x")) != []
    found = told("""
    import subprocess
    def main():
        try:
            subprocess.check_call(['ls', '-l'])
        except Exception:  # here
            pass
    """)
    doubted = [one for one in found if "null byte" in one]
    assert all(one.endswith(AGAINST) for one in doubted)


OBJECT = """
    class Server:
        def __init__(self):
            self.task = None
        def start(self, x):
            unknown.do(x)
            if {}:
                raise Refused(x)
    def main(x):
        server = unknown.make(Server)
        try:
            server = made()
            server.start(x)
        except Exception:  # here
            pass
    def made() -> Server:
        return unknown.make()
"""


def test_what_an_object_holds_is_a_doubt_whoever_made_it(told):
    assert told(OBJECT.format("self.task is not None")) == [
        f"raise Refused if `self.task is not None`{DOUBT}"
    ]
    assert told(OBJECT.format("self.task(x) is None")) == ["raise Refused if `self.task(x) is None`"]


def test_what_was_asked_for_a_number_is_one(told):
    wrong = [
        one for one in told(DIRECT.format("if not is_int(x): return", "int(x)")) if one.startswith("int: ")
    ]
    assert not any("integer" in one for one in wrong)
    assert any("integer" in one for one in told(DIRECT.format("if not is_big(x): return", "int(x)")))


def test_parts_of_a_text_are_text(told):
    parts = "for one in i: int(one)"
    neither = "int: the value is neither text nor number"
    assert neither not in told(DIRECT.format("i = client.read().split(',')", parts))


def test_what_was_read_from_json_has_a_json_form(told):
    form = "json.dumps: a value has no JSON form"
    assert form in told(DIRECT.format("one = unknown.f(x)", "json.dumps(one)"))
    assert form not in told(DIRECT.format("one = json.loads(x)", "json.dumps(one)"))


def test_what_is_taken_out_of_a_list_is_in_it(told):
    gone = "i.remove: the value is not in the list"
    taken = "one = next((each for each in i if each.size), None)\n        if one is None: one = i[0]"
    assert gone in told(DIRECT.format("i = list(i)\n        one = x", "i.remove(one)"))
    assert gone not in told(DIRECT.format(f"i = list(i)\n        {taken}", "i.remove(one)"))


def test_a_library_that_is_named_may_be_missing(told):
    missing = "ctypes.CDLL: the library is missing or cannot be loaded"
    code = DIRECT.replace("client):", "client):\n        import ctypes")
    assert missing in told(code.format("", "ctypes.CDLL(x)"))
    assert missing not in told(code.format("", "ctypes.CDLL(None)"))


def test_the_divisor_alone_decides_whether_it_is_zero(told):
    code = VALUE.replace('found["name"]', "found / size")
    zero = "`found / size`: the divisor may be zero"
    assert zero in told(code.format("found = 1\n        size = unknown.find(x)"))
    assert zero not in told(code.format("found = unknown.find(x)\n        size = settings.size"))
