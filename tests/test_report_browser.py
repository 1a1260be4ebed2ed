"""The pages in a real browser: what is clicked, what is read without a script, what is printed, who is left out.

Chromium is Debian's own; without it these tests are skipped (`.ci/run` installs it).
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kit import Ran

CHROMIUM = shutil.which("chromium")
SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "yuexi"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample county's pages in both languages."""
    from coverage_census.cli import main as cli

    folder = tmp_path_factory.mktemp("county")
    for words in (("ingest", str(SAMPLE), "--no-returns"), *(("report", "--html", "--lang", lang, "--out", str(folder / lang)) for lang in ("zh", "en"))):  # fmt: skip  # noqa: E501
        assert cli.run([*words, "--workspace", str(folder)]) in (0, 3), Ran
    return {lang: folder / lang / "coverage.html" for lang in ("zh", "en")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """`opened("zh", rows=True, width=390)`: a page, with everything that it asked for and said in `page.heard`."""
    contexts = []

    def open_(
        lang: str = "zh", *, rows: bool = False, width: int = 1440, script: bool = True, fragment: str = ""
    ) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or page.heard.append(request.url))
        path = pages[lang].with_name("coverage-rows.html") if rows else pages[lang]
        page.goto(path.as_uri() + fragment)
        return page

    yield open_
    for context in contexts:
        context.close()


def _column(page: Any, number: int) -> list[str]:
    return [text.strip() for text in page.locator(f"#townships tbody tr > :nth-child({number})").all_inner_texts()]


def test_a_click_on_a_heading_sorts_and_says_so(opened: Any) -> None:
    page = opened()
    head = page.locator("#townships thead tr").first.locator("> *").nth(2)  # 单位数
    head.get_by_role("button").click()
    counts = [int(text) for text in _column(page, 3)]
    assert counts == sorted(counts, reverse=True) and head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").press("Enter")  # by keyboard, the other way round
    assert [int(text) for text in _column(page, 3)] == sorted(counts)
    assert page.locator("#townships tfoot").inner_text().split()[0] == "合计", "the total stays where it is"
    assert not page.heard


def test_a_figure_opens_its_rows(opened: Any) -> None:
    page = opened()
    figure = page.locator("#townships tbody tr", has_text="天堂镇").locator("td a").nth(3)  # 应建未建
    said = int(figure.inner_text())
    figure.click()
    page.wait_for_url("**/coverage-rows.html#*")
    visible = page.locator("#rows tbody tr:visible")
    assert visible.count() == said
    assert all("天堂镇" in row and "应建未建" in row for row in visible.all_inner_texts())
    assert f"显示{said}家" in page.locator("output").inner_text()


def test_rows_are_searched_and_filtered_and_the_address_says_it(opened: Any) -> None:
    page = opened(rows=True)
    every = page.locator("#rows tbody tr").count()
    assert every == 384
    page.get_by_label("单位类别").select_option("社会组织")
    assert 0 < page.locator("#rows tbody tr:visible").count() < every
    page.get_by_label("查找").fill("商会")
    assert all("商会" in row for row in page.locator("#rows tbody tr:visible").all_inner_texts())
    assert "k=" in page.url and "q=" in page.url
    again = opened(rows=True, fragment="#" + page.url.partition("#")[2])
    assert again.locator("#rows tbody tr:visible").count() == page.locator("#rows tbody tr:visible").count()
    page.get_by_role("button", name="清除").click()
    page.wait_for_function("[...document.querySelectorAll('#rows tbody tr')].every(row => !row.hidden)")
    assert not page.heard


def test_everything_is_read_without_a_script(opened: Any) -> None:
    page = opened(script=False)
    assert page.locator("#townships tbody tr:visible").count() == 24
    assert page.locator("svg.chart:visible").count() >= 4
    rows = opened(rows=True, script=False, fragment="#t%3D天堂镇")
    assert rows.locator("#rows tbody tr:visible").count() == 384
    assert rows.locator("form.filters").is_hidden(), "what cannot work is not shown"
    top = rows.evaluate("document.getElementById('t=天堂镇').getBoundingClientRect().top")
    assert 0 <= top < 900, "a link to a township finds it"


@pytest.mark.parametrize("rows", [False, True], ids=["page", "rows"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_cut_at_the_side(opened: Any, lang: str, rows: bool, width: int) -> None:
    page = opened(lang, rows=rows, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut = page.evaluate("""[...document.querySelectorAll("body *")].filter(each =>
        each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".box")).map(each => each.outerHTML)""")
    assert not cut and not page.heard


@pytest.mark.parametrize("rows", [False, True], ids=["page", "rows"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Any, lang: str, rows: bool, scheme: str) -> None:
    """Contrast, landmarks, names and roles, headings, tables: every rule that axe has but its experiments."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(lang, rows=rows)
    page.emulate_media(color_scheme=scheme)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    told = {each["id"]: each["nodes"][0]["html"][:150] for each in found}
    assert not told


def test_print_repeats_heads_and_numbers_pages(opened: Any, tmp_path: Path) -> None:
    """The head of a long list stands on each of its pages."""
    if shutil.which("pdftotext") is None:
        pytest.skip("there is no pdftotext on this machine")
    import subprocess

    page = opened(rows=True)
    target = tmp_path / "rows.pdf"
    page.pdf(path=str(target), prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, check=True).stdout.decode()
    sheets = [sheet for sheet in text.split("\f") if "有限公司" in sheet or "合作社" in sheet]
    assert len(sheets) > 5
    assert all("单位名称" in sheet and "缺口" in sheet for sheet in sheets)
    assert all("第" in sheet.strip().splitlines()[-1] and "页" in sheet.strip().splitlines()[-1] for sheet in sheets)


def test_first_paint_is_quick(opened: Any) -> None:
    """A bound with much room, so that a slow machine passes: the measured figure is in the benchmark."""
    page = opened()
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert paint < 5_000
