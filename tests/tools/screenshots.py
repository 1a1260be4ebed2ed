"""The sample county's pages as pictures in build/screenshots, to be looked at as a designer would.

At 1440 px, 390 px and in the dark, in both languages; printed; and the workbooks and the bulletin page by page.
`make screenshots` makes all of them; words on the command line (`page`, `city`, `office`) only those.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coverage_census.cli import main as cli

ROOT = Path(__file__).parents[2]
OUT = ROOT / "build" / "screenshots"
LANGS = ("zh", "en")
LOOKS = {"1440": (1440, "light"), "390": (390, "light"), "dark": (1440, "dark"), "390-dark": (390, "dark")}
PRINTED = 70  # dots an inch


def main(asked: Sequence[str]) -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    for what, make in (("page", _pages), ("city", _city), ("office", _office)):
        if not asked or what in asked:
            make()
    print(OUT)  # noqa: T201


def _pages() -> None:
    made = _reports("yuexi", "--html")
    files = [(lang, name, made / lang / f"{name}.html") for lang in LANGS for name in ("coverage", "coverage-rows")]
    _shoot(files)


def _city() -> None:
    made = _reports("city", "--html")
    _shoot([(lang, "index", made / lang / "index.html") for lang in LANGS])


def _office() -> None:
    """What LibreOffice makes of the workbooks and the bulletin."""
    made = _reports("yuexi", "--xlsx", "--docx", "--annual")
    for lang in LANGS:
        for file in sorted([*(made / lang).glob("*.xlsx"), *(made / lang).glob("*.docx")]):
            target = OUT / lang
            command = ["soffice", f"-env:UserInstallation={(OUT / 'profile').as_uri()}", "--headless"]
            command += ["--convert-to", "pdf", "--outdir", str(target), str(file)]
            subprocess.run(command, check=True, capture_output=True)
            _leaves(target / f"{file.stem}.pdf")


def _reports(sample: str, *forms: str) -> Path:
    """A ledger of the sample in a folder of its own, and its reports in both languages."""
    folder = OUT / "made" / f"{sample}{''.join(forms)}"
    folder.mkdir(parents=True)
    here = ("--workspace", str(folder))
    cli.run(["ingest", str(ROOT / "data" / "samples" / sample), "--no-returns", *here])
    for lang in LANGS:
        cli.run(["report", *forms, "--lang", lang, "--out", str(folder / lang), *here])
    return folder


def _shoot(files: Sequence[tuple[str, str, Path]]) -> None:
    for browser in _browser():
        for lang, name, file in files:
            (OUT / lang).mkdir(parents=True, exist_ok=True)
            for look, (width, scheme) in LOOKS.items():
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page.goto(file.as_uri())
                page.screenshot(path=str(OUT / lang / f"{name}-{look}.png"), full_page=not name.endswith("rows"))
                if look == "1440":
                    page.pdf(path=str(OUT / lang / f"{name}.pdf"), prefer_css_page_size=True)
                    _leaves(OUT / lang / f"{name}.pdf")
                page.close()


def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def _leaves(document: Path) -> None:
    stem = document.with_name(f"{document.stem}-print")
    subprocess.run(["pdftoppm", "-r", str(PRINTED), "-png", str(document), str(stem)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
