"""The forms that were asked for (html, xlsx, docx, the office's own templates) in; all their files out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from coverage_census.commands.report.files import File, docx, html, name, rows, told, xlsx
from coverage_census.commands.report.page import Material, page
from coverage_census.commands.session import Session
from coverage_census.report.own_templates import ending, stem
from coverage_census.report.page.page import CoveragePage

_MAKERS: Mapping[str, Callable[[Session, Material, CoveragePage], list[File]]] = {"xlsx": xlsx, "docx": docx}


def of_forms(session: Session, made: Material, wanted: Collection[str], own: Sequence[Path]) -> list[File]:
    """Each wanted form, and the office's own templates; all but the page, whose lists are capped, show one page."""
    documents = html(session, made) if "html" in wanted else []
    makers = [maker for form, maker in _MAKERS.items() if form in wanted]
    if makers or own:
        shown = page(session, made)
        documents += [file for maker in makers for file in maker(session, made, shown)]
        documents += _own(session, made, shown, own)
    return documents


def _own(session: Session, made: Material, shown: CoveragePage, templates: Sequence[Path]) -> list[File]:
    """Each filled with `page`, `rows` (both of report/page/) and `bulletin` (report/bulletin.py)."""
    from coverage_census.report import render

    words = session.words
    values = {
        "page": shown,
        "rows": rows(made, shown, "", words).rows,
        "bulletin": told(session, made, shown),
    }
    return [(name(stem(file), made.areas, ending(file)), render.own(file, values, words)) for file in templates]
