"""The reports that `census run` makes, as census.toml names them; and what its digest says of them and of dates."""

import json
from pathlib import Path
from typing import Any

import pytest

from coverage_census.files.disk import Drive
from kit import Census, Ran
from run_case import HEKOU, QINGSHI, book

ALL = 'reports = ["html", "xlsx", "docx", "annual"]'
FILES = ["coverage-rows.html", "coverage.html", "coverage.xlsx", "bulletin.docx", "annual.xlsx"]


@pytest.fixture
def office(tmp_path: Path, census: Census) -> Path:
    """A workspace with one workbook in its inbox."""
    census("init", tmp_path)
    book(tmp_path / "inbox" / "青石镇.xlsx", QINGSHI)
    return tmp_path


def setting(office: Path, line: str) -> None:
    (office / "census.toml").write_text(f"[run]\n{line}\n", encoding="utf-8")


def digest(office: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((office / "reports" / "digest.json").read_text(encoding="utf-8"))
    return found


def stamps(office: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (office / "reports" / "000001").iterdir()}


def test_every_report_that_is_named_is_made_once_a_round(office: Path, census: Census) -> None:
    setting(office, ALL)
    ran = census("run")
    assert (ran.code, ran.err) == (0, "")
    assert digest(office)["reports"] == [f"reports/000001/{name}" for name in FILES]
    assert "报告在 reports/000001：coverage.html、coverage.xlsx、bulletin.docx、annual.xlsx\n" in ran.out
    made = stamps(office)
    assert sorted(made) == sorted(FILES)
    assert census("run").out == ""
    assert stamps(office) == made
    assert digest(office)["reports"] == [f"reports/000001/{name}" for name in FILES]


@pytest.mark.parametrize(("line", "made"), [("", ["coverage-rows.html", "coverage.html"]), ("reports = []", [])])
def test_the_page_alone_where_nothing_is_said_and_nothing_where_nothing_is_wanted(
    office: Path, census: Census, line: str, made: list[str]
) -> None:
    setting(office, line)
    ran = census("run")
    assert ran.code == 0
    assert digest(office)["reports"] == [f"reports/000001/{name}" for name in made]
    assert ("报告：reports/000001/coverage.html\n" in ran.out) is bool(made)


def test_a_bulletin_in_which_somebody_wrote_is_not_made_again(
    office: Path, census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by the next day nor because another report is wanted now or was thrown away."""
    setting(office, 'reports = ["docx", "html"]')
    census("run")
    bulletin = office / "reports" / "000001" / "bulletin.docx"
    bulletin.write_bytes(b"edited")
    (bulletin.parent / "coverage.html").unlink()
    setting(office, ALL)
    monkeypatch.setenv("CENSUS_NOW", "2026-11-22T09:00:00+08:00")
    assert census("run").code == 0
    assert bulletin.read_bytes() == b"edited"
    assert sorted(stamps(office)) == sorted(FILES)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('reports = ["html", "xslx"]', "没有“xslx”这种报告。是不是：xlsx？"),
        ('reports = "HTML"', "没有“HTML”这种报告。是不是：html？"),
        ('reports = ["pdf"]', "是不是：html、xlsx、docx、annual？"),
        ("reports = 3", "没有“3”这种报告"),
        ('report = ["html"]', "没有“report”这项设置。是不是：reports？"),
    ],
)
def test_a_report_that_there_is_not_is_refused(office: Path, census: Census, line: str, said: str) -> None:
    setting(office, line)
    ran = census("run")
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert not (office / "reports" / "digest.txt").exists()


def held(census: Census, monkeypatch: pytest.MonkeyPatch, *names: str) -> Ran:
    """A run while somebody has these reports open on Windows."""

    def refused(*_: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        real = Drive.replace
        patched.setattr(Drive, "sleep", lambda *_: None)
        patched.setattr(Drive, "replace", lambda d, s, t: refused() if t.name in names else real(d, s, t))
        return census("run")


def test_reports_that_are_open_keep_the_others_from_nothing(
    office: Path, census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(office, ALL)
    ran = held(census, monkeypatch, "coverage.xlsx", "bulletin.docx")
    assert ran.code == 4
    assert ran.out.count("WPS") == 2
    assert digest(office)["reports"] == [
        f"reports/000001/{name}" for name in ("coverage-rows.html", "coverage.html", "annual.xlsx")
    ]
    assert len(ran.out.splitlines()) <= 30
    page = stamps(office)["coverage.html"]
    again = held(census, monkeypatch, "coverage.xlsx", "bulletin.docx")
    assert (again.code, again.out) == (4, "")  # said once a day
    assert census("run").code == 0
    assert digest(office)["reports"] == [f"reports/000001/{name}" for name in FILES]
    assert stamps(office)["coverage.html"] == page


def test_a_template_of_the_office_that_is_wrong_keeps_the_others_from_nothing(office: Path, census: Census) -> None:
    setting(office, ALL)
    (office / "reports" / "templates" / "coverage.html.j2").write_text("{% if %}", encoding="utf-8")
    ran = census("run")
    assert ran.code == 4
    assert "coverage.html.j2" in ran.out
    assert digest(office)["reports"] == [f"reports/000001/{name}" for name in FILES if not name.endswith(".html")]


def test_the_pages_of_several_counties_are_made_once_a_round(office: Path, census: Census) -> None:
    book(office / "inbox" / "河口镇.xlsx", HEKOU.replace("云岭县", "临溪县"))
    ran = census("run")
    assert "报告：reports/000001/index.html\n" in ran.out
    made = stamps(office)
    assert len(made) == 5
    census("run")
    assert stamps(office) == made


DATED = """
| 云岭县青石镇非公企业党建台账 |
| 填报单位：青石镇 | | | | | 截止日期：2026年9月30日 |
| 单位名称 | 登记日期 | 从业人员 | 正式党员 | 是否建立党组织 | 组建形式 |
| 云岭县松岩机械有限公司 | 2026-03-02 | 86 | 4 | 否 | |
| 云岭县澄溪茶业有限公司 | 2024-05-06 | 32 | 3 | 否 | |
| 云岭县柏坞建材有限公司 | 2020-01-01 | 18 | 2 | 是 | 挂靠组建 |
| 云岭县竹泉物流有限公司 | 2020-01-01 | 19 | 5 | 是 | 挂靠组建 |
"""
DATED_LATER = DATED.replace("9月30日", "10月31日").replace("| 18 | 2 | 是", "| 18 | 3 | 是")


def test_what_is_due_is_what_the_tasks_say(office: Path, census: Census, monkeypatch: pytest.MonkeyPatch) -> None:
    book(office / "inbox" / "青石镇.xlsx", DATED)
    assert "期限" not in census("run").out  # forty days are not soon
    for day, said in (
        ("2026-12-05", "2026-12-31 前要补上 1 项（逐项：census tasks --due）\n"),
        ("2027-01-05", "已过期 1 项（逐项：census tasks --due）\n"),
    ):
        monkeypatch.setenv("CENSUS_NOW", f"{day}T09:00:00+08:00")
        census("run")
        assert f"期限：{said}" in (office / "reports" / "digest.txt").read_text(encoding="utf-8")
    overdue = json.loads(census("tasks", "--overdue", "--json").out)
    assert [each["due"] for each in overdue] == ["2026-12-31"]
    assert digest(office)["standing"]["due"] == [{"day": "2026-12-31", "count": 1, "overdue": True}]
    census("tasks", "--void", overdue[0]["id"], "--reason", "已合并到别处")
    census("run")
    assert digest(office)["standing"]["due"] == []


def test_conversions_that_are_due(office: Path, census: Census) -> None:
    book(office / "inbox" / "青石镇.xlsx", DATED)
    assert "条件已具备、应转为单独组建 1 家\n" in census("run").out
    book(office / "inbox" / "青石镇10月.xlsx", DATED_LATER)
    assert (
        "条件已具备、应转为单独组建 2 家，其中新具备 1 家：青石镇 云岭县柏坞建材有限公司（挂靠组建）\n"
        in census("run").out
    )
    listed = json.loads(census("diff", "--json").out)["due"]
    assert len(listed) == digest(office)["standing"]["conversions"]["count"]
    census("run")
    text = (office / "reports" / "digest.txt").read_text(encoding="utf-8")
    assert "条件已具备、应转为单独组建 2 家\n" in text  # nothing is new any more


def test_who_has_not_reported_and_until_when_they_had(office: Path, census: Census) -> None:
    (office / "census.toml").write_text(
        'county = "云岭县"\n[expected]\ntownships = ["青石镇", "河口镇", "白水乡"]\ndue = 2026-12-20\n',
        encoding="utf-8",
    )
    census("run")
    book(office / "inbox" / "河口镇.xlsx", HEKOU.replace("台账 |", "台账 截止日期：2026年11月20日 |"))
    assert (
        "本期（2026年第四季度）未报 2 个（应报 3 个乡镇，2026-12-20 前）："
        "青石镇（已报至 2026-09-30）；白水乡（从未报过）。催报单：census missing --xlsx\n"
    ) in census("run").out
    assert digest(office)["standing"]["reporting"]["not_reported"] == [
        {"county": "云岭县", "township": "青石镇", "last_as_of": "2026-09-30", "unreadable": False},
        {"county": "云岭县", "township": "白水乡", "last_as_of": None, "unreadable": False},
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_stays_a_page_and_says_where_the_reports_are(
    office: Path, census: Census, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coverage_census.model.digest import Digest, FileLeftOut
    from coverage_census.report import digest as writing
    from coverage_census.words.catalogue import Words

    setting(office, ALL)
    book(office / "inbox" / "青石镇.xlsx", DATED)
    book(office / "inbox" / "青石镇10月.xlsx", DATED_LATER)
    monkeypatch.setenv("CENSUS_NOW", "2027-01-05T09:00:00+08:00")
    census("run")
    found = Digest.model_validate(digest(office))
    bad = FileLeftOut(
        file="表.xlsx", code="encrypted", waiting=False, message="m", fix="f", since="2026-11-21", told=False
    )
    every = [bad.model_copy(update={"file": f"{number}.xlsx", "waiting": number % 2 == 0}) for number in range(40)]
    crowded = found.model_copy(update={"left_out": tuple(every), "notes": ("a", "b", "c", "d", "e", "f")})
    lines = writing.text(crowded, Words("zh" if lang == "zh" else "en")).splitlines()
    assert len(lines) <= 30
    assert "annual.xlsx" in lines[-2]
    assert ("census tasks --due" in "".join(lines)) and ("0.xlsx" in "".join(lines))
