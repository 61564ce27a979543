"""Reports to show on a page: many handlers, and hostile ones."""

from __future__ import annotations

from broadcatch.model.explaining import Way
from broadcatch.model.outcome import Path, Step
from broadcatch.model.ranking import Factor, History, Reach
from broadcatch.model.reporting import Beside, Comparison, Detail, HandlerChange, ReportRequest, Rewrite, Rule
from broadcatch.model.results import ReportResult
from tests.samples import file_risk, handler_risk, suggestion

ATTACKS = (
    "</script><script>document.title='pwned'</script>",
    "<img src=x onerror=\"document.title='pwned'\">",
    "<!--<script>",
    "{{data}} {{script}}",
    "javascript:document.title='pwned'",
    "`</code>`<b>bold</b>",
    "\u2028\u2029\u202e",
)
ALL = ReportRequest(compare="main", history=True, owners=True, details=True, suggestions=True)


def detail(path: str, line: int, text: str = "    return read(path)", **other) -> Detail:
    """A handler from near, with two ways and a rewrite."""
    code = ((line - 3, "def load(path):"), (line - 2, "    try:"), (line - 1, "    " + text))
    body = (
        (line, "    except Exception:"),
        (line + 1, '        log.warning("no")'),
        (line + 2, "        return None"),
    )
    steps = (Step(line + 1, "log.warning(…)"), Step(line + 2, "return None"))
    ways = (
        Way(Path("fallback", "text", steps, "None"), "`return None` takes its place", True),
        Way(Path("reraised", "none", (Step(line + 1, "raise"),)), "raised again"),
    )
    values = {
        "ways": ways,
        "rules": (Rule("BC102", "broad-except", "error", f"catches Exception; {text}"),),
        "suggestion": suggestion(path=path, line=line),
        "rewrites": (Rewrite("narrow", "unsafe", "@@ -1 +1 @@\n-except:\n+except KeyError:\n", "closed"),),
    }
    return Detail(path, line, code + body, **{**values, **other})


def big(count: int = 2000, each: int = 4) -> ReportResult:
    """A report of so many handlers, `each` in a file."""
    tiers = ("high", "medium", "low", "low")
    handlers = []
    for number in range(count):
        path = f"app/part{number // each % 40}/module_{number // each}.py"
        line = 10 * (number % each) + 4
        risk = handler_risk(
            path,
            line,
            score=round(9.9 - number / count * 9, 2),
            tier=tiers[4 * number // count],
            function=f"Service.run_{number}",
            try_line=line - 2,
            end_line=line + 2,
            outcome=("dropped", "fallback")[number % 2],
        )
        handlers.append(risk)
    paths = list(dict.fromkeys(one.path for one in handlers))
    files = tuple(
        file_risk(path, round(90 - 80 * at / len(paths), 1), tier=tiers[4 * at // len(paths)], handlers=each)
        for at, path in enumerate(paths)
    )
    near = {(one.path, one.line): detail(one.path, one.line) for one in handlers}
    change = HandlerChange("new", None, handlers[0])
    gone = HandlerChange("fixed", handler_risk("app/gone.py"), None)
    beside = Beside(
        asked=ALL,
        comparison=Comparison("main", "1a2b3c4d5e6f7a8b", (change, gone), (), {"high": 5}),
        owners={path: ("@team/a",) for path in paths[: len(paths) // 2]},
        histories={paths[0]: History(3, 10, 2)},
        details=near,
        project="shop",
    )
    return ReportResult(files, tuple(handlers), beside=beside)


def hostile() -> ReportResult:
    """Every text that comes from code or from a repository holds an attack."""
    handlers, files, near, owners = [], [], {}, {}
    for attack in ATTACKS:
        path = f"app/{attack}.py"
        factors = (
            Factor(attack, 1.0, attack, 5, "at stake"),
            Factor("money", 2.0, f"`{attack}`", 6, "at stake"),
        )
        risk = handler_risk(
            path,
            5,
            function=attack,
            outcome="fallback",
            factors=factors,
            reach=Reach(1, (attack,), (attack,)),
        )
        handlers.append(risk)
        files.append(file_risk(path, reasons=(attack,)))
        near[path, 5] = detail(
            path, 5, attack,
            rules=(Rule("BC102", attack, "error", attack),),
            rewrites=(Rewrite(attack, "unsafe", f"@@ -1 +1 @@\n-{attack}\n", attack),),
            suggestion=suggestion(path=path, line=5, replacement=attack),
        )  # fmt: skip
        owners[path] = (attack,)
    beside = Beside(asked=ALL, owners=owners, details=near, project=ATTACKS[0])
    return ReportResult(tuple(files), tuple(handlers), beside=beside)
