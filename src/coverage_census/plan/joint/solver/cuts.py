"""A relaxed choice of branches in; inequalities that it breaks and no choice in whole numbers does out.

Take some kinds and a number n. What each branch has of these, divided by n and rounded down, adds up to at most what
there is of them, divided by n and rounded down; rounded up, with whoever is left out, to at least what there is,
rounded up (Chvátal and Gomory; with n = 2 the subset-row cuts of routing, with n = the most units of a branch its
capacity cuts).
"""

from typing import Any, NamedTuple

import numpy as np

from coverage_census.plan.joint.solver.pricing import Whole

LEAST = 0.03
EACH = 6
"""So many new cuts of one kind at a time."""
LARGEST = 14

Real = np.ndarray[Any, np.dtype[np.float64]]


class Cut(NamedTuple):
    """Sum of what branches have of these kinds by `by`, rounded down or up: at most, or at least, `bound`."""

    kinds: tuple[int, ...]
    by: int
    up: bool
    bound: int

    def share(self, have: Whole) -> Whole:
        """What so many of these kinds in a branch count in the sum."""
        found: Whole = -(-have // self.by) if self.up else have // self.by
        return found

    def counts(self, kinds: Whole) -> Whole:
        """What each branch (a row of kinds) counts."""
        return self.share(np.isin(kinds, self.kinds).sum(axis=1))


def broken(inside: Whole, amounts: Real, many: Whole, left: Real, most_units: int, at_once: int) -> list[Cut]:
    """The cuts that are broken most; `inside` tells how many of each kind (column) a branch (row) has, `left` how
    many of each kind stay out."""
    found: dict[Cut, float] = {}
    for by in range(2, most_units + 1):
        for up in (False, True):
            found |= _grown(inside, amounts, many, left, by, up)
    often = [0] * len(many)
    chosen: list[Cut] = []
    for cut in sorted(found, key=lambda each: (-round(found[each], 6), each)):
        if max(often[kind] for kind in cut.kinds) < EACH * len(cut.kinds) and len(chosen) < at_once:
            chosen.append(cut)
            for kind in cut.kinds:
                often[kind] += 1
    return chosen


def _grown(inside: Whole, amounts: Real, many: Whole, left: Real, by: int, up: bool) -> dict[Cut, float]:
    """Sets of kinds, grown from each kind by the one that breaks its inequality most."""
    size = len(many)
    chosen = np.eye(size, dtype=bool)
    have = inside.T.copy()  # of each set in each branch
    found: dict[Cut, float] = {}
    for _ in range(LARGEST):
        sums = chosen @ many
        stay = chosen @ left
        ahead = have[:, :, None] + inside[None, :, :]
        if up:
            share = np.einsum("b,sbk->sk", amounts, (-(-ahead // by)).astype(np.float64))
            over = -(-(sums[:, None] + many[None, :]) // by) - share - (stay[:, None] + left[None, :])
        else:
            share = np.einsum("b,sbk->sk", amounts, (ahead // by).astype(np.float64))
            over = share - (sums[:, None] + many[None, :]) // by
        over[chosen] = -np.inf
        best = over.argmax(axis=1)
        worth = over[np.arange(size), best]
        chosen[np.arange(size), best] = True
        have = have + inside.T[best]
        for number in np.flatnonzero(worth > LEAST):
            kinds = tuple(int(kind) for kind in np.flatnonzero(chosen[number]))
            total = int(many[list(kinds)].sum())
            found[Cut(kinds, by, up, -(-total // by) if up else total // by)] = float(worth[number])
    return found
