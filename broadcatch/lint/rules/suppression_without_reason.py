"""BC903: does this suppression say why?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.config.options import Config
from broadcatch.lint.rule import Hit, Rule, on_use
from broadcatch.model.findings import Use


class SuppressionWithoutReason(Rule):
    """A suppression that hides a finding and gives no reason.

    ## What it finds
    With `require-reason`: a comment of any tool that silences a finding of broadcatch and holds no words
    beside its codes. The reason stands behind the codes (`# noqa: BLE001 - a plug-in may raise anything`,
    `# pylint: disable=broad-except  # last resort`, `# broadcatch: ignore[BC102] last resort`) or elsewhere
    in the same comment. Codes and other tools' pragmas are no reason. `per-file-ignores` need none.

    ## Why it hurts
    A handler that may be broad is an exception to a rule, and whoever meets it later must be able to tell
    whether the exception still holds.

    ## Example
    ```python
    def load(path):
        try:
            return read(path)
        except Exception:  # noqa: BLE001
            return None
    ```

    ## Instead
    ```python
    def load(path):
        try:
            return read(path)
        except Exception:  # noqa: BLE001 - a plug-in reads it, and may raise anything
            return None
    ```

    ## Fix safety
    None is offered by this rule: only the author knows the reason.

    ## Options
    - `require-reason`: turns the rule on.
    """

    code = "BC903"
    name = "suppression-without-reason"

    def use_hits(self, uses: Sequence[Use], config: Config) -> Iterator[Hit]:
        """The comments that hide a finding without a word, each once."""
        if not config.require_reason:
            return
        said = {use.span for use in uses if use.reason}
        silent = {use.span: use for use in uses if use.hidden and use.span not in said}
        for use in silent.values():
            yield on_use(use, f"`{use.text}` gives no reason", "warning")
