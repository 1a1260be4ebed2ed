"""An OLE compound file (the container of .xls) in; one of its streams out, ValueError where it is not whole."""

import struct
from collections.abc import Iterator

ENTRY = struct.Struct("<64sHBB12x16x4x8x8xI Q")  # name, its bytes, type, colour, …, first sector, size
HEADER = 512
END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
NUMBERS = 109  # of sectors of the table that stand in the header itself


def stream(data: bytes, name: str) -> bytes:
    """By the name of its directory entry; small streams lie in a container of their own."""
    try:
        return _Compound(data).stream(name)
    except (struct.error, IndexError) as error:
        raise ValueError("compound file cut off") from error


class _Compound:
    """Sectors and the table that says which follows which."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not (7 <= shift <= 16 and 2 <= mini_shift <= shift):
            raise ValueError("no sectors of that size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._first, self._cutoff, self._first_mini = struct.unpack_from("<I4xII", data, 48)
        self._table = self._sector_table()

    def stream(self, name: str) -> bytes:
        entries = list(ENTRY.iter_unpack(self._whole(self._first)))
        wanted = name.encode("utf-16-le") + b"\0\0"
        for label, length, _, _, first, size in entries:
            if label[:length] == wanted:
                size &= 0xFFFFFFFF  # the upper half is undefined where sectors have 512 bytes
                if size >= self._cutoff:
                    return self._whole(first)[:size]
                return self._small(first, entries[0][4])[:size]
        raise ValueError("no such stream")

    def _sector_table(self) -> list[int]:
        next_, count = struct.unpack_from("<II", self._data, 68)
        places = list(struct.unpack_from(f"<{NUMBERS}I", self._data, 76))
        for _ in range(min(count, len(self._data) // self._size)):
            more = struct.unpack(f"<{self._size // 4}I", self._sector(next_))
            places += more[:-1]
            next_ = more[-1]
        table: list[int] = []
        for place in places:
            if place < END:
                table += struct.unpack(f"<{self._size // 4}I", self._sector(place))
        return table

    def _sector(self, number: int) -> bytes:
        at = HEADER + number * self._size if self._size == HEADER else (number + 1) * self._size
        found = self._data[at : at + self._size]
        if not found:
            raise ValueError("sector beyond the file")
        return found.ljust(self._size, b"\0")

    def _whole(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(first, self._table))

    def _small(self, first: int, root: int) -> bytes:
        held, size = self._whole(root), self._mini_size
        table = struct.unpack(f"<{len(raw) // 4}I", raw) if (raw := self._whole(self._first_mini)) else ()
        return b"".join(held[number * size : (number + 1) * size] for number in _chain(first, list(table)))


def _chain(number: int, table: list[int]) -> Iterator[int]:
    """Sector after sector; one that comes back to itself is damage."""
    for _ in range(len(table) + 1):
        if number >= END:
            return
        yield number
        number = table[number]
    raise ValueError("sectors without end")
