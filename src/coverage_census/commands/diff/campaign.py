"""`diff --campaign`: the period asked for in; how far the campaign (专项行动) has come since its baseline out."""

from collections.abc import Sequence
from dataclasses import replace

from coverage_census.commands.basis import basis
from coverage_census.commands.diff import diff
from coverage_census.commands.reconcile import base_list
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.days import last_of
from coverage_census.model.rounds import Round
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.figures import campaigning
from coverage_census.policy.figures.campaigning import Campaigning
from coverage_census.results import CampaignDiff
from coverage_census.settings import Campaign


def campaign(session: Session) -> CampaignDiff:
    """Baseline and the round asked for (else the newest); what changed between them, unless they are the same."""
    said = session.settings.campaign
    if said is None:
        raise WrongUsage("campaign_not_set")
    found, every = basis(session), session.rounds()
    before = _baseline(said, found, every)
    progress = _begun(session, said, found, before).progress()
    same = (before.number, before.at) == (found.round.number, found.round.at)
    return CampaignDiff(progress, None if same else diff.between(session, before, found.round, every))


def within(session: Session, found: Basis) -> Campaigning | None:
    """The campaign on a round that lies in it; None: there is none. A baseline that is not there stops no report."""
    said = session.settings.campaign
    if said is None or not said.start <= last_of(found.round.as_of) <= said.end:
        return None
    try:
        return _begun(session, said, found, _baseline(said, found, session.rounds()))
    except CensusError as trouble:
        told = session.words(f"errors.{trouble.key}", **trouble.values)
        return campaigning.troubled(said, session.today, found, told, session.words)


def _baseline(said: Campaign, found: Basis, every: Sequence[Round]) -> Round:
    from coverage_census.ledger.compare import baseline

    return baseline.baseline(every, said.baseline, said.start, found.round)


def _begun(session: Session, said: Campaign, found: Basis, before: Round) -> Campaigning:
    from coverage_census.ledger import rounds

    then = replace(found, round=before, table=rounds.relation(session.settings.ledger, before), engine="duckdb")
    made = campaigning.begun(said, session.today, found, then, session.words)
    if base_list.CODE not in said.targets:
        return made
    first, last = (base_list.rate(replace(session, round=str(each.number))) for each in (before, found.round))
    return replace(made, beside=(first, last))
