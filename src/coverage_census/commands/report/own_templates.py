"""`report --template NAME`: the material of a report and the office's own template in; its files out."""

from collections.abc import Sequence
from pathlib import Path

from coverage_census.commands.report import files as page_files
from coverage_census.commands.report.page import Material
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.report.page.page import CoveragePage

# By what stands before .j2, or by itself in a Word document: what the file that comes out is called.
ENDINGS = ("html", "txt", "md", "docx")
_PARTS = frozenset({"base", "parts"})  # only included by others


def find(session: Session, name: str) -> list[Path]:
    """The templates of this name (`通知`, `通知.txt`, `通知.txt.j2`); a name that is none is refused with the known."""
    there = _there(session.settings.templates)
    found = [file for file in there if name in {_stem(file), file.name, file.name.removesuffix(".j2")}]
    if not found:
        known = "、".join(dict.fromkeys(map(_stem, there))) or session.words("report.template.none")
        raise WrongUsage("no_such_template", name=name, folder=str(session.settings.templates), known=known)
    return found


def _there(folder: Path | None) -> list[Path]:
    """The office's own templates by name; those that replace parts of ours are none to be filled by themselves."""
    if folder is None or not folder.is_dir():
        return []
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and not file.name.startswith(("~$", "."))]
    return [file for file in files if _ending(file) in ENDINGS and _stem(file) not in _PARTS]


def _ending(file: Path) -> str:
    if file.suffix == ".docx":
        return "docx"
    return Path(file.stem).suffix.removeprefix(".") if file.suffix == ".j2" else ""


def _stem(file: Path) -> str:
    return file.name.removesuffix(".j2").removesuffix(f".{_ending(file)}")


def files_of(session: Session, made: Material, shown: CoveragePage, templates: Sequence[Path]) -> list[page_files.File]:
    """Each filled with `page`, `rows` (both of report/page/) and `bulletin` (report/bulletin.py)."""
    from coverage_census.report import render

    words = session.words
    values = {
        "page": shown,
        "rows": page_files.rows(made, shown, "", words).rows,
        "bulletin": page_files.told(session, made, shown),
    }
    return [
        (page_files.name(_stem(file), made.areas, _ending(file)), render.own(file, values, words)) for file in templates
    ]
