"""BC902: does this suppression say what it silences?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.config.options import Config
from broadcatch.lint.rule import Hit, Rule, on_use
from broadcatch.model.findings import Severity, Use


class BlanketSuppression(Rule):
    """A suppression without codes that hides a finding.

    ## What it finds
    `# noqa`, `# ruff: noqa`, `# pylint: skip-file` or `disable=all`, `# noinspection ALL` and
    `# broadcatch: ignore` without brackets, where they silence a warning or an error of broadcatch. For
    another tool's comment on one line it is a note, for our own and for whole files a warning.

    ## Why it hurts
    Nobody can tell what was meant: a line that is too long, or an error that is swallowed. All that is
    written later on that line, or in that file, is silenced too.

    ## Example
    ```python
    def load(path):
        try:
            return read(path)
        except Exception:  # broadcatch: ignore
            return None
    ```

    ## Instead
    ```python
    def load(path):
        try:
            return read(path)
        except Exception:  # broadcatch: ignore[BC102, BC302] a plug-in reads it, and may raise anything
            return None
    ```

    ## Fix safety
    None is offered by this rule; the message names the codes that the brackets would need.

    ## Options
    - `per-file-ignores`: what a whole file is excused from is said there as well, with codes.
    """

    code = "BC902"
    name = "blanket-suppression"

    def use_hits(self, uses: Sequence[Use], config: Config) -> Iterator[Hit]:
        """The suppressions without codes that hide more than notes."""
        for use in uses:
            hidden = sorted({code for code, severity in use.hidden if severity != "note"})
            if use.blanket and hidden:
                grave = use.by == "broadcatch" or use.reach == "file"
                severity: Severity = "warning" if grave else "note"
                message = f"`{use.text}` names no code, and hides {', '.join(hidden)}"
                yield on_use(use, message, severity)
