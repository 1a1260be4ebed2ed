"""The pages in a real browser: what is clicked, what is read without a script, what is printed, who is left out.

Chromium is Debian's own; without it these tests are skipped, but fail where CENSUS_REQUIRE_BROWSER or CI says that it
must be there (`.ci/run` installs it).
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kit import Ran

CHROMIUM = shutil.which("chromium")
SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "yuexi"

REQUIRED = bool(os.environ.get("CENSUS_REQUIRE_BROWSER") or os.environ.get("CI"))

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="there is no chromium on this machine"),
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
]


def until(page: Any, said: str) -> None:
    """Wait till an expression holds: Playwright's own way evaluates text in the page, which our pages forbid."""
    for _ in range(300):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


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

    assert CHROMIUM is not None, "there must be a chromium on this machine"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Pages:
    """Pages in the browser, opened once each: `pages("zh", rows=True, width=390)`.

    What a page asked for and said is in `page.heard`. A `fresh` one is a test's own, to click in.
    """

    def __init__(self, browser: Any, files: dict[str, Path]) -> None:
        self.browser, self.files, self.open = browser, files, dict[tuple[str, bool], Any]()

    def __call__(self, lang: str = "zh", *, rows: bool = False, width: int = 1440) -> Any:
        if (lang, rows) not in self.open:
            self.open[lang, rows] = self.fresh(lang, rows=rows)
        page = self.open[lang, rows]
        page.set_viewport_size({"width": width, "height": 900})
        return page

    def fresh(self, lang: str = "zh", *, rows: bool = False, script: bool = True, fragment: str = "") -> Any:
        page = self.browser.new_page(viewport={"width": 1440, "height": 900}, java_script_enabled=script)
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or page.heard.append(request.url))
        path = self.files[lang].with_name("coverage-rows.html") if rows else self.files[lang]
        page.goto(path.as_uri() + fragment)
        return page


@pytest.fixture(scope="module")
def opened(browser: Any, pages: dict[str, Path]) -> Pages:
    return Pages(browser, pages)


def _column(page: Any, number: int) -> list[str]:
    return [text.strip() for text in page.locator(f"#townships tbody tr > :nth-child({number})").all_inner_texts()]


def test_a_click_on_a_heading_sorts_and_says_so(opened: Pages) -> None:
    page = opened.fresh()
    head = page.locator("#townships thead tr").first.locator("> *").nth(2)  # 单位数
    head.get_by_role("button").click()
    counts = [int(text) for text in _column(page, 3)]
    assert counts == sorted(counts, reverse=True) and head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").press("Enter")  # by keyboard, the other way round
    assert [int(text) for text in _column(page, 3)] == sorted(counts)
    assert page.locator("#townships tfoot").inner_text().split()[0] == "合计", "the total stays where it is"
    assert not page.heard


def test_a_figure_opens_its_rows(opened: Pages) -> None:
    page = opened.fresh()
    figure = page.locator("#townships tbody tr", has_text="天堂镇").locator("td a").nth(3)  # 应建未建
    said = int(figure.inner_text())
    figure.click()
    page.wait_for_url("**/coverage-rows.html#*")
    visible = page.locator("#rows tbody tr:visible")
    assert visible.count() == said
    assert all("天堂镇" in row and "应建未建" in row for row in visible.all_inner_texts())
    assert f"显示{said}家" in page.locator("output").inner_text()


def test_rows_are_searched_and_filtered_and_the_address_says_it(opened: Pages) -> None:
    page = opened.fresh(rows=True)
    every = page.locator("#rows tbody tr").count()
    assert every == 384
    page.get_by_label("单位类别").select_option("社会组织")
    assert 0 < page.locator("#rows tbody tr:visible").count() < every
    page.get_by_label("查找").fill("商会")
    assert all("商会" in row for row in page.locator("#rows tbody tr:visible").all_inner_texts())
    assert "k=" in page.url and "q=" in page.url
    again = opened.fresh(rows=True, fragment="#" + page.url.partition("#")[2])
    assert again.locator("#rows tbody tr:visible").count() == page.locator("#rows tbody tr:visible").count()
    page.get_by_role("button", name="清除").click()
    until(page, "[...document.querySelectorAll('#rows tbody tr')].every(row => !row.hidden)")
    assert not page.heard


def test_everything_is_read_without_a_script(opened: Pages) -> None:
    page = opened.fresh(script=False)
    assert page.locator("#townships tbody tr:visible").count() == 24
    assert page.locator("svg.chart:visible").count() >= 4
    rows = opened.fresh(rows=True, script=False, fragment="#t%3D天堂镇")
    assert rows.locator("#rows tbody tr:visible").count() == 384
    assert rows.locator("form.filters").is_hidden(), "what cannot work is not shown"
    top = rows.evaluate("document.getElementById('t=天堂镇').getBoundingClientRect().top")
    assert 0 <= top < 900, "a link to a township finds it"


@pytest.mark.parametrize("rows", [False, True], ids=["page", "rows"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_cut_at_the_side(opened: Pages, lang: str, rows: bool, width: int) -> None:
    page = opened(lang, rows=rows, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut = page.evaluate("""[...document.querySelectorAll("body *")].filter(each =>
        each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".box")).map(each => each.outerHTML)""")
    assert not cut and not page.heard


CONTRAST = {"runOnly": ["color-contrast"]}  # the only rule that colours touch


@pytest.mark.parametrize("rows", [False, True], ids=["page", "rows"])
@pytest.mark.parametrize(
    ("lang", "scheme", "rules"),
    [("zh", "light", {}), ("en", "light", {}), ("zh", "dark", CONTRAST)],
    ids=["zh", "en", "dark"],
)
def test_axe_finds_nothing(opened: Pages, lang: str, rows: bool, scheme: str, rules: dict[str, Any]) -> None:
    """Contrast, landmarks, names and roles, headings, tables: every rule that axe has but its experiments."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened.fresh(lang, rows=rows)
    page.emulate_media(color_scheme=scheme)
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+13)').forEach(row => row.remove())")  # all alike
    found = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
    page.close()
    told = {each["id"]: each["nodes"][0]["html"][:150] for each in found}
    assert not told


def test_print_repeats_heads_and_numbers_pages(opened: Pages, tmp_path: Path) -> None:
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


def test_first_paint_is_quick(opened: Pages) -> None:
    """A bound with much room, so that a slow machine passes: the measured figure is in the benchmark."""
    page = opened()
    until(page, "performance.getEntriesByName('first-contentful-paint').length")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert paint < 5_000
