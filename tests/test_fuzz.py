"""A few seconds of what `make fuzz` does for ten minutes, with the same seed each time; and what it once found."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import run
from fuzz.checked import complaint
from fuzz.material import Row, as_csv, as_xlsx, tables
from kit import often


@settings(max_examples=often(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.booleans())
def test_no_sheet_makes_the_reader_stumble_or_speak(rows: list[Row], as_text: bool) -> None:
    data, name = (as_csv(rows), "表.csv") if as_text else (as_xlsx(rows), "表.xlsx")
    assert complaint(data, name) is None


def test_damaged_files_are_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "KEPT", tmp_path)
    counts = Counter[str]()
    run.containers(random.Random(20261121), counts)
    assert counts.total() >= run.BATCH
    assert not [what for what in counts if what.startswith("FOUND")]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_number_beyond_all_numbers(value: float) -> None:
    rows: list[Row] = [["单位名称", "从业人员", "成立时间"], ["合成样例甲厂", 3, "2014"]]
    from coverage_census.ingest.cells import counts

    assert counts.parse(value) is not counts.parse(3)
    assert complaint(as_csv([*rows, ["合成样例乙厂", "1e999", value]]), "表.csv") is None
