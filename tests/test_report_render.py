"""The page as HTML: goldens in both languages, nothing loaded, nothing run, and an office's own templates."""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coverage_census.errors import CensusError
from coverage_census.report import figures, render
from coverage_census.report.page import page as pages
from coverage_census.words.catalogue import Words
from kit import Golden
from report_case import EN, ZH, area, county, decision, empty

TEMPLATES = render.our_templates()
ROOT = Path(__file__).parents[1]
HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% raw %}",
    '=HYPERLINK("http://example.invalid","x")',
    "+cmd|' /C calc'!A0",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "</style><style>*{display:none}",
    "--><!--",
    "&lt;b&gt;",
)


class Outline(HTMLParser):
    """What a reader's program sees: tags, ids, links, tables, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_golden_page(words: Words, golden: Golden) -> None:
    golden(f"report_{words.lang}.html", render.coverage(county(words), words))


def test_golden_page_of_an_empty_round(golden: Golden) -> None:
    golden("report_empty.html", render.coverage(empty(), ZH))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    decided = decision(
        text, text, "standalone", "gap", "unbuilt_standalone", "standalone", "formal", "members_formal=3", text
    )
    page = county(county=text, townships=[area(text, 1, 0, 0, {}, 0)], gaps=[decided], policy=text)
    harmless = Outline(
        render.coverage(
            county(gaps=[decided.model_copy(update={"name": "甲"})], townships=[area("乙", 1, 0, 0, {}, 0)]), ZH
        )
    )
    seen = Outline(render.coverage(page, ZH))
    assert sum(text in each for each in seen.texts) >= 4
    assert [tag for tag, _ in seen.tags] == [tag for tag, _ in harmless.tags]
    assert {name for _, attrs in seen.tags for name in attrs} == {name for _, attrs in harmless.tags for name in attrs}


def test_characters_that_hide_or_reorder_are_taken_out() -> None:
    name = "甲\u202e公\x1b[31m司\x00\x9b\u2066\u200b\ud800\n乙"
    decided = decision(
        name, "文峰镇", "standalone", "gap", "unbuilt_standalone", "standalone", "formal", "members_formal=3", "无"
    )
    html = render.coverage(county(gaps=[decided]), ZH)
    assert "甲公[31m司 乙" in html
    assert html.encode("utf-8")
    assert figures.plain(html.replace("\n", "")) == html.replace("\n", "")


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_nothing_is_loaded_and_nothing_runs(words: Words) -> None:
    html = render.coverage(county(words), words)
    seen = Outline(html)
    assert not re.search(r"https?:|//\w|url\(|@import|srcset", html)
    assert not {"iframe", "object", "embed", "img", "form"} & {tag for tag, _ in seen.tags}
    assert seen.all("script") == [{}], "one script, inline"
    assert not [name for _, attrs in seen.tags for name in attrs if name.startswith("on")]
    assert [each["href"] for each in seen.all("link")] == ["data:,"]
    policy = next(each["content"] for each in seen.all("meta") if each.get("http-equiv") == "Content-Security-Policy")
    [script] = re.findall("<script>(.*?)</script>", html, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy is not None
    assert policy.startswith(f"default-src 'none'; script-src 'sha256-{allowed}'; style-src 'unsafe-inline'; img-src")
    assert script.strip() == (TEMPLATES / "script.js").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("page", [county(), county(EN), empty()], ids=["zh", "en", "empty"])
def test_structure_for_those_who_cannot_see_it(page: pages.CoveragePage) -> None:
    seen = Outline(render.coverage(page, Words(page.lang)))
    assert seen.open == []
    assert seen.all("html")[0]["lang"] == {"zh": "zh-CN", "en": "en"}[page.lang]
    ids = [attrs["id"] for _, attrs in seen.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {each["href"] for each in seen.all("a")}
    assert {str(target).removeprefix("#") for target in targets} <= set(map(str, ids))
    assert all(len(seen.all(landmark)) == 1 for landmark in ("header", "nav", "main", "footer", "h1", "title"))
    assert len(seen.all("caption")) == len(seen.all("table"))
    assert all("scope" in each for each in seen.all("th"))


def test_every_rate_shows_its_numbers_their_unit_and_what_is_unknown() -> None:
    html = render.coverage(county(), ZH)
    for figure in (
        "9/14家",
        "5/8个",
        "0/0家",
        "不详1家",
        "其中1家按党员总数判定",
        "分母：应建单位",
        "分母为零，不计算",
    ):
        assert figure in html


def test_a_change_of_place_is_read_out_too() -> None:
    html = render.coverage(county(), ZH)
    assert '<span aria-hidden="true">▲2</span><span class="away">上升2位</span>' in html
    assert '<span aria-hidden="true">▼1</span><span class="away">下降1位</span>' in html
    assert '<td class="n rank" data-v="3">' in html, "sorting reads the place, not the change"
    assert "▲" not in render.coverage(county(earlier=()), ZH).partition("<main")[2].partition("</main>")[0]


def test_the_rule_is_quoted_and_the_whole_hash_is_there() -> None:
    html = render.coverage(county(), ZH)
    assert "《支部工作条例（样例）》第五条：<q>有正式党员3人以上的，都应当成立党支部。</q>" in html
    assert f'<code title="{"0123456789abcdef" * 4}">0123456789ab…</code>' in html


def test_a_county_of_384_stays_under_300_kb() -> None:
    rows = [
        decision(
            f"云岭县样例第{at:03}号农产品加工有限责任公司",
            "清水街道",
            rule,
            "gap",
            gap,
            "standalone",
            "total",
            facts,
            "无",
        )
        for at in range(384)
        for rule, gap, facts in (
            ("standalone", "unbuilt_standalone", "members_formal=3 members_total=4 has_org=no"),
            ("union", "mass_org_missing", "employees=12 has_union=no"),
        )
    ]
    townships = [area(f"样例{at:02}镇", 16, 8, 1, {}, 1) for at in range(24)]
    assert len(render.coverage(county(gaps=rows, townships=townships), ZH).encode()) < 300_000


# --- an office's own templates


def test_an_office_replaces_one_block_and_keeps_the_rest(tmp_path: Path) -> None:
    own = '{% extends "census:coverage.html.j2" %}{% block sign %}{{ page.heading.round }}：本县签批栏{% endblock %}'
    (tmp_path / "coverage.html.j2").write_bytes(b"\xef\xbb\xbf" + own.encode())
    html = render.coverage(county(), ZH, tmp_path)
    assert "2026年第三季度：本县签批栏" in html
    assert "负责人（签字）" not in html and "阅读说明" in html


def test_the_mark_that_notepad_puts_before_utf_8_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "coverage.html.j2").write_bytes(b"\xef\xbb\xbf{{ page.conclusion }}")
    assert render.coverage(county(), ZH, tmp_path) == county().conclusion


def test_an_office_replaces_the_style_alone(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("html{font-size:20px}", encoding="utf-8")
    assert "html{font-size:20px}" in render.coverage(county(), ZH, tmp_path)


def test_an_office_without_templates_gets_ours(tmp_path: Path) -> None:
    assert render.coverage(county(), ZH, tmp_path / "absent") == render.coverage(county(), ZH)


@pytest.mark.parametrize(
    ("template", "line", "why"),
    [
        ("一\n{% block %}", 2, "block"),
        ("一\n二\n{{ page.headline }}", 3, "headline"),
        ("{{ t('no.such.key') }}", 1, "no.such.key"),
        ("\n{% include 'gone.j2' %}", 2, "gone.j2"),
        ("\n{{ 1 + 'x' }}", 2, "unsupported"),
        ("{{ page.conclusion.__class__ }}", 1, "__class__"),
        ('{% extends "coverage.html.j2" %}', 1, "census:coverage.html.j2"),
        ("\n\n{% endfor %}", 3, "endfor"),
    ],
)
def test_a_mistake_in_a_template_names_file_and_line(tmp_path: Path, template: str, line: int, why: str) -> None:
    (tmp_path / "coverage.html.j2").write_text(template, encoding="utf-8")
    with pytest.raises(CensusError) as stopped:
        render.coverage(county(), ZH, tmp_path)
    assert stopped.value.key == "template_wrong"
    assert stopped.value.values["file"] == str(tmp_path / "coverage.html.j2")
    assert stopped.value.values["line"] == line
    assert why in str(stopped.value.values["why"])
    for words in (ZH, EN):
        assert words(f"errors.{stopped.value.key}", **stopped.value.values)


def test_a_template_saved_as_gbk_is_named(tmp_path: Path) -> None:
    (tmp_path / "coverage.html.j2").write_bytes("本县".encode("gb18030"))
    with pytest.raises(CensusError) as stopped:
        render.coverage(county(), ZH, tmp_path)
    assert stopped.value.values["file"] == str(tmp_path / "coverage.html.j2")
    assert "UTF-8" in str(stopped.value.values["why"])


def test_no_template_switches_escaping_off() -> None:
    for file in sorted(TEMPLATES.glob("*.*")):
        if file.suffix == ".docx":
            continue
        text = file.read_text(encoding="utf-8").replace("<script>{{ script }}</script>", "")
        assert not re.search(r"\|\s*safe\b|autoescape|Markup|tojson|url\(|https?:|<script", text), file.name
        assert not re.search(r"innerHTML|outerHTML|document\.write|eval\(|new Function", text), file.name
        links = re.sub(
            r'href="\{\{ page\.(?:rows_file|page_file|links\[line\.label\]) \| urlencode \}\}', "", text
        )  # a name that we chose
        assert not re.search(r"=\{\{|href=\"\{\{|<!--", links), f"{file.name}: an unquoted attribute or data in a link"


# --- where the templates are


def test_an_editable_install_reads_the_templates_of_the_repository() -> None:
    assert TEMPLATES == ROOT / "reports" / "templates"


def test_a_wheel_is_told_to_carry_the_templates_where_they_are_looked_for(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {"reports/templates": "coverage_census/report/templates"}
    shutil.copytree(ROOT / "src" / "coverage_census", tmp_path / "coverage_census")
    for here, there in carried.items():
        shutil.copytree(ROOT / here, tmp_path / there)
    assert asked_in(tmp_path) == tmp_path / "coverage_census" / "report" / "templates"


@pytest.mark.slow
def test_a_wheel_carries_the_templates_and_reads_them(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="builds a wheel; pip brings hatchling along only while it installs")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    made = run_python(build, tmp_path, ROOT)
    site = tmp_path / "site"
    with zipfile.ZipFile(tmp_path / made.split()[-1]) as wheel:
        wheel.extractall(site)
    carried = site / "coverage_census" / "report" / "templates"
    assert {each.name for each in carried.iterdir()} == {each.name for each in TEMPLATES.iterdir()}
    assert asked_in(site) == carried


def asked_in(site: Path) -> Path:
    """Where a package in the folder `site` looks for its templates."""
    look = "from coverage_census.report import render; print(render.our_templates())"
    return Path(run_python(f"import sys; sys.path.insert(0, sys.argv[1]); {look}", site, site).strip())


def run_python(code: str, argument: Path, folder: Path) -> str:
    command = [sys.executable, "-c", code, str(argument)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
