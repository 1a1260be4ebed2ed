"""Who has not reported, and what each township still owes (催报): plain data for tables, workbooks and digests."""

from dataclasses import dataclass
from typing import Literal

from coverage_census.model.choices import Kind
from coverage_census.model.reading import Problem
from coverage_census.model.record import Facts, Record

Standing = Literal["named", "not_again", "not_reported", "never"]
State = Literal["reported", "unreadable", "not_reported"]


class OpenFinding(Record):
    """A problem that is still open; `times`: in how many reports in a row it was sent (重复问题: 2 and more)."""

    problem: Problem
    organisation: str | None
    times: int = 1


class Owing(Record):
    """An organisation of which something is owed.

    `standing`: named in this period; not_again, though its township and kind reported (未再上报); not_reported with
    its township or kind; never, on the register only. `facts` decide its formation and are not known (待核), `more`
    are what other rules lack, beyond what the whole township leaves open.
    """

    name: str
    uscc: str | None
    kind: Kind | None
    county: str | None
    township: str | None
    standing: Standing
    last_round: int | None  # that named it
    facts: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    findings: tuple[OpenFinding, ...] = ()


class TownshipReport(Record):
    """One township in one period. Days are ISO; `late` counts days after the due day (0: in time), None: not known."""

    county: str | None
    township: str
    on_roster: bool
    state: State
    reports: int  # ledger rounds of the period in which it reported
    first_on: str | None
    last_on: str | None
    last_round: int | None  # in which it ever reported
    last_name: str | None
    late: int | None
    expected: int  # organisations: of the register, else those that the ledger knows, without those that are gone
    named: int  # of these, reported in this period
    not_again: int
    never: int
    kinds_owed: tuple[Kind, ...]  # known there, and no sheet spoke for them
    unreadable: tuple[str, ...]  # files that came in and could not be read
    errors: int
    warnings: int
    repeated: int
    to_confirm: int  # organisations whose formation cannot be decided
    left_open: tuple[str, ...] = ()  # facts that other rules ask for and all its organisations lack
    findings: tuple[OpenFinding, ...] = ()  # of a sheet, not of one organisation
    organisations: tuple[Owing, ...] = ()
    gone: int = 0  # 注销、迁出: nobody expects a report of them
    last_as_of: str | None = None  # the newest day that a sheet of it ever spoke for

    @property
    def completeness(self) -> float | None:
        return self.named / self.expected if self.expected else None

    @property
    def owes(self) -> bool:
        """Whether anything is left to send or to put right."""
        return bool(self.state != "reported" or self.kinds_owed or self.errors or self.not_again or self.to_confirm)


class Missing(Record):
    """催报: every township of a period (`period`: its key). `name` None: nobody named it, its sheets' days tell it."""

    name: str | None
    period: str | None
    since: str | None
    rounds: tuple[int, ...]
    as_of: str | None  # cut-off day of the state that was looked at; None before the first round
    due: str | None
    answer_to: str | None
    basis: Literal["roster", "reported_before"]
    register_file: str | None
    beyond_register: int  # organisations of the ledger that the register does not have
    unplaced: int  # organisations without a township
    detailed: bool  # whether organisations are listed
    policy: str | None
    townships: tuple[TownshipReport, ...]

    @property
    def expected(self) -> tuple[TownshipReport, ...]:
        return tuple(each for each in self.townships if each.on_roster)

    @property
    def not_reported(self) -> tuple[TownshipReport, ...]:
        return tuple(each for each in self.expected if each.state != "reported")

    @property
    def late(self) -> tuple[TownshipReport, ...]:
        """Past the due day: reported late, or not yet."""
        return tuple(each for each in self.expected if each.late)


@dataclass(frozen=True)
class Lacking:
    """An organisation of which something is not known: what its formation needs, and what other rules ask."""

    row: Facts
    undecided: bool  # its formation
    facts: tuple[str, ...]
    more: tuple[str, ...]

    @property
    def place(self) -> tuple[str | None, str | None]:
        return self.row["county"], self.row["township"]
