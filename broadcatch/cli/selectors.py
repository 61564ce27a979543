"""Does each selector mean a rule? One that means none would turn off what it was to turn on, silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from broadcatch.config.options import Config
from broadcatch.errors import ConfigError
from broadcatch.model.results import RuleInfo
from broadcatch.source.paths import display

_LISTS = ("select", "extend_select", "ignore")


def any_given(config: Config) -> bool:
    """Whether there is anything to look at: most runs select everything."""
    return any(code != "BC" for _, code in _selectors(config))


def demand_rules(config: Config, given: Mapping[str, object], rules: tuple[RuleInfo, ...]) -> None:
    """Raise ConfigError for the first selector of no rule; `given` is what the command line sets."""
    codes = [rule.code for rule in rules]
    for name, selector in _selectors(config):
        if not any(code.startswith(selector) for code in codes):
            key = name.replace("_", "-")
            on_command_line = selector in _listed(given.get(name))
            where = f"--{key}" if on_command_line or not config.source else _in_file(config.source, key)
            raise ConfigError(f'{where}: no rule is called "{selector}"; there are: {", ".join(codes)}')


def _selectors(config: Config) -> Iterator[tuple[str, str]]:
    for name in _LISTS:
        for selector in getattr(config, name):
            yield name, selector
    for pattern, selectors in config.per_file_ignores.items():
        for selector in selectors:
            yield f"per_file_ignores.{pattern}", selector


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _in_file(source: str, key: str) -> str:
    table = "tool.broadcatch." if source.endswith("pyproject.toml") else ""
    return f"{display(source)}: {table}{key}"
