"""A file's bytes in; what a reader is given of them, and how much memory and time its rows have earned it, out."""

from dataclasses import dataclass

from coverage_census.ingest.containers import guard, package, proof, signature

MB = guard.MB
# What Python cells and columns take, to a byte of XML or of a sheet without tags.
PER_BYTE, PER_DENSE_BYTE = 8, 24
FREE = MB  # what is read in the seconds that every file has
SECONDS_PER_MB, DENSE_TO_XML = 1.2, 4  # four times what a good machine takes


@dataclass(frozen=True)
class Worth:
    """`proved` are bytes of rows that differ; `space` (bytes) and `seconds` (CPU) come on top of what all have."""

    data: bytes
    unpacked: int
    proved: int
    space: int
    seconds: float


NOTHING = Worth(b"", 0, 0, 0, 0)


def of(data: bytes) -> Worth:
    """Raises `Refused` where nothing in it can be read."""
    match signature.container_of(data):
        case "zip":
            found = package.taken(data)
            return _worth(found.data, found.unpacked, found.proved, 1)
        case "text":
            return _worth(data, len(data), proof.of_text(data), DENSE_TO_XML)
        case "html" | "xml":
            return _worth(data, len(data), proof.of_markup(data), DENSE_TO_XML)
    return _worth(data, len(data), proof.of_binary(data), DENSE_TO_XML)


def _worth(data: bytes, unpacked: int, proved: int, dense: int) -> Worth:
    space = proved * (PER_BYTE if dense == 1 else PER_DENSE_BYTE)
    return Worth(data, unpacked, proved, space, SECONDS_PER_MB * dense * max(proved - FREE, 0) / MB)
