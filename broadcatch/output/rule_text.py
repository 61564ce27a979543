"""What does a rule say about itself? The catalogue as a table, or one rule in full."""

from __future__ import annotations

from collections.abc import Sequence

from broadcatch.model.results import RuleInfo
from broadcatch.output.paint import painter
from broadcatch.output.view import View


def render_catalogue(rules: Sequence[RuleInfo], view: View) -> str:
    """One line for each rule: code, name, Ruff's codes, summary."""
    paint = painter(view.color)
    names = max((len(rule.name) for rule in rules), default=0)
    ruff = max((len(_ruff(rule)) for rule in rules), default=0)
    lines = (
        f"{paint(rule.code, 'bold')}  {rule.name:<{names}}  {_ruff(rule):<{ruff}}  {rule.summary}"
        for rule in rules
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def render_rule(rule: RuleInfo, view: View) -> str:
    """Code and name as a heading, then the rule's page as written (Markdown)."""
    heading = painter(view.color)(f"# {rule.code} {rule.name}", "bold")
    answers = f"\nAnswers Ruff's {', '.join(rule.ruff)}.\n" if rule.ruff else ""
    return f"{heading}\n{answers}\n{rule.doc.strip()}\n"


def _ruff(rule: RuleInfo) -> str:
    return ", ".join(rule.ruff) or "-"
