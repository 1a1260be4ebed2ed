"""`ingest --dry-run`: files in; what they would change in the ledger out."""

from collections.abc import Sequence
from pathlib import Path

from coverage_census.commands.ingest import register_answers
from coverage_census.commands.session import Session
from coverage_census.errors import ExitCode
from coverage_census.inbox.files import gather
from coverage_census.ledger.intake import sheet_days
from coverage_census.results import Previewed


def preview(session: Session, paths: Sequence[Path]) -> Previewed:
    """Read as `ingest` reads, then only look."""
    from coverage_census.inbox.kept_out import OLDER, kept_out
    from coverage_census.ingest import read
    from coverage_census.ledger.write import preview as drafting
    from coverage_census.ledger.write.commit import Stamp
    from coverage_census.returns import answers

    intake = read.read(gather(paths, session.settings.county, session.now), session.settings.columns)
    intake = register_answers.standing(session, intake)
    code = ExitCode.SET_ASIDE if kept_out(intake.files) else ExitCode.DONE
    decided = answers.entries(intake.files, intake.table, session.now)
    ledger = session.settings.ledger
    if intake.table.num_rows == 0 and not (decided and ledger.exists()):
        return Previewed(intake.files, intake.problems, None, code)
    files, when = answers.without_answers(intake.files), session.now.isoformat(timespec="seconds")
    day = session.day_asked
    ahead, default = sheet_days.ahead(day, intake.problems), sheet_days.default(day, ledger, intake.files, hand=True)
    stamp = Stamp(session.round, default, when, "", older=session.older, ahead=ahead)
    found = drafting.preview(ledger, intake.table, files, decided, when, stamp)
    aside = {each.file: each for each in found.aside}
    readings = tuple(aside.get(each.file, each) for each in intake.files)
    code = ExitCode.SET_ASIDE if any(each.code in OLDER for each in found.problems) else code
    return Previewed(readings, (*intake.problems, *found.problems), found, code)
