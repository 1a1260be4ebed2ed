"""Who has not reported and what each township owes in; a table, a list, JSON or CSV out."""

from coverage_census.console import check, out
from coverage_census.model.outstanding import Missing, OpenFinding, Owing, TownshipReport
from coverage_census.model.record import Json
from coverage_census.words.catalogue import Words
from coverage_census.words.missing import deadline, facts, last_report, late, left_open, period, problem, rounds
from coverage_census.words.numbers import DASH, percent

_HEADS = (
    "township",
    "state",
    "first_on",
    "late",
    "named",
    "completeness",
    "not_again",
    "errors",
    "repeated",
    "to_confirm",
)
_CSV = (
    "county", "township", "on_roster", "state", "first_on", "days_late", "last_on", "last_name", "expected",
    "named_count", "completeness", "not_again", "never", "kinds_owed", "errors", "warnings", "repeated", "to_confirm",
)  # fmt: skip
_PERIOD = ("name", "period", "since", "rounds", "due", "as_of", "basis")
_LIST = ("township", "name", "uscc", "standing", "facts", "problems")


def show(found: Missing, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """One line a township, then who is missing and who is late."""
    if as_json:
        return out.as_json([document(each, found, words) for each in found.townships])
    if as_csv:
        header = [words(f"missing.head.{head}").replace("\n", " ") for head in _CSV]
        return out.as_csv(header, [_csv(each, words) for each in found.townships])
    header = [words(f"missing.head.{head}") for head in _HEADS]
    out.table(header, [_row(each, words) for each in found.townships], right=(4, 5, 6, 7, 8, 9))
    for line in summary(found, words):
        out.paragraph(line)
    return None


def listed(found: Missing, words: Words, *, as_csv: bool) -> None:
    """One line an organisation that owes something."""
    every = [(report, each) for report in found.townships for each in report.organisations]
    header = [words(f"missing.head.{head}") for head in _LIST]
    rows = [
        [report.township, each.name, each.uscc, words(f"missing.standing.{each.standing}"), *_owed(each, words)]
        for report, each in every
    ]
    if as_csv:
        return out.as_csv(header, rows)
    if rows:
        shown = [[row[0], row[1], *row[3:]] for row in rows]
        out.table([header[0], header[1], *header[3:]], shown, wrap=(1, 3, 4))
    key = "missing.line.count" if rows else "missing.line.all_well"
    out.line(words(key, count=len(rows)) if rows else words(key))
    if not found.detailed:
        out.paragraph(words("missing.line.too_many"))
    return None


def _owed(each: Owing, words: Words) -> tuple[str, str]:
    return facts(each, words), "\n".join(problem(one, words) for one in each.findings)


def summary(found: Missing, words: Words) -> list[str]:
    """The sentences under the table; a digest begins with them."""
    separator = words("console.separator")
    due = words("missing.line.due", day=found.due) if found.due else ""
    lines = [words("missing.line.period", period=period(found, words), rounds=rounds(found, words), due=due)]
    overdue = [late(each, words) for each in found.late]
    absent = [each.township for each in found.not_reported]
    names = words("missing.line.names", names=separator.join(absent)) if absent else ""
    counts = {"expected": len(found.expected), "missing": len(absent)}
    reported = counts["expected"] - counts["missing"]
    lines.append(words("missing.line.townships", **counts, reported=reported, names=names))
    if overdue:
        lines.append(words("missing.line.late", count=len(overdue), names=separator.join(overdue)))
    for each in found.townships:
        if each.left_open:
            lines.append(left_open(each, words))
        if each.kinds_owed:
            kinds = separator.join(words(f"term.kind.{kind}") for kind in each.kinds_owed)
            lines.append(words("missing.line.kinds", township=each.township, kinds=kinds))
        lines += [words("missing.line.unreadable", township=each.township, file=file) for file in each.unreadable]
    return lines + _remarks(found, words)


def _remarks(found: Missing, words: Words) -> list[str]:
    """What the figures rest on."""
    lines = []
    if gone := sum(each.gone for each in found.townships):
        lines.append(words("gone.line", count=gone))
    outside = [each.township for each in found.townships if not each.on_roster]
    if outside:
        lines.append(words("missing.line.outside", names=words("console.separator").join(outside)))
    if found.register_file:
        lines.append(words("missing.line.register", file=found.register_file, count=found.beyond_register))
    if found.unplaced:
        lines.append(words("missing.line.unplaced", count=found.unplaced))
    if found.basis == "reported_before":
        lines.append(words("missing.line.basis"))
    return lines


def _row(each: TownshipReport, words: Words) -> list[object]:
    return [
        each.township,
        words(f"missing.state.{each.state}"),
        each.first_on or DASH,
        deadline(each, words),
        f"{each.named}/{each.expected}",
        percent(each.named, each.expected),
        each.not_again or "",
        each.errors or "",
        each.repeated or "",
        each.to_confirm or "",
    ]


def _csv(each: TownshipReport, words: Words) -> list[object]:
    kinds = words("console.separator").join(words(f"term.kind.{kind}") for kind in each.kinds_owed)
    return [
        each.county, each.township, each.on_roster, words(f"missing.state.{each.state}"), each.first_on, each.late,
        each.last_on, last_report(each, words), each.expected, each.named, each.completeness, each.not_again,
        each.never, kinds, each.errors, each.warnings, each.repeated, each.to_confirm,
    ]  # fmt: skip


def document(each: TownshipReport, found: Missing, words: Words) -> Json:
    """One township with everything it owes, and the period it is about."""
    plain: Json = out.plain(each)
    return {
        "period": {name: getattr(found, name) for name in _PERIOD},
        **plain,
        "completeness": each.completeness,
        "findings": [_finding(one, words) for one in each.findings],
        "organisations": [
            {**plain["organisations"][place], "findings": [_finding(one, words) for one in owing.findings]}
            for place, owing in enumerate(each.organisations)
        ],
    }


def _finding(each: OpenFinding, words: Words) -> Json:
    return {"file": each.problem.file, **check.problem(each.problem, words), "times": each.times}
