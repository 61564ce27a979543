"""Which parameter of a function is an error, and is it a framework that calls it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from broadcatch.flow.spelling import chain


def answers_requests(parameters: cst.Parameters, error: cst.Param) -> bool:
    """Whether a parameter before the error is a request: then a framework calls the function."""
    for param in (*parameters.posonly_params, *parameters.params):
        if param is error:
            return False
        name = chain(param.annotation.annotation) if param.annotation else param.name.value
        if name.rpartition(".")[2].lower().endswith("request"):
            return True
    return False


def names_of(parameters: cst.Parameters) -> Iterator[str]:
    """The names of the parameters, `*args` last, `**kwargs` left out."""
    for param in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params):
        yield param.name.value
    if isinstance(parameters.star_arg, cst.Param):
        yield parameters.star_arg.name.value


def error_of(parameters: Sequence[str]) -> str:
    """The parameter that holds the error: by its name, else the last one."""
    own = [name for name in parameters if name not in ("self", "cls")]
    named = [name for name in own if name.lower() in ("e", "ex", "exc", "err", "error", "exception")]
    return (named or own or [""])[-1]
