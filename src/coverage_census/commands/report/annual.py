"""`report --annual`: a round in; tables 27 and 30 as a workbook, or the organisations behind one cell, out."""

from collections import Counter
from collections.abc import Sequence

from coverage_census.commands.basis import basis
from coverage_census.commands.session import Session
from coverage_census.model.record import Row
from coverage_census.policy.decided.areas import PLACES, within
from coverage_census.policy.decided.basis import Basis
from coverage_census.report.annual.counting import AnnualTable, Traced, count
from coverage_census.report.annual.layout import FORMS, cell_named


def tables(session: Session, areas: Sequence[str]) -> tuple[AnnualTable, ...]:
    """Tables 27 and 30 of a round, or of some areas of it."""
    return _tables([row for row in _facts(basis(session), areas) if not row["excluded"]])


def workbook(session: Session, found: Basis, areas: Sequence[str]) -> tuple[bytes, tuple[AnnualTable, ...], int]:
    """The workbook, the tables in it, and how many organisations are in neither because they are gone."""
    from coverage_census.report import figures
    from coverage_census.report.annual import book
    from coverage_census.report.annual.styles import Cover

    rows, words = _facts(found, areas), session.words
    made = _tables([row for row in rows if not row["excluded"]])
    forms = {form.kind.value for form in FORMS}
    others = Counter(row["kind"] for row in rows if row["kind"] not in forms and not row["excluded"])
    named = [
        (words(f"term.kind.{kind}") if kind else words("report.not_stated"), n) for kind, n in others.most_common()
    ]
    counties = {row["county"] for row in rows if row["county"]}
    area = (
        words("console.separator").join(areas)
        or session.settings.county
        or "".join(counties if len(counties) == 1 else ())
    )
    cover = Cover(
        area=area,
        as_of=figures.day(found.round.as_of, words),
        policy=getattr(found.policy.title, words.lang) or found.stamp.name,
        outside=tuple(named),
        excluded=sum(bool(row["excluded"]) and not row["gone"] for row in rows),
        gone=Counter(row["kind"] for row in rows if row["gone"]),
    )
    return book.workbook(made, cover, words), made, sum(cover.gone.values())


def trace(session: Session, areas: Sequence[str], asked: str) -> Traced:
    """The cell `R8C1`, `27:R8C1` or `30:R8A`, and the organisations behind it."""
    form, *key = cell_named(asked)
    table = next(each for each in tables(session, areas) if each.form is form)
    return Traced(table, key[0], key[1], table.cells[key[0], key[1]])


def _tables(rows: Sequence[Row]) -> tuple[AnnualTable, ...]:
    from coverage_census.policy.decide.joint import branch

    return tuple(count(form, [row for row in rows if row["kind"] == form.kind.value], branch) for form in FORMS)


def _facts(found: Basis, areas: Sequence[str]) -> list[Row]:
    from coverage_census.policy.decide.frames import rows

    return sorted(rows(within(found.facts(), areas, PLACES)), key=lambda row: (row["township"] or "", row["name"]))
