"""What townships and the second stage still leave over, solved once more together with groups around it (third stage).

Each township makes the best of its own, and its groups are then full or have nobody to spare; a county as a whole may
cover more. Where it may, as few groups as are needed are opened again, those nearest to who is left first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coverage_census.model.plans.joint import Group, Nearness, PlanProof, Unit
from coverage_census.places.neighbours import pair
from coverage_census.plan.joint import groups as grouping
from coverage_census.plan.joint.candidates import place
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.counties import Second, searched
from coverage_census.plan.joint.limits import Bounds
from coverage_census.plan.joint.solver import coverage
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem, Solution
from coverage_census.plan.joint.solver.workers import every
from coverage_census.plan.joint.townships import NO_PINS, Home, Member, Pins, TownshipCluster, first, home
from coverage_census.plan.quiet import quiet

MOST = 160  # items of one search where it is known how many can be covered
MOST_UNKNOWN = 40  # and where it is not, because not everybody reaches everybody


@dataclass(frozen=True)
class SearchFrame:
    """What every search of a plan is under."""

    keep: Bounds
    cost: Points
    pins: Pins = NO_PINS


@dataclass(frozen=True)
class SearchPiece:
    """An item of a township's search and what it stands for; the number of its existing branch is one of the county."""

    item: ClusterItem
    member: Member
    home: Home | None = None  # the township whose search it was in


@dataclass(frozen=True)
class Third:
    """All groups after the third stage, who is still left, how good each county's search was, and the townships whose
    own search no longer says anything."""

    groups: tuple[Group, ...]
    left: tuple[Member, ...]
    proofs: tuple[PlanProof, ...]
    redone: frozenset[Home]


@dataclass(frozen=True)
class Search:
    """One county: the groups (by number) that are opened, the pieces these and those left over come to, and what no
    plan of the county leaves out less than (None: not known)."""

    county: str
    opened: tuple[int, ...]
    pieces: tuple[SearchPiece, ...]
    cluster: Cluster
    out: int  # what is left over now weighs
    least: int | None
    weight: int  # of the whole county
    whole: bool  # all of it is searched


def third(towns: Sequence[TownshipCluster], after: Second, placeless: Sequence[Member], frame: SearchFrame) -> Third:
    """The same where nothing can be gained; else with one proof a county that was solved again."""
    pool = _Pool(_pieces(towns, placeless), frame)
    counties = searched(after.left, frame.cost)
    with quiet():
        asked = [_search(county, after, pool) for county in counties]
    searches = [each for each in asked if each is not None]
    solutions = every([each.cluster for each in searches])
    gained = [
        _Gained(each, found, after)
        for each, found in zip(searches, solutions, strict=True)
        if found.uncovered < each.out
    ]
    closed, again = {n for each in gained for n in each.search.opened}, {each.search.county for each in gained}
    groups = [group for n, group in enumerate(after.groups) if n not in closed]
    left = [member for member in after.left if _county(member) not in again]
    return Third(
        groups=(*groups, *(group for each in gained for group in each.groups)),
        left=(*left, *(member for each in gained for member in each.left)),
        proofs=(*(p for p in after.proofs if (p.county or "") not in again), *(each.proof for each in gained)),
        redone=frozenset(at for each in gained for at in each.redone),
    )


def _county(member: Member) -> str:
    return first(member.units).county or ""


def _pieces(towns: Sequence[TownshipCluster], placeless: Sequence[Member]) -> list[SearchPiece]:
    found: list[SearchPiece] = []
    before = 0
    for town in towns:
        for item, member in zip(town.cluster.items, town.members, strict=True):
            keep = None if item.keep is None else before + item.keep
            found.append(SearchPiece(replace(item, keep=keep), member, town.home))
        before += 1 + max((item.keep for item in town.cluster.items if item.keep is not None), default=-1)
    for member in placeless:
        lead = first(member.units)
        found.append(SearchPiece(ClusterItem(member.tally, place(lead), lead.gbt4754), member))
    return found


class _Pool:
    """All pieces, by their numbers, and the searches that can be made of some of them."""

    def __init__(self, pieces: Sequence[SearchPiece], frame: SearchFrame) -> None:
        self.pieces, self.frame = pieces, frame
        self._at = {id(unit): number for number, piece in enumerate(pieces) for unit in piece.member.units}
        self._often = Counter(piece.item.keep for piece in pieces)

    def of(self, units: Iterable[Unit]) -> list[int]:
        """The pieces of these units."""
        return sorted({self._at[id(unit)] for unit in units})

    def weight(self, numbers: Iterable[int]) -> int:
        """How many organisations that is."""
        return sum(self.pieces[number].item.weight for number in numbers)

    def cluster(self, numbers: Sequence[int]) -> Cluster:
        """An existing branch of which only a part is there can no longer be kept whole."""
        frame, chosen = self.frame, [self.pieces[number] for number in numbers]
        there = Counter(piece.item.keep for piece in chosen)
        kept = {keep for keep, many in there.items() if many == self._often[keep]}
        items = [piece.item if piece.item.keep in kept else replace(piece.item, keep=None) for piece in chosen]
        return Cluster(tuple(items), frame.keep, frame.cost, *frame.pins.among([piece.member for piece in chosen]))


def _search(county: str, after: Second, pool: _Pool) -> Search | None:
    """None where the county as a whole covers no more, or nobody is there to regroup."""
    inside = [n for n, group in enumerate(after.groups) if (group.county or "") == county]
    over = [member for member in after.left if _county(member) == county]
    left = pool.of(unit for member in over for unit in member.units)
    members = {n: pool.of(after.groups[n].units) for n in inside}
    whole = [*left, *(number for n in inside for number in members[n])]
    out = pool.weight(left)
    known = bool(county) and _counts(pool.frame) and coverage.countable(every_one := pool.cluster(whole))
    least = coverage.least_uncovered(every_one)[0] if known else None
    if not inside or (least is not None and least >= out):
        return None
    ordered = _nearest(inside, after.groups, over, pool.frame)
    opened, numbers = _opened(ordered, members, left, least, pool)
    if not opened:
        return None
    chosen, cluster = tuple(pool.pieces[number] for number in numbers), pool.cluster(numbers)
    every_group = len(opened) == len(inside)
    return Search(county, opened, chosen, cluster, out, least, pool.weight(whole), whole=every_group)


def _counts(frame: SearchFrame) -> bool:
    """Whether only limits count, as everybody of a county reaches everybody."""
    return frame.cost.farthest is Nearness.COUNTY and frame.pins == NO_PINS


def _opened(
    ordered: Sequence[int], members: dict[int, list[int]], left: list[int], least: int | None, pool: _Pool
) -> tuple[tuple[int, ...], list[int]]:
    """As few groups as reach what the county can; where that is not known, as many as one search holds. With pins,
    which may hold anybody together, all or none."""
    most = MOST if least is not None else MOST_UNKNOWN
    steps = [len(ordered)] if pool.frame.pins != NO_PINS else list(_steps(len(ordered)))
    found: tuple[tuple[int, ...], list[int]] = ((), left)
    for many in steps:
        numbers = [*left, *(number for n in ordered[:many] for number in members[n])]
        if len(numbers) > most:
            break
        found = tuple(ordered[:many]), numbers
        if least is not None and coverage.least_uncovered(pool.cluster(numbers))[0] <= least:
            break
    return found


def _steps(most: int) -> Iterator[int]:
    """1, 2, 3, 4, 6, 8, 12 … and all."""
    many = 1
    while many < most:
        yield many
        many += max(1, many // 2)
    yield most


def _nearest(inside: Sequence[int], groups: Sequence[Group], over: Sequence[Member], frame: SearchFrame) -> list[int]:
    """Groups of the townships of who is left first, then of those beside them, then the others; new ones before those
    of existing branches."""
    homes = {home(unit) for member in over for unit in member.units}

    def far(number: int) -> tuple[int, bool, int]:
        group = groups[number]
        there = {home(unit) for unit in group.units}
        beside = any(_beside(one, other, frame.cost) for one in there for other in homes)
        return 0 if there & homes else 1 if beside else 2, group.change != "new", number

    return sorted(inside, key=far)


def _beside(one: Home, other: Home, cost: Points) -> bool:
    return one[0] == other[0] and pair(one[0], one[1], other[1]) in cost.neighbours


class _Gained:
    """What a search that covers more comes to. A group that came out as it was stays what it was."""

    def __init__(self, search: Search, solution: Solution, after: Second) -> None:
        self.search = search
        self._solution = solution
        before = {_who(after.groups[n].units): after.groups[n] for n in search.opened}
        made = [self._group(numbers, kept) for numbers, kept in solution.groups]
        self.groups = [before.get(_who(group.units), group) for group in made]
        inside = {number for numbers, _ in solution.groups for number in numbers}
        self.left = [piece.member for number, piece in enumerate(search.pieces) if number not in inside]
        same = {number for (numbers, _), group in zip(solution.groups, made, strict=True)
                if _who(group.units) in before for number in numbers}  # fmt: skip
        self.redone = {piece.home for n, piece in enumerate(search.pieces) if n in inside - same and piece.home}

    def _group(self, numbers: Sequence[int], kept: int | None) -> Group:
        members = [piece.member for piece in self.search.pieces]
        made = grouping.group(numbers, kept, self.search.cluster, members, 2)
        return made.model_copy(update={"stage": 1 if len({unit.township for unit in made.units}) == 1 else 2})

    @property
    def proof(self) -> PlanProof:
        """Of the whole county; its points are those of what was solved together."""
        search, found = self.search, self._solution
        least = found.least_uncovered if search.whole else 0
        most = search.weight - (search.least if search.least is not None else least)
        return PlanProof(
            stage=3, county=search.county or None, township=None, candidates=search.weight,
            covered=search.weight - found.uncovered, most=most, cost=found.cost, bound=found.bound,
        )  # fmt: skip


def _who(units: Sequence[Unit]) -> frozenset[int]:
    return frozenset(map(id, units))
