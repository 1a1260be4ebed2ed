"""What a command wrote in; the few lines that say so out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from coverage_census.console import check, out
from coverage_census.model.organisation import at
from coverage_census.model.reading import MOVED, Level
from coverage_census.model.rounds import EntryKind, Round
from coverage_census.results import Checked, IngestReceipt, Reports, SampleMade
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called
from coverage_census.words.problems import sentences

_SHOWN = 12
_ALWAYS = frozenset({
    "county_open",
    "county_assumed",
    "county_by_codes",
    "day_read_as",
    "day_unread",
    *MOVED,
    "not_read_anew",
    "register_offers",
    "register_unheard",
})
"""What is said of every intake, however small: it decides where whole sheets belong."""


def ingest(receipt: IngestReceipt, words: Words, *, as_json: bool, as_csv: bool = False) -> None:
    """What was accepted, what is unchanged, what was set aside and why; as CSV the problems alone."""
    if as_csv and not as_json:
        return check.show(_checked(receipt), words, as_json=False, as_csv=True)
    if as_json:
        round_ = receipt.round
        document = check.document(_checked(receipt), words)
        return out.as_json({
            "round": round_.number if round_ else None,
            "period": round_.period if round_ else None,
            "rounds": [each.number for each in receipt.rounds],
            "days": [vars(each) for each in receipt.days],
            "unchanged": receipt.unchanged,
            "counts": dict(receipt.counts),
            "returns": [{"file": each.file, "path": each.path, "why": each.why} for each in receipt.sent_back],
            "to_decide": {"pairs": asked.pairs, "path": asked.path} if (asked := receipt.to_decide) else None,
            **document,
        })
    if receipt.ledger_begun is not None:
        out.line(words("console.ledger_begun", folder=receipt.ledger_begun))
    if receipt.adopted is not None:
        out.line(words("console.ledger_adopted", round=receipt.adopted))
    _problems(receipt, words)
    _returns(receipt, words)
    check.kept_out(receipt.files, receipt.problems, words)
    check.older(receipt.problems, words)
    if receipt.finished:
        out.line(words("console.finished", files=words("console.separator").join(receipt.finished[:_SHOWN])))
    if receipt.owed:
        out.line(words("console.owed", files=words("console.separator").join(receipt.owed[:_SHOWN])))
    compared = all(each.only_registers for each in receipt.files)
    aside = any(each.code in check.OUTSIDE for each in receipt.problems)
    if receipt.round is None or (receipt.unchanged and (compared or aside)):
        out.line(words("console.no_round_made"))
    elif receipt.unchanged and receipt.finished:
        out.line(words("console.already_in", round=called(receipt.round, words)))
    elif receipt.unchanged:
        out.line(words("console.nothing_new", round=called(receipt.round, words)))
        if any(
            sheet.data_rows and not sheet.as_of and (file.file, sheet.sheet) not in _unread(receipt)
            for file in receipt.files
            for sheet in file.sheets
        ):
            out.line(words("console.day.again"))
    else:
        made = receipt.round
        _days(receipt, words)
        out.line(
            words(
                "console.round_made",
                round=called(made, words),
                number=made.number,
                day=made.as_of,
                organisations=made.organisations,
                files=len({file.file for each in receipt.rounds for file in each.files if not file.refused}),
            )
        )
        out.line(
            words(
                "console.round_counts",
                new=made.new,
                confirmed=made.confirmed,
                carried=made.carried,
                silent=made.not_reported_again,
            )
        )
        _receipt(receipt, made, words)
    return None


def _days(receipt: IngestReceipt, words: Words) -> None:
    """Of which day sheets are that do not say it themselves, or say another than was named; and several rounds."""
    unread = _unread(receipt)
    said: dict[tuple[str, str], dict[str, None]] = {}
    for each in receipt.days:
        blank = each.source in ("today", "beside", "ledger")
        source = f"unread.{each.source}" if blank and (each.file, each.sheet) in unread else each.source
        said.setdefault((source, each.day), {})[each.file] = None
    for source in ("today", "beside", "ledger", "unread.today", "unread.beside", "unread.ledger", "differs", "return"):
        for day, own in ((day, list(files)) for (other, day), files in said.items() if other == source):
            told = words("console.separator").join(own[:_SHOWN]) + ("…" if len(own) > _SHOWN else "")
            out.line(words(f"console.day.{source}", files=told, day=day))
    if len(receipt.rounds) > 1:
        told = words("console.separator").join(each.day or each.as_of for each in receipt.rounds)
        out.line(words("console.day.several", count=len(receipt.rounds), days=told))
    if past := [state.as_of for each in receipt.rounds for state in each.past]:
        out.line(words("console.day.past", days=words("console.separator").join(sorted(dict.fromkeys(past)))))


def _unread(receipt: IngestReceipt) -> set[tuple[str, str | None]]:
    """The sheets on which something is written as the day that cannot be read as one."""
    return {(each.file, each.sheet) for each in receipt.problems if each.code == "day_unread"}


def _receipt(receipt: IngestReceipt, made: Round, words: Words) -> None:
    """回执: what was accepted, returned, known already, and dropped."""
    entered = {file.file for each in receipt.rounds or (made,) for file in each.files}
    readable = [file for file in receipt.files if not file.refused]
    columns = (column for file in readable for sheet in file.sheets for column in sheet.columns)
    counts = {name: receipt.counts.get(name, 0) for name in ("new", "changed", "unchanged", "duplicates")}
    out.line(
        words(
            "console.receipt",
            accepted=sum(file.file in entered for file in readable),
            returned=len(receipt.files) - len(readable),
            known=sum(file.file not in entered for file in readable),
            dropped=sum(column.dropped is not None for column in columns),
            **counts,
        )
    )
    if left := list(check.unread(readable)):
        more = "…" if len(left) > _SHOWN else ""
        out.line(words("console.columns_left", names="".join(f"『{name}』" for name in left[:_SHOWN]) + more))
    if blanked := receipt.counts.get("blanked", 0):
        out.line(words("console.blanked", count=blanked))


def _returns(receipt: IngestReceipt, words: Words) -> None:
    """The workbooks to be sent back, one line each, and the answers that came in with earlier ones."""
    kinds = Counter(each.kind for each in receipt.entries)
    corrections, confirmations = kinds[EntryKind.CORRECTION], kinds[EntryKind.CONFIRMATION]
    if corrections or confirmations:
        out.line(words("returns.entered", corrections=corrections, confirmations=confirmations))
    _identity(receipt, kinds, words)
    for each in receipt.sent_back:
        if each.path is None:
            out.line(words("returns.failed", file=each.file))
        elif each.why is None:
            out.line(words("returns.made", path=each.path))
        else:
            out.line(words("returns.made_list", why=words(f"returns.why.{each.why}"), path=each.path))


def _identity(receipt: IngestReceipt, kinds: Mapping[EntryKind, int], words: Words) -> None:
    """What people decided on identity, and the workbook that asks for more."""
    same, different = kinds[EntryKind.SAME], kinds[EntryKind.DIFFERENT]
    if same or different:
        out.line(words("identity.entered", same=same, different=different))
    told = {str(each): kinds[each] for each in (EntryKind.LISTED, EntryKind.OUT_OF_SCOPE, EntryKind.LEDGER_HOLDS)}
    if any(told.values()):
        out.line(words("register_review.entered", **told))
    if receipt.round and receipt.round.merged and not receipt.unchanged:
        out.line(words("identity.merged", count=len(receipt.round.merged)))
    if (asked := receipt.to_decide) is not None:
        out.line(words("identity.made", count=asked.pairs, path=asked.path) if asked.path else words("identity.failed"))


def _checked(receipt: IngestReceipt) -> Checked:
    return Checked(receipt.files, receipt.problems, receipt.code)


def _problems(receipt: IngestReceipt, words: Words) -> None:
    """Refused files first, one line each; then the worst problems, and how many more there are."""
    refused = {file.file for file in receipt.files if file.refused}
    for each in receipt.problems:
        if each.file in refused and each.level is Level.ERROR and each.code not in check.OUTSIDE:
            message, fix = sentences(each, words)
            out.line(words("console.refused", file=each.file, message=message, fix=fix))
    errors = [each for each in receipt.problems if each.file not in refused and each.level is Level.ERROR]
    for each in errors[:_SHOWN]:
        message, fix = sentences(each, words)
        out.line(f"[{words('term.level.error')}] {at(each.file, each.place)} {message}")
    if len(errors) > _SHOWN:
        out.line(words("console.more", count=len(errors) - _SHOWN))
    told = [each for each in receipt.problems if each.code in _ALWAYS]
    against = [each for each in receipt.problems if each.code == "register_contradicts"]
    for each in (*told, *against[:_SHOWN]):
        message, _ = sentences(each, words)
        out.line(f"[{words(f'term.level.{each.level}')}] {at(each.file, each.place)} {message}")
    if len(against) > _SHOWN:
        out.line(words("console.more", count=len(against) - _SHOWN))
    out.line(check.verdict(receipt.problems, words))


def written(path: Path, words: Words) -> None:
    """The path is the last line printed."""
    out.line(str(path))


def reports(made: Reports, words: Words, *, as_json: bool = False) -> None:
    """What the annual tables leave open, then the paths; the last line is a path. JSON is the list of paths."""
    if as_json:
        return out.as_json([{"path": str(path)} for path in made.paths])
    if made.annual:
        from coverage_census.console import report_annual

        report_annual.summary(made.annual, made.gone, words)
    for path in made.paths:
        written(path, words)
    return None


def workspace(made: Sequence[tuple[Path, bool]], words: Words, *, err: bool = False) -> None:
    """Each part of the workspace: made now, or already there."""
    for path, new in made:
        out.line(words("console.made" if new else "console.there", path=path), err=err)
    out.line(words("console.next"), err=err)


def script(text: str) -> None:
    """A script as it is, to be saved: `census init --cron > …`."""
    out.line(text.rstrip("\n"))


def sample(made: SampleMade, words: Words) -> None:
    """What was generated; the folder is the last line."""
    out.line(words("console.sample_made", files=len(made.files), organisations=made.organisations))
    for note in made.left_out:
        out.line(note)
    out.line(str(made.folder))
