"""`explain`: a name or code in; the organisation that is meant, its decisions and all that stands behind them out."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from coverage_census.commands.basis import Basis, basis, policy_named
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.first_found import first_found
from coverage_census.errors import CensusError
from coverage_census.model.decision import Decision
from coverage_census.policy.decide import explain as explaining
from coverage_census.policy.decide import records
from coverage_census.policy.decide.reasons import Account as Asked
from coverage_census.policy.decide.verdicts import ended
from coverage_census.policy.figures import what_if
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.results import Explanation, InForce, Other, RuleAccount
from coverage_census.words import stop_sentence

_SHOWN = 8  # names offered where several organisations match


def explain(session: Session, asked: str) -> Explanation:
    """The one organisation that is meant, with its card."""
    from coverage_census.ledger import rounds
    from coverage_census.model.tables import from_row

    found = basis(session)
    nearby = branch(found, _one(found, asked))
    row = records.completed(nearby, found.policy)[0]
    first = first_found(session, found)(row)
    decided = explaining.decisions(row, found.policy, session.words, first=first)
    decided = tuple(sorted(decided, key=lambda each: each.rule != "formation"))
    return Explanation(
        organisation=from_row(row),
        accounts=tuple(_account(row, each, found.policy, session) for each in decided),
        places=_places(row, rounds.sources(session.settings.ledger, found.round)),
        readings=_readings(row, found.policy, session),
        others=_others(found, nearby, decided[0], session),
        round=found.round,
        stamp=found.stamp,
        waiting=tuple(getattr(each, session.words.lang) for each in found.policy.waiting.values()),
    )


def branch(found: Basis, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The row, and those that may be in one joint branch with it; the province is only searched for them."""
    import narwhals as nw

    from coverage_census.policy.decide import frames, joint

    nearby = joint.around(row)
    every = [] if nearby is None else frames.rows(nw.from_native(found.table).filter(nearby))
    place = ("name", "source_file", "source_sheet", "source_row")
    return [row, *(each for each in every if any(each[name] != row[name] for name in place))]


def _account(row: Mapping[str, Any], decision: Decision, policy: Policy, session: Session) -> RuleAccount:
    complete = explaining.complete(row, policy)
    rule = decision.rule
    asked = Asked(rule, ended(policy, rule, complete), complete, policy)
    used = dict.fromkeys(name for leaf in asked.asked() for name in sorted(leaf.parameters()))
    return RuleAccount(
        decision=decision,
        title=getattr(policy.rules[rule].title, session.words.lang),
        parameters=tuple(in_force(policy, name) for name in used),
        what_if=what_if.neighbours(row, policy, rule),
    )


def in_force(policy: Policy, name: str) -> InForce:
    """One number of the policy, as a card or a handout shows it."""
    entry = policy.parameters[name]
    return InForce(
        name=name,
        value=entry.value,
        operator=entry.operator,
        unit=entry.unit,
        since=entry.since.isoformat(),
        until=entry.until.isoformat() if entry.until else None,
        citation=entry.citation.citation(),
    )


def _readings(row: Mapping[str, Any], policy: Policy, session: Session) -> tuple[str, ...]:
    readings = getattr(explaining, "readings", None)
    return tuple(readings(row, policy, session.words)) if readings else ()


def _others(found: Basis, nearby: list[dict[str, Any]], own: Decision, session: Session) -> tuple[Other, ...]:
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


def _one(found: Basis, asked: str) -> dict[str, Any]:
    """The row of the organisation with this code, this name, or the only one whose name contains it."""
    import narwhals as nw

    from coverage_census.policy.decide.frames import rows

    table = nw.from_native(found.table)
    name, asked = nw.col("name"), asked.strip()
    place, _, area = asked.removesuffix("）").removesuffix(")").replace("(", "（").rpartition("（")
    code = "".join(unicodedata.normalize("NFKC", asked).split()).upper()
    conditions = [nw.col("uscc") == code, name == asked]
    if place and area:  # as a list of several offers it: 名称（乡镇）
        conditions.append((name == place) & (nw.col("township") == area))
    if asked:
        conditions.append(name.str.contains(asked, literal=True))
    for condition in conditions:
        matching = rows(table.filter(condition.fill_null(False)))
        if len(matching) == 1:
            return matching[0]
        if matching:
            names = "、".join(_named(row) for row in matching[:_SHOWN])
            raise CensusError("several_organisations", name=asked, count=len(matching), names=names)
    raise CensusError("unknown_organisation", name=asked, near="、".join(_near(table, asked)) or "—")


def _near(table: Any, asked: str) -> list[str]:
    from rapidfuzz import fuzz, process

    from coverage_census.policy.decide.frames import rows

    names = [row["name"] for row in rows(table.select("name"))]
    return [match[0] for match in process.extract(asked, names, scorer=fuzz.ratio, limit=5)]


def _named(row: dict[str, Any]) -> str:
    return f"{row['name']}（{row['uscc'] or row['township'] or '—'}）"


def _places(row: Mapping[str, Any], sources: Sequence[Any]) -> dict[str, str]:
    """Field → file!sheet!cell, from the column map of the sheet that last named the organisation."""
    for source in sources:
        if (source.file.file, source.round) != (row["source_file"], row["confirmed_round"]):
            continue
        for sheet in source.file.sheets:
            if sheet.sheet == row["source_sheet"]:
                where = f"{source.file.file}!{sheet.sheet}!"
                found = {
                    column.field: where
                    + (column.column if column.column[-1:].isdigit() else f"{column.column}{row['source_row']}")
                    for column in sheet.columns
                    if column.field
                }
                return found | _split(row, found)
    return {}


def _split(row: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, str]:
    """A total that says its parts (2+1, 3（含预备1名）), or is given beside the probationary ones, is the cell behind
    the parts that have no cell of their own."""
    total = places.get("members_total")
    if total is None:
        return {}
    told = [field for field in ("members_formal", "members_probationary") if _told(row, field) and field not in places]
    if not _told(row, "members_formal") and _told(row, "members_total") and _told(row, "members_probationary"):
        told.append("members_formal")
    return dict.fromkeys(told, total)


def _told(row: Mapping[str, Any], field: str) -> bool:
    return any(row.get(field + end) is not None for end in ("", "_min", "_max"))
