"""Laws of the ledger: what is written comes back, days add up, and neither row order nor file order matters."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.ledger import rounds
from coverage_census.ledger.write import next_round
from coverage_census.ledger.write.commit import Commit
from coverage_census.model import tables
from coverage_census.model.choices import CHOICES, Qualifier
from coverage_census.model.organisation import Organisation, Source, about
from coverage_census.model.reading import FileReading, SheetReading
from kit import often

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)

_counts = st.integers(0, 10**6)
_dates = st.sampled_from(["2013", "2013-06", "2013-06-01"])
_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def _values(name: str) -> st.SearchStrategy[Any]:
    holds = about()[name].holds
    if name == "uscc":
        return st.none()
    if holds == "choice":
        return st.sampled_from(list(CHOICES[name]))
    found: dict[str, st.SearchStrategy[Any]] = {
        "text": _texts,
        "count": _counts,
        "flag": st.booleans(),
        "date": _dates,
        "number": st.floats(-1e12, 1e12),
        "star": st.integers(1, 5),
    }
    return found[holds]


_qualified = st.dictionaries(st.sampled_from(["employees", "members_total"]), st.sampled_from(list(Qualifier)))
_bounds = st.dictionaries(st.sampled_from(["employees", "members_total"]), st.tuples(_counts, st.none() | _counts))


@st.composite
def organisation(draw: st.DrawFn, number: int, file: str) -> Organisation:
    fields = draw(st.sets(st.sampled_from([name for name in about() if name not in ("name", "uscc")]), max_size=12))
    values = {name: draw(_values(name)) for name in fields}
    return Organisation(
        name=f"{file}{chr(0x4E00 + 7 * number)}{draw(_texts)}",
        **values,
        qualifiers=draw(_qualified),
        bounds=draw(_bounds),
        source=Source(file=file, sheet="S", row=number + 2),
    )


@st.composite
def workbooks(draw: st.DrawFn, file: str) -> list[Organisation]:
    return [draw(organisation(number, file)) for number in range(draw(st.integers(1, 5)))]


def ingest(ledger: Path, files: Sequence[Sequence[Organisation]]) -> Commit:
    readings = []
    for rows in files:
        name = rows[0].source.file if rows[0].source else ""
        sheets = (SheetReading(sheet="S", kind="ledger"),)
        readings.append(FileReading(file=name, sha256=name.ljust(64, "0"), sheets=sheets))
    table = tables.table([each for rows in files for each in rows])
    return next_round.write(ledger, table, readings, [], name=None, as_of="2026", now=NOON, tool="0")


def held(ledger: Path) -> dict[str, Organisation]:
    found = rounds.relation(ledger, rounds.find(ledger, None))
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return {each.name: _as_stated(each) for each in map(tables.from_row, rows)}


def _as_stated(each: Organisation) -> Organisation:
    """Without a county that no sheet named: it depends on what else the ledger holds."""
    if each.qualifiers.get("county") is not Qualifier.DERIVED:
        return each
    qualifiers = {name: word for name, word in each.qualifiers.items() if name != "county"}
    return each.model_copy(update={"county": None, "qualifiers": qualifiers})


def confirmed(rows: Sequence[Organisation], number: int) -> dict[str, Organisation]:
    return {each.name: each.model_copy(update={"confirmed_round": number}) for each in rows}


@settings(max_examples=often(8), deadline=None)
@given(workbooks("甲"), workbooks("乙"))
def test_a_then_b_holds_both(first: list[Organisation], second: list[Organisation]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder), [first])
        assert held(Path(folder)) == confirmed(first, 1)
        ingest(Path(folder), [second])
        assert held(Path(folder)) == confirmed(first, 1) | confirmed(second, 2)
        assert ingest(Path(folder), [first, second]).unchanged


@settings(max_examples=often(6), deadline=None)
@given(workbooks("甲"), workbooks("乙"), st.randoms(use_true_random=False))
def test_neither_row_order_nor_file_order_matters(
    first: list[Organisation], second: list[Organisation], chance: Any
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one"), Path(folder, "other")
        ingest(one, [first, second])
        chance.shuffle(first)
        chance.shuffle(second)
        ingest(other, [second, first])
        assert held(one) == held(other) == confirmed([*first, *second], 1)


@settings(max_examples=often(8), deadline=None)
@given(workbooks("甲"))
def test_reported_again_as_it_was_is_unchanged(rows: list[Organisation]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder), [rows])
        again = [each.model_copy(update={"source": Source(file="丙", sheet="S", row=9)}) for each in rows]
        found = ingest(Path(folder), [again])
        assert (found.receipt.unchanged, found.receipt.changed, found.receipt.carried) == (len(rows), 0, 0)
        assert held(Path(folder)) == confirmed(again, 2)
