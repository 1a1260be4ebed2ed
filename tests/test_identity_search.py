"""The search for pairs that may be one organisation: it compares what is alike, not a township with itself."""

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from coverage_census.ledger import rounds
from coverage_census.ledger.identity import candidates
from coverage_census.ledger.write import next_round
from coverage_census.model import tables
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import FileReading, SheetReading


def test_strips_find_what_comparing_each_with_each_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_AT_ONCE", 12)
    chance = random.Random(1)
    for count in (2, 3, 7, 20):
        names = ["富民" + "".join(chance.choices("食品加工厂店", k=4)) for _ in range(count)]
        pairs = ((one, other) for one in range(count) for other in range(one + 1, count))
        expected = [pair for pair in pairs if fuzz.ratio(names[pair[0]], names[pair[1]]) >= 75]
        assert sorted(candidates._near(names)) == expected


def _ledger(folder: Path, names: list[str]) -> None:
    """Every other one in a file of its own, all of one township and without codes."""
    rows = [
        Organisation(
            name=name, township="第一镇", employees=5, source=Source(file=f"{at % 2}.csv", sheet="S", row=at + 2)
        )
        for at, name in enumerate(names)
    ]
    sheet = SheetReading(sheet="S", kind="ledger", data_rows=len(names) // 2)
    files = [FileReading(file=f"{at}.csv", sha256=f"{at}" * 64, sheets=(sheet,)) for at in range(2)]
    next_round.write(
        folder,
        tables.table(rows),
        files,
        (),
        name=None,
        as_of="2026-01-01",
        tool="t",
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_numbered_shops_of_one_township_are_not_compared_each_with_each(tmp_path: Path) -> None:
    """Six thousand would be eighteen million comparisons and minutes; a slip of the pen is found among them."""
    _ledger(tmp_path / "ledger", [*(f"样例{number}号商贸行" for number in range(6_000)), "样例7号商贸航", "兴旺食品行"])
    every = rounds.all_rounds(tmp_path / "ledger")
    begin = time.process_time()
    found = candidates.find(tmp_path / "ledger", every[-1], every)
    assert time.process_time() - begin < 4
    assert [{each.one.name, each.other.name} for each in found] == [{"样例7号商贸行", "样例7号商贸航"}]
