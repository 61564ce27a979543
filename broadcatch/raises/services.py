"""Which errors does a service of AWS answer a call with? From botocore's models, read as data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from broadcatch.program.libraries import SERVICE
from broadcatch.program.module import Module
from broadcatch.program.types import Type
from broadcatch.raises.context import Context

Errors = Mapping[str, Sequence[str]]
"""Operation, in lower case and without underscores -> names of the errors that its model lists; "" -> all."""
_MOST = 3


def service_errors(context: Context, client: Type | None) -> Errors:
    """What the model of the client's service says; nothing where the service or the model is not known."""
    named = [one.name for one in client.args if one.name.startswith(SERVICE)] if client is not None else []
    if len(named) != 1:
        return {}
    notes, key = context.resolver.notes, ("service", named[0])
    if key not in notes:
        notes[key] = _read(context, named[0].removeprefix(SERVICE))
    return notes[key]  # type: ignore[return-value]


def answers_with(context: Context, client: Type | None, method: str) -> str:
    """The first errors of the model for a method, in words; "" where it lists none."""
    found = service_errors(context, client).get(method.replace("_", "").lower(), ())
    more = f", … ({len(found)} in all)" if len(found) > _MOST else ""
    return ", ".join(found[:_MOST]) + more if found else ""


def _read(context: Context, service: str) -> Errors:
    package = context.resolver.project.resolve("botocore")
    if not isinstance(package, Module) or not service.replace("-", "").isalnum():
        return {}
    folder = context.resolver.project.root / Path(package.path).parent / "data" / service
    for file in sorted(folder.glob("*/service-2.json*"), reverse=True):
        try:
            data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            return _errors(json.loads(data))
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError):
            return {}
    return {}


def _errors(model: Mapping[str, Any]) -> Errors:
    found = {
        name.lower(): [str(one["shape"]) for one in operation.get("errors", ())]
        for name, operation in model["operations"].items()
    }
    every = [str(name) for name, shape in model["shapes"].items() if shape.get("exception")]
    return {**found, "": every}
