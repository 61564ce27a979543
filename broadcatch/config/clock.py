"""Which day is it? What the environment says, so that a run can be repeated, else the clock."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping

from broadcatch.errors import ConfigError

VARIABLE = "BROADCATCH_TODAY"
EPOCH = "SOURCE_DATE_EPOCH"
"""The seconds since 1970 that reproducible builds agree on."""


def today(environment: Mapping[str, str] = os.environ) -> str:
    """`2027-03-01`. Raises ConfigError where the environment names something else than a day."""
    given = environment.get(VARIABLE, "")
    if given:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
            raise ConfigError(f'{VARIABLE}: "{given}" is no day; it is written 2027-03-01')
        return given
    epoch = environment.get(EPOCH, "")
    moment = time.gmtime(int(epoch)) if re.fullmatch(r"\d{1,11}", epoch, re.ASCII) else time.localtime()
    return time.strftime("%Y-%m-%d", moment)
