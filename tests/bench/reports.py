"""Reports: a county of 384 in every form, a province of 379,300 in a hundred counties, and how soon a page is seen.

Seconds of CPU of all processes are held (what else the machine does adds to wall); on two idle cores a province's wall
is about half its CPU.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from measure import census, cost, line

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "yuexi"
PROVINCE, COUNTY = 379_300, 3_793
PAINT = """
import shutil, sys
SEEN = "performance.getEntriesByName('first-contentful-paint').map(each => each.startTime)"
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    times = []
    for _ in range(5):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(sys.argv[1], timeout=120_000)
        while not (seen := page.evaluate(SEEN)):
            page.wait_for_timeout(20)  # wait_for_function evaluates text, which the page forbids
        times.append(seen[0])
        page.close()
    open(sys.argv[2], "w").write(str(min(times)))
    browser.close()
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _county(folder / "county")
        _province(folder / "province")


def _county(folder: Path) -> None:
    folder.mkdir()
    cost([census(), "ingest", SAMPLE, "--no-returns"], folder, 1, (0, 3))
    found = cost([census(), "report", "--html", "--xlsx", "--docx", "--out", "out"], folder, 5)
    figures = f"{found.wall:.2f} s wall, {found.memory:.0f} MB"
    line("reports: county of 384, html + xlsx + docx, s CPU", found.cpu, 4, figures)
    if shutil.which("chromium") is None:
        print("  no chromium: first paint is not measured")  # noqa: T201
        return
    page = (folder / "out" / "coverage.html").resolve().as_uri()
    cost([sys.executable, "-c", PAINT, page, folder / "paint"], folder, 1)
    paint = float((folder / "paint").read_text(encoding="utf-8"))
    line("reports: first paint, in half seconds", paint / 500, 1, f"{paint:.0f} ms, the best of five")


def _sizes(out: Path) -> None:
    """The largest page; rows as they would be in a county as large as the province's are on average."""
    rows = sorted(out.glob("coverage-rows-*.html"), key=lambda file: file.stat().st_size)[-1]
    pages = [file.stat().st_size for file in out.glob("coverage-*.html") if not file.name.startswith("coverage-rows")]
    each = rows.stat().st_size / rows.read_text(encoding="utf-8").count("<tr")
    line("reports: the largest county page, KB", max(pages) / 1000, 300, f"{len(pages)} pages")
    line(f"reports: rows of a county of {COUNTY}, MB", each * COUNTY / 1e6, 1.5, f"{each:.0f} bytes a row")


def _province(folder: Path) -> None:
    _ledger(folder, PROVINCE)
    found = cost([census(), "report", "--html", "--out", "out"], folder, 1)
    counties = len(list((folder / "out").glob("coverage-rows-*.html")))
    figures = f"{found.wall:.1f} s wall, largest process {found.memory:.0f} MB, {counties} counties"
    line("reports: html of a province, s CPU", found.cpu, 60, figures)
    _sizes(folder / "out")
    line("reports: html of a province, largest process, MB", found.memory, 1000, "two work side by side")


def _ledger(folder: Path, organisations: int) -> None:
    folder.mkdir()
    made: list[str | Path] = [
        census(),
        "sample",
        "--organisations",
        str(organisations),
        "--one-file",
        "--out",
        "sample",
    ]
    cost(made, folder, 1)
    cost([census(), "ingest", next((folder / "sample").rglob("*.xlsx")), "--no-returns"], folder, 1, (0, 3))


if __name__ == "__main__":
    main()
