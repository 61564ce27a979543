"""How does `doctor` speak to a program?"""

from __future__ import annotations

import json
from dataclasses import asdict

from broadcatch.model.doctoring import DoctorResult


def render(result: DoctorResult) -> str:
    """One object: `ruff`, `reports`, `suppressions`, `complaints`, `remarks`, `drafts`, `next`."""
    shares = result.shares
    body = {
        "ruff": asdict(result.ruff),
        "reports": {
            "ruff": dict(shares.ruff),
            "broadcatch": dict(shares.ours),
            "left_to_ruff": shares.left,
            "ruff_alone": shares.excused,
        },
        "suppressions": dict(result.suppressions),
        "complaints": [asdict(one) for one in result.complaints],
        "remarks": list(result.remarks),
        "drafts": [
            {"path": one.path, "title": one.title, "text": one.text, "written": one.written, "why": one.why}
            for one in result.drafts
        ],
        "next": list(result.following),
    }
    return json.dumps(body, indent=2) + "\n"
