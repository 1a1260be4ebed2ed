"""A check and the work that it must allow in; both done at the same time, in two processes.

What the work makes goes out only after the check has allowed it: the work ends by asking for the verdict.
"""

import contextlib
import os
import pickle
import signal
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from coverage_census.ingest import wire

Allowed = TypeVar("Allowed")


def run(check: Callable[[], Allowed], work: Callable[[Callable[[], Allowed]], None]) -> None:
    """`work` runs in a fork of this process and is ended where `check`, which runs here, raises.

    `work` is given a function that waits for what `check` returns. If the fork dies, this process ends the same way.
    """
    verdict, said = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.close(said)
        _work(work, verdict)
    os.close(verdict)
    try:
        found = check()
    except BaseException:
        os.close(said)
        os.kill(fork, signal.SIGKILL)
        os.waitpid(fork, 0)
        raise
    with contextlib.suppress(BrokenPipeError), os.fdopen(said, "wb") as pipe:  # it may have died: its end says how
        pickle.dump(found, pipe)
    _end_as(os.waitpid(fork, 0)[1])


def aside(work: Callable[[], Allowed]) -> Callable[[], Allowed]:
    """`work` begun in a fork of this process; the function waits for what it made. Where it dies, this process does."""
    made, making = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.close(made)

        def tell(_: object) -> None:
            with os.fdopen(making, "wb") as pipe:
                pickle.dump(work(), pipe, protocol=5)

        _work(tell, os.open(os.devnull, os.O_RDONLY))
    os.close(making)

    def wait() -> Allowed:
        with os.fdopen(made, "rb") as pipe:
            said = pipe.read()
        _end_as(os.waitpid(fork, 0)[1])
        found: Allowed = pickle.loads(said)  # from a fork of this process
        return found

    return wait


def _work(work: Callable[[Callable[[], Allowed]], None], verdict: int) -> None:
    """The fork: it never returns, and never goes back to what the process was doing."""

    @cache
    def allowed() -> Allowed:
        with os.fdopen(verdict, "rb") as pipe:
            found: Allowed = pickle.load(pipe)  # from the process that parses nothing; it ends early where that does
            return found

    try:
        work(allowed)
    except MemoryError:
        os._exit(wire.OUT_OF_MEMORY)
    except BaseException:  # noqa: BLE001 (a Rust panic is no Exception)
        os._exit(wire.FAILED)
    os._exit(0)


def _end_as(status: int) -> None:
    """Ends this process as the fork ended, for whoever waits for it; returns where all went well."""
    if os.WIFEXITED(status):
        if code := os.WEXITSTATUS(status):
            os._exit(code)
    elif os.WTERMSIG(status) == signal.SIGXCPU:
        os.kill(os.getpid(), signal.SIGXCPU)
    else:
        os._exit(wire.OUT_OF_MEMORY if os.WTERMSIG(status) == signal.SIGKILL else wire.FAILED)
