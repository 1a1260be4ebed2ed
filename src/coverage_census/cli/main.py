"""`census`: the language is chosen, the command runs, and whatever stopped it becomes one sentence and an exit code."""

import errno
import gc
import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from coverage_census import __version__, settings
from coverage_census.cli.line import process
from coverage_census.errors import CensusError, ExitCode, WrongUsage
from coverage_census.words import stop_sentence
from coverage_census.words.catalogue import Words
from coverage_census.words.language import choose

# Importing makes many objects and no rubbish; looking for rubbish after every 700 of them took a tenth of a command.
_SELDOM = 100_000
DEBUG_VARIABLE = "CENSUS_DEBUG"
_NAMED = re.compile(r"""file ["']([^"']+)["']""")
_KILLED_BY = 128  # and the number of the signal: what shells and `timeout` report
WITH_SUBCOMMANDS = frozenset({"plan"})


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    gc.set_threshold(_SELDOM)
    given = process.prepare(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:  # before Typer is imported: a monitor asks for it every minute
        print(f"census {__version__}")  # noqa: T201
        sys.exit(ExitCode.DONE)
    _leave(run(given))


def _leave(code: int) -> None:
    """Everything is written: without the farewells of libraries, whose threads now and then abort there (pyarrow's: one
    ingest in ten on a busy machine ended with SIGABRT after its receipt)."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def run(given: Sequence[str]) -> int:
    """Run one command; its exit code."""
    words = Words(choose(_peek(given, "--lang"), None, os.environ))
    try:
        if sys.platform == "win32":  # locks, limits and forks of the reader are the system's own; none stands there
            raise CensusError("needs_wsl")
        configured = settings.load(_path(_peek(given, "--workspace"))).language
        words = Words(choose(_peek(given, "--lang"), configured, os.environ))
        return _dispatch(given, words)
    except CensusError as stop:
        _say(stop_sentence.of(words, stop))
        return stop.exit_code
    except BrokenPipeError:  # `census gaps | head`
        process.print_nowhere()
        return ExitCode.DONE
    except KeyboardInterrupt:
        return _stopped(signal.SIGINT, words)
    except process.Stopped as stop:
        return _stopped(stop.number, words)
    except OSError as error:
        return _refused(error, words)
    except Exception as error:
        if (number := process.told_to_stop()) is not None:
            return _stopped(number, words)
        if os.environ.get(DEBUG_VARIABLE):
            raise
        if (away := _away(error)) is not None:
            return _refused(away, words)
        _say(words("errors.internal", kind=type(error).__name__, place=_place(error), variable=DEBUG_VARIABLE))
        return ExitCode.STOPPED


def _away(error: Exception) -> OSError | None:
    """What DuckDB says of a file that a drive does not give: it has errors of its own instead of the system's."""
    made = sys.modules.get("duckdb")
    if made is None or not isinstance(error, made.IOException):
        return None
    named = _NAMED.search(str(error))
    return OSError(errno.EIO, os.strerror(errno.EIO), named[1] if named else "ledger")


def _stopped(number: int, words: Words) -> int:
    _say(words("errors.interrupted" if number == signal.SIGINT else "errors.terminated"))
    return _KILLED_BY + number


def _refused(error: OSError, words: Words) -> int:
    """A full disk, a share that is away, a missing right: what the system said, in a sentence of ours."""
    from coverage_census.files.disk import stopped

    if error.filename is None:  # the output itself
        process.print_nowhere()
    stop = stopped(error, Path(str(error.filename or words("errors.output"))))
    _say(stop_sentence.of(words, stop))
    return stop.exit_code


def _place(error: BaseException) -> str:
    """Module and line where it happened, for whoever mends it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else "?"


def _dispatch(given: Sequence[str], words: Words) -> int:
    import typer

    from coverage_census.cli.app import build
    from coverage_census.cli.line.usage import sentence

    try:
        typed = _command_first(given) or ["--help"]
        code = build(words, typed[0])(args=typed, prog_name="census", standalone_mode=False)
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort as abort:  # Typer's name for Ctrl-C, and for an EOFError from anywhere
        raise (abort.__cause__ or KeyboardInterrupt()) from None
    except SystemExit as leave:  # Typer's answer to a reader who left
        raise BrokenPipeError from leave
    except typer.TyperException as error:
        _say(sentence(error, words))
        return ExitCode.USAGE
    if code == _KILLED_BY + signal.SIGINT:  # what Typer makes of Ctrl-C, without a word
        raise KeyboardInterrupt
    sys.stdout.flush()
    return int(code or ExitCode.DONE)


def _command_first(given: Sequence[str]) -> list[str]:
    """`census --lang en gaps` as `census gaps --lang en`, `census plan --lang en joint` likewise as `plan joint`:
    the shared options belong to the commands; help and refusals speak the language in any case."""
    words, moved = _without_shared(given)
    if not words or words[0].startswith("-"):
        return words
    if words[0] not in WITH_SUBCOMMANDS:
        return [words[0], *moved, *words[1:]]
    rest, more = _without_shared(words[1:])
    if not rest or rest[0].startswith("-"):
        return [words[0], *(rest or ["--help"])]
    return [words[0], rest[0], *moved, *more, *rest[1:]]


def _without_shared(given: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words after the shared options at the beginning, and these."""
    words, moved = list(given), []
    while words and words[0].partition("=")[0] in {"--lang", "--workspace"}:
        count = 1 if "=" in words[0] else 2
        _refuse_blank(words[:count])
        moved += words[:count]
        del words[:count]
    return words, moved


def _refuse_blank(shared: Sequence[str]) -> None:
    """`census --workspace '' plan`: the option never comes to the command that would refuse it."""
    from coverage_census.cli.line.typed import blank

    name, equals, value = shared[0].partition("=")
    if (equals or len(shared) > 1) and blank(value if equals else shared[1]):
        raise WrongUsage("blank_value", parameter=name, command="census")


def _peek(given: Sequence[str], name: str) -> str | None:
    """The value of an option before Typer reads it: help and refusals must already be in the right language."""
    for index, word in enumerate(given):
        if word == name and index + 1 < len(given):
            return given[index + 1]
        if word.startswith(name + "="):
            return word.partition("=")[2]
    return None


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _say(sentence: str) -> None:
    """One line on stderr, whatever a file name may contain."""
    line = "".join(mark if mark.isprintable() else " " for mark in sentence)
    sys.stderr.write(f"census: {line}\n")
