"""The review of identity end to end: what is asked, what is not, and what an answer does; all names are invented."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from coverage_census.ledger import rounds
from coverage_census.sample.units import uscc
from kit import Census, Workbook

HEAD = "单位名称 | 单位类别 | 乡镇 | 统一社会信用代码 | 正式党员 | 从业人员 | 是否建立党组织"
X = uscc.make("91", "451425", 1)


def sheet(*rows: str) -> str:
    """`name | kind | township | code | formal`, the rest is the same for all."""
    return "\n".join([HEAD, *(f"{row} | 12 | 是" for row in rows)])


def asked(folder: Path) -> list[tuple[str, str, str]]:
    """The pairs of the newest workbook: names and why."""
    found = sorted((folder / "returns").glob("待认定_*.xlsx"), key=lambda path: path.stat().st_mtime_ns)
    if not found:
        return []
    (seen, *_) = openpyxl.load_workbook(found[-1]).worksheets
    rows = list(seen.iter_rows(min_row=7, values_only=True))
    return [(str(row[1]).split("\n")[0], str(row[4]).split("\n")[0], str(row[7])) for row in rows]


def answer(path: Path, *said: str) -> None:
    book = openpyxl.load_workbook(path)
    for row, each in enumerate(said, start=7):
        book.worksheets[0].cell(row, 10).value = each
    book.save(path)


def ingest(census: Census, workbook: Workbook, name: str, *rows: str) -> None:
    ran = census("ingest", str(workbook(name, sheet(*rows))))
    assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("富民食品有限公司", "富民食品加工有限公司"),
        ("绿源生态农业开发有限公司", "绿源生态农业发展有限公司"),
        ("首阳镇富民食品有限公司", "富民食品厂"),
        ("宏达机械制造有限公司", "弘达机械制造有限公司"),
    ],
)
def test_asked(one: str, other: str, census: Census, workbook: Workbook, tmp_path: Path) -> None:
    ingest(census, workbook, "首阳镇.xlsx", f"{one} | 企业 | 首阳镇 | | 3")
    ingest(census, workbook, "县级名册.xlsx", f"{other} | 企业 | 首阳镇 | | 3")
    assert [pair[:2] for pair in asked(tmp_path)] == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第一小学", "第二小学"),
        ("首阳第一幼儿园", "首阳第二幼儿园"),
        ("城东双语幼儿园", "城西双语幼儿园"),
        ("富民食品有限公司", "富民食品有限公司首阳分公司"),
        ("首阳富民农产品加工有限公司", "宁远富民农产品加工有限公司"),
        ("天等县富民农产品加工厂", "大新县富民农产品加工厂"),
        ("富民食品有限公司", "富民建材有限公司"),
        ("兴旺建材厂", "兴隆建材厂"),
        ("富民物业服务有限公司", "富民家政服务有限公司"),
    ],
)
def test_not_asked(one: str, other: str, census: Census, workbook: Workbook, tmp_path: Path) -> None:
    ingest(census, workbook, "首阳镇.xlsx", f"{one} | 企业 | 首阳镇 | | 3", "和顺商贸 | 企业 | 宁远镇 | | 1")
    ingest(census, workbook, "县级名册.xlsx", f"{other} | 企业 | 首阳镇 | | 3")
    assert asked(tmp_path) == []


def test_a_clerk_who_lists_both_means_two(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    both = ("富民食品有限公司 | 企业 | 首阳镇 | | 3", "富民食品加工有限公司 | 企业 | 首阳镇 | | 3")
    ingest(census, workbook, "首阳镇.xlsx", *both)
    assert asked(tmp_path) == []


def test_one_code_for_two_names_is_asked(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    ingest(census, workbook, "首阳镇.xlsx", f"富民食品 | 企业 | 首阳镇 | {X} | 3")
    ingest(census, workbook, "宁远镇.xlsx", f"大发建材 | 企业 | 宁远镇 | {X} | 1")
    assert [pair[:2] for pair in asked(tmp_path)] == [("富民食品", "大发建材")]


def test_who_is_not_reported_where_it_was_may_have_moved(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    ingest(census, workbook, "A.xlsx", "富民食品有限公司 | 企业 | 首阳镇 | | 3", "兴旺建材厂 | 企业 | 首阳镇 | | 1")
    ingest(census, workbook, "B.xlsx", "富民食品有限公司 | 企业 | 宁远镇 | | 3")
    assert asked(tmp_path) == []  # both may be there: a name is nobody's own
    ingest(census, workbook, "C.xlsx", "兴旺建材厂 | 企业 | 首阳镇 | | 2")
    assert [pair[:2] for pair in asked(tmp_path)] == [("富民食品有限公司", "富民食品有限公司")]


class TestAnswers:
    @pytest.fixture
    def review(self, census: Census, workbook: Workbook, tmp_path: Path) -> Path:
        ingest(
            census, workbook, "首阳镇.xlsx",
            "富民食品有限公司 | 企业 | 首阳镇 | | 3", "绿源生态农业开发有限公司 | 企业 | 首阳镇 | | 3",
        )  # fmt: skip
        ingest(
            census, workbook, "县级名册.xlsx",
            "富民食品加工有限公司 | 企业 | 首阳镇 | | 4", "绿源生态农业发展有限公司 | 企业 | 首阳镇 | | 4",
        )  # fmt: skip
        (found,) = (tmp_path / "returns").glob("待认定_*.xlsx")
        return found

    def names(self, folder: Path) -> Sequence[str]:
        found = rounds.relation(folder / "ledger", rounds.find(folder / "ledger", None)).project("name").fetchall()
        return [name for (name,) in found]

    def test_they_hold(self, review: Path, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        answer(review, "不是", "同一单位")
        ran = census("ingest", str(review))
        assert ran.code == 0 and "同一单位 1 对，不是 1 对" in ran.out and "并入 1 家" in ran.out
        left = ["富民食品加工有限公司", "绿源生态农业开发有限公司", "绿源生态农业发展有限公司"]
        assert sorted(self.names(tmp_path)) == sorted(left)
        again = "富民食品有限公司 | 企业 | 首阳镇 | | 5", "绿源生态农业开发有限公司 | 企业 | 首阳镇 | | 5"
        before = len(list((tmp_path / "returns").glob("待认定_*.xlsx")))
        ingest(census, workbook, "乡镇2.xlsx", *again)
        assert len(self.names(tmp_path)) == 3
        assert len(list((tmp_path / "returns").glob("待认定_*.xlsx"))) == before

    def test_unanswered_nothing_happens(self, review: Path, census: Census, tmp_path: Path) -> None:
        answer(review, "待查")
        ran = census("ingest", str(review))
        assert len(rounds.all_rounds(tmp_path / "ledger")) == 2, ran.out

    def test_an_answer_in_other_words_is_located(self, review: Path, census: Census) -> None:
        answer(review, "也许", "同一单位")
        ran = census("ingest", str(review))
        assert "待认定!J7" in ran.out and "第 1 对的认定看不明白" in ran.out

    def test_the_opposite_later_is_located_until_undone(self, review: Path, census: Census, tmp_path: Path) -> None:
        other = review.with_name("另一份.xlsx")
        other.write_bytes(review.read_bytes())
        answer(review, "同一单位")
        answer(other, "不是")
        assert census("ingest", str(review)).code == 0
        ran = census("ingest", str(other))
        assert "待认定!J7" in ran.out and "相反" in ran.out
        assert census("undo", "3").code == 0
        assert len(self.names(tmp_path)) == 4

    def test_a_name_is_no_formula(self, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        ingest(census, workbook, "A.xlsx", "@SUM食品加工厂 | 企业 | 首阳镇 | | 3")
        ingest(census, workbook, "B.xlsx", "@SUM食品加工坊 | 企业 | 首阳镇 | | 3")
        (found,) = (tmp_path / "returns").glob("待认定_*.xlsx")
        cells = [cell for row in openpyxl.load_workbook(found).worksheets[0].iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_blank_that_overwrites_is_said(census: Census, workbook: Workbook) -> None:
    ingest(census, workbook, "1.xlsx", "富民食品 | 企业 | 首阳镇 | | 3")
    assert "空白冲掉" not in census("ingest", str(workbook("2.xlsx", sheet("富民食品 | 企业 | 首阳镇 | | 4")))).out
    assert (
        "有 1 家单位，原来已知的数"
        in census("ingest", str(workbook("3.xlsx", sheet("富民食品 | 企业 | 首阳镇 | | ")))).out
    )
