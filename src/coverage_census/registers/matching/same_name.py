"""Names without a link in; those linked that have one core name within their county and are alone with it.

Alone: on both sides, among those that nothing known (county, township, region, form, code) tells apart; or else among
those whose township is known and equal. Where several remain, only a person can tell.
"""

from typing import TYPE_CHECKING

from coverage_census.registers.matching import alike, pairs
from coverage_census.registers.matching.columns import SHOP_FORMS, SideColumns
from coverage_census.registers.matching.pairs import PlacePairs
from coverage_census.registers.matching.sides import Step, Unsure
from coverage_census.registers.matching.standing import Standing

if TYPE_CHECKING:
    from coverage_census.registers.matching.pairs import Flags, Numbers

_TAIL = 2  # letters that say what a shop is
_OFTEN = 0.02
_PLACE = ("town", "said_town")
_ALL = ("county", *_PLACE, "region", "form", "organisation")


def by_name(found: Standing) -> None:
    """The steps 核心名称 and (with mass and Party endings off) 名称去尾; those of one township first."""
    for step, column in ((Step.CORE_NAME, "core"), (Step.NAME_ENDING, "bare")):
        same = found.of_key(_within_town(found, _within_county(found, column)), found.free())
        same = same.where(pairs.agree(same, found.ours, found.theirs, _ALL))
        same = same.where(pairs.alone(same))
        one_form = found.ours.form[same.ours] == found.theirs.form[same.theirs]
        found.link(step, same.where(one_form), _names(found))
    keys = _within_county(found, "bare")
    only = _only(found.ours, found.active[0], keys[0]), _only(found.theirs, found.active[1], keys[1])
    one, other = (free & flags for free, flags in zip(found.free(), only, strict=True))
    same = found.of_key(keys, (one, other))
    same = same.where(pairs.agree(same, found.ours, found.theirs, _ALL))
    same = same.where(pairs.alone(same))
    same = same.where(~_of_a_kind_that_repeats(found, same, keys))
    same = same.where(~alike.in_question(found, same))
    equal = found.ours.core[same.ours] == found.theirs.core[same.theirs]
    found.link(Step.CORE_NAME, same.where(equal), _names(found))
    found.link(Step.NAME_ENDING, same.where(~equal), _names(found))


def _of_a_kind_that_repeats(found: Standing, same: PlacePairs, keys: tuple["Numbers", "Numbers"]) -> "Flags":
    """Whether both are shops of a kind (理发店) of which one in fifty or more has a namesake in its county: such a name
    alone, with no township beside it, says too little."""
    import numpy as np

    sides = found.ours, found.theirs
    kinds = dict[str, int]()
    tails = [
        np.array([kinds.setdefault(each[-_TAIL:], len(kinds)) for each in side.text], dtype=np.int64) for side in sides
    ]
    rows, again = np.zeros(len(kinds)), np.zeros(len(kinds))
    for side, active, key, tail in zip(sides, found.active, keys, tails, strict=True):
        shops = active & np.isin(side.form, SHOP_FORMS)
        _, back, times = np.unique(key[shops], return_inverse=True, return_counts=True)
        rows += np.bincount(tail[shops], minlength=len(rows))
        again += np.bincount(tail[shops][times[back] > 1], minlength=len(rows))
    repeats = again > _OFTEN * rows
    shop = np.isin(sides[0].form[same.ours], SHOP_FORMS) & np.isin(sides[1].form[same.theirs], SHOP_FORMS)
    placed = (sides[0].town[same.ours] >= 0) & (sides[1].town[same.theirs] >= 0)
    flags: Flags = shop & ~placed & repeats[tails[0][same.ours]]
    return flags


def _names(found: Standing) -> tuple[list[str], list[str]]:
    return list(found.ours.names.name), list(found.theirs.names.name)


def _only(own: SideColumns, active: "Flags", keys: "Numbers") -> "Flags":
    """Whether nobody else of the side has the name, those counted too that are linked already: of two 便民超市 of a
    county either may be the one whose township nobody wrote down."""
    import numpy as np

    known = np.where(active, keys, -1)
    same = pairs.of_one_key(known, known)
    same = same.where(pairs.agree(same, own, own, ("region", "form", "organisation")))
    alone: Flags = np.bincount(same.ours, minlength=len(keys)) == 1
    return alone


def ask_same(found: Standing) -> None:
    """Those of one name that no step could link: which of several, under two codes, or in another township."""
    import numpy as np

    same = found.of_key(_within_county(found, "bare"), found.unlinked())
    names = _names(found)

    def agreeing(pairs_: PlacePairs, *but: str) -> PlacePairs:
        columns = [each for each in _ALL if each not in but]
        return pairs_.where(pairs.agree(pairs_, found.ours, found.theirs, columns))

    found.ask(Unsure.SAME_NAME, agreeing(same), names)
    codes = agreeing(same, "organisation")
    differ = ~pairs.agree(codes, found.ours, found.theirs, ("organisation",))
    found.ask(Unsure.ONE_NAME_TWO_CODES, codes.where(differ), names)
    places = agreeing(same, *_PLACE, "region")
    apart = ~pairs.agree(places, found.ours, found.theirs, (*_PLACE, "region"))
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
