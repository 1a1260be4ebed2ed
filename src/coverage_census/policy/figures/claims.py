"""Published figures as people write them, one a line, in; which of them reproduce and what the others would be out.

`316/3222=9.8%`, `356+21=377`, `33625人/3222家=10.4`; full-width signs, 万 and 亿, unit words, remarks in brackets and
after `#` are understood.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Verdict = Literal["reproduces", "rounding", "differs", "inexact", "mixed_units", "unreadable"]

_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([万亿]?)([家户个名人处项元]?)(%?)")
_SIGN = re.compile(r"[+\-]")
_REMARK = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_BEFORE = r"约|大约|将近|近|接近|不足|不到|少于|超过|至少|逾|≈|~"
_AFTER = r"左右|上下|余|多|来|以上|以下|几|成"
_UNIT = r"[万亿]?[家户个名人处项元]?"
_FIGURE = r"[\d一二两三四五六七八九十]"
_INEXACT = re.compile(rf"({_BEFORE}){_FIGURE}|{_FIGURE}{_UNIT}%?({_AFTER})|(几[十百千万])")
"""Words that make the figure beside them a rough one; elsewhere (余杭区, 成立) they say nothing of it."""
_SCALES = {"": 0, "万": 4, "亿": 8}
_COUNTED = {"家": "organisations", "户": "organisations", "个": "party_orgs", "名": "persons", "人": "persons"}
_LONGEST = 200


@dataclass(frozen=True)
class Claim:
    """One line: what it says, whether it holds, and what it would be.

    `base` is the denominator with which a rate would hold (`base_exact`: to the last digit, not only rounded), `off`
    how far a sum is from what is stated, `word` what makes a figure a rough one.
    """

    line: int
    text: str
    verdict: Verdict
    claimed: str | None = None
    computed: str | None = None
    base: int | None = None
    off: str | None = None
    word: str | None = None
    base_exact: bool | None = None


@dataclass(frozen=True)
class _Figure:
    value: Decimal
    step: Decimal  # one unit of the last digit that is written
    unit: str
    percent: bool


def check(text: str) -> tuple[Claim, ...]:
    """Every line that says something; blank lines and comments (`#`) are passed over."""
    return tuple(_claims(text))


def _claims(text: str) -> Iterator[Claim]:
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if said:
            yield _claim(number, said)


def _claim(number: int, said: str) -> Claim:
    plain = _plain(said)
    if (rough := _INEXACT.search(plain)) is not None:
        return Claim(number, said, "inexact", word=next(each for each in rough.groups() if each))
    left, equals, right = plain.partition("=")
    claimed = _figure(right)
    if not equals or claimed is None or len(said) > _LONGEST:
        return Claim(number, said[:_LONGEST], "unreadable")
    if "/" in left:
        above, _, below = left.partition("/")
        numerator, denominator = _figure(above), _figure(below)
        if numerator is None or denominator is None or not denominator.value:
            return Claim(number, said, "unreadable")
        return _ratio(number, said, numerator, denominator, claimed)
    terms = _terms(left)
    if terms is None or len({each.percent for each in (*terms, claimed)}) > 1:
        return Claim(number, said, "unreadable")
    return _sum(number, said, terms, claimed)


def _ratio(number: int, said: str, above: _Figure, below: _Figure, claimed: _Figure) -> Claim:
    units = {_COUNTED.get(each.unit, each.unit) for each in (above, below) if each.unit}
    if len(units) > 1 and (claimed.percent or units == {"organisations", "party_orgs"}):
        return Claim(number, said, "mixed_units")
    times = 100 if claimed.percent else 1
    computed = _rounded(times * above.value / below.value, claimed.step)
    least = times * (above.value - _slack(above)) / (below.value + _slack(below))
    most = times * (above.value + _slack(above)) / max(below.value - _slack(below), Decimal(1))
    verdict: Verdict = "differs"
    if computed == claimed.value:
        verdict = "reproduces"
    elif _rounded(least, claimed.step) <= claimed.value <= _rounded(most, claimed.step):
        verdict = "rounding"
    base, exact = None, None
    if verdict == "differs" and claimed.value and above.value:
        base = int(_rounded(times * above.value / claimed.value, Decimal(1)))
        exact = base * claimed.value == times * above.value
    return Claim(number, said, verdict, _written(claimed), _written(claimed, computed), base, base_exact=exact)


def _sum(number: int, said: str, terms: list[_Figure], claimed: _Figure) -> Claim:
    computed = sum((each.value for each in terms), Decimal(0))
    off = computed - claimed.value
    slack = sum((_slack(each) for each in (*terms, claimed)), Decimal(0))
    verdict: Verdict = "reproduces" if not off else "rounding" if abs(off) <= slack else "differs"
    return Claim(
        number, said, verdict, _written(claimed), _written(claimed, computed), off=f"{off:+f}" if off else None
    )


def _slack(each: _Figure) -> Decimal:
    """How far the figure behind a rounded one may lie; a whole number is what was counted."""
    return Decimal(0) if each.step == 1 else each.step / 2


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _written(like: _Figure, value: Decimal | None = None) -> str:
    return f"{(like.value if value is None else value):f}{'%' if like.percent else ''}"


def _plain(said: str) -> str:
    """Half-width, without blanks, remarks and the words that say the same as a sign."""
    text = unicodedata.normalize("NFKC", said)
    while (shorter := _REMARK.sub("", text)) != text:
        text = shorter
    text = re.sub(r"\s", "", text).replace("÷", "/").replace("−", "-").replace("—", "-")
    return text.rstrip("。.;；,，")


def _terms(left: str) -> list[_Figure] | None:
    terms, signs = _SIGN.split(left), _SIGN.findall(left)
    found = [_figure(term) for term in terms]
    known = [each for each in found if each is not None]
    if len(known) < len(found) or len(found) < 2:
        return None
    return [known[0], *(_signed(sign, each) for sign, each in zip(signs, known[1:], strict=True))]


def _signed(sign: str, each: _Figure) -> _Figure:
    return each if sign == "+" else _Figure(-each.value, each.step, each.unit, each.percent)


def _figure(text: str) -> _Figure | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    whole, decimals, scale, unit, percent = match.groups()
    places = len(decimals or ".") - 1
    times = Decimal(10) ** _SCALES[scale]
    value = Decimal(whole.replace(",", "") + (decimals or "")) * times
    return _Figure(value, Decimal(1).scaleb(-places) * times, unit, bool(percent))
