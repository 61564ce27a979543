"""What is found in one file, with its suppressions applied?"""

from __future__ import annotations

from collections.abc import Sequence

from broadcatch.config.options import Config
from broadcatch.gate.suppressions import apply, apply_own
from broadcatch.lint.check import check
from broadcatch.lint.uses import check_uses
from broadcatch.model.facts import FileFacts
from broadcatch.model.findings import Finding


def findings(facts: FileFacts, config: Config) -> Sequence[Finding]:
    """All rules about the code of one file, then the suppressions."""
    return apply(check(facts, config), facts, config).findings


def checked(facts: FileFacts, config: Config) -> Sequence[Finding]:
    """As `findings`, and what is to be said of the suppressions themselves."""
    if not (facts.handlers or facts.sites or facts.clauses or facts.comments):
        return ()  # as in most files
    gated = apply(check(facts, config), facts, config)
    about = check_uses(facts.path, gated.uses, config)
    if not about:
        return gated.findings
    every = (*gated.findings, *apply_own(about, facts, config))
    return sorted(every, key=lambda one: (one.span, one.code))
