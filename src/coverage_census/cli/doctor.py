"""The command that looks at a file, or at a drive, without reading anything in: `doctor`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.groups import Shown
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.commands.session import Session
from coverage_census.errors import ExitCode, WrongUsage


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def doctor(
        files: list[Path] | None = o.examined,
        share: Path | None = o.share,
        shown: Shown = o.told,
    ) -> int:
        from coverage_census.commands import doctor as commands
        from coverage_census.console import doctor as examinations

        if (share is None) is not bool(files):
            raise WrongUsage("doctor_of_what")
        run = session(shown)
        if share is not None:
            return _share(share, run, as_json=shown.json)
        examination = commands.doctor(run, files or [])
        examinations.show(examination, run.words, as_json=shown.json)
        return int(examination.code)

    add(doctor)


def _share(folder: Path, run: Session, *, as_json: bool) -> int:
    """0: the ledger is safe there; 3: it is not, or that could not be shown."""
    from coverage_census.commands import doctor
    from coverage_census.console import doctor_share as console

    found = doctor.share(folder)
    console.show(found, run.words, as_json=as_json)
    return ExitCode.DONE if found.safe else ExitCode.SET_ASIDE
