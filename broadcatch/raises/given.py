"""What does the user say that callables raise? Rows of the configuration, over all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcatch.config.options import Config, Expected
from broadcatch.raises.table import Row, Table, standard_table


def table_of(config: Config) -> Table:
    """The table that comes with broadcatch, and what the configuration says over it."""
    rows = {call: tuple(_rows(call, those)) for call, those in config.raises.items()}
    return standard_table().over(rows) if rows else standard_table()


def _rows(call: str, those: Sequence[Expected]) -> Iterator[Row]:
    for one in those:
        because = one.because or "as the configuration says"
        yield Row(call, one.type, because, one.when, one.transient, one.usual, source="configuration")
