"""Two sides in; links, questions and what contradicts out: the steps in their order, from the surest on.

A against B gives what B against A gives, and no result depends on the order of rows.
"""

from collections import Counter

from coverage_census.registers.matching import alike, answers, codes, columns, questions, same_name, slipped_region
from coverage_census.registers.matching.pairs import PlacePairs
from coverage_census.registers.matching.repeats import repeats
from coverage_census.registers.matching.sides import Names, NamesMatched, SaidPairs, Step
from coverage_census.registers.matching.standing import Standing, standing

NOTHING_SAID = SaidPairs()


def match(ours: Names, theirs: Names, said: SaidPairs = NOTHING_SAID) -> NamesMatched:
    """Every link with the step that made it; what only a person can tell, at most two candidates a name.

    A name is linked once at most, but for what people said. Nothing is linked across counties without an equal code.
    """
    one, other = columns.both(ours, theirs)
    repeated = repeats(one), repeats(other)
    spoken = answers.judged(said, repeated)
    found = standing(one, other, repeated, spoken.apart)
    _as_said(found, spoken)
    codes.by_code(found)
    codes.by_old_code(found)
    same_name.by_name(found)
    slipped_region.by_slipped_region(found)
    alike.by_likeness(found)
    same_name.ask_same(found)
    links = tuple(sorted(found.links))
    counts = Counter(each.step for each in links)
    return NamesMatched(
        links,
        questions.at_most_two(found),
        spoken.conflicts,
        repeated,
        {step: counts[step] for step in Step},
    )


def _as_said(found: Standing, spoken: answers.JudgedPairs) -> None:
    """同一单位: linked before any step could take one of the two."""
    import numpy as np

    same = np.array(spoken.same, dtype=np.int64).reshape(-1, 2)
    names = list(found.ours.names.name), list(found.theirs.names.name)
    found.link(Step.PERSON, PlacePairs(same[:, 0], same[:, 1]), names)
