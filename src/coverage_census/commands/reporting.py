"""`report`, `rounds` and `export`: what the ledger holds, given out."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coverage_census import files
from coverage_census.commands.deciding import every_decision
from coverage_census.commands.facts import PLACES, Basis, basis, values, within
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.model.decision import Decision, Verdict
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
    """The reports that were `asked` for, written into `reports/<round>/` or `out`."""
    from coverage_census.ledger import rounds as store

    if not any(asked.values()):
        raise WrongUsage("no_report_format", known=" ".join(f"--{form}" for form in asked))
    found = store.find(session.settings.ledger, session.round, session.as_of)
    folder = out or session.settings.reports / f"{found.number:06d}"
    files.make_folder(folder)
    paths, tables = list[Path](), tuple[Any, ...]()
    if asked.get("annual"):
        from coverage_census.commands import annual

        path, tables = annual.write(session, areas, folder)
        paths.append(path)
    if asked.get("html"):
        paths.append(_html(session, areas, folder))
    return Reports(tuple(paths), tables)


def _html(session: Session, areas: Sequence[str], folder: Path) -> Path:
    from coverage_census.report import render

    page = render.coverage(_page(session, basis(session), areas), session.words, session.settings.templates)
    name = "-".join(["coverage", *(files.safe_name(area) for area in areas)])
    path = folder / f"{name}.html"
    files.replace(path, page.encode("utf-8"))
    return path


def _page(session: Session, found: Basis, areas: Sequence[str]) -> Any:
    from coverage_census.ledger import rounds as store
    from coverage_census.policy import coverage
    from coverage_census.policy import indicators as rates
    from coverage_census.policy.frames import rows
    from coverage_census.report import pages

    ledger = session.settings.ledger
    every = store.all_rounds(ledger)
    by_number = {each.number: each for each in every}
    frame = within(found.decided(), areas, PLACES)
    decisions = every_decision(rows(within(found.facts(), areas, PLACES)), found, session)
    return pages.coverage(
        county=session.words("console.separator").join(areas) or _county(session, frame),
        round=found.round,
        before=by_number.get(found.round.number - 1),
        stamp=found.stamp,
        total=coverage.by(frame, None, found.policy)[0],
        townships=coverage.by(frame, "township", found.policy),
        kinds=coverage.by(frame, "kind", found.policy),
        indicators=rates.compute(frame, found.policy, session.words, found.round.as_of),
        gaps=_listed(decisions),
        problems=store.open_problems(ledger, found.round),
        sources=[(each.file, by_number[each.round]) for each in store.sources(ledger, found.round)],
        rules=_rules(found, session),
        generated_at=session.now.astimezone(),
        words=session.words,
        policy=getattr(found.policy.title, session.words.lang),
    )


def _listed(decisions: Sequence[Decision]) -> list[Decision]:
    """What the page lists: gaps, and formation that cannot be told."""
    return [
        each
        for each in decisions
        if each.verdict is Verdict.GAP or (each.verdict is Verdict.UNKNOWN and each.rule == "formation")
    ]


def _rules(found: Basis, session: Session) -> list[Any]:
    from coverage_census.report.lists import Rule

    return [
        Rule(code, getattr(rule.title, session.words.lang), found.policy.citation(code, None))
        for code, rule in found.policy.rules.items()
    ]


def _county(session: Session, frame: Any) -> str | None:
    """The county that the page is about: the office's own, else the only one there is."""
    known = values(frame, ("county",))
    return session.settings.county or (next(iter(known)) if len(known) == 1 else None)
