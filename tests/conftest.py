"""How do properties run? Without a clock, and with the same examples in every run.

So a busy machine is no failure, and a change is what makes one fail. `HYPOTHESIS_PROFILE=explore pytest`
draws new examples: for whoever works on what they test.
"""

from __future__ import annotations

import os
import tempfile

from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("untimed"), derandomize=True)
settings.register_profile("explore", settings.get_profile("untimed"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# What tests read of the standard library is kept for this run alone, never in the cache of who runs them.
_KEPT = tempfile.TemporaryDirectory(prefix="broadcatch-tests-")
os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = _KEPT.name
