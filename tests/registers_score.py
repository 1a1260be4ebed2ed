"""Made-up registers matched; how many links are right by the truth, and what the questions would add, out."""

from dataclasses import dataclass, replace

from coverage_census.places import divisions
from coverage_census.places.divisions import County
from coverage_census.registers.matching.match import match
from coverage_census.registers.matching.sides import Link, Names, NamesMatched, Step
from coverage_census.sample.registers import sides
from coverage_census.sample.registers.names import world
from coverage_census.sample.registers.sides import ListedNames

SEED = 1
_A_COUNTY = 1_000  # organisations


@dataclass(frozen=True)
class LinkScore:
    """Shares of 1. `recall_asked`: with all questions answered; `asked`: the larger share of names in questions."""

    links: int
    wrong: int
    recall: float
    recall_asked: float
    asked: float
    wrong_pairs: tuple[tuple[str, str, str], ...]

    def three(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of the links alone."""
        precision = 1 - self.wrong / max(1, self.links)
        return precision, self.recall, 2 * precision * self.recall / (precision + self.recall)

    def line(self) -> str:
        """The figures in a line."""
        return (
            f"{self.links:,} links, {self.wrong} wrong, recall {self.recall:.4f}, F1 {self.three()[2]:.4f};"
            f" with the questions {self.recall_asked:.4f}, asked {self.asked:.1%}"
        )


def counties(size: int) -> list[County]:
    """So many of three provinces that each has a thousand organisations or a few more."""
    three = [each for each in divisions.counties() if each.province in ("浙江省", "江苏省", "安徽省")]
    return three[: max(1, size // _A_COUNTY)]


def registers(what: str, size: int, *, aside: bool) -> tuple[ListedNames, ListedNames]:
    """The survey and a register (market, union) of `size` organisations."""
    everybody = world(counties(size), size, SEED, aside=aside)
    return sides.survey(everybody, SEED), {"market": sides.market, "union": sides.union}[what](everybody, SEED)


def names(listed: ListedNames) -> Names:
    """A made-up list as `match` wants it."""
    return Names(listed.name, listed.uscc, [None] * len(listed.name), listed.county, listed.township, listed.row)


def scored(ours: ListedNames, theirs: ListedNames) -> LinkScore:
    """Both lists matched, and held against the truth."""
    return score(ours, theirs, match(names(ours), names(theirs)))


def every_question_taken(found: NamesMatched) -> NamesMatched:
    """As if a machine said yes to each question, the likeliest first, as long as neither name is linked."""
    linked = {each.ours for each in found.links}, {each.theirs for each in found.links}
    more = []
    for each in sorted(found.doubts, key=lambda each: -each.score):
        if each.ours not in linked[0] and each.theirs not in linked[1]:
            linked[0].add(each.ours)
            linked[1].add(each.theirs)
            more.append(Link(each.ours, each.theirs, Step.PERSON, each.on, each.score))
    return replace(found, links=(*found.links, *more))


def score(ours: ListedNames, theirs: ListedNames, found: NamesMatched) -> LinkScore:
    """What was found against the truth."""
    mine, others = ours.organisation, theirs.organisation
    both = set(mine) & set(others)
    right = {mine[each.ours] for each in found.links if mine[each.ours] == others[each.theirs]}
    asked = {mine[each.ours] for each in found.doubts if mine[each.ours] == others[each.theirs]}
    wrong = [each for each in found.links if mine[each.ours] != others[each.theirs]]
    share = max(
        len({each.ours for each in found.doubts}) / max(1, len(mine)),
        len({each.theirs for each in found.doubts}) / max(1, len(others)),
    )
    pairs = tuple((ours.name[each.ours], theirs.name[each.theirs], str(each.step)) for each in wrong)
    recalls = len(right) / len(both), len(right | asked) / len(both)
    return LinkScore(len(found.links), len(wrong), *recalls, share, pairs)
