"""Laws of comparisons on small worlds of hard names: sums, both directions, any order, and a loop that ends."""

import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coverage_census.ledger import rounds
from coverage_census.model import tables
from coverage_census.model.register import RegisterClass
from coverage_census.registers import comparison
from coverage_census.registers.comparison import Comparison
from coverage_census.registers.matching.match import NOTHING_SAID
from coverage_census.registers.side import Side
from kit import Census, Workbook, often
from register_loop_case import CODE, COUNTY, answer, asks_nothing, done, keep, lines, market, sheet

NAMES = [
    "富民食品有限公司", "富民食品有限责任公司", "富民食品厂", "富民食品二厂", "富民食品科技有限公司",
    "富民食品科贸有限公司",
    "绿源生态农业开发有限公司", "绿源生态农业发展有限公司", "第一幼儿园", "第二幼儿园",
]  # fmt: skip


class R(NamedTuple):
    """One row of either side."""

    name: str
    uscc: str | None = None
    township: str | None = None
    employees: int | None = None
    status: str | None = None
    kind: str | None = None
    county: str | None = COUNTY


ROW = st.builds(
    R,
    st.sampled_from(NAMES),
    st.sampled_from([None, None, *CODE[:3]]),
    st.sampled_from([None, "首阳镇", "龙茗镇"]),
    st.sampled_from([None, 3, 5]),
    st.sampled_from([None, "operating", "closed"]),
    st.sampled_from([None, "enterprise", "social_org"]),
    st.sampled_from([COUNTY, COUNTY, None]),
)
WORLD = st.lists(ROW, max_size=8)


NAMED = st.lists(ROW.map(lambda row: R(row.name, row.uscc, row.township, county=row.county)), max_size=8)


def side(rows: Sequence[R]) -> Side:
    said = [{"operating_status": each.status, **each._asdict()} for each in rows]
    table = pa.Table.from_pylist(
        [{key: row.get(key) for key in tables.schema().names} for row in said], tables.schema()
    )
    return Side(table, lambda row, field: f"a.xlsx!S!{field}{row}")


def compared(theirs: Sequence[R], ours: Sequence[R], register: str = "own") -> Comparison:
    return comparison.compare(register, side(theirs), side(ours), lambda one, other: NOTHING_SAID)


def linked(found: Comparison) -> set[tuple[int, int]]:
    return {
        (line.register.row, line.ledger.row)
        for line in found.lines
        if line.register is not None and line.ledger is not None and line.kind is not RegisterClass.REPEATED
    }


ELSEWHERE = st.builds(lambda row, county: row._replace(county=county), ROW, st.sampled_from([COUNTY, "大新县", None]))


@settings(max_examples=often(60), deadline=None)
@given(
    st.lists(ELSEWHERE, max_size=8),
    st.lists(ELSEWHERE, max_size=8),
    st.sampled_from(["own", "market", "union", "civil"]),
)
def test_every_row_is_in_one_class(theirs: list[R], ours: list[R], register: str) -> None:
    found = compared(theirs, ours, register)
    counts = found.counts()
    assert {*found.register_rows, *found.outside.register} == set(range(len(theirs)))
    assert {*found.ledger_rows, *found.outside.ledger} == set(range(len(ours)))
    assert sum(pair[0] for pair in counts.values()) + len(found.outside.register) == len(theirs)
    assert sum(pair[1] for pair in counts.values()) + len(found.outside.ledger) == len(ours)


@settings(max_examples=often(60), deadline=None)
@given(WORLD, WORLD)
def test_either_way_round_the_same_are_one(one: list[R], other: list[R]) -> None:
    assert linked(compared(one, other)) == {(a, b) for b, a in linked(compared(other, one))}


@settings(max_examples=often(40), deadline=None)
@given(NAMED, NAMED, st.randoms(use_true_random=False))
def test_no_order_of_rows_counts(theirs: list[R], ours: list[R], chance: random.Random) -> None:
    """Of rows that are one and say different things the first speaks: here they say nothing but who they are."""
    found = compared(theirs, ours)
    at = [chance.sample(range(len(rows)), len(rows)) for rows in (theirs, ours)]
    other = compared([theirs[place] for place in at[0]], [ours[place] for place in at[1]])
    assert found.counts() == other.counts()


ANSWERS = {
    "疑似": ("同一单位", "不同", "不属两新", None), "一码两名": ("同一单位", "不同", "不属两新", None),
    "一名两码": ("同一单位", "不同", "不属两新", None), "数不一致": ("以名册为准", "以台账为准", None),
    "已注销仍在册": ("以台账为准", None), "类别不符": ("以台账为准", None),
    "名册有、台账无（漏报）": ("漏报补录", "不属两新", None), "台账有、名册无": ("以台账为准", None),
}  # fmt: skip
FIRM = st.builds(
    R,
    st.sampled_from(NAMES),
    st.sampled_from([None, None, *CODE[:3]]),
    st.sampled_from(["首阳镇", "龙茗镇"]),
    st.sampled_from([3, 5]),
    st.sampled_from(["正常", "注销"]),
    st.none(),
    st.just(COUNTY),
)


@settings(
    max_examples=often(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(FIRM, min_size=1, max_size=5, unique_by=lambda each: each.name),
    st.lists(FIRM, min_size=1, max_size=5, unique_by=lambda each: each.name),
    st.randoms(use_true_random=False),
)
def test_the_loop_ends(
    census: Census, workbook: Workbook, tmp_path: Path, ours: list[R], theirs: list[R], chance: random.Random
) -> None:
    """Whatever people answer: what was answered and taken is not asked again, and a second reading changes nothing."""
    for each in ("ledger", "returns", ".census"):
        shutil.rmtree(tmp_path / each, ignore_errors=True)
    rows = [
        f"{each.name} | {each.township} | {each.uscc or ''} | {each.employees} | 否 | {each.status}" for each in ours
    ]
    assert census("ingest", str(workbook("台账.xlsx", sheet(*rows)))).code in (0, 3)
    rows = [f"{each.name} | {each.uscc or ''} | {each.status} | {each.employees} | {each.township}" for each in theirs]
    keep(census, workbook, "market", "市场.xlsx", market(*rows))
    with tempfile.TemporaryDirectory(dir=tmp_path) as made:
        for turn in range(6):
            path, left = (Path(made) / f"{turn}{part}.xlsx" for part in ("", "b"))
            if asks_nothing(census, path):
                break
            asked = lines(path)
            said = {line: does for line in asked if (does := chance.choice(ANSWERS[line[0]])) is not None}
            ran = census("ingest", str(answer(path, said)))
            assert ran.code == 0, ran.out + ran.err
            assert done(census("verify"))
            refused = [line for line, (_, row) in asked.items() if f"{path.name}!{line[0]}!J{row}" in ran.out]
            again = set() if asks_nothing(census, left) else set(lines(left))
            assert not again & (set(said) - set(refused)), (said, ran.out)
            before = len(rounds.all_rounds(tmp_path / "ledger"))
            done(census("ingest", str(path)))
            assert len(rounds.all_rounds(tmp_path / "ledger")) == before
