"""Names without a link in; those linked that have one core name within their county and are alone with it.

Alone: on both sides, among those that nothing known (county, township, region, form, code) tells apart; or else among
those whose township is known and equal. Where several remain, only a person can tell.
"""

from typing import TYPE_CHECKING

from coverage_census.registers.matching import pairs
from coverage_census.registers.matching.pairs import PlacePairs
from coverage_census.registers.matching.sides import Step, Unsure
from coverage_census.registers.matching.standing import Standing

if TYPE_CHECKING:
    from coverage_census.registers.matching.pairs import Numbers

_PLACE = ("town", "said_town")
_ALL = ("county", *_PLACE, "region", "form", "organisation")


def by_name(found: Standing, step: Step) -> None:
    """The steps 核心名称 and (with mass and Party endings off) 名称去尾."""
    keys = _within_county(found, "core" if step is Step.CORE_NAME else "bare")
    names = list(found.ours.names.name), list(found.theirs.names.name)
    for each in (keys, _within_town(found, keys)):
        same = found.of_key(each, found.free())
        same = same.where(pairs.agree(same, found.ours, found.theirs, _ALL))
        found.link(step, same.where(pairs.alone(same)), names)


def ask_same(found: Standing) -> None:
    """Those of one name that no step could link: which of several, under two codes, or in another township."""
    import numpy as np

    same = found.of_key(_within_county(found, "bare"), found.unlinked())
    names = list(found.ours.names.name), list(found.theirs.names.name)

    def agreeing(pairs_: PlacePairs, *but: str) -> PlacePairs:
        columns = [each for each in _ALL if each not in but]
        return pairs_.where(pairs.agree(pairs_, found.ours, found.theirs, columns))

    found.ask(Unsure.SAME_NAME, agreeing(same), names)
    codes = agreeing(same, "organisation")
    differ = ~pairs.agree(codes, found.ours, found.theirs, ("organisation",))
    found.ask(Unsure.ONE_NAME_TWO_CODES, codes.where(differ), names)
    places = agreeing(same, *_PLACE)
    apart = ~pairs.agree(places, found.ours, found.theirs, _PLACE)
    found.ask(Unsure.ELSEWHERE, places.where(np.logical_and(apart, pairs.alone(places))), names)


def _within_county(found: Standing, column: str) -> tuple["Numbers", "Numbers"]:
    """Name and county in one number; the name alone where one of its bearers has no county, and may lie in any."""
    import numpy as np

    sides = found.ours, found.theirs
    name = np.concatenate([getattr(each, column) for each in sides])
    county = np.concatenate([each.county for each in sides])
    width = int(name.max(initial=0)) + 1
    anywhere = np.zeros(width, dtype=bool)
    anywhere[name[county < 0]] = True
    key = np.where(anywhere[name], name, (county + 1) * width + name)
    return key[: len(sides[0].text)], key[len(sides[0].text) :]


def _within_town(found: Standing, keys: tuple["Numbers", "Numbers"]) -> tuple["Numbers", "Numbers"]:
    """The same and the township in one number; none where no township is known."""
    import numpy as np

    values, back = np.unique(np.concatenate(keys), return_inverse=True)
    town = np.concatenate((found.ours.town, found.theirs.town))
    key = np.where(town < 0, -1, (town + 1) * max(1, len(values)) + back)
    return key[: len(keys[0])], key[len(keys[0]) :]
