"""A round and some areas of it in; everything that its reports show, worked out once for all of them, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coverage_census.commands.facts import PLACES, Basis, values, within
from coverage_census.commands.session import Session
from coverage_census.model.decision import Decision, Gap, Verdict
from coverage_census.report.pages import CoveragePage

Row = dict[str, Any]
Decided = list[tuple[Row, tuple[Decision, ...]]]
"""Organisations with their facts, each with what every rule says of it."""


@dataclass(frozen=True)
class Material:
    """The page, and the organisations behind it."""

    page: CoveragePage
    decided: Decided


def material(session: Session, found: Basis, areas: Sequence[str]) -> Material:
    """What the reports on `areas` (none: all) are made of."""
    from coverage_census.policy.frames import rows

    facts = rows(within(found.facts(), areas, PLACES))
    decided = _decided(facts, found, session)
    return Material(_page(session, found, areas, decided), decided)


def _decided(facts: Sequence[Row], found: Basis, session: Session) -> Decided:
    from coverage_census.policy import explain

    return [(row, tuple(explain.decisions(row, found.policy, session.words))) for row in facts]


def _page(session: Session, found: Basis, areas: Sequence[str], decided: Decided) -> CoveragePage:
    from coverage_census.ledger import rounds as store
    from coverage_census.policy import coverage
    from coverage_census.policy import indicators as rates
    from coverage_census.report import pages

    ledger = session.settings.ledger
    every = store.all_rounds(ledger)
    by_number = {each.number: each for each in every}
    frame = within(found.decided(), areas, PLACES)
    return pages.coverage(
        county=session.words("console.separator").join(areas) or _county(session, frame),
        round=found.round,
        before=by_number.get(found.round.number - 1),
        stamp=found.stamp,
        total=coverage.by(frame, None, found.policy)[0],
        townships=coverage.by(frame, "township", found.policy),
        kinds=coverage.by(frame, "kind", found.policy),
        indicators=rates.compute(frame, found.policy, session.words, found.round.as_of),
        gaps=_listed(decided),
        problems=store.open_problems(ledger, found.round),
        sources=[(each.file, by_number[each.round]) for each in store.sources(ledger, found.round)],
        rules=_rules(found, session),
        generated_at=session.now.astimezone(),
        words=session.words,
        policy=getattr(found.policy.title, session.words.lang),
    )


def workbook(session: Session, made: Material) -> bytes:
    """The same as a ledger workbook (台账)."""
    from coverage_census.report.workbook import book

    found = [_standing(row, decisions, session) for row, decisions in made.decided]
    found.sort(key=lambda each: (each.row["township"] or "\uffff", each.row["name"]))
    return book.workbook(made.page, found, session.words, session.now)


def _standing(row: Row, decisions: Sequence[Decision], session: Session) -> Any:
    from coverage_census.report.workbook.organisations import Standing

    open_ = {each.gap for each in decisions if each.verdict is Verdict.GAP}
    if any(each.verdict is Verdict.UNKNOWN and each.rule == "formation" for each in decisions):
        open_.add(Gap.UNCONFIRMED)
    gaps = tuple(session.words(f"term.gap.{gap.value}") for gap in Gap if gap in open_)
    advice = session.words(f"term.advice.{decisions[0].advice.value}") if decisions and not row["excluded"] else ""
    return Standing(row, advice, gaps)


def _listed(decided: Decided) -> list[Decision]:
    """What the page lists: gaps, and formation that cannot be told."""
    return [
        each
        for _, decisions in decided
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
