"""Where does the code itself say that it was meant so? Further reasons for a note.

As in `settled`, each is a small function of the judged handler that answers with words, or with "".
"""

from __future__ import annotations

import re

from broadcatch.flow.walk import calls_in, nodes_in
from broadcatch.judge import records, stakes
from broadcatch.judge.lexicon import parts
from broadcatch.judge.steps import steps_of
from broadcatch.judge.verdict import Judged
from broadcatch.model.flow import Assign, Return

_DIRECTIVE = re.compile(
    r"^(noqa|type:|pragma|pylint|pyright|mypy|nosec|noinspection|fmt:|isort|ruff|flake8|\w+: ?ignore)"
)
_OPEN = re.compile(r"\b(todo|fixme|xxx|hack|should(n't| not)? (not )?happen|debug)\b", re.IGNORECASE)
_MEANT = re.compile(
    r"\b(ignor(e|ed|ing)|on purpose|intentional\w*|deliberate\w*|expected|harmless|not? (an )?(problem|issue)"
    r"|return\w* (an? )?(empty|default)|fall(s|ing)? ?back"
    r"|does ?n[o']t matter|never mind|no big deal|(that|this|it)('s| is) (ok|okay|fine)|swallow\w*"
    r"|just (default|return|skip|continue|pass|go)\w*|(must|should) (not|never)"
    r"|don'?t (let|fail|crash|care|want)|never (block|fail|break|crash)\w*"
    r"|do(es)? not (let|want|care)|(not|n't) (stop|prevent|abort|interrupt)\w*|skip (if|when|it|this|them)"
    r"|no harm|nice to have|optional\w*|too bad|so be it|good enough)\b",
    re.IGNORECASE,
)
_WORDS = 4
_MANY = 4
_ASKING = frozenset({"confirm", "prompt", "input", "askyesno", "askretrycancel"})
_PROGRAMS = frozenset("scripts script cli cmd cmds command commands bin main tools management".split())
_EXIT = re.compile(r"^-?[1-9]\d?$|^(\w+\.)*(EXIT|EX)_[A-Z_]+$|^(\w+\.)*[A-Z_]*EXIT_(CODE|STATUS)$")


def explains(comment: str) -> bool:
    """Whether a comment says something of the failure: not a directive, and nothing left to be done."""
    plain = comment.lstrip("# ").lower()
    return len(plain.split()) >= _WORDS and not (_DIRECTIVE.match(plain) or _OPEN.search(plain))


def _commented(judged: Judged) -> str:
    """A comment says why the program goes on, and the log has the whole error: a deliberate last line."""
    bare = judged.handler.bare or _takes_exits(judged)
    kept = judged.verdict.outcome == "logged-traceback" and not bare
    return "a comment says why, and the log has the traceback" if kept and _explained(judged) else ""


def _takes_exits(judged: Judged) -> bool:
    return any(one.qualified == "builtins.BaseException" for one in judged.handler.caught)


def _explained(judged: Judged) -> bool:
    return explains(judged.handler.comment)


def _meant(judged: Judged) -> str:
    """A comment says that nothing is to be done about it. Not where money, access or state is at stake."""
    handler = judged.handler
    grave = handler.bare or stakes.grave_subject(handler) or stakes.kept_call(handler) is not None
    says = _explained(judged) and _MEANT.search(handler.comment)
    return "a comment says that it is meant so" if says and not grave else ""


def is_command(judged: Judged) -> bool:
    """Whether the function, or its module, is named as a command's: whoever runs it reads what it prints."""
    where = {*parts(stakes.function_of(judged.handler)), *judged.module.split(".")}
    return not _PROGRAMS.isdisjoint(where)


def exit_given(judged: Judged) -> str:
    """The exit status of a command that the handler returns, "" for none."""
    if not is_command(judged):
        return ""
    values = [one.value.text for one in stakes.answers(judged.handler) if one.value is not None]
    return values[0] if values and all(map(_EXIT.match, values)) else ""


def _exit(judged: Judged) -> str:
    """A command has shown what went wrong, and its exit status says that it failed."""
    shown = judged.verdict.outcome in ("logged-traceback", "logged-text") or any(
        records.records(judged.handler)
    )
    return "the exit status says that it failed" if shown and exit_given(judged) else ""


def _rolled_back(judged: Judged) -> str:
    """The log has the whole error, and what was begun is undone: nothing is half written."""
    undone = any(call.name.rpartition(".")[2] == "rollback" for call in calls_in(judged.handler.body))
    kept = judged.verdict.outcome == "logged-traceback" and not judged.handler.bare
    return "it is rolled back, and the log has the traceback" if kept and undone else ""


def _matches(judged: Judged) -> str:
    """`is_hex = False`: a name that asks is set by what was tried, and that it fails is an answer."""
    tried = [node for node in nodes_in(judged.handler.attempt) if isinstance(node, Assign)]
    set_ = [node for node in nodes_in(judged.handler.body) if isinstance(node, Assign)]
    asked = [name for node in set_ for name in node.targets if node.value.kind == "false"]
    plain = bool(asked) and all(parts(name)[:1] in (("is",), ("has",), ("can",)) for name in asked)
    same = plain and set(asked) <= {name for node in tried for name in node.targets}
    ends = any(isinstance(node, Return) for node in judged.handler.body)
    return f"`{asked[0]}` asks whether it fails" if same and not ends and not _grave(judged) else ""


def _user_asked(judged: Judged) -> str:
    """Whoever sits before the program is asked what to do about it; of many steps nobody knows which."""
    if len({call.name for call in steps_of(judged)}) >= _MANY:
        return ""
    asked = (parts(call.name.rpartition(".")[2]) for call in calls_in(judged.handler.body))
    return "whoever runs it is asked what to do" if any(not _ASKING.isdisjoint(one) for one in asked) else ""


def _grave(judged: Judged) -> bool:
    return bool(stakes.grave_subject(judged.handler))


REASONS = (_commented, _meant, _exit, _rolled_back, _matches, _user_asked)
