"""One answer everywhere: on invented counties the same figure stands in terminal, JSON, page, workbook, Word, tasks and
digest, each table's total is the sum of its lines, and no sentence counts an organisation twice."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

from kit import Census, often
from ledger_case import survey

DAY = "2020年7月6日"  # yuexi's deadline is three weeks off; on the day of the tests it is long past
POLICIES = ("default", "yuexi", "official")
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


class Answers:
    """Everything that the commands say of one ledger under the policy of its census.toml, and the run's reports."""

    def __init__(self, census: Census, folder: Path, digest: str) -> None:
        self.digest_text = digest

        def document(*words: str) -> Any:
            ran = census(*words, "--json")
            assert ran.code == 0, (words, ran.err)
            return json.loads(ran.out)

        def said(*words: str) -> str:
            ran = census(*words)
            assert ran.code == 0, (words, ran.err)
            return ran.out

        self.gaps = document("gaps", "--township")
        self.kinds = document("gaps", "--kind")
        self.decisions = document("gaps", "--list")
        self.indicators = {each["code"]: each for each in document("indicators")}
        self.tallies = document("tasks")
        self.tasks = document("tasks", "--list")
        self.gaps_csv = list(csv.reader(io.StringIO(said("gaps", "--township", "--csv"))))
        self.gaps_text = said("gaps", "--township")
        self.tasks_text = said("tasks")
        made = {path.suffix: path for path in (folder / "reports").rglob("*.*") if "rows" not in path.name}
        self.page = html.parse(str(made[".html"])).getroot()
        self.book = load_workbook(made[".xlsx"], data_only=True)
        self.bulletin = _text(made[".docx"])
        self.digest = json.loads((folder / "reports" / "digest.json").read_text("utf-8"))["standing"]
        said("tasks", "--html", "--out", str(folder / "wall"))
        self.wall = html.parse(str(next((folder / "wall").glob("*.html")))).getroot().text_content()

    def total(self, key: str) -> int:
        """A count of all townships together."""
        return sum(each[key] for each in self.gaps)

    def organisations(self, gap: str) -> set[tuple[str, str]]:
        """Who has a gap of the class, by the list of decisions."""
        found = (each for each in self.decisions if each["verdict"] == "gap" and each["gap"] == gap)
        return {(each["name"], each["township"]) for each in found}


def _text(path: Path) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs if paragraph.text)


def _rows(book: Any, sheet: str) -> list[list[Any]]:
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


@pytest.mark.parametrize("seed", range(often(8)))
def test_the_same_figure_everywhere(census: Census, tmp_path: Path, seed: int) -> None:
    policy = POLICIES[seed % len(POLICIES)]
    census("init", ".")
    (tmp_path / "census.toml").write_text(f'policy = "{policy}"\n[run]\nreports = ["html", "xlsx", "docx"]\n', "utf-8")
    survey(tmp_path / "inbox" / "云岭县.csv", seed, DAY)
    ran = census("run")
    assert ran.code in (0, 3), ran.err
    found = Answers(census, tmp_path, ran.out)
    _areas_add_up(found)
    _classes_agree(found)
    _lead_sentence_is_a_partition(found)
    _rates_agree(found)
    _tasks_agree(found)
    _digest_agrees(found)
    _branches_agree(found)
    _open_says_who_counts(found)


IRREGULAR = """
单位名称,乡镇,从业人员,党员总数,正式党员,是否建立党组织,组建方式,党组织名称,工会,指导员
甲陶瓷厂,文峰镇,12,1,1,是,联合组建,文峰联合党支部,是,1
乙陶瓷厂,文峰镇,60,1,1,是,联合组建,文峰联合党支部,否,1
丙陶瓷厂,首阳镇,60,1,1,是,联合组建,首阳联合党支部,否,1
己陶瓷厂,首阳镇,9,1,1,是,联合组建,首阳联合党支部,是,1
丁陶瓷厂,首阳镇,12,,,否,,,否,1
戊陶瓷厂,首阳镇,150,,,否,,,否,
"""


def test_irregular_branches_are_counted_alike(census: Census, tmp_path: Path) -> None:
    """Two branches of four organisations; one of which too little is known has a gap as well."""
    census("init", ".")
    (tmp_path / "census.toml").write_text('[run]\nreports = ["html", "xlsx", "docx"]\n', "utf-8")
    (tmp_path / "inbox" / "云岭县.csv").write_text(IRREGULAR.strip(), "utf-8")
    ran = census("run")
    assert ran.code in (0, 3), ran.err
    found = Answers(census, tmp_path, ran.out)
    assert (found.digest["irregular_branches"], sum(each["gaps"]["irregular_joint"] for each in found.gaps)) == (2, 4)
    _branches_agree(found)
    _open_says_who_counts(found)
    assert "另有已查明的缺口" in found.bulletin


def _areas_add_up(found: Answers) -> None:
    """Townships and kinds are two partitions of the same organisations; a terminal table's last line is the sum."""
    for key in ("organisations", "covered", "not_covered", "unknown", "to_confirm"):
        assert sum(each[key] for each in found.gaps) == sum(each[key] for each in found.kinds), key
    for each in (*found.gaps, *found.kinds):
        assert each["organisations"] == each["covered"] + each["not_covered"] + each["unknown"]
    head, *body, last = found.gaps_csv
    for column, name in enumerate(head):
        if all(re.fullmatch(r"\d+", row[column]) for row in (*body, last)):
            assert int(last[column]) == sum(int(row[column]) for row in body), name
    assert int(last[1]) == found.total("organisations") and int(last[2]) == found.total("covered")
    summary = _rows(found.book, "汇总")
    totals = [row for row in summary if row[1] == "合计"]
    assert len(totals) == 2
    for row in totals:
        assert row[2:6] == [found.total(key) for key in ("organisations", "covered", "not_covered", "unknown")]


def _classes_agree(found: Answers) -> None:
    """The gap table, the list of decisions, the page, the workbook and the bulletin count organisations alike."""
    classes = {gap: sum(each["gaps"].get(gap, 0) for each in found.gaps) for gap in found.gaps[0]["gaps"]}
    labels = _labels()
    page = _gap_table(found.page)
    listed = Counter(row[1] for row in _rows(found.book, "缺口清单")[1:])
    for gap, count in classes.items():
        assert count == len(found.organisations(gap)), gap
        assert page.get(labels[gap], 0) == count, gap
        assert listed[labels[gap]] == count, gap
        if count:
            assert f"{labels[gap]}{count}家。" in found.bulletin, gap
    unconfirmed = {
        (each["name"], each["township"])
        for each in found.decisions
        if each["rule"] == "formation" and each["verdict"] == "unknown"
    }
    assert found.total("to_confirm") == len(unconfirmed) == listed[labels["unconfirmed"]]
    if unconfirmed:
        assert f"{labels['unconfirmed']}{len(unconfirmed)}家。" in found.bulletin


def _labels() -> Mapping[str, str]:
    from coverage_census.model.decision import Gap
    from coverage_census.words.catalogue import Words

    return {gap.value: Words("zh")(f"term.gap.{gap.value}") for gap in Gap}


def _gap_table(page: Any) -> dict[str, int]:
    """Class → organisations, by the table of classes on the page."""
    found = {}
    for row in page.xpath("//tr[td/span[contains(@class, 'sev')]]"):
        label = "".join(row.xpath("th//text()")).strip()
        found[label] = int("".join(row.xpath("td[2]//text()")).strip().replace("—", "0") or 0)
    return found


def _lead_sentence_is_a_partition(found: Answers) -> None:
    """Whoever has a gap, of these who is to be confirmed too, and who is only to be confirmed."""
    gapped = set().union(*(found.organisations(gap) for gap in _labels()))
    unconfirmed = {
        (each["name"], each["township"])
        for each in found.decisions
        if each["rule"] == "formation" and each["verdict"] == "unknown"
    }
    lead = re.search(r"截至[^。]*。", found.bulletin.split("总体情况")[1])
    if not found.total("organisations"):  # seed 10: its only organisation is cancelled
        assert lead is None and "本期台账没有单位" in found.bulletin
        return
    assert lead is not None
    counted = {key: _number(pattern, lead[0]) for key, pattern in _LEAD.items()}
    expected = {
        "organisations": found.total("organisations"),
        "covered": found.total("covered"),
        "not_covered": found.total("not_covered"),
        "unknown": found.total("unknown"),
        "gapped": len(gapped),
        "both": len(gapped & unconfirmed),
        "more": len(unconfirmed - gapped),
    }
    assert counted == expected, lead[0]
    assert lead[0] in "".join(found.page.itertext())
    assert lead[0] in str(_rows(found.book, "汇总")[2][0])


_LEAD = {
    "organisations": r"共有两新组织(\d+)家",
    "covered": r"已建立党组织[^，]*?(\d+)家",
    "not_covered": r"，未建立(\d+)家",
    "unknown": r"建立情况不详(\d+)家",
    "gapped": r"存在缺口的(\d+)家",
    "both": r"其中(\d+)家同时有数据待核",
    "more": r"另有(\d+)家数据待核",
}


def _number(pattern: str, text: str) -> int:
    match = re.search(pattern, text)
    return int(match[1]) if match else 0


def _rates_agree(found: Answers) -> None:
    """Each indicator prints as the same text on the page, in the workbook and, where it names it, in the bulletin."""
    rows = {row[0]: row for row in _rows(found.book, "指标")[1:]}
    cards = _cards(found.page)
    for each in found.indicators.values():
        assert each["numerator"] <= each["denominator"] and each["known"] <= each["denominator"]
        row = rows[each["label"]]
        assert [row[2], row[3]] == [each["numerator"], each["denominator"]], each["label"]
        printed = _printed(each)
        assert cards[each["label"]] == printed, each["label"]
        in_book = row[1] if isinstance(row[1], str) else _percent(each["numerator"], each["denominator"])
        assert in_book == printed, each["label"]
        if isinstance(row[1], float):
            assert row[1] == pytest.approx(each["numerator"] / each["denominator"])
        if (said := re.search(f"{each['label']}([^；。]*)", _rates_of(found.bulletin))) is not None:
            assert said[1].startswith(printed), each["label"]
            about = each["by_total_basis"] and "资料不足" not in printed
            assert (f"其中{each['by_total_basis']}家按党员总数判定" in said[1]) == bool(about)
    overall = found.indicators["overall_rate"]
    assert (overall["numerator"], overall["denominator"]) == (found.total("covered"), found.total("organisations"))


def _rates_of(bulletin: str) -> str:
    match = re.search(r"分项看，[^。]*。", bulletin)
    return match[0] if match else ""


def _printed(each: Mapping[str, Any]) -> str:
    """What must stand there, worked out from the numbers alone."""
    if each["known"] < each["unknown"]:
        unit = {"organisations": "家", "party_orgs": "个", "persons": "名"}[each["counted"]]
        return f"资料不足（已知{each['known']}{unit}，不详{each['unknown']}{unit}）"
    return _percent(each["numerator"], each["denominator"])


def _percent(above: int, below: int) -> str:
    """Half-up with one decimal."""
    if not below:
        return "—"
    tenths = (2000 * above + below) // (2 * below)
    return f"{tenths // 10}.{tenths % 10}%"


def _cards(page: Any) -> dict[str, str]:
    found = {}
    for card in page.xpath("//*[.//p[contains(@class, 'big')]]"):
        titles = card.xpath(".//h3") or card.xpath(".//h2")
        if len(card.xpath(".//p[contains(@class, 'big')]")) == 1 and len(titles) == 1:
            label = titles[0].text_content().strip()
            found[label] = card.xpath(".//p[contains(@class, 'big')]")[0].text_content().strip()
    return found


def _tasks_agree(found: Answers) -> None:
    """Of one round, tasks are gaps, an irregular branch being one whoever belongs to it; what is overdue is the same in
    the list, the table and the bulletin."""
    gaps = Counter(each["rule"] for each in found.decisions if each["verdict"] == "gap")
    if gaps["joint_regular"]:  # seed 71: two organisations of one branch
        gaps["joint_regular"] = found.digest["irregular_branches"]
    gaps = +gaps
    *owners, total = found.tallies or [{"open": 0, "overdue": 0}]
    assert total["open"] == len(found.tasks) == sum(each["open"] for each in owners)
    assert total["overdue"] == sum(each["overdue"] for each in owners) == sum(each["overdue"] for each in found.tasks)
    assert Counter(each["rule"] for each in found.tasks) == gaps
    over = [each for each in found.tasks if each["overdue"]]
    said = re.search(r"已超过期限的任务(\d+)项，涉及(\d+)家", found.bulletin)
    assert (said is not None) == bool(over)
    if said is not None:
        assert (int(said[1]), int(said[2])) == (len(over), len({(each["name"], each["township"]) for each in over}))
    if found.tasks:
        head = re.search(r"(\d+)家(\d+)项未销号", found.tasks_text)
        assert head is not None
        who = {(each["name"], each["township"]) for each in found.tasks}
        assert (int(head[1]), int(head[2])) == (len(who), len(found.tasks))
    wall = re.search(r"共(\d+)项任务，已销号(\d+)项，[^；]*；未销号(\d+)项，其中待核实(\d+)项，超期(\d+)项", found.wall)
    assert wall is not None
    assert [int(each) for each in wall.groups()] == [len(found.tasks), 0, len(found.tasks), 0, len(over)]


def _branches_agree(found: Answers) -> None:
    """不规范联合: units (家) and their branches (个), one sentence wherever the class is named."""
    units = sum(each["gaps"].get("irregular_joint", 0) for each in found.gaps)
    branches = found.digest["irregular_branches"]
    assert bool(units) == bool(branches) and branches <= units
    sentence = f"不规范联合：{units}家，属{branches}个联合党组织。"
    told = {
        "page": "".join(found.page.itertext()),
        "bulletin": found.bulletin,
        "workbook": str(_rows(found.book, "汇总")[2][0]),
        "digest": found.digest_text,
        "terminal": found.gaps_text,
    }
    assert {name for name, text in told.items() if sentence in text} == (set(told) if branches else set())
    assert sum(each["gap"] == "irregular_joint" for each in found.tasks) == branches


def _open_says_who_counts(found: Answers) -> None:
    """待核 in the bulletin says how many of them stand among the gaps too."""
    gapped = set().union(*(found.organisations(gap) for gap in _labels()))
    told = (each for each in found.decisions if each["rule"] == "formation" and each["verdict"] == "unknown")
    confirm = {(each["name"], each["township"]) for each in told}
    said = re.search(r"其中(\d+)家另有已查明的缺口", found.bulletin)
    assert (int(said[1]) if said else 0) == len(gapped & confirm)


def _digest_agrees(found: Answers) -> None:
    """What a clerk reads on a phone after a night's run."""
    for key, code in (("rate", "overall_rate"), ("beside", "org_coverage")):
        rate, figure = found.digest[key], found.indicators[code]
        assert {each: rate[each] for each in ("code", "numerator", "denominator", "known", "unknown")} == {
            each: figure[each] for each in ("code", "numerator", "denominator", "known", "unknown")
        }
    classes = {each["gap"]: each["count"] for each in found.digest["gaps"]}
    assert classes == {
        gap: count for gap in _labels() if (count := sum(each["gaps"].get(gap, 0) for each in found.gaps))
    }
    over = sum(each["count"] for each in found.digest["due"] if each["overdue"])
    assert over == sum(each["overdue"] for each in found.tasks)
