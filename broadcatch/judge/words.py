"""Which names are known to do what with an error? Tables only; `meaning` applies them."""

from __future__ import annotations

BROAD = {
    "builtins.Exception": "every error there is, programming errors among them",
    "builtins.BaseException": "every error there is, and Ctrl-C, exits and cancellations too",
}
"""Broad class → why it is."""

CATCH_EXIT = frozenset({"builtins.BaseException", "builtins.SystemExit"})
"""Classes whose clauses catch the exit of the process."""

EXIT_CLASSES = frozenset({"builtins.SystemExit", "click.exceptions.Exit", "typer.Exit"})
"""Raising one of these ends the process."""

RERAISE_CALLS = frozenset({"six.reraise", "future.utils.reraise"})
RAISING_CALLS = RERAISE_CALLS | {"six.raise_from", "future.utils.raise_from"}
"""Functions that raise the error again, or another one from it."""
SUPPRESS_CALLS = frozenset({"contextlib.suppress"})
"""Contexts that swallow the classes that they are given."""

LOG_METHODS = frozenset(
    "debug info warn warning error critical fatal exception log trace success notice msg failure "
    "adebug ainfo awarning aerror acritical aexception alog afatal err deferr".split()
)
"""Methods that write a record when they are called on a logger."""

TRACEBACK_METHODS = frozenset({"exception", "aexception", "failure"})
"""Methods of a logger that write the traceback unasked."""

LOGGER_MODULES = ("logging.", "loguru.", "structlog.", "absl.logging.", "twisted.python.log.", "eliot.")

TRACEBACK_CALLS = frozenset(
    {
        "traceback.print_exc",
        "traceback.print_exception",
        "traceback.print_tb",
        "sys.excepthook",
        "sys.print_exception",
        "cgitb.handler",
        "django.core.signals.got_request_exception.send",
    }
)
"""Functions that print a traceback, or tell those who keep it."""

TRACEBACK_SINKS = frozenset(
    {
        "capture_exception",
        "captureException",
        "record_exception",
        "notify_exception",
        "notice_error",
        "report_exception",
        "log_exception",
        "log_exc",
        "print_exc",
        "print_exception",
        "exc_handler",
        "logException",
        "error_traceback",
        "handleError",
    }
)
"""Last names of calls that send an error with its traceback: sentry, OpenTelemetry, New Relic, helpers."""

TRACEBACK_MAKERS = frozenset(
    {
        "traceback.format_exc",
        "traceback.format_exception",
        "traceback.format_tb",
        "traceback.TracebackException",
    }
)
"""Functions whose value is a text with the traceback."""

ERROR_MAKERS = frozenset({"sys.exc_info", "sys.exception"})
"""Functions whose value is the error that is being handled."""

TEXT_CALLS = frozenset(
    {
        "builtins.print",
        "warnings.warn",
        "warnings.warn_explicit",
        "click.echo",
        "click.secho",
        "typer.echo",
        "typer.secho",
        "rich.print",
        "sys.stderr.write",
        "sys.stdout.write",
        "syslog.syslog",
    }
)
"""Functions that show a text to somebody, whether or not the error goes into it."""

TEXT_WORDS = frozenset(
    "log logs logging print warn warns warning error errors debug info echo write report notify alert "
    "message msg display emit trace critical verbose fatal".split()
)
"""Words in a method's name that say that it shows a text, where the error or its text goes into the call."""

HANDLERS = frozenset({"handle", "handler", "callback", "on"})
RECORDING = frozenset("log logs logging print warn report echo write display".split())
"""Words in the name of a function that is given the error: it decides what happens, or only records it."""

QUESTIONS = frozenset("should is has can may must needs check parse get find".split())
"""First words of names that ask something instead."""

ERROR_KEYWORDS = frozenset({"exception", "exc", "error", "err"})

SCREENS = frozenset("display console ui reporter printer".split())
"""Last names of things that show texts to people."""

SCREEN_METHODS = LOG_METHODS | frozenset("display print write warn_once verbose".split())

HANDING_METHODS = frozenset(
    "append appendleft add put put_nowait send send_nowait insert extend update setdefault set set_exception "
    "set_error set_result setException add_error throw athrow errback push publish fail reject".split()
)
"""Methods that hand the error, or its text, to somebody who must look at it."""

EXIT_CALLS = frozenset(
    {
        "sys.exit",
        "os._exit",
        "os.abort",
        "builtins.exit",
        "builtins.quit",
        "os.execv",
        "os.execve",
        "os.execvp",
        "os.execl",
        "pytest.fail",
        "pytest.skip",
        "pytest.exit",
        "pytest.xfail",
        "pytest.importorskip",
        "_pytest.outcomes.fail",
        "_pytest.outcomes.skip",
        "flask.abort",
        "werkzeug.exceptions.abort",
        "aiohttp.web.abort",
        "bottle.abort",
        "fabric.api.abort",
        "typing.assert_never",
        "typing_extensions.assert_never",
    }
)
"""Functions that never return."""

EXIT_METHODS = frozenset(
    {
        "parser.error",
        "parser.exit",
        "argparser.error",
        "ap.error",
        "ctx.exit",
        "ctx.fail",
        "ctx.abort",
        "context.exit",
        "self.fail",
        "self.skipTest",
    }
)
"""Methods, by the last two names, that never return: argparse, click, unittest."""
EXIT_NAMES = frozenset({"fail_json", "exit_json"})
"""Methods that never return, whatever they are called on: Ansible modules."""
