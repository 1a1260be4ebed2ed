"""What changed between two rounds in; a page for the terminal, one JSON document, or a CSV of every change out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.console import out
from coverage_census.ledger.compare.judged import JudgedFormation, Judgement
from coverage_census.model.due import ConversionDue
from coverage_census.model.organisation import about
from coverage_census.model.record import Json
from coverage_census.results import Diff
from coverage_census.words import periods
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label, value_text
from coverage_census.words.numbers import percent
from coverage_census.words.periods import label_before, label_of, spoken_as

if TYPE_CHECKING:
    from coverage_census.ledger.compare.changes import Change, Departure, Merger
    from coverage_census.model.movement import Movement
    from coverage_census.model.rounds import Who

_EVENTS = {"closed", "reopened", "dissolved"}  # what became of organisations, told in 家
_SHOWN = 12  # lines of a list on the terminal; --csv has them all
_HEADS = ("sort", "name", "uscc", "county", "township", "field", "old", "new")


def show(found: Diff, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """What came and went, who is judged otherwise, why the rates moved, the period, the trend."""
    if as_json:
        return out.as_json(document(found))
    if as_csv:
        return out.as_csv([words(f"console.diff.head.{head}") for head in _HEADS], _lines(found, words))
    said = {"before": label_before(found.before, found.after, words), "after": periods.called(found.after, words)}
    out.line(words("console.diff.between", **said, first=found.before.as_of, last=found.after.as_of))
    for sort, whos in (("added", found.added), ("gone", found.gone), ("silent", found.silent)):
        listed(sort, whos, words, called)
    sorts = _sorts(found)
    for sort in ("closed", "reopened", "dissolved", "moved", "renamed", "converted"):
        listed(sort, [each for each, one in sorts.items() if one == sort], words, lambda each: changed(each, words))
    listed("merged", found.merged, words, lambda each: merger(each, words))
    listed("maybe_renamed", found.maybe_renamed, words, lambda each: f"{called(each.old)} → {each.new.name}")
    listed("left", found.left, words, lambda each: _departure(each, words))
    others = [each for each in found.fields if each not in sorts]
    listed("fields", others, words, lambda each: changed(each, words))
    listed("judged", found.judged, words, lambda each: _judgement(each, words))
    listed("due", found.due, words, lambda each: _due(each, words))
    for movement in found.movements:
        _waterfall(movement, said, words)
    _period(found, words)
    _trend(found, words)
    return None


def document(found: Diff) -> Json:
    """The machine form: every list whole, rounds by number."""
    trend = [{**out.plain(each), "rate": _rate(each.covered, each.organisations)} for each in found.trend]
    return {
        "before": found.before.number,
        "after": found.after.number,
        "before_period": found.before.period,
        "after_period": found.after.period,
        "policy_before": found.policy_before,
        "policy_after": found.policy_after,
        **{sort: [each._asdict() for each in getattr(found, sort)] for sort in ("added", "gone", "silent")},
        **{
            sort: [change(each) for each in changes]
            for sort, changes in (
                ("closed", found.closed),
                ("reopened", found.reopened),
                ("dissolved", found.dissolved),
                ("moved", found.moved),
                ("renamed", found.renamed),
                ("converted", found.converted),
                ("fields", found.fields),
            )
        },
        "merged": [merger_record(each) for each in found.merged],
        "maybe_renamed": [{"old": each.old._asdict(), "new": each.new._asdict()} for each in found.maybe_renamed],
        "left": [{**each.who._asdict(), **_evidence(each)} for each in found.left],
        "judged": found.judged,
        "due": found.due,
        "movements": found.movements,
        "since": found.since,
        "period": dict(found.period),
        "trend": trend,
    }


def _lines(found: Diff, words: Words) -> Iterable[Sequence[object]]:
    for sort in ("added", "gone", "silent"):
        yield from ([words(f"console.diff.{sort}"), *each, None, None, None] for each in getattr(found, sort))
    sorts = _sorts(found)
    for each in found.fields:
        label = field_label(each.field, words)
        sides = (_value(each.field, value, words) for value in (each.old, each.new))
        yield [words(f"console.diff.{sorts.get(each, 'fields')}"), *each.who, label, *sides]
    for merger in found.merged:
        joined = words("console.separator").join(who.name for who in merger.whos)
        yield [words("console.diff.merged"), *merger.into, None, joined, merger.into.name]
    for maybe in found.maybe_renamed:
        yield [words("console.diff.maybe_renamed"), *maybe.old, None, maybe.old.name, maybe.new.name]
    for gone in found.left:
        status = value_text("operating_status", gone.status, words)
        yield [words("console.diff.left"), *gone.who, None, gone.evidence, status]
    for ripe in found.due:
        who = (ripe.name, ripe.uscc, ripe.county, ripe.township)
        form = value_text("org_form", ripe.form, words)
        yield [words("console.diff.due"), *who, field_label("org_form", words), form, ripe.since]
    for one in found.judged:
        who = (one.name, one.uscc, one.county, one.township)
        yield [words("console.diff.judged"), *who, None, _said(one.old, words), _said(one.new, words)]


def _sorts(found: Diff) -> dict["Change", str]:
    """Changed fields that are events of their own; a name that came by a merger is told there."""
    joined = {each.into for each in found.merged}
    sorts = dict.fromkeys(found.closed, "closed") | dict.fromkeys(found.moved, "moved")
    sorts |= dict.fromkeys(found.reopened, "reopened") | dict.fromkeys(found.dissolved, "dissolved")
    sorts |= dict.fromkeys(found.converted, "converted")
    return sorts | {each: "merged" if each.who in joined else "renamed" for each in found.renamed}


def merger(each: "Merger", words: Words) -> str:
    return f"{words('console.separator').join(who.name for who in each.whos)} → {each.into.name}"


def merger_record(each: "Merger") -> Json:
    return {"names": [who._asdict() for who in each.whos], "into": each.into._asdict()}


def _departure(each: "Departure", words: Words) -> str:
    status = value_text("operating_status", each.status, words)
    evidence = each.evidence or each.decided_by
    return words("console.diff.evidence", who=called(each.who), status=status, evidence=evidence)


def _evidence(each: "Departure") -> Json:
    return {"status": each.status, "evidence": each.evidence, "decided_by": each.decided_by}


def change(each: "Change") -> Json:
    """One changed field as a record."""
    return {**each.who._asdict(), "field": each.field, "old": each.old, "new": each.new}


def _judgement(each: Judgement, words: Words) -> str:
    return f"{each.name}：{_said(each.old, words)} → {_said(each.new, words)}"


def listed(sort: str, items: Sequence[Any], words: Words, say: Callable[[Any], str]) -> None:
    """How many, and the first of them put into words."""
    key = "console.diff.count_organisations" if sort in _EVENTS else "console.diff.count"
    out.line(words(key, sort=words(f"console.diff.{sort}"), count=len(items)))
    for item in items[:_SHOWN]:
        out.line("  " + say(item))
    if len(items) > _SHOWN:
        out.line("  " + words("console.diff.more", count=len(items) - _SHOWN))


def called(who: "Who") -> str:
    return f"{who.township or ''} {who.name}".strip()


def changed(each: "Change", words: Words) -> str:
    old, new = (_value(each.field, value, words) for value in (each.old, each.new))
    return f"{each.who.name}：{field_label(each.field, words)} {old} → {new}"


def _value(field: str, value: Any, words: Words) -> str:
    """A qualified count comes as an interval and is shown as it is."""
    if isinstance(value, str) and about()[field].holds == "count":
        return value
    return value_text(field, value, words)


def _said(each: JudgedFormation, words: Words) -> str:
    advice, verdict = words(f"term.advice.{each.advice}"), words(f"term.verdict.{each.verdict}")
    return f"{advice}（{words(f'term.gap.{each.gap}') if each.gap else verdict}）"


def _due(each: ConversionDue, words: Words) -> str:
    """Which form it has now, since when the condition is met."""
    form = words(f"term.org_form.{each.form}") if each.form else words("console.unknown")
    key = "console.diff.due_new" if each.new else "console.diff.due_still"
    members = each.members_formal if each.members_formal is not None else each.members_total
    return words(key, name=each.name, form=form, members=members, since=each.since)


def _waterfall(found: "Movement", sides: Mapping[str, str], words: Words) -> None:
    """From the old rate to the new one, cause by cause; the last line is the sum."""
    out.line()
    out.line(words("console.diff.movement", label=words(f"indicator.{found.code}.label")))
    start = (found.numerator_before, found.denominator_before)
    end = (found.numerator_after, found.denominator_after)
    rows: list[list[Any]] = [[words("console.diff.start", **sides), None, *start, percent(*start, decimals=2)]]
    for step in found.steps:
        rate = "—" if step.rate is None else f"{100 * step.rate:+.2f}"
        cause = words(f"console.diff.cause.{step.cause}")
        rows.append([cause, step.organisations, f"{step.numerator:+d}", f"{step.denominator:+d}", rate])
    rows.append([words("console.diff.end", **sides), None, *end, percent(*end, decimals=2)])
    header = [
        words(f"console.diff.head.{head}") for head in ("cause", "organisations", "numerator", "denominator", "rate")
    ]
    out.table(header, rows, right=(1, 2, 3, 4), total=True)


def _period(found: Diff, words: Words) -> None:
    out.line()
    out.line(words("console.diff.period", day=found.since))
    for name, count in found.period.items():
        figure = words("console.diff.cannot_tell") if count is None else str(count)
        out.line("  " + words(f"console.diff.figure.{name}", count=figure))


def _trend(found: Diff, words: Words) -> None:
    out.line()
    rows = [
        [
            label_of(spoken_as(each.name, each.period, each.round), words),
            each.as_of,
            each.organisations,
            each.covered,
            percent(each.covered, each.organisations),
        ]
        for each in found.trend
    ]
    header = [words(f"console.head.{head}") for head in ("period", "as_of", "organisations", "covered", "rate")]
    if any(each.gone for each in found.trend):
        header.append(words("gone.head"))
        rows = [[*row, each.gone] for row, each in zip(rows, found.trend, strict=True)]
    out.table(header, rows, right=range(2, len(header)))


def _rate(numerator: int, denominator: int) -> float | None:
    return numerator / denominator if denominator else None
