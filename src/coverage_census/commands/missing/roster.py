"""The [expected] part of census.toml in; which townships and which organisations are to report, out."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.forms import Form, FormColumn
from coverage_census.places.nearest import stem

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
_OFFICES = ("人民政府", "街道办事处", "党工委", "办事处", "党委", "委员会")


@dataclass(frozen=True)
class Roster:
    """Townships that are to report, in the order of the list; `stated` False: nobody said, they reported before."""

    places: "tuple[Place, ...]"
    stated: bool


def roster(session: Session, reported: "Iterable[Place]", register: "pa.Table | None") -> Roster:
    """census.toml's townships, else its roster, else those of the register, else whoever has reported."""
    expected = session.settings.expected
    county = session.settings.county
    if expected.townships:
        return Roster(tuple((county, _plain(each)) for each in dict.fromkeys(expected.townships)), True)
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
    places = [(line.text("county") or county, _plain(line.text("township") or "")) for line in found.lines]
    named = dict.fromkeys(place for place in places if place[1])
    if not named:
        raise CensusError("roster_empty", file=path.name)
    return tuple(named)


def _plain(name: str) -> str:
    """首阳镇人民政府 reports for 首阳镇, 城东街道办事处 for 城东街道."""
    name = name.strip()
    for office in _OFFICES:
        short = name.removesuffix(office)
        if short != name and len(short) > 1:
            return short + ("街道" if office == "街道办事处" else "")
    return name


class RosterPlaces:
    """Names of townships as sheets write them; the township of the roster each one means."""

    def __init__(self, roster: Roster) -> None:
        self._known: dict[tuple[str | None, str], Place] = {}
        self._by_name: dict[str, list[Place]] = {}
        self._by_stem: dict[str, list[Place]] = {}
        for place in roster.places:
            self._add(place)

    def meant(self, county: str | None, township: str) -> "Place":
        """Of the roster, if one fits: by its name, else without its rank (首阳 for 首阳镇); else a place of its own."""
        asked = (county, township)
        if asked not in self._known:
            same = [each for each in self._by_name.get(township, ()) if _fits(each[0], county)]
            near = [each for each in self._by_stem.get(stem(township), ()) if _fits(each[0], county)]
            exact = [each for each in same if each[0] == county] or same or near
            if len(exact) != 1:
                self._add(asked)
            self._known[asked] = exact[0] if len(exact) == 1 else asked
        return self._known[asked]

    def _add(self, place: "Place") -> None:
        self._by_name.setdefault(place[1], []).append(place)
        self._by_stem.setdefault(stem(place[1]), []).append(place)


def _fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
