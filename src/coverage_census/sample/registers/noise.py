"""A name in; the same as another office's clerk wrote it down out."""

from random import Random

from coverage_census.places.divisions import County
from coverage_census.sample.registers.names import words

_REGION_OFF = 0.5


def noisy(name: str, county: County, rng: Random) -> str:
    """Unchanged in 45 of 100, else with another form, region, letter, blank or bracket."""
    kind = rng.random()
    if kind < 0.45:
        return name
    if kind < 0.60:
        return other_form(name)
    if kind < 0.75:
        return other_region(name, county, rng)
    if kind < 0.80:
        return _without_form(name)
    if kind < 0.87:
        return wrong_letter(name, rng)
    if kind < 0.92:
        return lost_or_doubled(name, rng)
    return blanks_and_brackets(name, rng)


def other_form(name: str) -> str:
    """有限公司 as 有限责任公司, and back."""
    for one, other in (("股份有限公司", "股份公司"), ("有限责任公司", "有限公司"), ("有限公司", "有限责任公司")):
        if one in name:
            return name.replace(one, other, 1)
    return name


def other_region(name: str, county: County, rng: Random) -> str:
    """Without the region that it begins with, or with one."""
    for each in (county.province, county.city, county.name):
        for region in (each, each[:-1]):
            if len(region) > 1 and name.startswith(region) and len(name) - len(region) > 3:
                return name[len(region) :]
    return rng.choice((county.name, county.city, county.province)) + name


def wrong_letter(name: str, rng: Random) -> str:
    """One letter as it sounds or looks, or any."""
    at = rng.randrange(_end(name))
    alike = [other for group in words()["like"] if name[at] in group for other in group if other != name[at]]
    letter: str = rng.choice(alike) if alike and rng.random() < 0.7 else rng.choice(words()["brand"])
    return name[:at] + letter + name[at + 1 :]


def lost_or_doubled(name: str, rng: Random) -> str:
    """One letter too few or twice."""
    at = rng.randrange(_end(name))
    return name[:at] + (name[at] * 2 if rng.random() < 0.5 else "") + name[at + 1 :]


def blanks_and_brackets(name: str, rng: Random) -> str:
    """Half-width brackets, or a blank somewhere."""
    if "（" in name and rng.random() < 0.7:
        return name.replace("（", "(").replace("）", ")")
    at = rng.randrange(1, len(name))
    return name[:at] + rng.choice((" ", "　", "  ")) + name[at:]


def with_ending(name: str, office: str, rng: Random) -> str:
    """富民食品有限公司工会委员会."""
    return name + str(rng.choice(words()["endings"][office]))


def _without_form(name: str) -> str:
    for form in ("股份有限公司", "有限责任公司", "有限公司"):
        if name.endswith(form):
            return name.removesuffix(form)
    return name


def _end(name: str) -> int:
    """Where its legal form begins: no clerk misspells 有限公司."""
    return max(2, len(_without_form(name)))
