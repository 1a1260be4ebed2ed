"""A round and some areas of it in; everything that its reports show, worked out once for all of them, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coverage_census.commands.facts import PLACES, Basis, values, within
from coverage_census.commands.session import Session
from coverage_census.model.decision import Decision, Gap, Verdict
from coverage_census.model.rounds import Round
from coverage_census.report.pages import CoveragePage

Row = dict[str, Any]
Decided = list[tuple[Row, tuple[Decision, ...]]]
"""Organisations with their facts, each with what every rule says of it."""


@dataclass(frozen=True)
class Material:
    """The page, and the organisations behind it."""

    page: CoveragePage
    decided: Decided
    before: Round | None = None  # the round before, if there is one
    whole: bool = True  # about all organisations of the round, not about some areas

    silent: int = 0  # 未再上报


def material(session: Session, found: Basis, areas: Sequence[str]) -> Material:
    """What the reports on `areas` (none: all) are made of."""
    from coverage_census.policy.frames import rows

    facts = rows(within(found.facts(), areas, PLACES))
    decided = _decided(facts, found, session)
    before = _before(session, found)
    silent = 0 if areas else found.round.not_reported_again
    return Material(_page(session, found, areas, decided, before), decided, before, not areas, silent)


def _before(session: Session, found: Basis) -> Round | None:
    from coverage_census.ledger import rounds as store

    every = store.all_rounds(session.settings.ledger)
    return every[found.round.number - 2] if found.round.number > 1 else None


def _decided(facts: Sequence[Row], found: Basis, session: Session) -> Decided:
    from coverage_census.policy import explain

    return [(row, tuple(explain.decisions(row, found.policy, session.words))) for row in facts]


def _page(session: Session, found: Basis, areas: Sequence[str], decided: Decided, before: Round | None) -> CoveragePage:
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
        before=before,
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


def document(session: Session, made: Material) -> bytes:
    """The bulletin (通报) for Word."""
    from coverage_census.report import bulletin, render

    words = session.words
    due = [
        bulletin.Due(each.name, each.township or words("report.not_stated"), str(each.facts["due_on"]))
        for _, decisions in made.decided
        for each in decisions
        if each.verdict is Verdict.GAP and each.facts.get("due_on")
    ]
    today = session.now.astimezone().date().isoformat()
    told = bulletin.bulletin(made.page, due, _moved(session, made), made.silent, today, words)
    return render.document(told, words, session.settings.templates)


def _moved(session: Session, made: Material) -> Any:
    """How the rate of all moved since the round before; of a part of the round that is not worked out."""
    from coverage_census.commands import diffing
    from coverage_census.report.bulletin import Moved
    from coverage_census.report.figures import Share, day

    if made.before is None or not made.whole:
        return None
    words, found = session.words, diffing.diff(session, str(made.before.number), session.round, None)
    way = next(each for each in found.movements if each.code == "overall_rate")
    causes = {words(f"console.diff.cause.{step.cause.value}"): step.organisations for step in way.steps}
    before = Share(way.numerator_before, way.denominator_before)
    after = Share(way.numerator_after, way.denominator_after)
    called = words("report.round_numbered", number=made.before.number)
    return Moved(called, day(made.before.as_of, words), before, after, causes)


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
