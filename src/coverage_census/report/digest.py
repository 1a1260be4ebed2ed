"""A digest in; the page of at most thirty lines that a clerk reads on a phone, or one JSON document, out."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from coverage_census.model.decision import Gap
from coverage_census.model.digest import (
    Conversions,
    CountyStanding,
    Digest,
    FileLeftOut,
    GapOf,
    NotReported,
    Rate,
    RateStep,
    RegisterStanding,
)
from coverage_census.words import campaign
from coverage_census.words.catalogue import Words
from coverage_census.words.irregular import irregular
from coverage_census.words.numbers import DASH, percent
from coverage_census.words.periods import label_of, spoken_as
from coverage_census.words.rates import lacking

MOST_LINES = 30
_UNIT = re.compile(r"[（(][^（(]*[）)]$")  # 实体运营单位（家）
_NAMED = 3  # organisations or files named in one line
_LISTED = 5  # files that get a line each


def machine(digest: Digest) -> str:
    """The same for programs: every key is always there."""
    return digest.model_dump_json(indent=2) + "\n"


def text(digest: Digest, words: Words) -> str:
    """Line by line, the news first; where there is no room, fewer files are listed, and their number stays."""
    for listed in range(_LISTED, -1, -1):
        lines = [*_top(digest, words), *_news(digest, words), *_left(digest, words, listed), *_now(digest, words)]
        tail = list(_tail(digest, words))
        if len(lines) + len(tail) <= MOST_LINES:
            break
    return "\n".join([*lines[: MOST_LINES - len(tail)], *tail]) + "\n"


def _top(digest: Digest, words: Words) -> Iterator[str]:
    stands = digest.standing
    moment = digest.at[:16].replace("T", " ")
    yield words("run.title", county=(stands.county if stands else None) or "", moment=moment).strip()
    if digest.error is not None:
        yield words("run.stopped", error=digest.error)
    elif digest.round_made and stands is not None:
        yield words("run.entered", **_where(stands, words))
    elif stands is None:
        yield words("run.nothing_yet")
    else:
        yield words("run.nothing_new", **_where(stands, words))
    yield from digest.notes


def _news(digest: Digest, words: Words) -> Iterator[str]:
    """What came in, and what it brought."""
    counts = digest.files
    parts = [words(f"run.files.{name}", count=count) for name, count in counts if count]
    if parts:
        yield words("run.files.line", parts=words("run.comma").join(parts))
    if digest.accepted:
        yield words("run.accepted", files=_some(digest.accepted, words))
    if digest.read_again:
        yield words("run.read_again", count=len(digest.read_again), files=_some(digest.read_again, words))
    yield from (f"  {each}" for each in digest.moved[:_LISTED])
    if len(digest.moved) > _LISTED:
        yield "  " + words("run.more_moved", count=len(digest.moved) - _LISTED)
    if digest.round_made:
        came = {name: count for name, count in digest.organisations if count}
        parts = [words(f"run.came_in.{name}", count=count) for name, count in came.items()]
        if parts:
            yield words("run.came_in.line", parts=words("run.comma").join(parts))
    found = digest.findings
    if found.sheets:
        yield words("run.sheets", sheets=_some(found.sheets, words))
    if found.errors or found.warnings:
        yield words("run.problems", errors=found.errors, warnings=found.warnings)
    if digest.returns:
        yield words("run.returns", count=len(digest.returns), files=_some(digest.returns, words))


def _left(digest: Digest, words: Words, listed: int) -> Iterator[str]:
    """The files that are not in the ledger, each with what to do; those that pass by themselves in one breath."""
    aside = [each for each in digest.left_out if not each.waiting]
    waiting = [each for each in digest.left_out if each.waiting]
    for key, found, line in (("aside", aside, _remedy), ("waiting", waiting, _state)):
        if found:
            yield words(f"run.{key}", count=len(found))
            yield from _listed([line(each, digest, words) for each in found], listed, words)


def _remedy(each: FileLeftOut, digest: Digest, words: Words) -> str:
    since = words("run.since", day=each.since) if each.since < digest.at[:10] else ""
    return words("run.file_fix", file=each.file, message=each.message, fix=each.fix, since=since)


def _state(each: FileLeftOut, digest: Digest, words: Words) -> str:
    since = words("run.since", day=each.since) if each.since < digest.at[:10] else ""
    return words("run.file", file=each.file, message=each.message, since=since)


def _now(digest: Digest, words: Words) -> Iterator[str]:
    stands = digest.standing
    if stands is None:
        return
    yield _rate(stands, words)
    beside = stands.beside
    yield words("run.beside", label=beside.label, counted=_counted(beside), **_figures(beside, words))
    if causes := [_cause(each, words) for each in stands.causes]:
        yield words("run.causes", parts=words("run.semicolon").join(causes))
    if stands.campaign is not None:
        yield campaign.line(stands.campaign, words)
    yield from (_register(each, words) for each in stands.registers if each.open)
    gaps = [_gap(each.label, each.count, each.before) for each in stands.gaps]
    yield words("run.gaps", parts=words("run.comma").join(gaps)) if gaps else words("run.no_gaps")
    if stands.irregular_branches:
        yield irregular(
            next(each.count for each in stands.gaps if each.gap == Gap.IRREGULAR_JOINT),
            stands.irregular_branches,
            words,
        )
    for key, found in (("new_gaps", stands.new_gaps), ("closed_gaps", stands.closed_gaps)):
        if found and digest.round_made:
            yield words(f"run.{key}", count=len(found), names=_organisations(found, words))
    yield from _conversions(digest, stands.conversions, words)
    yield from _due(stands, words)
    yield from _reporting(stands, words)


def _reporting(stands: CountyStanding, words: Words) -> Iterator[str]:
    found = stands.reporting
    if found.trouble is not None:
        yield found.trouble
    if found.not_reported:
        due = words("run.report_due", day=found.due) if found.due else ""
        counts = {"count": len(found.not_reported), "expected": found.expected, "period": found.period}
        key = "run.missing.stated" if found.stated else "run.missing.ever"
        yield words(key, names=_not_reported(found.not_reported, words), due=due, **counts)


def _not_reported(found: Sequence[NotReported], words: Words) -> str:
    """Those that sent something unreadable, those that reported until an earlier day, those that never did."""
    groups: dict[str, list[str]] = {}
    for each in sorted(found, key=lambda each: (not each.unreadable, each.last_as_of is None, each.last_as_of or "")):
        last = "never" if each.last_as_of is None else "last"
        said = words(f"run.missing.{'unreadable' if each.unreadable else last}", day=each.last_as_of)
        groups.setdefault(said, []).append(each.township)
    return words("run.semicolon").join(f"{_some(names, words)}{said}" for said, names in groups.items())


def _rate(stands: CountyStanding, words: Words) -> str:
    rate, before = stands.rate, stands.before
    said = words("run.rate", label=rate.label, counted=_counted(rate), day=stands.as_of, **_figures(rate, words))
    if before is None or not before.denominator or not rate.denominator:
        return said + words("run.full_stop")
    points = _points(rate, before)
    key = "same" if not points else "up" if points > 0 else "down"
    was = {"round": _before(stands, words), "was": _percent(before), "n": before.numerator, "of": before.denominator}
    return said + words(f"run.moved.{key}", points=abs(points), **was)


def _counted(rate: Rate) -> str:
    return _UNIT.sub("", rate.denominator_label)


def _figures(rate: Rate, words: Words) -> dict[str, str | int]:
    return {
        "rate": lacking(rate.known, rate.unknown, words("report.unit.organisations"), words) or _percent(rate),
        "n": rate.numerator,
        "of": rate.denominator,
    }


def _points(rate: Rate, before: Rate) -> Decimal:
    """From the exact rates, so that the causes below add up to it."""
    above = rate.numerator * before.denominator - before.numerator * rate.denominator
    found = Decimal(100 * abs(above)) / (rate.denominator * before.denominator)
    return found.quantize(Decimal("0.1"), ROUND_HALF_UP).copy_sign(above)


def _percent(rate: Rate) -> str:
    return percent(rate.numerator, rate.denominator)


def _cause(each: RateStep, words: Words) -> str:
    points = DASH if each.rate is None else f"{100 * each.rate:+.1f}"
    return words("run.cause", label=each.label, points=points, count=each.organisations)


def _gap(label: str, count: int, before: int | None) -> str:
    moved = f"({count - before:+d})" if before is not None and count != before else ""
    return f"{label} {count}{moved}"


def _organisations(found: Sequence[GapOf], words: Words) -> str:
    named = [words("run.gap_of", name=each.name, township=each.township or "", gap=each.label) for each in found]
    return _some([each.strip() for each in named], words)


def _conversions(digest: Digest, found: Conversions, words: Words) -> Iterator[str]:
    if not found.count:
        return
    new = found.new if digest.round_made else ()
    named = [words("run.gap_of", name=each.name, township=each.township or "", gap=each.label).strip() for each in new]
    said = words("run.conversions_new", count=len(new), names=_some(named, words)) if new else ""
    yield words("run.conversions", count=found.count, new=said)


def _due(stands: CountyStanding, words: Words) -> Iterator[str]:
    """Overdue ones together; the next days one by one."""
    over = sum(each.count for each in stands.due if each.overdue)
    coming = [words("run.due_on", day=each.day, count=each.count) for each in stands.due if not each.overdue]
    parts = [*coming, *([words("run.overdue", count=over)] if over else [])]
    if parts:
        yield words("run.due", parts=words("run.semicolon").join(parts))


def _tail(digest: Digest, words: Words) -> Iterator[str]:
    if digest.reports:
        yield _reports(digest.reports, words)
    if digest.ledger_hash:
        yield words("run.hash", hash=digest.ledger_hash[:16])


def _reports(paths: Sequence[str], words: Words) -> str:
    """Of pages the last one: the others stand beside it, and it leads there."""
    pages = [path for path in paths if path.endswith(".html")]
    folder, _, first = next(iter([*pages[-1:], *paths])).rpartition("/")
    names = [first, *(path.rpartition("/")[2] for path in paths if not path.endswith(".html"))]
    if len(names := list(dict.fromkeys(names))) == 1:
        return words("run.report", path=f"{folder}/{first}")
    return words("run.reports", folder=folder, names=words("console.separator").join(names))


def _where(stands: CountyStanding, words: Words) -> dict[str, str | int]:
    """Which period, how many the ledger holds, and how many beside them are gone."""
    gone = words("run.gone", count=stands.gone) if stands.gone else ""
    called = _called(stands, words)
    return {"round": called, "day": stands.as_of, "organisations": stands.organisations, "gone": gone}


def _called(stands: CountyStanding, words: Words) -> str:
    return label_of(spoken_as(stands.round_name, stands.period, stands.round), words)


def _before(stands: CountyStanding, words: Words) -> str:
    """The period before; an earlier day of the same one is told by its day."""
    label = label_of(stands.before_round or "", words)
    same = label == _called(stands, words) and stands.before_as_of is not None
    return words("period.at", period=label, day=stands.before_as_of) if same else label


def _some(names: Sequence[str], words: Words) -> str:
    """The first names, and how many more."""
    shown = words("console.separator").join(names[:_NAMED])
    return words("run.and_more", names=shown, count=len(names) - _NAMED) if len(names) > _NAMED else shown


def _listed(lines: Sequence[str], most: int, words: Words) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield "  " + words("run.more_files", count=len(lines) - most)


def _register(each: RegisterStanding, words: Words) -> str:
    """比对：工会名册（截止2026-09-30，早于台账）待核12条（+3），漏报2家."""
    counts = {"open": _gap("", each.open, each.open_before), "unlisted": _gap("", each.unlisted, each.unlisted_before)}
    key = "run.register_older" if each.older else "run.register"
    return words(key, label=each.label, day=each.as_of, **{name: said.strip() for name, said in counts.items()})
