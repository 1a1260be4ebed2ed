"""A file of text in whatever encoding people save it in; its text out."""

from pathlib import Path

from coverage_census.files.disk import DRIVE


def read(path: Path, most: int) -> str | None:
    """UTF-8, UTF-16 with its mark, or GB 18030; None for more than `most` bytes, and for what is no text."""
    if path.stat().st_size > most:
        return None
    data = DRIVE.read(path)
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None
