"""`fix` on the command line: what is chosen, asked about, and handed over."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from broadcatch.model.findings import Edit
from broadcatch.model.fixing import FixRequest
from broadcatch.model.results import Choice, FileDiff, FixResult, Offer, Piece, Refusal, Trial
from broadcatch.model.span import Span

OFFER = Offer(
    "x.py", 3, "Add `from e`", "safe", "why", "chain", ("BC201",), (Edit(Span(3, 4, 3, 4), " from e"),)
)
DIFF = FileDiff("x.py", "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n")
PIECE = Piece("app/x.py", (OFFER,), DIFF.text, "Mend it\n\n- app/x.py:3: Add\n")
CHOICE = Choice(OFFER, DIFF.text, ((2, "except KeyError as e:"), (3, "    raise ValueError")), 1, 2)


def test_kinds_are_chosen_by_name(call, api):
    call("fix", "--kind", "chain,narrow", "--kind", "bare")
    assert api.asked["fix request"].kinds == ("bare", "chain", "narrow")


def test_a_kind_that_is_none_is_named_with_those_there_are(call):
    code, _, err = call("fix", "--kind", "chian")
    assert code == 2
    assert "no rewrite is called 'chian'; there are: bare, batch" in err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--by", "file", "--write"), "--by cuts a diff into pieces"),
        (("--by", "rule", "-i"), "--by cuts a diff into pieces"),
        (("--verify", "true"), "it needs --write"),
    ],
)
def test_what_does_not_go_together_is_said(call, words, why):
    code, _, err = call("fix", *words)
    assert code == 2 and why in err


def test_what_is_written_is_not_shown_again(call, api):
    api.fixed = FixResult((DIFF,), ("x.py",), (OFFER,))
    assert call("fix", "--write")[1] == ""
    assert call("fix", "--write", "-v")[1] == DIFF.text
    assert call("fix", "--write", "-q") == (0, "", "")


def test_json_holds_offers_with_their_edits_and_what_was_left_alone(call, api):
    refused = Refusal("x.py", 9, "Catch A", "declined", "narrow", "unsafe")
    api.fixed = FixResult((DIFF,), (), (OFFER,), (refused,), pieces=(PIECE,), trial=Trial("make", 3))
    code, out, _ = call("fix", "--output-format", "json")
    told = json.loads(out)
    assert code == 1
    assert told["offers"] == [
        {
            "path": "x.py",
            "line": 3,
            "kind": "chain",
            "title": "Add `from e`",
            "applicability": "safe",
            "reason": "why",
            "codes": ["BC201"],
            "lands": [],
            "edits": [
                {
                    "content": " from e",
                    "location": {"row": 3, "column": 5},
                    "end_location": {"row": 3, "column": 5},
                }
            ],
        }
    ]
    assert told["refused"][0]["reason"] == "declined"
    assert told["pieces"][0]["offers"] == [0]
    assert told["verify"] == {"command": "make", "runs": 3, "complete": True}


def test_each_key_is_an_answer_and_others_are_explained(call, api):
    api.choices = (CHOICE,) * 4
    code, out, err = call("fix", "-i", stdin=b"y\nn\nwhat\na\n")
    assert api.asked["fix answers"] == ["yes", "no", "all", "quit"]
    assert api.asked["fix request"] == FixRequest(write=True, unsafe=True)
    assert "y - apply it\n" in err
    assert (code, out) == (0, "")


def test_before_each_question_stand_code_diff_level_and_reason(call, api):
    api.choices = (CHOICE,)
    err = call("fix", "-i", stdin=b"n\n")[2]
    assert "(1/2) x.py:3: Add `from e` (chain, safe)\n  for BC201\n  safe: why\n" in err
    assert "      3 |     raise ValueError\n" in err
    assert DIFF.text in err


def test_what_a_rewrite_lets_escape_is_in_view(call, api):
    lands = ("KeyError → run (app/worker.py:40): logged, the loop goes on",)
    api.choices = (replace(CHOICE, offer=replace(OFFER, lands=lands)),)
    assert f"  what now escapes:\n    {lands[0]}\n" in call("fix", "-i", stdin=b"n\n")[2]


def test_pieces_go_to_a_folder_with_their_messages(call, api, tmp_path):
    api.fixed = FixResult((DIFF,), (), (OFFER,), pieces=(PIECE,))
    code, out, err = call("fix", "--by", "file", "--output", str(tmp_path / "out"))
    assert (code, out) == (1, "")
    assert err == "1 rewrite offered in 1 file; 1 piece.\n"
    assert (tmp_path / "out" / "01-app-x.py.txt").read_text() == PIECE.message
    patch = (tmp_path / "out" / "01-app-x.py.patch").read_text()
    assert "\nSubject: [PATCH 1/1] Mend it\n" in patch
    assert patch.endswith("\n---\n" + DIFF.text)


def test_pieces_are_one_mailbox_on_stdout(call, api):
    api.fixed = FixResult((DIFF,), (), (OFFER,), pieces=(PIECE, PIECE))
    assert call("fix", "--by", "rule")[1].count("\nSubject: [PATCH ") == 2


def test_a_folder_that_cannot_be_made_is_one_line(call, api, tmp_path):
    (tmp_path / "file").write_text("")
    api.fixed = FixResult((DIFF,), (), (OFFER,), pieces=(PIECE,))
    code, _, err = call("fix", "--by", "file", "--output", str(tmp_path / "file" / "out"))
    assert code == 2 and "cannot write to the folder" in err


def test_the_sum_counts_by_kind_and_level_and_refusals_by_reason(call, api):
    unsafe = Offer("y.py", 1, "Catch", "unsafe", "", "narrow")
    left = Refusal("x.py", 9, "Catch A", "unsafe: --unsafe includes it", "narrow", "unsafe")
    api.fixed = FixResult((DIFF,), (), (OFFER, OFFER, unsafe), (left, left))
    assert call("fix")[2] == (
        "3 rewrites offered in 2 files; --write applies.\n"
        "  2  chain (safe)\n"
        "  1  narrow (unsafe)\n"
        "2 rewrites left alone:\n"
        "  2  narrow: unsafe: --unsafe includes it\n"
    )


def test_what_the_command_does_not_stand_is_named_with_what_it_said(call, api):
    broke = Refusal("x.py", 9, "Catch A", "the command fails with it", "narrow", "unsafe", "E  boom\n")
    api.fixed = FixResult((DIFF,), ("x.py",), (OFFER,), (broke,), trial=Trial("make", 5))
    assert call("fix", "--write", "--verify", "make")[2] == (
        "1 rewrite applied in 1 file.\n"
        "5 runs of `make`: 1 rewrite dropped:\n"
        "  x.py:9: Catch A: the command fails with it\n"
        "    E  boom\n"
    )


def test_escapes_into_nothing_are_allowed_by_name(call, api):
    call("fix", "--unsafe", "--allow-escape")
    assert api.asked["fix request"] == FixRequest(unsafe=True, allow_escape=True)


def test_open_answers_are_left_out_by_name(call, api):
    call("fix", "--unsafe", "--closed")
    assert api.asked["fix request"] == FixRequest(unsafe=True, closed=True)
