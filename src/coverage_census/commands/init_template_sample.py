"""`init`, `template` and `sample`: where work begins."""

from pathlib import Path
from typing import get_args

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.files import disk
from coverage_census.results import SampleMade
from coverage_census.settings import FILE


def init(session: Session, folder: Path) -> list[tuple[Path, bool]]:
    """Make what is missing of a workspace; each part with whether it is new."""
    if folder.exists() and not folder.is_dir():
        raise WrongUsage("init_folder", folder=folder)
    drive = disk.Drive()
    made = []
    for part in ("inbox", "ledger", "returns", "reports", "reports/templates"):
        path = folder / part
        made.append((path, not path.exists()))
        disk.make_folder(path, drive)
    path = folder / FILE
    made.append((path, not path.exists()))
    if not path.exists():
        disk.write_new(path, session.words("settings.file").lstrip("\n").encode(), drive)
    return made


def cron_script(session: Session, folder: Path) -> str:
    """The crontab line and the script for a workspace."""
    from coverage_census.inbox import cron

    return cron.script(session.words, folder)


def template(session: Session, out: Path | None, *, force: bool, instructors: bool = False) -> Path:
    """The blank workbook for townships, or the one for liaison officers."""
    from coverage_census.template import instructors as bank
    from coverage_census.template import workbook

    path = out or Path("instructors.xlsx" if instructors else session.words("settings.template_name"))
    if path.exists() and not force:
        raise CensusError("exists", file=str(path))
    made = bank.workbook(session.words) if instructors else workbook.workbook(session.words)
    disk.replace(path, made, disk.Drive())
    return path


def sample(
    session: Session,
    what: str | None,
    organisations: int | None,
    out: Path | None,
    *,
    seed: int | None,
    one_file: bool,
    registers: bool = False,
) -> SampleMade:
    """Synthetic workbooks with their truth."""
    from coverage_census.sample import make

    known = get_args(make.What)
    named: make.What | None = next((name for name in known if name == (what or "yuexi")), None)
    if named is None:
        raise WrongUsage("unknown_sample", what=what, known="、".join(known))
    if organisations is not None and organisations < 1:
        raise WrongUsage("size", option="--organisations", value=organisations)
    folder = out or Path("samples")
    number = make.SEED if seed is None else seed
    made = make.make(folder, organisations or named, number, one_file=one_file, registers=registers)
    files_named = session.words("console.separator").join(made.replaced)
    left_out = (session.words("sample.replaced", files=files_named),) if made.replaced else ()
    return SampleMade(folder, made.files, made.organisations, left_out)
