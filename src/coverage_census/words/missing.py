"""Parts of a reminder (催报) in; the words for them that the console and the workbook share, out."""

from coverage_census.model.outstanding import Missing, OpenFinding, Owing, TownshipReport
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label
from coverage_census.words.numbers import DASH
from coverage_census.words.periods import label_of, spoken_as
from coverage_census.words.problems import sentences


def period(found: Missing, words: Words) -> str:
    """The period's name, else 2026年第三季度."""
    return label_of(spoken_as(found.name, found.period, 0), words) if found.name or found.period else DASH


def rounds(found: Missing, words: Words) -> str:
    return words("missing.entries", count=len(found.rounds)) if found.rounds else words("missing.nobody")


def deadline(each: TownshipReport, words: Words) -> str:
    """In time, or by how many days late; nothing where there is no due day or it has not come yet."""
    if each.late is None or (not each.late and each.state != "reported"):
        return ""
    return words("missing.more_days", count=each.late) if each.late else words("missing.in_time")


def late(each: TownshipReport, words: Words) -> str:
    """A township in a list of those that are late."""
    return words("missing.late", township=each.township, days=words("missing.more_days", count=each.late))


def last_report(each: TownshipReport, words: Words) -> str:
    """When and with which round a township last reported."""
    if each.last_round is None:
        return ""
    return f"{each.last_on} {label_of(each.last_name or each.last_round, words)}"


def facts(each: Owing, words: Words) -> str:
    """What the sheet leaves open of an organisation, the facts that its formation needs first."""
    separator = words("console.separator")
    needed = separator.join(field_label(name, words) for name in each.facts)
    more = separator.join(field_label(name, words) for name in each.more)
    also = words("missing.sheet.also", facts=more) if more else ""
    return "\n".join(part for part in (needed, also) if part)


def left_open(each: TownshipReport, words: Words) -> str:
    """What no organisation of a township states: its sheet has no such column."""
    names = words("console.separator").join(field_label(name, words) for name in each.left_open)
    return words("missing.line.left_open", township=each.township, facts=names)


def problem(each: OpenFinding, words: Words) -> str:
    """Where it lies, what is wrong, how to mend it, and whether it was sent before."""
    message, fix = sentences(each.problem, words)
    place = each.problem.place or each.problem.file
    stop = "" if message.endswith(("。", ".", "！", "？")) else words("missing.stop")
    again = words("missing.times", count=each.times) if each.times > 1 else ""
    return f"{place}{words('missing.colon')}{message}{stop}{fix}{again}"
