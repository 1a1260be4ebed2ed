"""What `census export` gives: one record an organisation, unknown as null, and nothing that runs in a spreadsheet."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from coverage_census import tables
from coverage_census.ledger import export, rounds
from coverage_census.model.choices import Kind, Qualifier
from coverage_census.model.organisation import Organisation, Source, about
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round

ROWS = [
    Organisation(
        name="=富民“食品”\n",
        kind=Kind.ENTERPRISE,
        county="天等县",
        registered_on="2013-06",
        members_total=4,
        has_org=False,
        revenue_10k=12.5,
        qualifiers={"members_total": Qualifier.LUMPED},
        source=Source(file="首阳镇.xlsx", sheet="企业", row=7),
    ),
    Organisation(name="和顺商贸", source=Source(file="首阳镇.xlsx", sheet="企业", row=8)),
]


@pytest.fixture
def ledger(tmp_path: Path) -> tuple[Path, Round]:
    reading = FileReading(file="首阳镇.xlsx", sha256="0" * 64)
    now = datetime(2026, 7, 1, tzinfo=UTC)
    commit = rounds.write(tmp_path, tables.table(ROWS), [reading], [], name=None, as_of="2026", now=now, tool="0")
    return tmp_path, commit.round


def exported(ledger: tuple[Path, Round], form: export.Format) -> bytes:
    return b"".join(export.chunks(*ledger, form))


def expected(each: Organisation) -> dict[str, Any]:
    source = each.source or Source(file="")
    return {
        **{name: getattr(each, name) for name in about()},
        "qualifiers": dict(each.qualifiers),
        "confirmed_round": 1,
        "source_file": source.file,
        "source_sheet": source.sheet,
        "source_row": source.row,
    }


def test_jsonl(ledger: tuple[Path, Round]) -> None:
    lines = exported(ledger, "jsonl").decode("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [expected(each) for each in ROWS]


def test_csv(ledger: tuple[Path, Round]) -> None:
    data = exported(ledger, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert first["name"] == "'=富民“食品”\n"
    assert (first["registered_on"], first["members_total"], first["has_org"], first["revenue_10k"]) == (
        "2013-06",
        "4",
        "false",
        "12.5",
    )
    assert json.loads(first["qualifiers"]) == {"members_total": "lumped"}
    assert (first["source_row"], first["confirmed_round"]) == ("7", "1")
    assert {key for key, value in second.items() if value} == {
        "name", "confirmed_round", "source_file", "source_sheet", "source_row",
    }  # fmt: skip


def test_parquet(ledger: tuple[Path, Round], tmp_path: Path) -> None:
    (tmp_path / "export.parquet").write_bytes(exported(ledger, "parquet"))
    found = pq.read_table(tmp_path / "export.parquet")
    assert tuple(found.schema.names) == export.columns()
    rows = [{**row, "qualifiers": dict(row["qualifiers"])} for row in found.to_pylist()]
    assert rows == [expected(each) for each in ROWS]


def test_the_formats_agree_on_their_columns(ledger: tuple[Path, Round]) -> None:
    header = next(csv.reader(io.StringIO(exported(ledger, "csv").decode("utf-8-sig"), newline="")))
    assert tuple(header) == tuple(json.loads(exported(ledger, "jsonl").splitlines()[0])) == export.columns()
