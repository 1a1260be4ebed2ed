"""`fill`: a blank form from above and a round in; the form filled from the ledger, and what was left blank, out."""

import os
from collections.abc import Sequence
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.inbox import files as gathering
from coverage_census.model.filling import Filled, FillRequest
from coverage_census.model.organisation import Organisation
from coverage_census.model.rounds import Round
from coverage_census.policy.decided.areas import PLACES, within
from coverage_census.words.filling import reasons, why
from coverage_census.words.periods import called

_STEM = 40  # letters of the form's own name in that of the filled one


def fill(session: Session, form: Path, areas: Sequence[str], out: Path | None) -> Filled:
    """Nothing is written unless somebody could be put in."""
    from coverage_census.ingest import read_fill as filling

    if not os.path.lexists(form):
        raise CensusError("no_such_file", file=str(form))
    found = session.find(session.round, session.as_of)
    organisations = _organisations(session, found, areas)
    request = FillRequest(
        path=os.fspath(form.absolute()),
        file=gathering.label_of(Path(form.name)),
        organisations=tuple(organisations),
        columns=dict(session.settings.columns),
        county=session.settings.county,
        unit=_unit(session, organisations, areas),
        as_of=found.as_of,
        today=session.now.astimezone().date().isoformat(),
    )
    told, content = filling.fill(request)
    if told.refused is not None:
        raise CensusError("fill_refused", file=told.file, why=why(told, session.words))
    if told.organisations == 0:
        raise CensusError("fill_nobody", file=told.file, why=reasons(told, session.words))
    path = _target(session, request, found, areas, form, out)
    disk.replace(path, content)
    return Filled(path, found, told)


def _organisations(session: Session, found: Round, areas: Sequence[str]) -> list[Organisation]:
    """Those of the areas (none: all), township by township as the ledger has them."""
    import narwhals as nw

    from coverage_census.ingest.read_fill import MOST
    from coverage_census.ledger import rounds
    from coverage_census.model import tables
    from coverage_census.policy.decide.frames import rows

    frame = within(nw.from_native(rounds.relation(session.settings.ledger, found)), areas, PLACES)
    if (count := found.organisations) > MOST and not areas:
        raise CensusError("fill_many", count=count, most=MOST)
    held = list(rows(frame))
    if len(held) > MOST:
        raise CensusError("fill_many", count=len(held), most=MOST)
    if not held:
        raise CensusError("fill_empty", round=called(found, session.words))
    held.sort(key=lambda row: tuple((row[name] is None, row[name] or "") for name in PLACES))
    return [tables.from_row(row) for row in held]


def _unit(session: Session, organisations: Sequence[Organisation], areas: Sequence[str]) -> str | None:
    """填报单位: the township with its county, the county, or nothing where there are several."""
    counties = {each.county for each in organisations if each.county is not None}
    county = counties.pop() if len(counties) == 1 else None
    if len(areas) == 1:
        return areas[0] if county in (None, areas[0]) else f"{county}{areas[0]}"
    return None if areas else session.settings.county or county


def _target(
    session: Session, request: FillRequest, found: Round, areas: Sequence[str], form: Path, out: Path | None
) -> Path:
    words = session.words
    area = "-".join(areas) or request.unit or words("fill.whole")
    name = words("fill.file", form=Path(request.file).stem[:_STEM], area=area, round=called(found, words))
    name = disk.safe_name(name) + ".xlsx"
    if out is None:
        return session.settings.reports / f"{found.number:06d}" / name
    path = out / name if out.is_dir() else out
    if path.resolve() == form.resolve():
        raise CensusError("fill_onto_itself", file=str(out))
    return path
