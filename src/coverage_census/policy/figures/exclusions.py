"""Organisations and a policy in; the ledger of those that it leaves out of every duty out: why, and on what evidence.

Only what a sheet surely says leaves an organisation out (注销、空壳、迁出, or the profile of a policy such as
`three_haves`); whatever is not known stays in.
"""

from collections.abc import Iterable

from coverage_census.model.organisation import Source
from coverage_census.model.record import Facts, Record, Row
from coverage_census.policy.decide.causes import of_exclusion
from coverage_census.policy.decide.frames import Frame, prepared, rows
from coverage_census.policy.decide.reasons import Plain, label, shown, value
from coverage_census.policy.decide.verdicts import standing
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.column_algebra import Columns
from coverage_census.policy.language.facts import HIGH, LOW
from coverage_census.words.catalogue import Words


class ExcludedOrganisation(Record):
    """One organisation that is left out. `because` are the fields that say so, `facts` their values."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    because: tuple[str, ...]
    facts: dict[str, Plain]
    source: Source | None


def excluded(frame: Frame, policy: Policy) -> list[ExcludedOrganisation]:
    """Who is left out by `policy`, in the order of the table (a native one, or a frame of `decide`)."""
    table: Frame = prepared(frame)
    left_out = table.filter(standing(policy, Columns())["excluded"])
    return [_exclusion(row, policy) for row in rows(left_out.select(*_wanted(policy, left_out.columns)))]


def of_rows(found: Iterable[Facts], policy: Policy) -> list[ExcludedOrganisation]:
    """The same of rows that are known to be left out."""
    return [_exclusion(dict(row), policy) for row in found]


def reason(each: ExcludedOrganisation, words: Words) -> str:
    """Why, in one phrase: 经营状态：注销."""
    colon = "：" if words.lang == "zh" else ": "
    said = [f"{label(name, words)}{colon}{shown(name, each.facts, words)}" for name in each.because]
    return words("policy.separator").join(said)


def _exclusion(row: Row, policy: Policy) -> ExcludedOrganisation:
    fields = tuple(dict.fromkeys(each.leaf.fact or "" for each in of_exclusion(row, policy)))
    file, sheet, line = (row.get(f"source_{each}") for each in ("file", "sheet", "row"))
    return ExcludedOrganisation(
        name=row["name"],
        uscc=row.get("uscc"),
        county=row.get("county"),
        township=row.get("township"),
        because=fields,
        facts={name: value(name, row) for name in fields},
        source=Source(file=file, sheet=sheet, row=line) if file else None,
    )


def _wanted(policy: Policy, there: list[str]) -> list[str]:
    asked = [leaf.fact for leaf in policy.excluded.leaves() if leaf.fact]
    names = ["name", "uscc", "county", "township", *asked, *(name + end for name in asked for end in (LOW, HIGH))]
    names += ["source_file", "source_sheet", "source_row"]
    return [name for name in dict.fromkeys(names) if name in there]
