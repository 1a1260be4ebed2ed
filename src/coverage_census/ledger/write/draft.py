"""An intake and the ledger's past in; the next round as it would be written out, or nothing where nothing is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coverage_census.ledger.identity import answers as answered
from coverage_census.ledger.identity import findings, match
from coverage_census.ledger.identity.answers import Answered
from coverage_census.ledger.intake import already_in as known
from coverage_census.ledger.intake import counties, older_sheets, registers, scopes
from coverage_census.ledger.intake.intake import Distinct, Intake, distinct, keys
from coverage_census.ledger.periods import cut_off, timeline
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.reread import moved_figures, rows, rows_before
from coverage_census.ledger.reread.moved_figures import StateSide
from coverage_census.ledger.reread.rows import Anew
from coverage_census.ledger.set_county import rounds_as_set, set_county, table_as_set
from coverage_census.ledger.store import entries, taken_in
from coverage_census.ledger.write import carry, corrections, late_rows, register_answers, settling
from coverage_census.ledger.write.carry import NextState
from coverage_census.ledger.write.late_rows import Late
from coverage_census.model.days import last_of
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, PastState, Scope
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Draft:
    """Everything about the next round but its seal. `state` None: every file is in the ledger already."""

    already_in: dict[str, int]
    files: tuple[FileReading, ...] = ()
    scopes: tuple[Scope, ...] = ()
    state: NextState | None = None
    duplicates: int = 0
    not_reported_again: int = 0
    problems: tuple[Problem, ...] = ()
    entries: tuple[Entry, ...] = ()
    came_in: "pa.Table | None" = None  # the rows that are news, duplicates and all
    belongs_to: tuple[str | None, str] | None = None  # name and day of an earlier round, whose files were read anew
    aside: tuple[Problem, ...] = ()  # what stays outside because the ledger holds something newer
    day: str | None = None  # the newest day that its sheets speak for
    as_of: str = ""
    past: tuple[PastState, ...] = ()
    past_tables: Mapping[str, "pa.Table"] = field(default_factory=dict)  # by day
    late: Late | None = None


def draft(intake: Intake, past: Past, answers: Sequence[Entry], when: str) -> Draft:
    """The round after those of `past`; `answers` are what people wrote into the workbooks of the intake."""
    intake = replace(intake, asked=cut_off.asked(intake.files, past.rounds))
    intake, others = registers.split(intake)
    if not intake.files and others.files:
        table = past.head if past.rounds else others.table.slice(0, 0)
        return Draft({}, problems=registers.compared(others, table, past.rounds, ()))
    made = _beside(intake, past, answers, when)
    if made.state is None or not others.files:
        return made
    told = registers.compared(others, made.state.table, past.rounds, made.files)
    return replace(made, problems=(*made.problems, *told))


def _beside(intake: Intake, past: Past, answers: Sequence[Entry], when: str) -> Draft:
    """The same, of sheets that may change the ledger."""
    already_in = known.already_in(intake, past)
    whole = intake.whole or intake
    every = rows.find(whole, past, already_in)
    head = past.head if past.rounds else None
    seen = _as_seen(past, every, whole.files) if head is not None else past
    entered = rows.entered(intake, past.rounds)
    intake, anew = rows.still_resting(intake, every, seen) if every else (intake, {})
    already_in = {file: number for file, number in (already_in | entered).items() if file not in anew}
    news, aside = older_sheets.set_aside(intake.without(list(already_in)), seen, anew)
    if not news.table.num_rows:
        return _drafted(already_in, news, past, answers, when, Cores(), aside)
    again = {each.sha256 for each in whole.files if each.file in every}
    placing = counties.judge([*([seen.head] if head is not None else []), news.table], news.files, seen.rounds, again)
    answers = [each for each in answers if each.who.split("!")[0] not in anew]
    made = _drafted(already_in, news, seen, answers, when, Cores(placing.county), aside)
    if made.state is None:
        return made
    table = counties.filled(made.state.table, placing)
    then = {day: counties.filled(counties.as_stated(each), placing) for day, each in made.past_tables.items()}
    told = (*counties.asked(table, placing), *counties.assumed(news.table, news.files, placing))
    state, belongs = replace(made.state, table=table), rows.period_of(news, anew)
    made = replace(made, state=state, problems=(*made.problems, *told), belongs_to=belongs, past_tables=then)
    return _with_moved(made, past, news, anew, every) if head is not None else made


def _as_seen(past: Past, every: Anew, files: Sequence[FileReading]) -> Past:
    """The past as what comes in is held against it: without what only an earlier reading of these files said."""
    found = set_county(past.rounds, files)

    def seen(table: "pa.Table") -> "pa.Table":
        return rows_before.without(table_as_set(table, past.rounds, found), every, files)

    head = seen(counties.as_stated(past.head))
    changed = bool(every or found.before)
    return past.seen_as(head, rounds_as_set(past.rounds, found), seen if changed else None)


def _with_moved(made: Draft, past: Past, news: Intake, anew: Anew, every: Anew) -> Draft:
    """And with the figures that settings moved, now and at the end of past periods."""
    assert made.state is not None
    sides = [StateSide(made.as_of, past.head, made.state.table, {row for row, _ in made.state.merged})]
    closed = {each.as_of: each for each in timeline.closings(past.rounds)} if anew else {}
    sides += [
        StateSide(day, past.state(closed[day]), table) for day, table in made.past_tables.items() if day in closed
    ]
    alone = all(each.file in anew for each in news.files if each.refused is None)
    pairs = {pair for origin in every.values() for pair in origin.pairs}
    followed = moved_figures.county(sides[0], set_county(past.rounds, news.files), pairs)
    return replace(made, problems=(*made.problems, *moved_figures.figures(sides, anew, alone=alone), *followed))


def _drafted(
    already_in: dict[str, int],
    news: Intake,
    past: Past,
    answers: Sequence[Entry],
    when: str,
    cores: Cores,
    aside: tuple[Problem, ...],
) -> Draft:
    fresh = tuple(each for each in answers if each.who.split("!")[0] not in already_in)
    lines = register_answers.judge(past.entries, fresh, past.head)
    told = lines.problems
    if not news.table.num_rows and not lines.fresh and (already_in or aside or fresh):
        return Draft(already_in, files=news.files, problems=told, aside=aside)
    judged = answered.judge(past.entries if past.rounds else (), lines.fresh, cores)
    if not past.rounds:
        made = replace(_draft(already_in, news, past, judged.holding, cores), entries=judged.fresh, aside=aside)
        return _with_past(made, news, past, ())
    stale = late_rows.overtaken(judged.fresh, news.asked, past)
    fresh = corrections.with_old([each for each in judged.fresh if each not in stale], past.head)
    holding, letters = _holding(news, past), findings.letters(news.files)
    again = {file for file, _ in news.rank}
    kept = corrections.keep(news.table, holding, fresh, letters, when, again)
    made = _draft(already_in, replace(news, table=kept.table), past, judged.holding, cores)
    assert made.state is not None
    settled = settling.settle(
        made.state.table, fresh, judged.holding, cores, past, letters, made.late.moment if made.late else None
    )
    wrong = findings.contradictions(judged.contradictions)
    problems = (*made.problems, *kept.problems, *settled.problems, *told, *wrong)
    made = replace(
        made,
        state=_with(made.state, settled, len(past.rounds) + 1),
        problems=problems,
        entries=(*settled.entries, *kept.overtaken, *late_rows.ended(stale, past.head, when)),
        aside=aside,
    )
    return _with_past(made, news, past, stale)


def _holding(news: Intake, past: Past) -> corrections.Holding:
    """The corrections in force that were made on no later day than these sheets speak for."""
    found, day = entries.corrections(past.entries), news.newest
    if day is None or not found:
        return found
    days_of = {each: last_of(past.rounds[number - 1].as_of) for each, number in past.numbered.items()}
    if all(days_of.get(each, day) <= day for each in found):
        return found
    return {each: replaced for each, replaced in found.items() if days_of.get(each, day) <= day}


def _with_past(made: Draft, news: Intake, past: Past, stale: Sequence[Entry]) -> Draft:
    """The same with its days, and with the past states that it revises."""
    assert made.state is not None and made.late is not None
    day = max([each for each in (news.newest, *(news.asked[name].day for name in news.asked)) if each], default=None)
    as_of = max(cut_off.newest(past.rounds) or "", day or "") or last_of(news.default.day)
    found = list(made.late.revised(as_of, made.state.merged, stale))
    tables = {state.as_of: table for state, table in found}
    return replace(made, day=news.newest, as_of=as_of, past=tuple(state for state, _ in found), past_tables=tables)


def _with(state: NextState, settled: settling.SettledState, number: int) -> NextState:
    """The state after people's decisions; where rows went or came, those that nobody named now are counted again."""
    if not settled.merged and settled.table.num_rows == state.table.num_rows:
        return replace(state, table=settled.table)
    confirmed = settled.table["confirmed_round"].to_pylist()
    carried = [row for row, each in enumerate(confirmed) if each != number]
    return replace(state, table=settled.table, carried=carried, merged=settled.merged)


def _draft(already_in: dict[str, int], news: Intake, past: Past, answers: Answered, cores: Cores) -> Draft:
    copies = taken_in.copies(news.files)
    news = news.without(list(copies))
    named = distinct(news, cores, answers)
    named = replace(named, problems=(*findings.copies(copies), *named.problems))
    if past.rounds:
        return _next(already_in, news, named, past, answers, cores)
    spoken = scopes.spoken(news.table, news.files, None, news.days, news.default.day)
    state = carry.first_state(named.table)
    behind = Late(news, named.table, [None] * named.table.num_rows, past, cores)
    return Draft(
        already_in, news.files, spoken, state, named.duplicates, 0, named.problems, (), news.table, late=behind
    )


def _next(
    already_in: dict[str, int], news: Intake, named: Distinct, past: Past, answers: Answered, cores: Cores
) -> Draft:
    partners = match.across(named.keys, keys(past.head, cores), answers)
    behind = Late(news, named.table, partners.of, past, cores)
    behind = replace(behind, partners=late_rows.known_then(behind, named.keys, answers))
    number = len(past.rounds) + 1
    state = carry.next_state(named.table, past.head, behind.partners, news.files, number, behind.behind)
    shared = findings.shared_codes(named.table, past.head, partners.shared, findings.letters(news.files))
    before = scopes.known(past.head, behind.partners)
    spoken = scopes.spoken(news.table, news.files, before, news.days, news.default.day)
    overdue = scopes.not_reported_again(before, state.carried, late_rows.current(spoken, past.rounds))
    problems = (*named.problems, *shared)
    return Draft(
        already_in, news.files, spoken, state, named.duplicates, overdue, problems, (), news.table, late=behind
    )
