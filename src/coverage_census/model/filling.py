"""A form from above (上级空表) that the ledger fills: what is asked of the jail, and what became of every column."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coverage_census.errors import ExitCode
from coverage_census.model.organisation import Organisation
from coverage_census.model.record import Record
from coverage_census.model.rounds import Round

State = Literal["filled", "personal", "no_field", "unrecognised", "older", "repeated"]
"""`no_field`: recognised, and the ledger keeps nothing of the kind; `older`: a figure of a year gone by;
`repeated`: the field stands in another column already."""


class FillRequest(Record):
    """One form to be filled: who goes in, and what its particulars (填报单位, 截止日期, 填报时间) are to say."""

    path: str
    file: str
    organisations: tuple[Organisation, ...]
    columns: dict[str, str] = {}  # the office's own map, heading → field
    county: str | None = None  # for a form that names none
    unit: str | None = None
    as_of: str | None = None
    today: str = ""


class FormField(Record):
    """One headed column (or label of a card) of a form, and what became of it."""

    sheet: str
    column: str
    heading: str
    field: str | None
    state: State
    filled: int = 0  # cells that hold a value now
    unknown: int = 0  # organisations of which the ledger does not know it: left blank
    unfit: int = 0  # organisations whose value none of the ticked options offers: left blank
    differing: int = 0  # read back, these do not say what the ledger says
    nearest: str | None = None  # field whose heading is written most like this one


class FormSheet(Record):
    """One sheet of a form: what it is, how many organisations went in, and how many rows or sheets were added."""

    sheet: str
    kind: Literal["ledger", "card", "crosstab", "roster", "other"]
    organisations: int = 0
    added: int = 0


class StatusStanding(Record):
    """Organisations of one operating status: how many there are, and how many of them stand in the form."""

    count: int = 0
    filled: int = 0


class FormFilled(Record):
    """What became of a form; `refused` names a sentence of `fill.refused` or the problem of the guard, else None."""

    file: str
    refused: str | None = None
    values: dict[str, str | int | float | None] = {}
    organisations: int = 0
    sheets: tuple[FormSheet, ...] = ()
    fields: tuple[FormField, ...] = ()
    left_out: dict[str, int] = {}  # organisations that no sheet of the form is for, by why
    read_back: int = 0  # organisations that the filled form gives when it is read
    particulars: tuple[str, ...] = ()  # places of 填报单位, 截止日期, 填报时间 that were filled
    replaced_formulas: int = 0  # of the form, in rows of organisations: a value stands there now
    gone: StatusStanding = StatusStanding()  # 注销、迁出: in the form only if it asks for them
    shells: StatusStanding = StatusStanding()  # 空壳: registered, and so in the form


@dataclass(frozen=True)
class Filled:
    """The filled form: where it lies, from which round, and what became of every column."""

    path: Path
    round: Round
    form: FormFilled

    @property
    def code(self) -> ExitCode:
        """3 where a cell does not say what the ledger says, or somebody had no place in the form."""
        wrong = self.form.left_out or any(each.differing or each.unfit for each in self.form.fields)
        return ExitCode.SET_ASIDE if wrong else ExitCode.DONE
