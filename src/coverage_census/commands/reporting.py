"""`report`, `rounds` and `export`: what the ledger holds, given out."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coverage_census import files
from coverage_census.commands import page
from coverage_census.commands.facts import basis
from coverage_census.commands.session import Session
from coverage_census.errors import NotReplaced, WrongUsage
from coverage_census.model.rounds import Round
from coverage_census.results import Reports


def rounds(session: Session) -> tuple[Round, ...]:
    """All rounds, the oldest first."""
    from coverage_census.ledger import rounds as store

    return store.all_rounds(session.settings.ledger)


def export(session: Session, form: str, out: Path | None) -> None:
    """The organisations of a round, to a file or to stdout."""
    from coverage_census.ledger import export as exporting
    from coverage_census.ledger import rounds as store

    chosen = next((each for each in exporting.FORMATS if each == form), None)
    if chosen is None:
        raise WrongUsage("unknown_format", format=form, known="、".join(exporting.FORMATS))
    found = store.find(session.settings.ledger, session.round, session.as_of)
    chunks = exporting.chunks(session.settings.ledger, found, chosen)
    if out is not None:
        files.replace(out, b"".join(chunks))
        return
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def report(session: Session, areas: Sequence[str], asked: Mapping[str, bool], out: Path | None) -> Reports:
    """The reports that were `asked` for, written into `reports/<round>/` or `out`; everything is worked out once.

    One that cannot be replaced (somebody has it open) does not keep the others from being written.
    """
    wanted = [form for form, yes in asked.items() if yes]
    if not wanted:
        raise WrongUsage("no_report_format", known=" ".join(f"--{form}" for form in asked))
    found = basis(session)
    folder = out or session.settings.reports / f"{found.round.number:06d}"
    made = page.material(session, found, areas) if set(_MAKERS) & set(wanted) else None
    documents, tables = list[tuple[str, bytes]](), tuple[Any, ...]()
    for form in wanted:
        if form == "annual":
            from coverage_census.commands import annual

            content, tables = annual.workbook(session, found, areas)
            documents.append((_name("annual", areas, "xlsx"), content))
        elif made is not None:
            documents.append((
                _name("bulletin" if form == "docx" else "coverage", areas, form),
                _MAKERS[form](session, made),
            ))
    return Reports(_written(folder, documents), tables)


def _html(session: Session, made: page.Material) -> bytes:
    from coverage_census.report import render

    return render.coverage(made.page, session.words, session.settings.templates).encode("utf-8")


_MAKERS: Mapping[str, Callable[[Session, page.Material], bytes]] = {
    "html": _html,
    "xlsx": page.workbook,
    "docx": page.document,
}


def _name(what: str, areas: Sequence[str], ending: str) -> str:
    return "-".join([what, *(files.safe_name(area) for area in areas)]) + f".{ending}"


def _written(folder: Path, documents: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    """All that can be written; then the first that could not be replaced is told."""
    files.make_folder(folder)
    stopped: NotReplaced | None = None
    for name, content in documents:
        try:
            files.replace(folder / name, content)
        except NotReplaced as stop:
            stopped = stopped or stop
    if stopped is not None:
        raise stopped
    return tuple(folder / name for name, _ in documents)
