"""Rows in; CSV bytes out that WPS and Excel open in the right script and in which no cell can run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"

# A cell that starts so is run by a spreadsheet program; blanks and full-width signs before it do not help, nor does
# a line break inside the cell (reliability.md §3, after OWASP's page on CSV injection). A ' that stands there already
# gets another, so that reading back takes away what was put there (ingest/sheets/export.py).
_BLANKS = r"[ \u00a0\u3000\u200b\ufeff]*"
_LIVE = re.compile(rf"(^|[\r\n])(?='*{_BLANKS}[=+\-@|\t\r\n＝＋－＠｜])")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(value: object) -> str:
    """One value as CSV text: unknown is empty, yes and no are `true` and `false`, live text gets a `'` in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if not isinstance(value, str) or _NUMBER.fullmatch(text):
        return text
    return _LIVE.sub(r"\1'", text)


def lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Rows as CSV lines with CRLF, every cell quoted; the caller puts `BOM` in front of a file."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def document(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A whole CSV file with its header line, in UTF-8 with a byte order mark."""
    return (BOM + "".join(lines([header, *rows]))).encode("utf-8")
