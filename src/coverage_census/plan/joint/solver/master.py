"""Possible branches as columns in; the cheapest choice of them out, relaxed (with prices) or whole, by HiGHS.

Alike items share a row: so many of them are in branches, the others are left out. One more row holds what may be left
out at most. One thread, a fixed seed and limits on nodes instead of time: the same everywhere.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from coverage_census.plan.joint.solver.cluster import Cluster, PossibleBranch
from coverage_census.plan.joint.solver.cuts import Cut, Real
from coverage_census.plan.joint.solver.pricing import SCALE, Whole

_FIXED = {"output_flag": False, "log_to_console": False, "threads": 1, "random_seed": 0, "parallel": "off"}


class Relaxed(NamedTuple):
    """The relaxation: scaled prices of kinds, of leaving out one more (never positive) and of the cuts."""

    value: float
    prices: Whole
    slack_price: int
    cut_prices: Whole
    amounts: Real  # of each column
    left: Real  # of each kind


class Chosen(NamedTuple):
    """A choice of columns; `bound` is what HiGHS proved for these columns."""

    columns: list[tuple[PossibleBranch, int]]
    bound: float


class Master:
    """The columns so far; more can be added between two solutions."""

    def __init__(self, cluster: Cluster, left_out: int, penalty: int = 0) -> None:
        """`left_out` weighs what may stay out at most; `penalty` are the points for each of it, where that is not
        known beforehand."""
        import highspy

        self.cluster = cluster
        self.left_out = left_out
        self.penalty = penalty
        self.columns: list[PossibleBranch] = []
        self.cuts: list[Cut] = []
        self._known: dict[tuple[tuple[int, int], ...], int] = {}
        self._highs = solver(highspy)
        self._rows()

    def _rows(self) -> None:
        kinds = self.cluster.kinds
        many = np.array([kind.many for kind in kinds], dtype=np.float64)
        free = np.array([0 if kind.item.must else kind.many for kind in kinds], dtype=np.float64)
        none = np.array([], dtype=np.int32)
        empty = np.zeros(len(kinds) + 1, dtype=np.int32)
        low = np.append(many, -np.inf)
        self._highs.addRows(
            len(kinds) + 1, low, np.append(many, float(self.left_out)), 0, empty, none, np.array([], dtype=np.float64)
        )
        starts = np.arange(0, 2 * len(kinds), 2, dtype=np.int32)
        index = np.array([row for kind in range(len(kinds)) for row in (kind, len(kinds))], dtype=np.int32)
        value = np.array([each for kind in kinds for each in (1.0, float(kind.weight))], dtype=np.float64)
        cost = np.array([float(kind.weight * self.penalty) for kind in kinds])
        self._highs.addCols(len(kinds), cost, np.zeros(len(kinds)), free, len(index), starts, index, value)

    def add(self, columns: Sequence[PossibleBranch]) -> int:
        """Columns that are new, or cheaper than the one that covers the same; how many there were."""
        new: list[PossibleBranch] = []
        for column in columns:
            before = self._known.get(column.counts)
            if before is None or column.cost < self._at(before, new).cost:
                self._known[column.counts] = len(self.columns) + len(new)
                new.append(column)
        if new:
            rows = [[*column.counts, *self._in_cuts(column)] for column in new]
            starts = np.cumsum([0, *map(len, rows[:-1])]).astype(np.int32)
            index = np.array([row for each in rows for row, _ in each], dtype=np.int32)
            value = np.array([many for each in rows for _, many in each], dtype=np.float64)
            cost = np.array([column.cost for column in new], dtype=np.float64)
            zeros = np.zeros(len(new))
            self._highs.addCols(len(new), cost, zeros, np.full(len(new), np.inf), len(index), starts, index, value)
            self.columns += new
        return len(new)

    def _in_cuts(self, column: PossibleBranch) -> list[tuple[int, int]]:
        first = len(self.cluster.kinds) + 1
        shares = [(first + at, _share(column, cut)) for at, cut in enumerate(self.cuts)]
        return [(row, share) for row, share in shares if share]

    def cut(self, cuts: Sequence[Cut]) -> None:
        """Inequalities that hold for every choice in whole numbers."""
        first = len(self.cluster.kinds)
        for cut in cuts:
            left = [1.0 if cut.up and kind in cut.kinds else 0.0 for kind in range(first)]
            shares = np.array([*left, *(_share(column, cut) for column in self.columns)], dtype=np.float64)
            index = np.flatnonzero(shares).astype(np.int32)
            low, high = (float(cut.bound), np.inf) if cut.up else (-np.inf, float(cut.bound))
            self._highs.addRow(low, high, len(index), index, shares[index])
            self.cuts.append(cut)

    def inside(self) -> Whole:
        """How many of each kind (column) each of the columns (row) has."""
        found = np.zeros((len(self.columns), len(self.cluster.kinds)), dtype=np.int64)
        for row, column in enumerate(self.columns):
            for kind, many in column.counts:
                found[row, kind] = many
        return found

    def _at(self, place: int, new: list[PossibleBranch]) -> PossibleBranch:
        return self.columns[place] if place < len(self.columns) else new[place - len(self.columns)]

    def relax(self) -> Relaxed:
        """The cheapest choice in fractions, and what each item is worth in it."""
        self._highs.run()
        solution, kinds = self._highs.getSolution(), len(self.cluster.kinds)
        scaled = np.rint(np.array(solution.row_dual) * SCALE).astype(np.int64)
        value = float(self._highs.getInfo().objective_function_value)
        up = np.array([cut.up for cut in self.cuts], dtype=bool)
        cut_prices = np.where(up, np.maximum(scaled[kinds + 1 :], 0), np.minimum(scaled[kinds + 1 :], 0))
        amounts = np.array(solution.col_value)
        return Relaxed(value, scaled[:kinds], min(int(scaled[kinds]), 0), cut_prices, amounts[kinds:], amounts[:kinds])

    def whole(self, known: Sequence[tuple[PossibleBranch, int]], nodes: int) -> Chosen | None:
        """The cheapest choice in whole numbers, none better than a `known` one looked for; None where these columns
        allow none."""
        import highspy

        model = solver(highspy, mip_rel_gap=0.0, mip_abs_gap=0.999, mip_max_nodes=nodes)
        lp = self._highs.getLp()
        kinds = len(self.cluster.kinds)
        lp.integrality_ = [highspy.HighsVarType.kContinuous] * kinds + [highspy.HighsVarType.kInteger] * len(
            self.columns
        )
        model.passModel(lp)
        if known:
            start = highspy.HighsSolution()
            start.col_value = self._as_values(known)
            model.setSolution(start)
        model.run()
        info = model.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        amounts = np.rint(np.array(model.getSolution().col_value)[kinds:]).astype(np.int64)
        taken = [(column, int(times)) for column, times in zip(self.columns, amounts, strict=True) if times]
        return Chosen(taken, float(info.mip_dual_bound))

    def _as_values(self, taken: Sequence[tuple[PossibleBranch, int]]) -> list[float]:
        """A choice as HiGHS has it: what is left out of each kind, then how often each column is taken."""
        left, often = [kind.many for kind in self.cluster.kinds], [0] * len(self.columns)
        for column, times in taken:
            often[self._known[column.counts]] += times
            for kind, many in column.counts:
                left[kind] -= many * times
        return [float(each) for each in (*left, *often)]

    def left_of(self, taken: list[tuple[PossibleBranch, int]]) -> int:
        """What the items that no column takes weigh."""
        inside = Counter[int]()
        for column, times in taken:
            for kind, many in column.counts:
                inside[kind] += many * times
        return sum(kind.weight * (kind.many - inside[number]) for number, kind in enumerate(self.cluster.kinds))

    def points(self, taken: list[tuple[PossibleBranch, int]]) -> int:
        """The points of a choice, with those for what is left out."""
        return sum(column.cost * times for column, times in taken) + self.penalty * self.left_of(taken)


def _share(column: PossibleBranch, cut: Cut) -> int:
    have = sum(many for kind, many in column.counts if kind in cut.kinds)
    return -(-have // cut.by) if cut.up else have // cut.by


def lower_bound(master: Master, found: Relaxed, least: int) -> int:
    """Points (scaled) that no choice undercuts, whatever rounding did to the prices.

    Any choice costs what its items are worth, plus what its branches cost beyond that (never below `least` each),
    plus what leaving out may still save.
    """
    kinds = master.cluster.kinds
    total = found.slack_price * master.left_out
    total += sum(int(price) * cut.bound for price, cut in zip(found.cut_prices, master.cuts, strict=True))
    for number, (kind, price) in enumerate(zip(kinds, found.prices, strict=True)):
        total += int(price) * kind.many
        if not kind.item.must:
            saved = (master.penalty * SCALE - found.slack_price) * kind.weight - int(price)
            saved -= sum(
                int(each)
                for each, cut in zip(found.cut_prices, master.cuts, strict=True)
                if cut.up and number in cut.kinds
            )
            total += min(0, saved) * kind.many
    most_branches = sum(kind.many for kind in kinds)
    return total + min(least, 0) * most_branches


def solver(highspy: Any, **options: Any) -> Any:
    """HiGHS as plans use it: silent, and the same on every machine."""
    found = highspy.Highs()
    for name, value in {**_FIXED, **options}.items():
        found.setOptionValue(name, value)
    return found
