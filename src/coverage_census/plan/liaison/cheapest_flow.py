"""Costs of every kind of demand at every post, supplies and capacities in; a cheapest flow, and its proof, out.

A transportation problem with a convex charge on the load of a post, solved by successive shortest paths: a unit of
demand after the other takes the cheapest way in, sending others elsewhere where that pays. Posts carry prices (their
duals); `bound` works out from the prices alone what no flow can go below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]

NEVER = 10**12
"""The cost of what is not allowed; it is never paid, because everything may stay unplaced."""


@dataclass(frozen=True)
class FlowProblem:
    """`costs[i][j]`: a unit of demand i at post j. The k-th unit at post j costs another `charges[j][k]` (never
    falling in k; as many as the post holds). A unit of demand i that stays unplaced costs `unplaced[i]`."""

    costs: Sequence[Sequence[int]]
    supplies: Sequence[int]
    charges: Sequence[Sequence[int]]
    unplaced: Sequence[int]


@dataclass(frozen=True)
class Flow:
    """`units[i][j]`: how many of demand i go to post j; whatever is left of a supply stays unplaced."""

    units: tuple[tuple[int, ...], ...]
    cost: int
    bound: int

    @property
    def is_proved(self) -> bool:
        """Whether nothing can be cheaper."""
        return self.cost == self.bound


def cheapest(problem: FlowProblem) -> Flow:
    """The same for the same problem, whatever the machine: whole numbers only, ties go to the lower number."""
    network = _Network(problem)
    for demand, supply in enumerate(problem.supplies):
        for _ in range(supply):
            network.place(demand)
    units = tuple(tuple(int(each) for each in row[:-1]) for row in network.units)
    return Flow(units, cost(problem, units), bound(problem, [int(each) for each in network.prices()]))


def cost(problem: FlowProblem, units: Sequence[Sequence[int]]) -> int:
    """What a flow costs."""
    total = 0
    for row, costs, supply, left in zip(units, problem.costs, problem.supplies, problem.unplaced, strict=True):
        total += sum(count * each for count, each in zip(row, costs, strict=True) if count)
        total += (supply - sum(row)) * left
    for post, charges in enumerate(problem.charges):
        total += sum(charges[: sum(row[post] for row in units)])
    return total


def bound(problem: FlowProblem, prices: Sequence[int]) -> int:
    """What no flow can go below, whatever the prices are: demand pays price and cost, posts earn price less charge."""
    paid = 0
    for costs, supply, left in zip(problem.costs, problem.supplies, problem.unplaced, strict=True):
        paid += supply * min(left, min((c + p for c, p in zip(costs, prices, strict=True)), default=left))
    earned = sum(
        max(0, price - charge) for price, charges in zip(prices, problem.charges, strict=True) for charge in charges
    )
    return paid - earned


class _Network:
    """Demand already placed, and distances (potentials) that make every arc of the rest cost nothing or more.

    The last post stands for staying unplaced: it holds everybody.
    """

    def __init__(self, problem: FlowProblem) -> None:
        import numpy as np

        posts = len(problem.charges)
        self._costs = np.full((len(problem.supplies), posts + 1), NEVER, dtype=np.int64)
        if posts:
            self._costs[:, :posts] = np.array(problem.costs, dtype=np.int64).reshape(-1, posts)
        self._costs[:, posts] = problem.unplaced
        self._charges = [*problem.charges, None]
        self.units = np.zeros_like(self._costs)
        self._load = [0] * (posts + 1)
        self._next = np.array([each[0] if each else NEVER for each in problem.charges] + [0], dtype=np.int64)
        self._at = np.zeros(posts + 1, dtype=np.int64)  # distance of each post
        self._sink = 0
        # Moving one unit from a post to another: the least that costs, over those who are there, and whose it is.
        self._moves = np.full((posts + 1, posts + 1), NEVER, dtype=np.int64)
        self._movers = np.zeros((posts + 1, posts + 1), dtype=np.int64)

    def prices(self) -> "Whole":
        return self._sink - self._at[:-1]

    def place(self, demand: int) -> None:
        """One more unit, by the shortest way: distances are put right in rounds, all posts of a round at once."""
        import numpy as np

        costs = self._costs[demand]
        start = int((self._at - costs).max())
        reach = costs + start
        before = np.full(len(reach), -1)
        leave = self._next - self._sink
        last = int((reach + leave).argmin())
        best = int(reach[last] + leave[last])
        changed = np.flatnonzero(reach - self._at < best)
        while len(changed):
            through = self._moves[changed] + reach[changed, None]
            least = through.min(axis=0)
            nearer = np.flatnonzero(least < np.minimum(reach, self._at + best))
            if not len(nearer):
                break
            reach[nearer], before[nearer] = least[nearer], changed[through[:, nearer].argmin(axis=0)]
            arrive = reach + leave
            last = int(arrive.argmin())
            best = int(arrive[last])
            changed = nearer[reach[nearer] - self._at[nearer] < best]
        self._at += np.minimum(reach - self._at, best)
        self._sink += best
        self._send(demand, last, before)

    def _send(self, demand: int, last: int, before: "npt.NDArray[Any]") -> None:
        """Units move along the way that was found, from its end to its beginning."""
        self._fill(last)
        post = last
        while (previous := int(before[post])) >= 0:
            mover = int(self._movers[previous, post])
            self._come(mover, post)
            self._go(mover, previous)
            post = previous
        self._come(demand, post)

    def _fill(self, post: int) -> None:
        charges = self._charges[post]
        self._load[post] += 1
        if charges is not None:
            full = self._load[post] >= len(charges)
            self._next[post] = NEVER if full else charges[self._load[post]]

    def _come(self, demand: int, post: int) -> None:
        """Who comes to a post where his kind was not before may be the cheapest to move on."""
        self.units[demand, post] += 1
        if self.units[demand, post] == 1:
            moves = self._costs[demand] - self._costs[demand, post]
            cheaper = moves < self._moves[post]
            self._moves[post][cheaper] = moves[cheaper]
            self._movers[post][cheaper] = demand

    def _go(self, demand: int, post: int) -> None:
        """Where the last of a kind leaves, those who stay are looked through again."""
        import numpy as np

        self.units[demand, post] -= 1
        if self.units[demand, post]:
            return
        there = np.flatnonzero(self.units[:, post])
        self._moves[post] = NEVER
        if len(there):
            moves = self._costs[there] - self._costs[there, post][:, None]
            self._movers[post] = there[moves.argmin(axis=0)]
            self._moves[post] = moves.min(axis=0)
