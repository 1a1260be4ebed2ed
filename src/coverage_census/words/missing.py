"""Parts of a reminder (催报) in; the words for them that the console and the workbook share, out."""

from coverage_census.model.outstanding import Finding, Missing, Owing, TownshipReport
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label
from coverage_census.words.numbers import DASH
from coverage_census.words.problems import sentences


def period(found: Missing, words: Words) -> str:
    """2026Q3, or the quarter that the rounds lie in."""
    if found.name is not None:
        return found.name
    if found.since is None:
        return DASH
    return words("missing.quarter" if len(found.since) > 4 else "missing.year", since=found.since)


def rounds(found: Missing, words: Words) -> str:
    if not found.rounds:
        return words("missing.nobody")
    return words("missing.rounds", rounds=words("console.separator").join(map(str, found.rounds)))


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
    name = each.last_name or words("missing.rounds", rounds=each.last_round)
    return f"{each.last_on} {name}"


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


def problem(each: Finding, words: Words) -> str:
    """Where it lies, what is wrong, how to mend it, and whether it was sent before."""
    message, fix = sentences(each.problem, words)
    place = each.problem.place or each.problem.file
    stop = "" if message.endswith(("。", ".", "！", "？")) else words("missing.stop")
    again = words("missing.times", count=each.times) if each.times > 1 else ""
    return f"{place}{words('missing.colon')}{message}{stop}{fix}{again}"
