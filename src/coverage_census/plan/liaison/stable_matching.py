"""Who accepts whom, in which order, and how many each post holds, in; a stable matching (双向选择) out.

The hospitals/residents problem after Gale and Shapley: `seekers` get one place each, `posts` hold several. Numbers
stand for both. Only pairs in which each has the other on its list count; the order of a list is strict.
"""

from collections.abc import Sequence
from heapq import heappush, heappushpop
from typing import NamedTuple

Lists = Sequence[Sequence[int]]


class MatchedPair(NamedTuple):
    """One seeker and one post."""

    seeker: int
    post: int


def seeker_optimal(seekers: Lists, posts: Lists, capacities: Sequence[int]) -> list[int | None]:
    """The post of each seeker in the stable matching best for every seeker: seekers ask, posts keep the best."""
    ranks = _ranks(posts)
    found: list[int | None] = [None] * len(seekers)
    held: list[list[tuple[int, int]]] = [[] for _ in posts]  # (minus rank, seeker): the worst one is on top
    following = [0] * len(seekers)
    waiting = list(range(len(seekers) - 1, -1, -1))
    while waiting:
        seeker = waiting.pop()
        wishes, number = seekers[seeker], following[seeker]
        while number < len(wishes):
            post = wishes[number]
            number += 1
            rank = ranks[post].get(seeker)
            if rank is None or not capacities[post]:
                continue
            if len(held[post]) < capacities[post]:
                heappush(held[post], (-rank, seeker))
                found[seeker] = post
                break
            if -held[post][0][0] > rank:
                _, sent_away = heappushpop(held[post], (-rank, seeker))
                found[seeker], found[sent_away] = post, None
                waiting.append(sent_away)
                break
        following[seeker] = number
    return found


def post_optimal(seekers: Lists, posts: Lists, capacities: Sequence[int]) -> list[int | None]:
    """The same in the stable matching that is best for every post: posts ask, seekers keep the best."""
    ranks = _ranks(seekers)
    found: list[int | None] = [None] * len(seekers)
    free = list(capacities)
    following = [0] * len(posts)
    waiting = list(range(len(posts) - 1, -1, -1))
    while waiting:
        post = waiting.pop()
        wishes, number = posts[post], following[post]
        while free[post] > 0 and number < len(wishes):
            seeker = wishes[number]
            number += 1
            rank = ranks[seeker].get(post)
            if rank is None:
                continue
            held = found[seeker]
            if held is None or rank < ranks[seeker][held]:
                found[seeker] = post
                free[post] -= 1
                if held is not None:
                    free[held] += 1
                    waiting.append(held)
        following[post] = number
    return found


def blocking(seekers: Lists, posts: Lists, capacities: Sequence[int], found: Sequence[int | None]) -> list[MatchedPair]:
    """Every pair that would rather have each other than what `found` gives them; none: it is stable."""
    seeker_ranks, post_ranks = _ranks(seekers), _ranks(posts)
    worst, filled = [-1] * len(posts), [0] * len(posts)
    for seeker, post in enumerate(found):
        if post is not None:
            filled[post] += 1
            worst[post] = max(worst[post], post_ranks[post][seeker])
    pairs = []
    for seeker, ranks in enumerate(seeker_ranks):
        held = found[seeker]
        for post, rank in ranks.items():
            mine = post_ranks[post].get(seeker)
            if mine is None or (held is not None and ranks[held] <= rank):
                continue
            if filled[post] < capacities[post] or (capacities[post] > 0 and mine < worst[post]):
                pairs.append(MatchedPair(seeker, post))
    return pairs


def _ranks(lists: Lists) -> list[dict[int, int]]:
    """Of each list, what stands where; the first place of what is named twice."""
    return [{each: rank for rank, each in reversed(list(enumerate(wishes)))} for wishes in lists]
