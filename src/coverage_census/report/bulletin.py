"""A page in; the bulletin (通报) as headings, sentences and a table out, each sentence chosen by the figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.report.page.areas import CoverageLine
from coverage_census.report.page.page import CoveragePage, IndicatorCard
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import DASH

RATES = ("due_rate", "with_members_rate", "work_coverage", "above_scale_rate")
PLACES, NAMES = 5, 8  # so many are named before 等
ENDS = 3  # the first and the last so many are named; of fewer townships than twice that the table says enough


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` is its opening in 楷体, empty where it has none."""

    lead: str
    text: str


@dataclass(frozen=True)
class BulletinSection:
    """A numbered heading and its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class DueTask:
    """One task of an organisation that must be done by a day (ISO), as `census tasks` has it."""

    name: str
    township: str
    what: str
    day: str
    overdue: bool


@dataclass(frozen=True)
class Moved:
    """How the rate of coverage moved since an earlier round; `causes`: label → organisations."""

    round: str
    as_of: str
    before: Share
    after: Share
    causes: Mapping[str, int]


@dataclass(frozen=True)
class Bulletin:
    """The whole document; a section without a paragraph is None, and the others are numbered without it."""

    title: str
    addressee: str
    lead: str
    overall: BulletinSection
    townships: BulletinSection | None
    caption: str
    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    gaps: BulletinSection
    due: BulletinSection | None
    next: BulletinSection | None
    sign: str
    day: str


def bulletin(
    page: CoveragePage, due: Sequence[DueTask], moved: Moved | None, silent: int, day: str, words: Words
) -> Bulletin:
    """`due` are the tasks with a day that are not done, `silent` organisations not reported again, `day` that of the
    document (ISO)."""
    paragraphs = {
        "overall": _overall(page, moved, words),
        "townships": _townships(page, words),
        "gaps": _gaps(page, words),
        "due": _due(due, words),
        "next": _next(page, silent, words),
    }
    said = _numbered({key: each for key, each in paragraphs.items() if each}, words)
    county = page.county
    return Bulletin(
        title=words("bulletin.title", county=county) if county else words("bulletin.title_plain"),
        addressee=words("bulletin.addressee"),
        lead=words("bulletin.lead", as_of=page.heading.as_of, round=page.heading.round, policy=page.heading.policy),
        overall=said["overall"],
        townships=said.get("townships"),
        caption=_caption(page, words),
        head=tuple(_head(key, words) for key in _COLUMNS),
        lines=tuple(_cells(line, words) for line in (*page.townships.lines, page.total)),
        gaps=said["gaps"],
        due=said.get("due"),
        next=said.get("next"),
        sign=words("bulletin.sign"),
        day=figures.day(day, words),
    )


def _caption(page: CoveragePage, words: Words) -> str:
    text, gone = words("bulletin.ranking.caption"), page.total.gone
    return words("gone.bracket", text=text, count=figures.number(gone, words.lang)) if gone else text


_COLUMNS = ("rank", "township", "organisations", "covered", "not_covered", "rate", "to_confirm")


def _head(key: str, words: Words) -> str:
    """The heading of a column; 20 mm are too narrow for one long English word."""
    own = f"bulletin.ranking.head_{key}"
    return words(own if words.has(own) else f"report.column.{key}").replace("\u00ad", "")


def _cells(line: CoverageLine, words: Words) -> tuple[str, ...]:
    rank = "" if line.rank is None else str(line.rank)
    counts = (line.organisations, line.covered, line.not_covered)
    numbers = [figures.number(each, words.lang) for each in counts]
    return (rank, line.label, *numbers, line.share.text, figures.number(line.to_confirm, words.lang))


def _numbered(found: Mapping[str, Sequence[Paragraph]], words: Words) -> dict[str, BulletinSection]:
    sections = {}
    for number, (key, paragraphs) in enumerate(found.items(), start=1):
        text = words(f"bulletin.section.{key}")
        heading = words("bulletin.heading", number=words(f"bulletin.number.n{number}"), text=text)
        sections[key] = BulletinSection(heading, tuple(paragraphs))
    return sections


def _overall(page: CoveragePage, moved: Moved | None, words: Words) -> list[Paragraph]:
    said = [page.conclusion + page.beside]
    if len(page.kinds.lines) > 1:
        kinds = [_kind(line, words) for line in page.kinds.lines]
        said.append(words("bulletin.kind.lead", kinds=words("bulletin.semicolon").join(kinds)))
    if moved is not None and not (moved.before.lacking or moved.after.lacking):
        said.append(_moved(moved, words))
    cards = {card.code: card for card in page.cards}
    told = [cards[code] for code in RATES if code in cards and cards[code].share.text != DASH]
    if told:
        rates = words("bulletin.semicolon").join(_rate(card, words) for card in told)
        said.append(words("bulletin.rates.lead", rates=rates))
    if (progress := page.more.get("campaign")) is not None and progress.rows:
        lines = words("bulletin.semicolon").join(row.said for row in progress.rows)
        said.append(words("bulletin.campaign", when=progress.when, lines=lines))
    return [Paragraph("", text) for text in said]


def _rate(card: IndicatorCard, words: Words) -> str:
    """What it rests on goes with it: too little known, or decided by the total of members."""
    share = card.share
    if share.lacking:
        return words("bulletin.rates.lacking", label=card.label, lacking=share.lacking)
    by_total = words("bulletin.rates.by_total", count=card.by_total_basis) if card.by_total_basis else ""
    return words(
        "bulletin.rates.one", label=card.label, rate=share.text, part=share.part, whole=share.whole, by_total=by_total
    )


def _kind(line: CoverageLine, words: Words) -> str:
    counts = {"organisations": line.organisations, "covered": line.covered}
    return words("bulletin.kind.one", kind=line.label, rate=line.share.text, **counts)


def _moved(moved: Moved, words: Words) -> str:
    before, after = moved.before.percent, moved.after.percent
    if before is None or after is None:
        return ""
    key = "up" if after > before else "down" if after < before else "same"
    said = words(
        f"bulletin.moved.{key}",
        round=moved.round,
        as_of=moved.as_of,
        before=moved.before.text,
        after=moved.after.text,
        points=words("bulletin.points", points=abs(after - before)),
    )
    causes = [words("bulletin.moved.cause", cause=label, count=count) for label, count in moved.causes.items() if count]
    if not causes:
        return said + words("bulletin.stop").rstrip()
    return said + words("bulletin.moved.because", causes=words("bulletin.enumeration").join(causes))


def _townships(page: CoveragePage, words: Words) -> list[Paragraph]:
    ranked = [line for line in page.townships.lines if line.rank is not None]
    if len(ranked) < 2:
        return []
    said = ""
    if len(ranked) >= 2 * ENDS:
        first, last = _named(ranked[:ENDS], words), _named(ranked[-ENDS:], words)
        best, worst = words("bulletin.ranking.best", names=first), words("bulletin.ranking.worst", names=last)
        said = best + words("bulletin.semicolon") + worst + words("bulletin.stop")
    whole = page.total.share
    below = [line for line in ranked if line.share.exact is not None and line.share.exact < (whole.exact or 0)]
    if below:
        names = words("bulletin.enumeration").join(line.label for line in below)
        said += words("bulletin.ranking.below", rate=whole.text, count=len(below), names=names)
    else:
        said += words("bulletin.ranking.none_below", rate=whole.text)
    return [Paragraph("", said)]


def _named(lines: Sequence[CoverageLine], words: Words) -> str:
    named = [words("bulletin.ranking.place", name=line.label, rate=line.share.text) for line in lines]
    return words("bulletin.enumeration").join(named)


def _gaps(page: CoveragePage, words: Words) -> list[Paragraph]:
    found = []
    for each in page.gaps:
        if each.rows:
            where = _where([row.township for row in each.rows], words)
            text = where + words("bulletin.stop") + each.beside + each.remedy
            found.append((each.label, len(each.rows), text))
    if page.to_confirm:
        both = words("bulletin.gap.both", count=figures.number(page.both, words.lang)) if page.both else ""
        found.append((words("term.gap.unconfirmed"), len(page.to_confirm), words("bulletin.gap.confirm", both=both)))
    if not found:
        return [Paragraph("", words("bulletin.gap.none"))]
    items = [_item(number, *each, words) for number, each in enumerate(found, start=1)]
    if sum(each.count for each in page.gaps) == page.with_gap:
        return items
    return [Paragraph("", words("bulletin.gap.several", count=figures.number(page.with_gap, words.lang))), *items]


def _item(number: int, label: str, count: int, text: str, words: Words) -> Paragraph:
    lead = words("bulletin.gap.lead", label=label, count=figures.number(count, words.lang))
    return Paragraph(words("bulletin.item", number=words(f"bulletin.number.n{number}"), text=lead), text)


def _where(townships: Sequence[str], words: Words) -> str:
    """The townships with the most of them; more than PLACES are counted only."""
    counts = Counter(townships).most_common()
    places = [words("bulletin.gap.place", name=name, count=count) for name, count in counts[:PLACES]]
    more = words("bulletin.gap.more", count=len(counts)) if len(counts) > PLACES else ""
    return words("bulletin.gap.where", places=words("bulletin.enumeration").join(places) + more)


def _due(due: Sequence[DueTask], words: Words) -> list[Paragraph]:
    """Those past their day, then day by day those to come."""
    over = [each for each in due if each.overdue]
    days: dict[str, list[DueTask]] = {}
    for each in due:
        if not each.overdue:
            days.setdefault(each.day, []).append(each)
    groups = [(words("bulletin.due.over", **_counted(over)), over)] if over else []
    for each_day in sorted(days):
        said = words("bulletin.due.soon", day=figures.day(each_day, words), **_counted(days[each_day]))
        groups.append((said, days[each_day]))
    return [Paragraph("", said + _due_names(found, words)) for said, found in groups]


def _counted(found: Sequence[DueTask]) -> dict[str, int]:
    """Tasks (项) and the organisations (家) that they are of: one may have several."""
    return {"count": len(found), "organisations": len({(each.name, each.township) for each in found})}


def _due_names(found: Sequence[DueTask], words: Words) -> str:
    """Organisation by organisation, each with what it has to do."""
    whats: dict[tuple[str, str, str], list[str]] = {}
    for each in sorted(found, key=lambda each: (each.day, each.township, each.name)):
        whats.setdefault((each.name, each.township, each.day), []).append(each.what)
    mark = words("bulletin.enumeration")
    named = [
        words("bulletin.due.name", name=name, township=township, what=mark.join(what), day=figures.day(day, words))
        for (name, township, day), what in list(whats.items())[:NAMES]
    ]
    more = words("bulletin.due.more") if len(whats) > NAMES else ""
    return words("bulletin.due.names", names=words("bulletin.semicolon").join(named) + more)


def _next(page: CoveragePage, silent: int, words: Words) -> list[Paragraph]:
    said = []
    if any(each.rows for each in page.gaps):
        said.append(words("bulletin.next.gaps"))
    errors = sum(line.errors for line in page.quality)
    for key, count in (("confirm", len(page.to_confirm)), ("silent", silent), ("errors", errors)):
        if count:
            said.append(words(f"bulletin.next.{key}", count=figures.number(count, words.lang)))
    if page.proposals is not None:
        said.append(words("bulletin.next.plans", plans="".join(each.said for each in page.proposals.counts)))
    if len(said) == 1:
        return [Paragraph("", said[0])]
    return [
        Paragraph(words("bulletin.item", number=words(f"bulletin.number.n{number}"), text=""), text)
        for number, text in enumerate(said, start=1)
    ]
