"""The [expected] part of census.toml in; which townships and which organisations are to report, out."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.ledger.owed.roster import Roster, plain
from coverage_census.model.forms import Form, FormColumn

if TYPE_CHECKING:
    import pyarrow as pa

    from coverage_census.ledger.owed.who_reported import Place

_TOWNSHIPS = Form(
    name="roster",
    columns=(
        FormColumn(
            key="township",
            headings=("乡镇", "乡镇（街道）", "乡镇街道", "镇街", "街道", "所属乡镇", "报送单位", "填报单位", "单位", "Township"),  # noqa: E501
        ),
        FormColumn(key="county", headings=("县", "县区", "县（市、区）", "县市区", "区县", "County")),
    ),
    marks=("township",),
)  # fmt: skip


def roster(session: Session, reported: "Iterable[Place]", register: "pa.Table | None") -> Roster:
    """census.toml's townships, else its roster, else those of the register, else whoever has reported."""
    expected = session.settings.expected
    county = session.settings.county
    if expected.townships:
        return Roster(tuple((county, plain(each)) for each in dict.fromkeys(expected.townships)), True)
    if expected.roster is not None:
        return Roster(_listed(_file(session, expected.roster), county), True)
    if register is not None:
        pairs = zip(register["county"].to_pylist(), register["township"].to_pylist(), strict=True)
        if placed := dict.fromkeys((own, township) for own, township in pairs if township):
            return Roster(tuple(placed), True)
    return Roster(tuple(dict.fromkeys(reported)), False)


def register(session: Session) -> "pa.Table | None":
    """The organisations of the register, as the reader understands any sheet; None where there is no register."""
    asked = session.settings.expected.register
    if asked is None:
        return None
    from coverage_census.inbox.files import gather
    from coverage_census.ingest import read

    path = _file(session, asked)
    intake = read.read(gather([path], session.settings.county), session.settings.columns)
    if not intake.table.num_rows:
        raise CensusError("register_empty", file=asked)
    return intake.table


def _file(session: Session, name: str) -> Path:
    path = session.settings.workspace / name
    if not path.is_file():
        raise CensusError("no_such_file", file=str(path))
    return path


def _listed(path: Path, county: str | None) -> "tuple[Place, ...]":
    from coverage_census.ingest import read_forms

    found = read_forms.read(path, [_TOWNSHIPS])
    places = [(line.text("county") or county, plain(line.text("township") or "")) for line in found.lines]
    named = dict.fromkeys(place for place in places if place[1])
    if not named:
        raise CensusError("roster_empty", file=path.name)
    return tuple(named)
