"""Links and questions in; how many are right, by truth, out."""

from dataclasses import dataclass

from coverage_census.registers.matching.match import match
from coverage_census.registers.matching.sides import Names, NamesMatched
from coverage_census.sample.registers.sides import ListedNames


@dataclass(frozen=True)
class LinkScore:
    """Of links and of what the questions would add if answered. `asked`: the larger share of names in questions."""

    links: int
    wrong: int
    recall: float
    recall_asked: float
    asked: float
    wrong_pairs: tuple[tuple[str, str, str], ...]

    def line(self, what: str) -> str:
        """One line of the table."""
        precision = 1 - self.wrong / max(1, self.links)
        return (
            f"{what:30} {self.links:8,} links, {self.wrong:3} wrong (precision {precision:.5f})"
            f", recall {self.recall:.4f}; with the questions {self.recall_asked:.4f}, of {self.asked:.1%} of rows"
        )


def names(listed: ListedNames) -> Names:
    """A made-up list as `match` wants it."""
    nothing = [None] * len(listed.name)
    return Names(listed.name, listed.uscc, nothing, listed.county, listed.township, listed.row)


def scored(ours: ListedNames, theirs: ListedNames) -> LinkScore:
    """Both lists matched, and held against the truth."""
    return score(ours, theirs, match(names(ours), names(theirs)))


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
    return LinkScore(len(found.links), len(wrong), len(right) / len(both), len(right | asked) / len(both), share, pairs)
