"""What does a try body do that matters?"""

from __future__ import annotations

import pytest

from broadcatch.judge.stakes import write_lost
from tests.judging import handlers_of


def lost(call: str) -> str:
    """What is lost when this call fails."""
    (handler,) = handlers_of(f"def work():\n    try:\n        {call}\n    except Exception:\n        pass\n")
    return write_lost(handler)


@pytest.mark.parametrize("call", ["session.commit()", "self.db.session.commit()", "conn.commit()"])
def test_to_commit_a_session_is_to_write(call: str) -> None:
    assert lost(call) == call.removesuffix("()")


@pytest.mark.parametrize("call", ["self.commit()", "git.commit(session)", "session.query(Row)"])
def test_what_is_called_on_no_store_or_only_reads_writes_nothing(call: str) -> None:
    assert lost(call) == ""
