"""`report --annual`: a round in; tables 27 and 30 as a workbook, or the organisations behind one cell, out."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from coverage_census.commands.basis import basis
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.policy.decided.areas import PLACES, within
from coverage_census.policy.decided.basis import Basis
from coverage_census.report.annual.counting import AnnualTable, Traced, count
from coverage_census.report.annual.layout import FORMS


def tables(session: Session, areas: Sequence[str]) -> tuple[AnnualTable, ...]:
    """Tables 27 and 30 of a round, or of some areas of it."""
    return _tables(_inside(basis(session), areas))


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
    """The cell `R8C1`, `27:R8C1` or `30:R8A`: the line from 0, the column from 1 or by its letter."""
    match = re.fullmatch(r"(?:(?<!\d)(\d+)[:!：])?R(\d+)(?:C(\d+)|([A-M]))", asked.strip(), re.IGNORECASE)
    form = next((each for each in FORMS if match and each.number == int(match[1] or FORMS[0].number)), None)
    if match is None or form is None:
        raise WrongUsage("unknown_cell", cell=asked)
    line = int(match[2])
    column = int(match[3]) - 1 if match[3] else ord(match[4].upper()) - ord("A")
    if line >= len(form.lines) or not 0 <= column < len(form.columns):
        raise WrongUsage(
            "cell_outside", cell=asked, number=form.number, lines=len(form.lines) - 1, columns=len(form.columns)
        )
    key = (form.lines[line].code, form.columns[column])
    table = next(each for each in tables(session, areas) if each.form is form)
    return Traced(table, *key, table.cells[key])


def _tables(rows: Sequence[dict[str, Any]]) -> tuple[AnnualTable, ...]:
    from coverage_census.policy.decide.joint import branch

    return tuple(count(form, [row for row in rows if row["kind"] == form.kind.value], branch) for form in FORMS)


def _inside(found: Basis, areas: Sequence[str]) -> list[dict[str, Any]]:
    """Those that the policy does not leave out."""
    return [row for row in _facts(found, areas) if not row["excluded"]]


def _facts(found: Basis, areas: Sequence[str]) -> list[dict[str, Any]]:
    from coverage_census.policy.decide.frames import rows

    return sorted(rows(within(found.facts(), areas, PLACES)), key=lambda row: (row["township"] or "", row["name"]))
