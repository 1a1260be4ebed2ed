"""`report`: what the ledger holds, given out as pages, workbooks, bulletins and tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.basis import basis
from coverage_census.commands.report import counties, forms, material
from coverage_census.commands.report import files as page_files
from coverage_census.commands.session import Session
from coverage_census.errors import NotReplaced, WrongUsage
from coverage_census.files import disk
from coverage_census.report import own_templates
from coverage_census.results import Reports

if TYPE_CHECKING:
    from coverage_census.report.annual.counting import AnnualTable


def report(
    session: Session, areas: Sequence[str], asked: Mapping[str, bool], out: Path | None, template: str | None = None
) -> Reports:
    """The reports that were `asked` for, written into `reports/<round>/` or `out`.

    One that cannot be replaced (somebody has it open) does not keep the others from being written; then it is told.
    """
    made, stops = attempt(session, areas, asked, out, template)
    if stops:
        raise stops[0]
    return made


def attempt(
    session: Session, areas: Sequence[str], asked: Mapping[str, bool], out: Path | None, template: str | None = None
) -> tuple[Reports, tuple[NotReplaced, ...]]:
    """What could be written of these reports, and what could not be replaced; everything is worked out once."""
    wanted = [form for form, yes in asked.items() if yes]
    if not wanted and template is None:
        raise WrongUsage("no_report_format", known=" ".join(f"--{form}" for form in (*asked, "template")))
    own = own_templates.find(session.settings.templates, template, session.words) if template is not None else []
    found = basis(session)
    folder = out or session.settings.reports / f"{found.round.number:06d}"
    documents, gone = list[page_files.File](), 0
    tables: tuple[AnnualTable, ...] = ()
    if "annual" in wanted:
        from coverage_census.commands.report import annual

        content, tables, gone = annual.workbook(session, found, areas)
        documents.append((page_files.name("annual", areas, "xlsx"), content))
    paths, stops = list[Path](), list[NotReplaced]()
    if "html" in wanted and not areas and len(names := counties.counties(found)) > 1:
        wanted.remove("html")
        try:
            paths += counties.write(session, found, names, folder)
        except NotReplaced as stop:
            stops.append(stop)
    if own or set(wanted) - {"annual"}:
        made = material.material(session, found, areas, everything="xlsx" in wanted)
        documents += forms.of_forms(session, made, wanted, own)
    held = page_files.replaced(folder, documents)
    there = [folder / called for called, _ in documents if called not in held]
    return Reports((*there, *paths), tables, gone), (*held.values(), *stops)


def written(folder: Path, documents: Sequence[page_files.File]) -> tuple[Path, ...]:
    """All that can be written; then the first that could not be replaced is told."""
    disk.make_folder(folder)
    for stop in page_files.replaced(folder, documents).values():
        raise stop
    return tuple(folder / name for name, _ in documents)
