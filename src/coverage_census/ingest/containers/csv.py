"""The bytes of a csv or other text file to rows of text: encoding and delimiter by content, or refused."""

import codecs
import csv
import io
import re
from collections import Counter

from coverage_census.ingest.grid import Cell
from coverage_census.ingest.refusal import Refused

DELIMITERS = (",", "\t", ";", "｜", "|")
SAMPLE = 200  # records that decide the delimiter
MAX_FIELD = 131_072  # four times what a spreadsheet cell can hold: a longer field is a quote that never ends
MAX_COLUMNS = 16_384
MAX_CELLS = 20_000_000

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
FORCED_TEXT = re.compile(r'="([^"]*)"')  # ="0123": how other systems keep Excel from turning a code into a number


QUOTE_AFTER_BLANK = re.compile(r'[,;\t|] {1,4}"')
MOST_BAD = 3  # bytes that belong to no character, in a text that is UTF-8 everywhere else
AROUND = 200_000  # bytes behind the first of them that are looked at
NULS = 20  # one sign of so many may be a stray zero byte; more of them are another encoding


def rows_of(data: bytes) -> list[list[Cell]]:
    """The records of a text file, blanks as None, as long as they are."""
    text = decode(data)
    csv.field_size_limit(MAX_FIELD)
    joined = QUOTE_AFTER_BLANK.search(text[: SAMPLE * 1000]) is not None  # "a", "b"
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), skipinitialspace=joined):
            cells += len(record)
            if len(record) > MAX_COLUMNS or cells > MAX_CELLS:
                raise Refused("too_many_cells", limit=MAX_CELLS)
            rows.append([field or None for field in record])
    except csv.Error as error:
        raise Refused("open_quote") from error
    return _unforced(rows) if '="' in text else rows


def decode(data: bytes) -> str:
    """A byte order mark, else strict UTF-8, else strict GB18030, else refused: never a guess that is silently wrong."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise Refused("half_copied") from error
        _refuse_bad_bytes(data, error.start)
    text = _checked(_strict(data, "gb18030"))
    # Big5 and binary bytes often decode as GB18030 too, but then into characters that nobody types.
    if PRIVATE.search(text):
        raise Refused("unknown_encoding")
    return text


def _refuse_bad_bytes(data: bytes, first: int) -> None:
    """A text that is UTF-8 but for a byte or two is named by its line; as GB18030 it would be read as nonsense."""
    near = data[: first + AROUND]
    read = near.decode("utf-8", "replace")
    bad = read.count("\ufffd") - near.count("\ufffd".encode()) - (len(near) < len(data))
    whole = sum(1 for letter in read[:100_000] if "\u4e00" <= letter <= "\u9fff")
    if bad <= MOST_BAD and whole > 10 * bad:
        raise Refused("bad_byte", line=data.count(b"\n", 0, first) + 1, count=bad)


def strays(data: bytes) -> int:
    """How many zero bytes were left out of a text: some programs leave one at the end of a field."""
    return 0 if any(data.startswith(mark) for mark, _ in MARKS[1:]) else data.count(b"\0")


def encoding_of(data: bytes) -> str:
    """Which of the encodings `decode` would take."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The delimiter that splits most records into the same, largest number of fields."""
    sample = text[: SAMPLE * 1000]
    best, most = ",", 0
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        score = _score(sample, delimiter)
        if score > most:
            best, most = delimiter, score
    return best


def _score(sample: str, delimiter: str) -> int:
    widths: Counter[int] = Counter()
    try:
        for number, record in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            if number == SAMPLE:
                break
            widths[len(record)] += len(record) > 1
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("unknown_encoding") from error


def _checked(text: str) -> str:
    text = text.rstrip("\x1a")  # the end mark of old DOS programs
    if 0 < text.count("\0") * NULS <= len(text):
        text = text.replace("\0", "")
    if CONTROLS.search(text):
        raise Refused("unknown_encoding")
    return text


def _unforced(rows: list[list[Cell]]) -> list[list[Cell]]:
    return [[_plain(cell) if isinstance(cell, str) and cell.startswith('="') else cell for cell in row] for row in rows]


def _plain(cell: str) -> Cell:
    forced = FORCED_TEXT.fullmatch(cell)
    return (forced[1] or None) if forced else cell
