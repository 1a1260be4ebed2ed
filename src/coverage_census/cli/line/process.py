"""What stands around a run: streams that may be closed or speak GBK, file names in any bytes, requests to stop."""

import locale
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

_ASKING = ("SIGTERM", "SIGHUP", "SIGINT")


class Stopped(BaseException):
    """Somebody asked the process to end; no `except Exception` on the way may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def prepare(given: Sequence[str]) -> list[str]:
    """Make this process fit for any surroundings; the arguments as text."""
    _open_streams()
    _read_names_as_utf8()
    _speak()
    _stop_in_order()
    return [_argument(each) for each in given]


def _open_streams() -> None:
    """Under `2>&-` the next file that is opened would get number 2, and whatever is said would go into it."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def print_nowhere() -> None:
    """The output takes nothing: what is still to be printed would fail once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read_names_as_utf8() -> None:
    """Under LC_ALL=zh_CN.GBK Python takes file names for GBK, though those of a share are UTF-8: begin again.

    Where the locale is missing or plain C, Python has chosen UTF-8 by itself (PEP 538, 540).
    """
    if not sys.flags.utf8_mode and sys.getfilesystemencoding().lower() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _speak() -> None:
    """UTF-8 into files and pipes; to a terminal what it understands, and an escape where it lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = _terminal() if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")


def _terminal() -> str:
    """The encoding of the locale, whatever Python made of it; GB18030 holds all of GBK and the rest as well."""
    if os.environ.get("PYTHONIOENCODING"):
        return sys.stdout.encoding
    name = locale.getencoding().lower()
    return "gb18030" if name.startswith("gb") else "utf-8" if name in ("ascii", "ansi_x3.4-1968") else name


class _Stop:
    """Leaves as Ctrl-C does, and remembers by which signal: DuckDB makes a RuntimeError of what is raised within it."""

    def __init__(self) -> None:
        self.number: int | None = None

    def __call__(self, number: int, _: FrameType | None) -> None:
        self.number = number
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise Stopped(number)


def _stop_in_order() -> None:
    """A TERM (from `timeout`, or a shutdown) leaves as Ctrl-C does: what is half-written is cleared away."""
    stop = _Stop()
    for name in _ASKING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # nohup is heeded
            signal.signal(number, stop)
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a quota becomes an error of the write, not a death


def told_to_stop() -> int | None:
    """The signal that asked for the end, whatever a library made of it."""
    handlers = (signal.getsignal(getattr(signal, name)) for name in _ASKING if hasattr(signal, name))
    return next((each.number for each in handlers if isinstance(each, _Stop) and each.number), None)


def _argument(text: str) -> str:
    """Typed on a GBK terminal; bytes that name a file stay as they are."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        if not os.path.lexists(text):
            try:
                return os.fsencode(text).decode("gb18030")
            except UnicodeDecodeError:
                return text
    return text
