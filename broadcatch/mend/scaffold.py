"""`fix --scaffold-exceptions`: the hierarchy that the mapping names, as far as the project lacks it."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path

from broadcatch.config.options import Config
from broadcatch.errors import BroadcatchError
from broadcatch.mend.vocabulary import additions
from broadcatch.model.facts import Failure
from broadcatch.model.results import FileDiff, FixResult, Offer
from broadcatch.rewrite.diff import unified
from broadcatch.rewrite.write import read_original, write_text

DOCSTRING = '"""The errors that this project raises on purpose."""\n\nfrom __future__ import annotations\n'
_NAME = re.compile(r"^\s*name\s*=\s*[\"']([\w.-]+)[\"']", re.M)


def scaffold(path: str, config: Config, write: bool) -> FixResult:
    """The missing classes at the end of the file `path`, which is made if there is none.

    What stands there stays as it is. Raises BroadcatchError where the mapping names no class of the module,
    or its folder does not exist.
    """
    module = _module(path, config)
    if not os.path.lexists(path):
        return _new(path, module, config, write)
    original = read_original(path)
    if isinstance(original, Failure):
        return FixResult((), failures=(original,))
    try:
        added, count = additions(original.text, module, config.translate, _root(config, module))
    except SyntaxError as error:
        return FixResult((), failures=(Failure(path, "parse", error.msg, error.lineno),))
    newline = "\r\n" if "\r\n" in original.text else "\n"
    after = original.text.rstrip() + newline + added.replace("\n", newline) if added else original.text
    failure = write_text(original, after) if write and added else None
    return _result(path, original.text, after, count, write, failure)


def _new(path: str, module: str, config: Config, write: bool) -> FixResult:
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise BroadcatchError(f"{path}: there is no folder {folder}")
    added, count = additions("", module, config.translate, _root(config, module))
    after = DOCSTRING + added
    return _result(path, "", after, count, write, _create(path, after) if write else None)


def _create(path: str, text: str) -> Failure | None:
    """A new file, whole or not at all, never in the place of one that has come meanwhile."""
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".broadcatch-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(temporary, 0o666 & ~_umask())
        os.link(temporary, path)
    except OSError as error:
        return Failure(path, "write", error.strerror or str(error))
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
    return None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _result(
    path: str, before: str, after: str, count: int, write: bool, failure: Failure | None
) -> FixResult:
    if failure is not None:
        return FixResult((), failures=(failure,))
    diff = unified(path, before, after)
    if not diff:
        return FixResult(())
    what = "class" if count == 1 else "classes"
    reason = "nothing that is there changes"
    offer = Offer(path, before.count("\n") + 1, f"Add {count} exception {what}", "safe", reason, "translate")
    return FixResult((FileDiff(path, diff),), (path,) if write else (), (offer,))


def _module(path: str, config: Config) -> str:
    """The module of the mapping that lies at `path`."""
    modules = dict.fromkeys(one.to.rpartition(".")[0] for one in config.translate if "." in one.to)
    here = os.path.abspath(path).replace(os.sep, "/")
    for module in sorted(modules, key=len, reverse=True):
        place = module.replace(".", "/")
        if here.endswith((f"/{place}.py", f"/{place}/__init__.py")):
            return module
    if not modules:
        raise BroadcatchError("--scaffold-exceptions: `translate` in the configuration names no exceptions")
    raise BroadcatchError(f"{path}: `translate` names no class of this module, but of {', '.join(modules)}")


def _root(config: Config, module: str) -> str:
    """`OrderServiceError` for the project `order-service`, else by the module's package."""
    text = ""
    if config.source.endswith("pyproject.toml"):
        with contextlib.suppress(OSError):
            text = Path(config.source).read_text(encoding="utf-8", errors="replace")
    found = _NAME.search(text)
    words = re.split(r"[\W_]+", found[1] if found else module.partition(".")[0])
    return "".join(word[:1].upper() + word[1:] for word in words) + "Error"
