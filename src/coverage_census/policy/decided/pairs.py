"""A round under a policy in; its organisations with every fact and the end of every rule, as plain rows, out."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.record import Row
from coverage_census.policy.decide.verdicts import Outcome
from coverage_census.policy.decided.areas import PLACES, among, within
from coverage_census.policy.decided.basis import Basis

Pair = tuple[Row, Mapping[str, Outcome]]
"""One organisation's facts, and how each rule ended for it."""

# What a page shows of an organisation beside what the rules ask for.
SHOWN = frozenset({
    "name", "uscc", "county", "township", "kind", "industry", "employees", "members_total", "members_formal",
    "has_org", "org_form", "org_name", "registered_on", "operating_status", "responsible_unit",
    "responsibility", "superior_org", "source_file", "source_sheet", "source_row",
})  # fmt: skip


def decided(found: Basis, areas: Sequence[str], everything: bool) -> list[Pair]:
    """The organisations of these areas (none: all), in the order of the ledger; `everything`: with every field."""
    if found.is_few:
        return _one_by_one(found, areas)
    return list(in_columns(found, areas, everything))


def _one_by_one(found: Basis, areas: Sequence[str]) -> list[Pair]:
    from coverage_census.policy.decide import records

    return [(row, records.ends(row, found.policy)) for row in among(found.completed(), areas, PLACES)]


def in_columns(found: Basis, areas: Sequence[str], everything: bool) -> Iterable[Pair]:
    from coverage_census.policy.decide import columns
    from coverage_census.policy.decide.frames import rows

    carry = None if everything else columns.asked(found.policy) | SHOWN
    frame = within(columns.columns(found.table, found.policy, carry=carry), areas, PLACES)
    return paired(rows(frame), list(found.policy.rules))


def paired(rows: Iterable[Row], rules: Sequence[str]) -> Iterable[Pair]:
    """Rows of `decide.columns` with their ends as the records have them; those that end alike share their ends."""
    said = itemgetter(*(f"{what}_{rule}" for rule in rules for what in ("verdict", "gap")))
    known: dict[tuple[str | None, ...], dict[str, Outcome]] = {}
    for row in rows:
        ended = said(row)
        if ended not in known:
            pairs = zip(ended[::2], ended[1::2], strict=True)
            found = (Outcome(Verdict(verdict), Gap(gap) if gap else None, None) for verdict, gap in pairs)
            known[ended] = dict(zip(rules, found, strict=True))
        yield row, known[ended]
