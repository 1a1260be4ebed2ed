"""A drive in memory of what a power cut would leave: only what was brought to the disk, as weak as POSIX allows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from coverage_census.files.disk import Drive

# What a cut leaves of names (new, renamed, removed) whose folder was not brought to the disk: all of it, as a journal
# that was just written would, or nothing. Bytes that were not brought to the disk are gone in both.
Names = Literal["all names", "no names"]
CUTS: tuple[Names, ...] = ("all names", "no names")


@dataclass(eq=False)
class File:
    """`dirty`: bytes that no fsync has taken along yet."""

    live: bytearray = field(default_factory=bytearray)
    safe: bytes = b""
    dirty: bool = True


@dataclass(eq=False)
class Folder:
    live: dict[str, "Folder | File"] = field(default_factory=dict)
    safe: dict[str, "Folder | File"] = field(default_factory=dict)


class PowerCut(Drive):
    """Does everything for real, and keeps a second account of what is on the disk. `look` runs after every call.

    `failing`: the n-th fsync fails; as on Linux, the bytes it was to write count as written from then on.
    `left_out`: fsyncs that a careless program would not make; what they are about is told by a path.
    """

    def __init__(
        self,
        root: Path,
        look: Callable[["PowerCut"], None] = lambda drive: None,
        left_out: Callable[[str, Path], bool] = lambda call, path: False,
        failing: int = 0,
    ) -> None:
        self.root, self.top, self.handles = root, taken(root), dict[int, tuple[Path, File]]()
        self.calls, self.fsyncs = 0, 0
        self._look, self._left_out, self._failing = look, left_out, failing

    def sleep(self, seconds: float) -> None:
        """Time goes by at once: one process plays the dead one and the next, and would wait for its own lock."""

    def create(self, path: Path) -> int:
        handle = super().create(path)
        node = File()
        self._folder(path.parent).live[path.name] = node
        self.handles[handle] = (path, node)
        self._called()
        return handle

    def write(self, handle: int, data: memoryview) -> int:
        count = super().write(handle, data)
        node = self.handles[handle][1]
        node.live += data[:count]
        node.dirty = True
        self._called()
        return count

    def fsync(self, handle: int) -> None:
        path, node = self.handles[handle]
        if not self._left_out("fsync", path):
            self._fails(node)
            if node.dirty:
                node.safe, node.dirty = bytes(node.live), False
        self._called()

    def fsync_folder(self, path: Path) -> None:
        if not self._left_out("fsync_folder", path):
            node = self._folder(path)
            self._fails(None)
            node.safe = dict(node.live)
        self._called()

    def mkdir(self, path: Path) -> None:
        super().mkdir(path)
        self._folder(path.parent).live[path.name] = Folder()
        self._called()

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self._moved(source, target)

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self._moved(source, target)

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        del self._folder(path.parent).live[path.name]
        self._called()

    def rmdir(self, path: Path) -> None:
        super().rmdir(path)
        del self._folder(path.parent).live[path.name]
        self._called()

    def lock(self, path: Path) -> int | None:
        handle = super().lock(path)
        self._folder(path.parent).live.setdefault(path.name, File())
        self._called()
        return handle

    def left(self, names: Names, where: Path) -> Path:
        """What lies on the disk if the power fails now, in the new folder `where`."""
        given(self.top, names, where)
        return where

    def _folder(self, path: Path) -> Folder:
        node: Folder | File = self.top
        for name in path.relative_to(self.root).parts:
            assert isinstance(node, Folder)
            node = node.live[name]
        assert isinstance(node, Folder)
        return node

    def _moved(self, source: Path, target: Path) -> None:
        node = self._folder(source.parent).live.pop(source.name)
        self._folder(target.parent).live[target.name] = node
        self._called()

    def _fails(self, node: File | None) -> None:
        self.fsyncs += 1
        if self.fsyncs == self._failing:
            if node is not None:
                node.dirty = False
            raise OSError(5, "Input/output error")

    def _called(self) -> None:
        self.calls += 1
        self._look(self)


def taken(path: Path) -> Folder:
    """What lies there now, all of it on the disk."""
    made = Folder()
    for each in path.iterdir():
        if each.is_dir():
            made.live[each.name] = taken(each)
        else:
            data = each.read_bytes()
            made.live[each.name] = File(bytearray(data), data, dirty=False)
    made.safe = dict(made.live)
    return made


def given(folder: Folder, names: Names, where: Path) -> None:
    where.mkdir()
    for name, node in (folder.live if names == "all names" else folder.safe).items():
        if isinstance(node, Folder):
            given(node, names, where / name)
        else:
            (where / name).write_bytes(node.safe)
