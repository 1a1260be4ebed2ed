"""A round that was written before a field existed is read as one in which nobody said anything of it."""

from pathlib import Path

import pytest

from coverage_census.ledger.store import parquet, query
from coverage_census.model import tables
from coverage_census.model.organisation import Organisation

ROWS = [Organisation(name="松涛茶厂", members_formal=3, star=4), Organisation(name="竹影商行")]


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The file of a round of a census that knew neither stars nor how many applied."""
    file = tmp_path / "organisations.parquet"
    table = tables.table(ROWS).drop_columns(["star", "applicants", "applicants_min", "applicants_max"])
    file.write_bytes(parquet.written(table))
    return file


def test_as_a_table_it_has_the_columns_of_today(older: Path) -> None:
    found = parquet.read(older.read_bytes())
    assert found.schema.equals(tables.schema())
    assert [(each.name, each.members_formal, each.star) for each in tables.records(found)] == [
        ("松涛茶厂", 3, None),
        ("竹影商行", None, None),
    ]
    assert parquet.read(older.read_bytes(), ["star", "name"]).to_pydict() == {
        "star": [None, None],
        "name": ["松涛茶厂", "竹影商行"],
    }


def test_as_rows_too(older: Path) -> None:
    assert query.relation(older).project("name, star, applicants_max").fetchall()[0] == ("松涛茶厂", None, None)
    assert next(query.rows(older, "name, applicants")) == [("松涛茶厂", None), ("竹影商行", None)]
