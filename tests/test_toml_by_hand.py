"""Settings and policies as offices write them by hand, in Windows editors: read, or refused with the line and how to
mend it, in the language of the office and in no other."""

import re
from pathlib import Path

import pytest

from coverage_census import settings
from coverage_census.errors import CensusError
from coverage_census.files import toml_text
from coverage_census.words.catalogue import Words
from kit import Census

# What stands in census.toml | the line that is named | words of the refusal | how the line should be
SLIPS = [
    ("# 县名\ncounty = “云岭县”", 2, "引号", 'county = "云岭县"'),
    ('county = "云岭县”', 1, "引号", 'county = "云岭县"'),
    ("county = ‘云岭县’", 1, "引号", 'county = "云岭县"'),
    ("county = 「云岭县」", 1, "引号", 'county = "云岭县"'),
    ('[expected]\ntownships = ["柳河镇", “石桥镇”]', 2, "引号", 'townships = ["柳河镇", "石桥镇"]'),
    ('county＝"云岭县"', 1, "＝", 'county="云岭县"'),
    ('[expected]\ntownships = ["柳河镇"，"石桥镇"]', 2, "半角", '["柳河镇","石桥镇"]'),
    ('[expected]\ntownships = ["柳河镇"、"石桥镇"]', 2, "半角", '["柳河镇","石桥镇"]'),
    ('[expected]\ntownships = 【"柳河镇"】', 2, "半角", 'townships = ["柳河镇"]'),
    ("【columns】\n", 1, "半角", "[columns]"),
    ("［tasks］\ndue_soon = 3", 1, "半角", "[tasks]"),
    ('　county = "云岭县"', 1, "空格", 'county = "云岭县"'),
    ('county："云岭县"', 1, "半角", 'county="云岭县"'),
    ('county: "云岭县"', 1, "冒号", 'county = "云岭县"'),
    ("[tasks]\ndue_soon = ３０", 2, "半角", "due_soon = 30"),
    ("[tasks]\ndue_soon = 30天", 2, "单位", "due_soon = 30"),
    ("[tasks]\ndue_soon = 030", 2, "补零", "due_soon = 30"),
    ("county = 云岭县", 1, "引号", 'county = "云岭县"'),
    ("policy = official", 1, "引号", 'policy = "official"'),
    ("county =", 1, "没有内容", None),
    ('county "云岭县"', 1, "等号", None),
    ("云岭县台账设置", 1, "等号", None),
    ('county = "云岭县" 县委', 1, "县委", None),
    ('county = "云岭县', 1, "引号", None),
    ('county = "云岭县\nlanguage = "zh"', 1, "引号", None),
    ('county = "甲县"\ncounty = "乙县"\n', 2, "写过一次", None),
    ('[columns]\n[tasks]\n[columns]\n"甲" = "name"', 3, "写过一次", None),
    ('[columns\n"甲" = "name"', 1, "方括号", "[columns]"),
    ("columns]\n", 1, "方括号", "[columns]"),
    ('[columns]\n在册党员 = "members_total"', 2, "引号", '"在册党员" = "members_total"'),
    ('[columns]\n党员情况>在册 = "members_total"', 2, "引号", '"党员情况>在册" = "members_total"'),
    ('[expected]\ntownships = ["柳河镇", "石桥镇"\n\n[tasks]\n', 2, "配对", None),
    ('[expected]\ntownships = ["柳河镇" "石桥镇"]', 2, "逗号", None),
    ('[expected]\ndue = { "2026Q3" = 2026-09-30\n', 2, "配对", None),
    ('[expected]\nroster = "D:\\名单\\乡镇.xlsx"', 2, "反斜杠", 'roster = "D:/名单/乡镇.xlsx"'),
    ("[expected]\ndue = 2026-9-30", 2, "日期", "due = 2026-09-30"),
    ("[expected]\ndue = 2026年9月30日", 2, "日期", "due = 2026-09-30"),
    # What can be read, but is no setting or of another kind
    ('[tasks]\ndue_soon = "三十"', 2, "整数", "due_soon = 30"),
    ('[tasks]\ndue_soon = "30"', 2, "整数", "due_soon = 30"),
    ("[tasks]\n\ndue_soon = true", 3, "整数", None),
    ("[tasks]\ndue_soon = -5", 2, "不小于 0", None),
    ("[expected]\ntownships = 3", 2, "列表", None),
    ("[expected]\ntownships = 柳河镇、石桥镇", 2, "引号", 'townships = ["柳河镇", "石桥镇"]'),
    ("[expected]\ntownships = [柳河镇，石桥镇]", 2, "引号", 'townships = ["柳河镇", "石桥镇"]'),
    ("[expected]\ntownships = [柳河镇]", 2, "引号", 'townships = ["柳河镇"]'),
    ("county = 云岭 县", 1, "引号", 'county = "云岭 县"'),
    ("[expected]\ndue = 2026-13-45", 2, "“2026-13-45”不是日期", None),
    ("[expected]\ndue = 2026-6-31", 2, "“2026-6-31”不是日期", None),
    ("[expected]\ndue = 2026年2月30日", 2, "“2026年2月30日”不是日期", None),
    ('[expected]\ndue = ["2026-09-30"]', 2, "日期", None),
    ('[expected]\ndue = { "2026年第五季度" = 2026-09-30 }', 2, "“2026年第五季度”这样的一期", None),
    ('[policy]\nname = "official"', 1, "不是小节", 'policy = "official"'),
    ("# 县\n[county]", 2, "不是小节", 'county = "…"'),
    ('[expected.townships]\na = "柳河镇"', 1, "[expected] 下面", 'townships = ["柳河镇"]'),
    ("[run.reports]\nhtml = 1", 1, "[run] 下面", 'reports = ["…"]'),
    ("[tasks.due_soon]\ndue_soon = 1", 1, "[tasks] 下面", "due_soon = 30"),
    ("[expected]\ntownships = [1, 2]", 2, "列表", None),
    ('# 说明\n[expected]\ndue = "尽快"', 3, "日期", None),
    ('[expected]\ndue = { "2026Q3" = "下周" }', 2, "日期", None),
    ("county = 3", 1, "文字", 'county = "3"'),
    ('county = ["云岭县"]', 1, "文字", 'county = "云岭县"'),
    ('columns = "甲"', 1, "小节", "[columns]"),
    ('language = "中文"', 1, "语言", '"zh"'),
    ('# 县\n\ncuonty = "云岭县"', 3, "cuonty", "county"),
    ("[expect]\ntownships = []", 1, "expect", "expected"),
    ('[tasks]\ndue_son = 3\n', 2, "due_son", "due_soon"),
    ('[tasks]\ndue_soon = 3\ncounty = "云岭县"', 3, "最前面", None),
    ('[columns]\n"甲" = "name"\ncounty = "云岭县"', 3, "最前面", None),
    ("due_soon = 3", 1, "小节", "[tasks]"),
    ("[tasks]\ndue = 2026-09-30", 2, "小节", "[expected]"),
    ('[run]\nreports = ["htlm"]', 2, "htlm", "html"),
]  # fmt: skip
NAMES = {
    "county", "cuonty", "columns", "expected", "expect", "townships", "tasks", "soon", "policy", "official", "language",
    "roster", "xlsx", "name", "members", "total", "reports", "htlm", "html", "true", "True",
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said", "mended"), SLIPS)
def test_a_slip_is_named_with_its_line_and_the_remedy(
    tmp_path: Path, text: str, line: int, said: str, mended: str | None
) -> None:
    (tmp_path / "census.toml").write_text(text, "utf-8")
    with pytest.raises(CensusError) as stop:
        settings.load(tmp_path)
    sentence = Words("zh")(f"errors.{stop.value.key}", **stop.value.values).partition("census.toml")[2]
    assert f"第 {line} 行" in sentence
    assert said in sentence
    assert mended is None or mended in sentence
    assert set(re.findall(r"[A-Za-z]{4,}", sentence)) <= NAMES
    assert Words("en")(f"errors.{stop.value.key}", **stop.value.values)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_settings_are_read_in_the_encodings_of_office_editors(tmp_path: Path, encoding: str) -> None:
    text = '# 本县设置\r\ncounty = "云岭县"\r\n[expected]\r\ntownships = ["柳河镇", "石桥镇"]\r\n'
    (tmp_path / "census.toml").write_bytes(text.encode(encoding))
    found = settings.load(tmp_path)
    assert (found.county, found.expected.townships) == ("云岭县", ("柳河镇", "石桥镇"))


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_bytes(b'county = "\xff\xff\x81"')
    with pytest.raises(CensusError, match="toml_encoding"):
        settings.load(tmp_path)


@pytest.mark.parametrize(
    "written", ["2026-09-30", '"2026-9-30"', '"2026年9月30日"', '"２０２６／９／３０"', '"2026年第三季度"']
)
def test_due_days_are_read_as_clerks_write_them(tmp_path: Path, written: str) -> None:
    (tmp_path / "census.toml").write_text(f'[expected]\ndue = {{ "2026Q3" = {written} }}\n', "utf-8")
    assert settings.load(tmp_path).expected.due_on("2026Q3") == "2026-09-30"


def test_a_line_is_found_by_its_path() -> None:
    text = 'title = "甲"\n[[mass]]\nkind = "union"\n[mass.when]\nfact = "a"\n'
    text += '[[mass]]\nkind = "women"\n[a."乙.丙"]\nb = 1\n'
    places: dict[tuple[str | int, ...], int | None] = {
        ("title",): 1,
        ("mass", 0, "kind"): 3,
        ("mass", 0, "when", "fact"): 5,
        ("mass", 1, "kind"): 7,
        ("mass", 1, "form"): 6,
        ("a", "乙.丙", "b"): 9,
        ("nothing",): None,
    }
    for path, line in places.items():
        assert toml_text.line_of(text, path) == line, path


def test_a_policy_of_the_office_is_told_its_slips_in_the_same_way(census: Census, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    office = tmp_path / "policies" / "ours.toml"
    for text, line, said in (
        ("title = “本县口径”", 1, "引号"),
        ('extends = "official"\ntitle = { zh = "甲", en = "A" }\nabout = { zh = "甲" }', 3, "about.en"),
        ('extends = "official"\ntitle = "甲"\nabout = { zh = "甲", en = "A" }', 2, "大括号"),
        ('extends = "official"\nabout = { zh = "甲", en = "A" }\ntitle = { zh = 3, en = "A" }', 3, "文字"),
    ):
        office.write_text(text, "utf-8")
        ran = census("rules", "show", "ours")
        assert (ran.code, ran.out) == (1, "")
        assert f"第 {line} 行" in ran.err and said in ran.err and "Input" not in ran.err, ran.err
    office.write_bytes(
        'extends = "official"\ntitle = { zh = "本县口径", en = "A" }\nabout = { zh = "甲", en = "A" }'.encode("gbk")
    )
    assert "本县口径" in census("rules", "show", "ours").out
