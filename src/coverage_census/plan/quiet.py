"""stdout is the document: whatever a solver prints goes nowhere.

Libraries write banners from C, past `sys.stdout`, and at times into a buffer of C that is emptied much later, when the
document has been printed. So the file descriptor itself leads elsewhere, and C empties its buffers before it is given
back. Processes that are started inside are born silent.
"""

import os
import pathlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress

_STDOUT = 1


@contextmanager
def quiet() -> Iterator[None]:
    """Inside, nothing reaches stdout: from Python, from C, or from a process that is started. Not for threads."""
    with suppress(ValueError):  # closed already
        sys.stdout.flush()
    with pathlib.Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        try:
            document = os.dup(_STDOUT)
        except OSError:  # there is none
            yield
            return
        try:
            os.dup2(nowhere.fileno(), _STDOUT)
            yield
        finally:
            _empty_buffers_of_c()
            os.dup2(document, _STDOUT)
            os.close(document)


def _empty_buffers_of_c() -> None:
    """What C has not written yet would be written into the document."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # TypeError: Windows has no library without a name
        ctypes.CDLL(None).fflush(None)
