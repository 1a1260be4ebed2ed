"""A cluster in; the grouping that a careful clerk makes by hand out: existing branches stay, then the nearest first."""

from coverage_census.plan.joint import limits
from coverage_census.plan.joint.limits import NOTHING, Tally
from coverage_census.plan.joint.solver.cluster import Cluster
from coverage_census.plan.joint.solver.pricing import FAR, Pricing


def grouped(cluster: Cluster, pricing: Pricing) -> list[list[int]]:
    """Branches as kinds: who is first takes the nearest until it is enough; who is left joins where there is room."""
    left = [kind.many for kind in cluster.kinds]
    found = [whole for kinds in cluster.keeps.values() if (whole := _kept(kinds, cluster, left))]
    for kind, alike in enumerate(cluster.kinds):
        if alike.item.open:
            found.append([kind])
            left[kind] = 0
        elif alike.item.must and limits.holds(alike.item.tally, cluster.limits):
            found += [[kind]] * left[kind]
            left[kind] = 0
    found = [list(group) for group in found]
    for kind in range(len(cluster.kinds)):
        while left[kind] and (group := _around(kind, cluster, pricing, left)):
            found.append(group)
    _squeeze_in(found, cluster, pricing, left)
    return [group for group in found if len(group) > 1 or not cluster.kinds[group[0]].item.open]


def _kept(kinds: tuple[int, ...], cluster: Cluster, left: list[int]) -> list[int]:
    """The whole branch; nobody where pins no longer allow it."""
    group = [kind for kind in kinds for _ in range(cluster.kinds[kind].many)]
    tally = limits.together(cluster.kinds[kind].item.tally for kind in group)
    if not all(left[kind] for kind in kinds) or not cluster.may_meet({*kinds}):
        return []
    if cluster.pinned and not limits.holds(tally, cluster.limits):
        return []
    for kind in kinds:
        left[kind] = 0
    return group


def _around(lead: int, cluster: Cluster, pricing: Pricing, left: list[int]) -> list[int] | None:
    """The unit and those nearest to it, until the branch may be formed; nobody is taken if it never may."""
    group, tally = [lead], cluster.kinds[lead].item.tally
    spare = list(left)
    spare[lead] -= 1
    near = sorted(
        (k for k in range(len(left)) if spare[k] and pricing.way[lead, k] < FAR),
        key=lambda k: (pricing.way[lead, k], k),
    )
    for kind in near:
        while spare[kind] and not limits.holds(tally, cluster.limits):
            more = tally.plus(cluster.kinds[kind].item.tally)
            if not _bearable(more, cluster) or not cluster.may_meet({*group, kind}):
                break
            group.append(kind)
            tally, spare[kind] = more, spare[kind] - 1
    if not limits.holds(tally, cluster.limits):
        return None
    left[:] = spare
    return group


def _bearable(tally: Tally, cluster: Cluster) -> bool:
    return limits.few_enough_units(tally, cluster.limits) and limits.few_enough_members(tally, cluster.limits)


def _squeeze_in(groups: list[list[int]], cluster: Cluster, pricing: Pricing, left: list[int]) -> None:
    for kind in range(len(cluster.kinds)):
        while left[kind]:
            room = []
            for number, group in enumerate(groups):
                tally = limits.together(cluster.kinds[k].item.tally for k in group) if group else NOTHING
                way = int(pricing.way[group[0], kind])
                if (
                    way < FAR
                    and cluster.may_meet({*group, kind})
                    and limits.holds(tally.plus(cluster.kinds[kind].item.tally), cluster.limits)
                ):
                    room.append((way, number))
            if not room:
                break
            groups[min(room)[1]].append(kind)
            left[kind] -= 1
