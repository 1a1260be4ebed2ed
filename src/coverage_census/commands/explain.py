"""`explain`: a name or code in; the organisation that is meant, its decisions and all that stands behind them out."""

from coverage_census.commands.basis import basis, policy_named
from coverage_census.commands.registers_compared import contradicted
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.first_found import first_found
from coverage_census.errors import CensusError
from coverage_census.ledger.cells_behind import places
from coverage_census.model.decision import Decision
from coverage_census.model.row import Row
from coverage_census.policy.decide import explain as explaining
from coverage_census.policy.decide import records
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.decided.organisation import branch, one
from coverage_census.policy.figures import what_if
from coverage_census.policy.figures.account import account
from coverage_census.policy.files import rulebook
from coverage_census.results import Explanation, Other
from coverage_census.words import registers, stop_sentence


def explain(session: Session, asked: str) -> Explanation:
    """The one organisation that is meant, with its card."""
    from coverage_census.ledger import rounds
    from coverage_census.model.tables import from_row

    found = basis(session)
    nearby = branch(found, one(found, asked))
    row = records.completed(nearby, found.policy)[0]
    first = first_found(session, found)(row)
    decided = explaining.decisions(row, found.policy, session.words, first=first)
    decided = tuple(sorted(decided, key=lambda each: each.rule != "formation"))
    return Explanation(
        organisation=from_row(row),
        accounts=tuple(account(row, each, found.policy, session.words.lang) for each in decided),
        places=places(row, rounds.sources(session.settings.ledger, found.round)),
        readings=(*explaining.readings(row, found.policy, session.words), *_disagreements(session, found, row)),
        others=_others(found, nearby, decided[0], session),
        round=found.round,
        stamp=found.stamp,
        waiting=tuple(getattr(each, session.words.lang) for each in found.policy.waiting.values()),
    )


def _disagreements(session: Session, found: Basis, row: Row) -> tuple[str, ...]:
    """What another office's register says otherwise than the organisation's own sheet, with both cells."""
    every = contradicted(session, found.round)
    own = (
        each
        for rows in every.values()
        for side, each in rows.values()
        if (side.name, side.uscc, side.township) == (row["name"], row["uscc"], row["township"])
    )
    return tuple(registers.contradiction(each, session.words) for each in own)


def _others(found: Basis, nearby: list[Row], own: Decision, session: Session) -> tuple[Other, ...]:
    """What the other policies say on formation; one that is not in force on this day or is broken says why."""
    answers = []
    mine = what_if.WhatIfAnswer(own.advice, own.verdict, own.gap)
    for name in rulebook.names(session.settings.policies):
        if name == found.policy.name:
            continue
        try:
            policy = policy_named(session, name, found.round, tried=False)
        except CensusError as error:
            why = stop_sentence.of(session.words, error)
            answers.append(Other(None, name, None, differs=False, why_not=why))
            continue
        row = records.completed(nearby, policy)[0]
        (said,) = [each for each in explaining.decisions(row, policy, session.words) if each.rule == "formation"]
        answer = what_if.WhatIfAnswer(said.advice, said.verdict, said.gap)
        answers.append(Other(policy.stamp, name, answer, differs=answer != mine, reason=said.reason))
    return tuple(answers)
