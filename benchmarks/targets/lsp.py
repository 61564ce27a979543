"""How is a language server spoken to? One process, JSON-RPC over its standard streams."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path
from typing import Any

Message = dict[str, Any]


class Server:
    """A running language server; `settings` answers what it asks about its configuration."""

    def __init__(self, process: asyncio.subprocess.Process, settings: Message) -> None:
        self._process = process
        self._settings = settings
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._last = 0
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, command: list[str], root: Path, settings: Message, environment: Path) -> Server:
        """The server for one folder, with the virtual environment whose packages it shall see."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "VIRTUAL_ENV": str(environment)},
            start_new_session=True,
        )
        server = cls(process, settings)
        await server.request("initialize", _initialize(root), 120)
        server.notify("initialized", {})
        server.notify("workspace/didChangeConfiguration", {"settings": settings})
        return server

    async def request(self, method: str, parameters: Message, seconds: float) -> Any:
        """The result; raises `TimeoutError` after `seconds`, `ServerError` for an answer that is an error."""
        self._last += 1
        key = self._last
        self._waiting[key] = asyncio.get_running_loop().create_future()
        self._send({"id": key, "method": method, "params": parameters})
        try:
            return await asyncio.wait_for(self._waiting[key], seconds)
        except asyncio.TimeoutError as exc:
            raise TimeoutError(method) from exc
        finally:
            del self._waiting[key]

    def notify(self, method: str, parameters: Message) -> None:
        """Say something that has no answer."""
        self._send({"method": method, "params": parameters})

    async def stop(self) -> None:
        """End the process, and what it started itself."""
        self._reader.cancel()
        if self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        await asyncio.wait_for(self._process.wait(), 20)

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := (await stream.readline()).strip()) or not length:
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
                elif not line and stream.at_eof():
                    return
            self._receive(json.loads(await stream.readexactly(length)))

    def _receive(self, message: Message) -> None:
        if "method" in message:
            if "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            return
        waiting = self._waiting.get(message["id"])
        if waiting is None or waiting.done():
            return
        if "error" in message:
            waiting.set_exception(ServerError(message["error"].get("message", "")))
        else:
            waiting.set_result(message.get("result"))

    def _answer(self, message: Message) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [section(self._settings, item.get("section", "")) for item in message["params"]["items"]]


class ServerError(Exception):
    """The server answered a request with an error."""


def section(settings: Message, name: str) -> Any:
    """The part of the settings under a dotted name; None if there is none."""
    found: Any = settings
    for part in name.split(".") if name else ():
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _initialize(root: Path) -> Message:
    return {
        "processId": os.getpid(),
        "rootUri": root.as_uri(),
        "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
        "capabilities": {
            "workspace": {"configuration": True, "workspaceFolders": True, "didChangeConfiguration": {}},
            "textDocument": {"definition": {"linkSupport": False}, "synchronization": {}},
        },
    }
