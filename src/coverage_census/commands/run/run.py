"""`run`, the cron entry: inbox → ledger → reports, and a digest that is written whatever happened."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from coverage_census import __version__
from coverage_census.commands.run import new_files, registers, reports
from coverage_census.commands.run.new_files import Arrived
from coverage_census.commands.run.standing import standing
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, Damaged, ExitCode
from coverage_census.files import disk
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.inbox import archive as archiving
from coverage_census.inbox import left_out
from coverage_census.inbox import lock as alone
from coverage_census.inbox import memory as memories
from coverage_census.inbox.memory import Memory
from coverage_census.ledger.intake import owed_work
from coverage_census.ledger.intake.owed_work import OwedNote
from coverage_census.model.digest import CameIn, CountyStanding, Digest, FileCounts, Findings
from coverage_census.model.reading import MOVED, Level
from coverage_census.words.problems import sentences

_ORPHANED = 24 * 3600.0
TEXT, MACHINE, HISTORY = "digest.txt", "digest.json", "digests"


def run(session: Session, *, archive: bool = False, drive: Drive = DRIVE) -> tuple[Digest, str]:
    """One run, alone in its workspace; the digest and its text."""
    alone.at_home(session.settings)
    with alone.alone(session.settings, drive) as lock:
        before = memories.load(session.settings, drive)
        try:
            digest, after, notes = _run(session, before, drive.clock(lock), drive, archive=archive)
        except Damaged as damage:
            sentence = session.words(f"errors.{damage.key}", **damage.values)
            at = session.now.astimezone().isoformat(timespec="minutes")
            digest = Digest(at=at, changed=True, round_made=False, code=damage.exit_code, error=sentence)
            _written(session, digest, drive)
            raise
        digest, text = _written(session, digest, drive)
        memories.keep(session.settings, after, drive)
        owed_work.done(notes, {sha for each in notes for sha in each.files}, drive)
        _sweep(session, drive)
    return digest, text


def _run(
    session: Session, before: Memory, now: float, drive: Drive, *, archive: bool
) -> tuple[Digest, Memory, tuple[OwedNote, ...]]:
    """The digest, what is to be remembered, and the notes of what was owed, to be removed when both are written."""
    arrived = new_files.take_in(session, before, drive, now)
    left = left_out.left_out(arrived.left, before.met, session.today, session.words)
    ground = _ground(session, arrived)
    stands, key = _standing(session, ground, before) if ground is not None else (None, None)
    reported = reports.reports(session, ground, before) if ground is not None else reports.Reported({})
    archived = _archived(session, arrived, drive) if archive else archiving.NOTHING
    notes = (*reported.troubles, *archived.notes, *_told(session, arrived, drive))
    failed = bool(reported.troubles) or any(each.path is None for each in arrived.sent_back)
    digest = Digest(
        at=session.now.astimezone().isoformat(timespec="minutes"),
        changed=arrived.made
        or (bool(notes) and before.troubled != session.today)
        or any(not each.told for each in left),
        round_made=arrived.made,
        code=_code(arrived, failed=failed, kept=bool(archived.notes)),
        files=FileCounts(
            accepted=len(arrived.accepted),
            known=len(arrived.known),
            set_aside=sum(not each.waiting for each in left),
            waiting=sum(each.waiting for each in left),
        ),
        accepted=arrived.accepted,
        read_again=arrived.again,
        moved=_moved(session, arrived) if arrived.made else (),
        organisations=_came_in(arrived),
        findings=_findings(arrived),
        left_out=left,
        standing=stands,
        returns=tuple(each.path.name for each in arrived.sent_back if each.path is not None),
        reports=reported.paths,
        notes=notes,
        ledger_hash=arrived.head[1] if arrived.head else None,
    )
    memory = Memory(
        met=left_out.met(arrived.left, arrived.hashes, before.met, session.today),
        head=arrived.head,
        answers_for=memories.answers_for(session.settings),
        settled=arrived.settled,
        standing_of=key,
        standing=stands.model_dump(mode="json") if stands else None,
        made=reported.made,
        troubled=session.today if notes else None,
    )
    return digest, memory, _settled(arrived)


def _told(session: Session, arrived: Arrived, drive: Drive) -> list[str]:
    """That an older ledger was adopted, and files whose return workbooks a command that was cut off still owes."""
    words, told = session.words, list[str]()
    if arrived.receipt is not None and arrived.receipt.adopted is not None:
        told.append(words("console.ledger_adopted", round=arrived.receipt.adopted))
    here = {*arrived.hashes.values()}
    owed = owed_work.entered(session.settings, arrived.notes, drive)
    if lost := [name for sha, name in owed.items() if sha not in here]:
        told.append(words("console.owed", files=words("console.separator").join(lost[:3])))
    return told


def _archived(session: Session, arrived: Arrived, drive: Drive) -> archiving.Archived:
    lying = {label: (arrived.paths[label], arrived.hashes[label]) for label in (*arrived.accepted, *arrived.known)}
    return archiving.archive(session.settings.inbox, lying, session.now, session.words, drive)


def _settled(arrived: Arrived) -> tuple[OwedNote, ...]:
    """What this run has finished: its own round, and those of runs that were cut off."""
    receipt = arrived.receipt
    if receipt is not None and any(each.owed for each in receipt.sent_back):
        return ()
    own = tuple(OwedNote(path, {}) for path in receipt.notes) if receipt is not None else ()
    return (*own, *arrived.notes)


def _sweep(session: Session, drive: Drive) -> None:
    """Half-written files of a run that was killed, a day later; the ledger sweeps its own."""
    for folder in (session.settings.reports, session.settings.returns, memories.path(session.settings).parent):
        disk.sweep(folder, _ORPHANED, drive)


def _came_in(arrived: Arrived) -> CameIn:
    if not arrived.made or arrived.receipt is None:
        return CameIn()
    counts = arrived.receipt.counts
    return CameIn(**{name: counts.get(name, 0) for name in CameIn.model_fields})


def _moved(session: Session, arrived: Arrived) -> tuple[str, ...]:
    """What changed settings made of figures, before → after."""
    problems = arrived.receipt.problems if arrived.receipt is not None else ()
    return tuple(sentences(each, session.words)[0] for each in problems if each.code in MOVED)


def _findings(arrived: Arrived) -> Findings:
    if arrived.receipt is None:
        return Findings()
    entered = set(arrived.accepted)
    levels = Counter(each.level for each in arrived.receipt.problems if each.file in entered)
    sheets = (
        f"{file.file}!{sheet.sheet}"
        for file in arrived.receipt.files
        for sheet in file.sheets
        if file.file in entered and sheet.kind in ("roster", "crosstab")
    )
    return Findings(errors=levels[Level.ERROR], warnings=levels[Level.WARNING], sheets=tuple(sheets))


def _ground(session: Session, arrived: Arrived) -> str | None:
    """What everything that is told of the newest round rests on; None before the first round."""
    if arrived.head is None:
        return None
    from coverage_census.commands.basis import policy_named

    policy = policy_named(session, session.policy_name, session.find(None))
    campaign = session.settings.campaign
    own = (
        session.settings.periods.length or "",
        registers.kept_places(session),
        *([repr(campaign)] if campaign is not None else []),
    )
    return " ".join((arrived.head[1], policy.name, policy.stamp.version, session.words.lang, __version__, *own))


def _standing(session: Session, ground: str, before: Memory) -> tuple[CountyStanding, str]:
    """Where things stand, worked out anew on a new day or on new ground; with what it was worked out for."""
    key = f"{ground} {session.today}"
    if before.standing_of == key and before.standing is not None:
        with suppress(ValueError):
            return CountyStanding.model_validate(before.standing), key
    return registers.with_news(standing(session), _stood(before)), key


def _stood(before: Memory) -> CountyStanding | None:
    with suppress(ValueError):
        return CountyStanding.model_validate(before.standing) if before.standing is not None else None
    return None


def _code(arrived: Arrived, *, failed: bool, kept: bool) -> ExitCode:
    if failed:
        return ExitCode.NOT_REPLACED
    aside = arrived.receipt is not None and arrived.receipt.code is ExitCode.SET_ASIDE
    return ExitCode.SET_ASIDE if arrived.left or aside or kept else ExitCode.DONE


def _written(session: Session, digest: Digest, drive: Drive) -> tuple[Digest, str]:
    """The digest under its fixed names, and one more with its date where something happened."""
    from coverage_census.report import digest as writing

    text = writing.text(digest, session.words)
    folder = session.settings.reports
    moment = session.now.astimezone().strftime("%Y%m%d-%H%M%S")
    machine = writing.machine(digest)
    wanted = [(folder / TEXT, text), (folder / MACHINE, machine)]
    if digest.changed:
        wanted.append((folder / HISTORY / f"{moment}.txt", text))
    return _put(session, digest, wanted, drive), text


def _put(session: Session, digest: Digest, wanted: Sequence[tuple[Path, str]], drive: Drive) -> Digest:
    for path, content in wanted:
        try:
            disk.replace(path, content.encode("utf-8"), drive)
        except CensusError as trouble:
            if trouble.exit_code is not ExitCode.NOT_REPLACED:
                raise
            notes = (*digest.notes, session.words(f"errors.{trouble.key}", **trouble.values))
            digest = digest.model_copy(update={"code": trouble.exit_code, "notes": notes, "changed": True})
    return digest
