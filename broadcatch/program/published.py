"""What is known of packages that are not installed here? Skeletons of their public names, made by a script.

`published/` holds stubs without signatures: the names of the functions and classes that callers meet, bases,
and what calls give. `benchmarks/publishing.py` makes them of one version of each package.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "published"
"""The folder from which the skeletons are imported, as it were."""
