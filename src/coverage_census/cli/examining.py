"""Commands that look at a file without reading it in: `doctor`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.options import Options
from coverage_census.cli.start import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def doctor(
        files: list[Path] = o.files,
        json: bool = o.json,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import examining as commands
        from coverage_census.console import examinations

        run = session(workspace, lang)
        examination = commands.doctor(run, files)
        examinations.show(examination, run.words, as_json=json)
        return int(examination.code)

    add(doctor)
