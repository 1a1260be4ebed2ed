"""The process that draws: specifications in on one line each, SVG out on one line each, until nobody asks any more.

The program that draws ends the whole process where something surprises it (SIGABRT). Here that costs one picture and a
sentence, never the command; the process is begun with the first picture and ends with the command.
"""

import contextlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Mapping
from functools import cache

_PATIENCE = 60.0  # seconds for one picture; a large one takes a tenth of a second


def draw(spec: Mapping[str, object]) -> str:
    """The SVG of a Vega-Lite specification. No text in it can steer what draws: control characters are left out."""
    from coverage_census.errors import CensusError  # here, because the process itself knows no package

    asked = json.dumps(_plain(spec)).encode() + b"\n"
    for _ in range(2):  # one that died over another picture, or was killed, is replaced
        with contextlib.suppress(OSError, ValueError):
            if isinstance(answer := _at_work(os.getpid()).ask(asked), str):
                return answer
        _at_work.cache_clear()
    raise CensusError("not_drawn")


class _Draughtsman:
    def __init__(self) -> None:
        # By the file: where the package stands tells nothing of how a process with -I would find it.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the command's
        )

    def ask(self, line: bytes) -> object:
        """What the process answers to one line, or None where it does not answer in time: then it is ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._process.stdout, selectors.EVENT_READ)
            if not waiting.select(_PATIENCE):
                self._process.kill()
                return None
        return json.loads(self._process.stdout.readline() or b"null")


@cache
def _at_work(process: int) -> _Draughtsman:
    """One for each process: a fork does not share its parent's."""
    return _Draughtsman()


def _plain(value: object) -> object:
    """Without control characters, halves of characters and what is no character at all."""
    if isinstance(value, str):
        return "".join(mark for mark in value if mark.isprintable() or mark == "\n")
    if isinstance(value, Mapping):
        return {str(_plain(str(name))): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _serve() -> None:
    """What the process itself does."""
    import vl_convert

    for line in sys.stdin.buffer:
        try:
            drawn: str | None = str(vl_convert.vegalite_to_svg(json.loads(line)))
        except Exception:  # noqa: BLE001  whoever asked gets no picture, and says so
            drawn = None
        sys.stdout.buffer.write(json.dumps(drawn).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
