"""A reader that has imported everything and read once in; out comes a child of the jail for each that asks, by fork.

The imports of children, and what they load with the first file, would be a third of all that the tests take.
`Nursery.command` stands in for `jail.COMMAND`: a small program hands its stdin and stdout over and waits. What the jail
does to it (kill, close a pipe) the child feels, and how the child ends, it ends. That the real command does the same is
tested where it matters (test_ingest_jail, and every test that runs `census` as a process of its own).
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Self

from coverage_census.ingest.jail import parent

GOING = 0.02  # seconds between two looks at children that may have ended
# Of the built-in modules alone: importing `socket` and `os` takes it twice as long.
ASKS = """
import _signal, _socket, posix, sys
door = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
door.connect(sys.argv[1])
streams = (0).to_bytes(4, sys.byteorder) + (1).to_bytes(4, sys.byteorder)
door.sendmsg([posix.getcwdb()], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
posix.close(0), posix.close(1)
code = int(door.recv(16) or b"1")
if code < 0:
    _signal.signal(-code, _signal.SIG_DFL) if -code != _signal.SIGKILL else None
    posix.kill(posix.getpid(), -code)
posix._exit(code)
"""
# What most tests hand in: with it comes what the reader loads late (dictionaries, patterns, its own headings).
USUAL = """
单位名称,统一社会信用代码,所属乡镇,从业人员,党员总数,正式党员,是否建立党组织,组建方式,成立时间,行业,联系人,联系电话,备注
云岭县松岩机械有限公司,,青石镇,86,5,4,是,单独组建,2014年3月,制造业,某某,13800000000,季节性用工
云岭县澄溪茶业有限公司,,青石镇,32,3,3,否,,2016.5,零售业,,,党员不足3名
"""


class Nursery:
    """Runs while the `with` does; one of them serves all tests of a worker of pytest."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder / "door")
        self.command: Sequence[str] = (sys.executable, "-I", "-S", "-c", ASKS, self._path)

    def __enter__(self) -> Self:
        start = (
            "import gc, sys; gc.disable(); sys.path.insert(0, sys.argv[1]); import nursery; nursery.serve(sys.argv[2])"
        )
        words = (sys.executable, "-I", "-X", "utf8", "-c", start, str(Path(__file__).parent), self._path)
        self._process = subprocess.Popen(words, env=parent.ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.read(2) == b"ok"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def serve(path: str) -> None:
    """In a process of its own, until whoever started it is gone."""
    _read_once()
    door = socket.socket(socket.AF_UNIX)
    door.bind(path)
    door.listen(64)
    sys.stdout.buffer.write(b"ok")
    sys.stdout.flush()
    children: dict[int, socket.socket] = {}
    with DefaultSelector() as waiting:
        waiting.register(door, EVENT_READ)
        waiting.register(0, EVENT_READ)
        while True:
            for key, _ in waiting.select(GOING if children else None):
                if key.fileobj == 0:
                    os._exit(0)
                elif key.fileobj is door:
                    asking, _ = door.accept()
                    pid = _born(asking, door)
                    children[pid] = asking
                    waiting.register(asking, EVENT_READ, pid)
                elif key.data in children:  # whoever asked was killed
                    waiting.unregister(key.fileobj)
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(key.data, signal.SIGKILL)
            _buried(children, waiting)


def _read_once() -> None:
    """Everything that children load, be it with the first file, is there before the first of them is born."""
    import importlib
    import io
    import pkgutil

    import openpyxl

    from coverage_census import ingest
    from coverage_census.ingest import workbook
    from coverage_census.ingest.jail import child
    from coverage_census.model.incoming import Incoming

    sys.meta_path.insert(0, child._WithoutPandas)
    for module in pkgutil.walk_packages(ingest.__path__, f"{ingest.__name__}."):
        importlib.import_module(module.name)
    book = openpyxl.Workbook()
    for row in USUAL.strip().splitlines():
        book.worksheets[0].append(row.split(","))
    saved = io.BytesIO()
    book.save(saved)
    for name, data in (("usual.xlsx", saved.getvalue()), ("usual.csv", USUAL.strip().encode())):
        workbook.read_workbook(data, Incoming(path=Path(name), label=name), {})


def _buried(children: dict[int, socket.socket], waiting: DefaultSelector) -> None:
    """Who asked is told how its child ended."""
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        asked = children.pop(pid)
        with contextlib.suppress(KeyError):
            waiting.unregister(asked)
        with contextlib.suppress(OSError):
            asked.send(str(os.waitstatus_to_exitcode(status)).encode())
        asked.close()


def _born(asking: socket.socket, door: socket.socket) -> int:
    folder, streams, _, _ = socket.recv_fds(asking, 4096, 2)
    pid = os.fork()
    if pid == 0:
        from coverage_census.ingest.jail import child

        os.chdir(folder)
        for number, handle in enumerate(streams):
            os.dup2(handle, number)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.closerange(3, 256)
        code = 1
        try:
            sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
            child.main()
            code = 0
        finally:
            os._exit(code)
    for handle in streams:
        os.close(handle)
    return pid
