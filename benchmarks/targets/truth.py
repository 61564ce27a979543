"""Where does a type checker send each call? Asked once over its language server, then kept in a file."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlparse

from benchmarks.targets.lsp import Server, ServerError
from benchmarks.targets.places import Place, place
from benchmarks.targets.sites import Site

Key = tuple[str, int, int]
State = Literal["answered", "nothing", "timeout", "error", "unnamed"]
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What the checker said: `answered` with places, or why there are none."""

    state: State
    places: tuple[Place, ...] = ()


Truth = dict[Key, Answer]


def checker(name: str, binaries: Path, environment: Path) -> tuple[list[str], dict[str, Any]]:
    """The command and the settings of a checker, for the packages of a virtual environment."""
    if name == "ty":
        return [str(binaries / "ty"), "server"], {"ty": {"diagnosticMode": "off"}}
    analysis = {"typeCheckingMode": "off", "diagnosticMode": "openFilesOnly", "useLibraryCodeForTypes": True}
    settings = {
        "python": {"pythonPath": str(environment / "bin" / "python"), "analysis": analysis},
        "basedpyright": {"analysis": analysis},
    }
    return [str(binaries / "basedpyright-langserver"), "--stdio"], settings


async def ask(
    server: Server, root: Path, sites: list[Site], seconds: float, method: str = "textDocument/definition"
) -> Truth:
    """The checker's answer for each site, file by file."""
    by_path: dict[str, list[Site]] = {}
    for site in sites:
        by_path.setdefault(site.path, []).append(site)
    truth: Truth = {}
    for number, (path, those) in enumerate(sorted(by_path.items()), 1):
        uri = (root / path).as_uri()
        text = (root / path).read_text(encoding="utf-8-sig")
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        server.notify("textDocument/didOpen", {"textDocument": document})
        gate = asyncio.Semaphore(AT_ONCE)
        answers = await asyncio.gather(*(_ask_one(server, gate, uri, one, seconds, method) for one in those))
        truth.update({key(one): answer for one, answer in zip(those, answers, strict=True)})
        server.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        if number % 20 == 0:
            print(f"{number} of {len(by_path)} files", file=sys.stderr)
    return truth


async def _ask_one(
    server: Server, gate: asyncio.Semaphore, uri: str, site: Site, seconds: float, method: str
) -> Answer:
    if site.column < 0:
        return Answer("unnamed")
    where = {"line": site.line - 1, "character": site.column}
    async with gate:
        try:
            found = await server.request(method, {"textDocument": {"uri": uri}, "position": where}, seconds)
        except TimeoutError:
            return Answer("timeout")
        except ServerError:
            return Answer("error")
    places = [place(*spot) for spot in spots(found)]
    return Answer("answered", tuple(dict.fromkeys(places))) if places else Answer("nothing")


def spots(found: Any) -> list[tuple[Path, int, int]]:
    """File, row (from 1) and column of each location in an answer of the protocol."""
    listed = found if isinstance(found, list) else [found] if found else []
    return [
        (path_of(one.get("uri") or one["targetUri"]), *_start(one))
        for one in listed
        if (one.get("uri") or one["targetUri"]).startswith("file:")
    ]


def path_of(uri: str) -> Path:
    """The file that a `file:` URI names."""
    return Path(unquote(urlparse(uri).path))


def _start(location: dict[str, Any]) -> tuple[int, int]:
    area = location.get("range") or location.get("targetSelectionRange") or location["targetRange"]
    return int(area["start"]["line"]) + 1, int(area["start"]["character"])


def key(site: Site) -> Key:
    """What names a call in the file of answers."""
    return (site.path, site.line, site.column)


def dump(truth: Truth, to: Path) -> None:
    """Keep the answers."""
    rows = [[*key, answer.state, [asdict(one) for one in answer.places]] for key, answer in truth.items()]
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n", encoding="utf-8")


def load(file: Path) -> Truth:
    """The answers that were kept."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return {
        (path, line, column): Answer(state, tuple(Place(**one) for one in places))
        for path, line, column, state, places in rows
    }
