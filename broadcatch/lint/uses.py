"""What is wrong with the suppressions of this file? What they did in, findings out."""

from __future__ import annotations

from collections.abc import Sequence

from broadcatch.config.options import Config
from broadcatch.lint.check import finding_apart
from broadcatch.lint.identity import Identities
from broadcatch.lint.selection import selected_rules
from broadcatch.model.findings import Finding, Use


def check_uses(path: str, uses: Sequence[Use], config: Config) -> tuple[Finding, ...]:
    """The findings about suppressions in the file `path`, in the order of the text and then by code."""
    if not uses:
        return ()
    identities = Identities(path)
    found = [
        finding_apart(rule, hit, path, identities)
        for rule in selected_rules(config)
        for hit in rule.use_hits(uses, config)
    ]
    return tuple(sorted(found, key=lambda one: (one.span, one.code)))
