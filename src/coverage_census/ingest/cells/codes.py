"""A cell of a code column in; a valid 统一社会信用代码 or the class of what is wrong with it out (GB 32100-2015)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, repeat
from typing import Any, NamedTuple

from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, bare
from coverage_census.privacy import check_digits
from coverage_census.privacy.check_digits import uscc as valid

__all__ = ["Code", "parse", "valid", "valid_among"]

_NOISE = str.maketrans("", "", "-—–_. ,，。'‘’`“”\"*:：;；、()（）[]【】/")
_ALONE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,12}:?)?([0-9A-Z]{18})(?:\((?:[\u4e00-\u9fff]|\d{1,2}[-/]\d{1,2}){1,6}\)|[\u4e00-\u9fff]{1,6})?$"
)
_ZEROS = re.compile("0{15,18}")
_OLD = re.compile(r"\d{15}")
_ORG_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_DAMAGED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)


class Code(NamedTuple):
    """`uscc` is valid, or `code` is what stands there and `slip` says what is wrong with it."""

    uscc: str | None = None
    code: str | None = None
    slip: str | None = None


def parse(value: Any) -> Code | None:
    """The code in a cell; None where there is none."""
    if value is None:
        return None
    if isinstance(value, (int, float)):
        return _from_number(float(value))
    value = str(value)
    if _ZEROS.fullmatch(value.strip()):
        return None
    if len(value) == 18 and valid(value):
        return Code(uscc=value)
    text = bare(value).upper()
    if text.lower() in NOTHING or text in NONE_WORDS:
        return None
    compact = text.translate(_NOISE)
    if len(compact) == 18 and valid(compact):
        return Code(uscc=compact)
    if (alone := _ALONE.search(text)) and valid(alone[1]):  # with its heading before it, or (副本) behind
        return Code(uscc=alone[1])
    return Code(code=text, slip=_slip(text, compact))


def valid_among(texts: Iterable[Any]) -> dict[str, Code]:
    """The valid codes among many values, all at once: a province has 379,300 of them."""
    import numpy

    written = [text for text in texts if isinstance(text, str) and len(text) == 18 and text.isascii()]
    if not written:
        return {}
    cells = numpy.frombuffer("".join(written).encode(), numpy.uint8).reshape(-1, 18)
    values = numpy.frombuffer(check_digits.VALUE, numpy.uint8)[cells]
    total = _weighed(values[:, :17], check_digits.WEIGHTS)
    inner = _weighed(
        numpy.frombuffer(check_digits.INNER_VALUE, numpy.uint8)[cells[:, 8:16]], check_digits.INNER_WEIGHTS
    )
    digits = numpy.frombuffer(b"0123456789X0", numpy.uint8)[-inner % 11]
    good = (values < check_digits.NONE).all(axis=1) & (-total % 31 == values[:, 17]) & (digits == cells[:, 16])
    valid_ = list(compress(written, good.tolist()))
    made: Iterator[Code] = map(partial(tuple.__new__, Code), zip(valid_, repeat(None), repeat(None)))
    found = dict(zip(valid_, made, strict=True))
    found.pop("0" * 18, None)  # its check digits hold, and it is nobody's
    return found


def _weighed(values: Any, weights: Sequence[int]) -> Any:
    """The weighted sum of each row; exact, because 17 times 255 times 30 is far below what a float32 can count."""
    import numpy

    return (values.astype(numpy.float32) @ numpy.array(weights, numpy.float32)).astype(numpy.int32)


def _from_number(value: float) -> Code | None:
    if value != value or value == 0:
        return None
    if abs(value) >= 1e15:
        return Code(code=f"{value:.14E}".replace("0E+", "E+"), slip="float")
    text = bare(value)
    return Code(code=text, slip=_slip(text, text))


def _slip(text: str, compact: str) -> str:
    if _DAMAGED.fullmatch(text) or (len(compact) == 18 and compact.endswith("000") and compact.isdecimal()):
        return "float"
    if _OLD.fullmatch(compact):
        return "old"
    if _ORG_CODE.fullmatch(compact) and check_digits.inner_digit(compact[:8].encode()) == compact[8]:
        return "org_code"
    return "check" if len(compact) == 18 else "length"
