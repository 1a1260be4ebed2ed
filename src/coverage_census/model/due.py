"""Conversions that are due (到期转建): organisations in another form that may now have a branch of their own."""

from coverage_census.model.choices import OrgForm
from coverage_census.model.record import PartialDate, Record


class ConversionDue(Record):
    """`new`: the earlier round did not have it; `since` is the cut-off day by which the condition was met."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    form: OrgForm | None
    founded_on: PartialDate | None
    members_formal: int | None
    members_total: int | None
    new: bool
    since: str
