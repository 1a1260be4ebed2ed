"""The facts of one sheet in; what contradicts itself or is doubtful, reported at its cell (domain.md, 3.3), out."""

from collections.abc import Iterator
from typing import Any

from coverage_census.ingest.layout.context import Context
from coverage_census.ingest.records import joint_names, settle
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.choices import Kind, OrgForm
from coverage_census.model.reading import Level

# part, whole, level: a part larger than its whole
_WITHIN = (
    ("members_total", "employees", "members_exceed_employees", Level.ERROR),
    ("members_formal", "members_total", "formal_exceed_total", Level.ERROR),
    ("members_probationary", "members_total", "probationary_exceed_total", Level.ERROR),
    ("members_fulltime", "employees_fulltime", "fulltime_members_exceed_staff", Level.ERROR),
    ("members_parttime", "employees_parttime", "parttime_members_exceed_staff", Level.ERROR),
    ("employees_fulltime", "employees", "fulltime_exceed_employees", Level.ERROR),
    ("female_employees", "employees", "female_exceed_employees", Level.ERROR),
    ("members_fulltime", "members_total", "fulltime_members_exceed_total", Level.ERROR),
    ("members_new_year", "members_new_3y", "new_year_exceed_3y", Level.WARNING),
    ("union_members", "employees", "union_exceed_employees", Level.WARNING),
)
_SUMS = (
    ("members_formal", "members_probationary", "members_total", "members_sum", Level.ERROR),
    ("members_fulltime", "members_parttime", "members_total", "members_staff_sum", Level.WARNING),
    ("employees_fulltime", "employees_parttime", "employees", "employees_sum", Level.WARNING),
)


def check(facts: Facts, context: Context) -> None:
    """All rules, over whole columns; only rows that look wrong are looked at one by one."""
    for part, whole, code, level in _WITHIN:
        _within(facts, part, whole, code, level)
    for one, two, total, code, level in _SUMS:
        _sum(facts, one, two, total, code, level)
    _relations(facts)
    _no_but(facts)
    _yes_without(facts)
    _no_without(facts)
    _standalone(facts)
    _dates(facts, context)
    _kinds(facts, context)
    joint_names.check(facts)


def _pairs(facts: Facts, *fields: str) -> Iterator[tuple[Any, ...]]:
    """Row number and values, of the rows where all of the fields are known; nothing if a field is missing."""
    if all(field in facts.values for field in fields):
        columns = [facts.values[field] for field in fields]
        yield from (each for each in zip(range(len(facts.rows)), *columns, strict=True) if None not in each)


def _within(facts: Facts, part: str, whole: str, code: str, level: Level) -> None:
    if facts.columns.get(part) is None or facts.columns.get(whole) is None:
        return
    # An exact count does not exceed its equal; one that stands for more or less (约50) has to be looked at.
    least = 0 if facts.bounds.get(part) or facts.bounds.get(whole) else 1
    pairs = enumerate(zip(facts.of(part), facts.of(whole), strict=True))
    for row in [row for row, (a, b) in pairs if a is not None and b is not None and a - b >= least]:
        low, high = facts.interval(part, row)[0], facts.interval(whole, row)[1]
        if high is not None and low > high and not _derived_from(facts, whole, row):
            facts.report(code, level, facts.cell(part, row), part, found=low, limit=high)


def _derived_from(facts: Facts, field: str, row: int) -> bool:
    return facts.qualifiers.get(field, {}).get(row) == "derived"


def _sum(facts: Facts, one: str, two: str, total: str, code: str, level: Level) -> None:
    columns = (facts.of(one), facts.of(two), facts.of(total))
    known = ((row, *each) for row, each in enumerate(zip(*columns, strict=True)) if each[0] is not None)
    for row, a, b, stated in known:
        if b is not None and stated is not None and a + b != stated:
            low = facts.interval(one, row)[0] + facts.interval(two, row)[0]
            highs = (facts.interval(one, row)[1], facts.interval(two, row)[1])
            bottom, top = facts.interval(total, row)
            too_low = None not in highs and sum(high or 0 for high in highs) < bottom
            above = top is not None and low > top
            if too_low or above:
                facts.report(
                    code,
                    Level.ERROR if above else level,
                    facts.cell(total, row),
                    total,
                    one=a,
                    two=b,
                    sum=a + b,
                    found=stated,
                )


def _relations(facts: Facts) -> None:
    """Relation here and elsewhere together above the total cannot be; below it is a matter of definition."""
    for row, inside, outside, total in _pairs(facts, "members_relation_in", "members_relation_out", "members_total"):
        least = facts.interval("members_relation_in", row)[0] + facts.interval("members_relation_out", row)[0]
        most = facts.interval("members_total", row)[1]
        if most is not None and least > most and not _derived_from(facts, "members_total", row):
            facts.report(
                "relation_sum",
                Level.ERROR,
                facts.cell("members_total", row),
                "members_total",
                one=inside,
                two=outside,
                sum=inside + outside,
                found=total,
            )


def _no_but(facts: Facts) -> None:
    """否, and yet a name, a form, a level or a date of the Party organisation."""
    fields = [field for field in ("org_name", "org_form", "org_level", "org_founded_on") if field in facts.values]
    columns = [facts.values[field] for field in fields]
    for row, (has, *said) in enumerate(zip(facts.of("has_org"), *columns, strict=True)):
        if has is False and said.count(None) < len(said):
            filled = [field for field, value in zip(fields, said, strict=True) if value is not None]
            facts.report("no_but_org", Level.WARNING, facts.cell("has_org", row), "has_org", fields=",".join(filled))


def _yes_without(facts: Facts) -> None:
    """是 without form and level where the sheet asks for them; one note for the sheet."""
    asked = [field for field in ("org_form", "org_level") if field in facts.columns]
    if not asked:
        return
    columns = [facts.values[field] for field in asked]
    rows = [
        row for row, has in enumerate(facts.of("has_org")) if has and all(column[row] is None for column in columns)
    ]
    if rows:
        facts.report("yes_without_form", Level.NOTE, facts.cell("has_org", rows[0]), "has_org", count=len(rows))


def _no_without(facts: Facts) -> None:
    """否 without a reason where the sheet asks for one; one note for the sheet."""
    if "not_built_reason" not in facts.columns:
        return
    reasons = facts.of("not_built_reason")
    rows = [row for row, has in enumerate(facts.of("has_org")) if has is False and reasons[row] is None]
    if rows:
        facts.report("no_without_reason", Level.NOTE, facts.cell("has_org", rows[0]), "has_org", count=len(rows))


def _standalone(facts: Facts) -> None:
    formals = facts.of("members_formal")
    for row, form in enumerate(facts.of("org_form")):
        if form is OrgForm.STANDALONE and (formal := formals[row]) is not None:
            high = facts.interval("members_formal", row)[1]
            if high is not None and high < 3:
                facts.report(
                    "standalone_below_three", Level.WARNING, facts.cell("org_form", row), "org_form", found=formal
                )


def _dates(facts: Facts, context: Context) -> None:
    for row, founded, registered in _pairs(facts, "org_founded_on", "registered_on"):
        if founded < registered[: len(founded)]:
            facts.report(
                "founded_before_registered",
                Level.WARNING,
                facts.cell("org_founded_on", row),
                "org_founded_on",
                found=founded,
                other=registered,
            )
    if context.as_of:
        for row, founded in _pairs(facts, "org_founded_on"):
            length = min(len(founded), len(context.as_of))
            if founded[:length] > context.as_of[:length]:
                facts.report(
                    "founded_after_cutoff",
                    Level.WARNING,
                    facts.cell("org_founded_on", row),
                    "org_founded_on",
                    found=founded,
                    other=context.as_of,
                )


def _kinds(facts: Facts, context: Context) -> None:
    """The stated kind against the code's first two digits; since 2025-07-15 an enterprise may have a 92."""
    if "kind" not in facts.columns:
        return
    expected = {
        "51": Kind.SOCIAL_ORG,
        "52": Kind.SOCIAL_ORG,
        "53": Kind.SOCIAL_ORG,
        "93": Kind.COOPERATIVE,
        "92": Kind.SOLE_TRADER,
    }
    registered = facts.of("registered_on")
    for row, (kind, code) in enumerate(zip(facts.of("kind"), facts.of("uscc"), strict=True)):
        company = code is not None and kind is Kind.ENTERPRISE and code[:2] == "92"
        if company and settle.keeps_code(registered[row], context.as_of):
            continue
        if code is not None and kind is not None and expected.get(code[:2], kind) is not kind:
            facts.report("kind_against_code", Level.NOTE, facts.cell("kind", row), "kind", digits=code[:2])
