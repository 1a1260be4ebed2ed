"""How far a campaign (专项行动) has come in; the sentences and cells that every page and terminal shows of it, out."""

from collections.abc import Callable

from coverage_census.model.campaign import CampaignLine, CampaignProgress
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import DASH, percent
from coverage_census.words.periods import label_of

HEADS = ("indicator", "before", "now", "target", "missing", "expected", "unknown", "pace")
FIGURES = range(1, 7)
"""Which of them hold figures."""
Day = Callable[[str], str]


def _iso(day: str) -> str:
    return day


def heads(words: Words) -> list[str]:
    return [words(f"campaign.head.{head}") for head in HEADS]


def title(found: CampaignProgress, words: Words) -> str:
    """“两企三新攻坚行动”, or 专项行动 where it has no name."""
    return words("campaign.name", name=found.name) if found.name else words("campaign.plain")


def when(found: CampaignProgress, words: Words, day: Day = _iso) -> str:
    """From when to when, and how long it still takes."""
    begun = "running" if found.days_left else "last_day"
    key = "over" if found.over else "not_begun" if found.today < found.start else begun
    days = {"start": day(found.start), "end": day(found.end), "today": day(found.today), "days": found.days_left}
    return words(f"campaign.{key}", name=title(found, words), **days)


def compared(found: CampaignProgress, words: Words, day: Day = _iso) -> str:
    """What is compared with what."""
    first, last = day(found.baseline_as_of or ""), day(found.as_of)
    baseline, period = label_of(found.baseline or "", words), label_of(found.period, words)
    key = "is_baseline" if (found.baseline_round, first) == (found.round, last) else "compared"
    return words(f"campaign.{key}", baseline=baseline, first=first, period=period, last=last)


def notes(found: CampaignProgress, words: Words) -> str:
    """How the figures are to be read."""
    aimed = any(each.target_percent is not None for each in found.lines)
    said = words("campaign.note") if aimed else "" if found.untold else words("campaign.no_target")
    names = words("console.separator").join(found.untold)
    return said + words("campaign.untold", names=names) if names else said


def cells(each: CampaignLine, words: Words) -> list[str]:
    """One indicator under `HEADS`."""
    return [
        each.label,
        _rate(each.numerator_before, each.denominator_before, each.known_before, each.unknown_before, words),
        _rate(each.numerator, each.denominator, each.known, each.unknown, words),
        target(each),
        DASH if each.missing is None else str(each.missing),
        expected(each, words),
        str(each.unknown),
        pace(each, words),
    ]


def target(each: CampaignLine) -> str:
    return DASH if each.target_percent is None else f"{each.target_percent:g}%"


def expected(each: CampaignLine, words: Words) -> str:
    """How many there should be by the cut-off day, and the rate that this is."""
    if each.expected is None or each.expected_percent is None:
        return DASH
    return words("campaign.expected", count=each.expected, rate=f"{each.expected_percent:.1f}")


def pace(each: CampaignLine, words: Words) -> str:
    return DASH if each.pace is None else words(f"campaign.pace.{each.pace}")


def line(found: CampaignProgress, words: Words) -> str:
    """All of it in one line."""
    if found.trouble is not None:
        return words("campaign.line.trouble", name=title(found, words), trouble=found.trouble)
    key = "over" if found.over else "left" if found.days_left else "last_day"
    left = words(f"campaign.line.{key}", days=found.days_left)
    told = words("campaign.line.between").join(said(each, words) for each in found.lines)
    return words("campaign.line.all", name=title(found, words), left=left, lines=told)


def said(each: CampaignLine, words: Words) -> str:
    """One indicator in a sentence: 组织覆盖率66.7%（基数60.0%），目标90%，还差3家，进度滞后."""
    before = _short(each.numerator_before, each.denominator_before, each.known_before, each.unknown_before, words)
    now = _short(each.numerator, each.denominator, each.known, each.unknown, words)
    moved = words("campaign.line.moved", label=each.label, before=before, now=now)
    if each.target_percent is None:
        return moved
    key = "aimed" if each.missing else "reached"
    aimed = words(f"campaign.line.{key}", moved=moved, target=target(each), missing=each.missing)
    return aimed if each.pace is None else words("campaign.line.pace", said=aimed, pace=pace(each, words))


def _short(part: int, whole: int, known: int, unknown: int, words: Words) -> str:
    return words("campaign.too_little") if known < unknown else percent(part, whole)


def _rate(part: int, whole: int, known: int, unknown: int, words: Words) -> str:
    """8/12 66.7%; no rate is printed where less than half is known."""
    return words("campaign.rate", part=part, whole=whole, rate=_short(part, whole, known, unknown, words))
