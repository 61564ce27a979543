"""BC901: does this suppression silence anything?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.config.options import Config
from broadcatch.config.selectors import is_selected
from broadcatch.lint.catalogue import all_rules
from broadcatch.lint.rule import Hit, Rule, on_use
from broadcatch.model.findings import NamedCode, Severity, Use

_ABOUT = "BC9"


class UnusedSuppression(Rule):
    """A suppression that silences nothing.

    ## What it finds
    Comments that ask to silence a rule where there is nothing to silence: `# broadcatch: ignore[…]` and its
    kin, and of other tools' comments those whose rules broadcatch knows: `# noqa: BLE001`, `B904`, `E722`,
    `S110`, `S112`, pylint's `broad-except`, `bare-except` and `raise-missing-from`, PyCharm's
    `PyBroadException`. A comment for another tool counts as used where that tool would report something,
    even if broadcatch would not. Also comments for broadcatch that name no rule that exists, cannot be read,
    stand where they cannot work, or were to hold until a day that has passed
    (`# broadcatch: ignore[BC102] the vendor mends it (payments, until 2027-03-01)`). Each code is judged for
    itself, and only where the rules that it stands for are on. For our own comments it is a warning, for
    those of others a note.

    ## Why it hurts
    The comment says that a broad handler is known and accepted. Where the handler is gone, or the comment
    stands in the wrong place, readers believe what is not so; and the next broad handler on that line is
    silenced before anybody has seen it.

    ## Example
    ```python
    def load(path):
        try:
            return read(path)
        except FileNotFoundError:  # broadcatch: ignore[BC102] the file may be gone
            raise
    ```

    ## Instead
    ```python
    def load(path):
        try:
            return read(path)
        except FileNotFoundError:
            raise
    ```

    ## Fix safety
    None is offered by this rule.

    ## Options
    - `select`, `ignore`: a code is judged only where its rules are on.
    """

    code = "BC901"
    name = "unused-suppression"

    def use_hits(self, uses: Sequence[Use], config: Config) -> Iterator[Hit]:
        """The suppressions without effect, one hit for each comment's words to one tool."""
        for use in uses:
            severity: Severity = "warning" if use.by == "broadcatch" else "note"
            if use.flaw:
                yield on_use(use, f"`{use.text}` silences nothing: {use.flaw}", severity)
                continue
            unknown = [one.code for one in use.codes if one.own and not _rules(one.code)]
            if unknown:
                yield on_use(use, f"there is no rule {_listed(unknown)}", severity)
            unused = [one.code for one in use.codes if not one.used and _is_judged(one, config)]
            if unused:
                yield on_use(use, f"{_listed(unused)} silences nothing here", severity)
            if use.blanket and use.by == "broadcatch" and not use.hidden and _all_on(config):
                yield on_use(use, f"`{use.text}` silences nothing here", severity)


def _is_judged(code: NamedCode, config: Config) -> bool:
    """Whether the rules that the code stands for are on, so that its silence says something."""
    meant = [rule for need in code.needs for rule in _rules(need)]
    return bool(meant) and all(_is_on(rule, config) for rule in meant)


def _rules(word: str) -> list[str]:
    """The codes of the rules of a code, a prefix or a name."""
    prefix = word.startswith("BC")
    return [one.code for one in all_rules() if one.name == word or (prefix and one.code.startswith(word))]


def _all_on(config: Config) -> bool:
    return all(_is_on(rule.code, config) for rule in all_rules() if not rule.code.startswith(_ABOUT))


def _is_on(code: str, config: Config) -> bool:
    """Rules about suppressions are asked after the suppressions, and so are never missed."""
    return is_selected(code, config) and not code.startswith(_ABOUT)


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)
