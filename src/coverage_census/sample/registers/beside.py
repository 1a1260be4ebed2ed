"""A surveyed organisation's name in; the names of others out that a register lists beside it and that are not it."""

from collections.abc import Callable, Mapping
from random import Random

from coverage_census.sample.registers.names import words

_FORMS = ("股份有限公司", "有限责任公司", "有限公司")
Beside = Callable[[str, str, Random], str]


def _direction(stem: str, form: str, rng: Random) -> str:
    """岳西县城东富民食品有限公司."""
    return f"{rng.choice(words()['directions'])}{stem}{form}"


def _numeral(stem: str, form: str, rng: Random) -> str:
    return f"{stem}第{rng.choice(words()['numerals'][1:])}厂"


def _trade(stem: str, form: str, rng: Random) -> str:
    tails = [each for each in ("科技", "科贸", "商贸", "工贸") if not stem.endswith(each)]
    return stem[:-2] + rng.choice(tails) + form


def _branch(stem: str, form: str, rng: Random) -> str:
    return f"{stem}{form}{rng.choice(words()['directions'])}分公司"


def _same(stem: str, form: str, rng: Random) -> str:
    """In another township."""
    return stem + form


CASES: Mapping[str, Beside] = {
    "sister_elsewhere_in_town": _direction,
    "numbered": _numeral,
    "sister_in_another_trade": _trade,
    "branch": _branch,
    "same_name_in_another_township": _same,
}


def beside(name: str, region: str, case: str, rng: Random) -> str:
    """The name of one who is not `name` but nearly called so; `region` stays before it."""
    place = next((each for each in (region, region[:-1]) if name.startswith(each)), "")
    rest = name.removeprefix(place)
    form = next((each for each in _FORMS if rest.endswith(each)), "")
    return place + CASES[case](rest.removesuffix(form), form, rng)
