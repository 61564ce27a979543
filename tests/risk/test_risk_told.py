"""What says behind a handler that all went well: a flag that is set, a text that is shown."""

from __future__ import annotations

from tests.risk.test_risk_afterwards import details

FILLED = """
    def on_message(self, received):
        if received["type"] == "snapshot":
            try:
                self.fill(received)
            except Exception:
                traceback.print_exc()
        self.book_filled = True
"""


def test_a_flag_that_says_what_was_done_is_set_all_the_same() -> None:
    said = "self.book_filled is set in line 8, whether it failed or not"
    assert details(FILLED)["advanced all the same"] == said
    assert "advanced all the same" not in details(FILLED.replace("= True", "= False"))
    assert "advanced all the same" not in details(FILLED.replace("book_filled", "book_failed"))


TOLD = """
    def deploy(self):
        try:
            self.engine.attach()
        except Exception:
            traceback.print_exc()
        print(f"{GREEN}Success!{END}")
"""


def test_a_text_that_tells_of_success_is_shown_all_the_same() -> None:
    said = "print(…) in line 7 says that all went well, whether it failed or not"
    assert details(TOLD)["success reported"] == said
    assert "success reported" not in details(TOLD.replace("Success!", "unsuccessful"))
    assert "success reported" not in details(
        TOLD.replace("print_exc()", "print_exc()\n            self.stop()")
    )
    flagged = TOLD.replace("print_exc()", "print_exc()\n            failed = True")
    assert "success reported" not in details(flagged)
    assert "success reported" not in details(TOLD.replace("print(f", "if self.ok:\n            print(f"))
