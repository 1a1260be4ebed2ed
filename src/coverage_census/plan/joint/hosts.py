"""A leftover organisation and those with a Party organisation of their own in; where it can affiliate (挂靠) out."""

from collections.abc import Iterable
from dataclasses import dataclass

from coverage_census.model.choices import OrgForm
from coverage_census.model.joint_plan import Host, HostKind, Nearness, Unit
from coverage_census.model.record import Facts
from coverage_census.places.nearness import nearness
from coverage_census.plan.joint import costs
from coverage_census.plan.joint.candidates import place, unit
from coverage_census.plan.joint.costs import Points

_OWN = {None, OrgForm.STANDALONE.value}
_WIDE = {OrgForm.AREA.value, OrgForm.INDUSTRY.value}
_ASSOCIATIONS = ("协会", "商会", "联合会")
_ORDER = tuple(Nearness)
_KINDS: tuple[HostKind, ...] = ("organisation", "association", "zone", "village", "township")


@dataclass(frozen=True)
class Hosts:
    """Who can take others in, by county."""

    by_county: dict[str, tuple[tuple[HostKind, str, Unit], ...]]

    def nearest(self, left: Unit, cost: Points) -> Host | None:
        """The nearest; of equally near ones the one in the same business, then an organisation before a committee."""
        options = [*self._organisations(left, cost), *_committees(left)]
        if not options:
            return None
        _, _, _, name, kind, level = min(options, key=lambda each: each[:4])
        return Host(kind=kind, name=name, nearness=level)

    def _organisations(self, left: Unit, cost: Points) -> Iterable["_Option"]:
        for kind, name, each in self.by_county.get(left.county or "", ()):
            level = nearness(place(each), place(left), cost.neighbours)
            if level is not None:
                unlike = costs.industry(left.gbt4754, each.gbt4754, cost)
                yield (_ORDER.index(level), _KINDS.index(kind), unlike, name, kind, level)


_Option = tuple[int, int, int, str, HostKind, Nearness]


def hosts(rows: Iterable[Facts], counties: set[str]) -> Hosts:
    """Organisations with a branch of their own, and Party committees of a zone or trade; only of these counties."""
    found: dict[str, list[tuple[HostKind, str, Unit]]] = {}
    for row in rows:
        county = row["county"] or ""
        if county not in counties or row["org_form"] not in _OWN | _WIDE:
            continue
        wide = row["org_form"] in _WIDE and row["org_name"]
        kind: HostKind = "zone" if row["org_form"] == OrgForm.AREA.value and wide else "organisation"
        if (wide and kind == "organisation") or any(word in row["name"] for word in _ASSOCIATIONS):
            kind = "association"
        found.setdefault(county, []).append((kind, row["org_name"] if wide else row["name"], unit(row)))
    return Hosts({county: tuple(each) for county, each in found.items()})


def _committees(left: Unit) -> Iterable[_Option]:
    """The Party organisations that every zone, village and township has, whether or not a sheet names them."""
    places: tuple[tuple[HostKind, str | None, Nearness], ...] = (
        ("zone", left.zone, Nearness.ZONE),
        ("village", left.village, Nearness.VILLAGE),
        ("township", left.township, Nearness.TOWNSHIP),
    )
    for kind, name, level in places:
        if name:
            yield (_ORDER.index(level), _KINDS.index(kind), 0, name, kind, level)
