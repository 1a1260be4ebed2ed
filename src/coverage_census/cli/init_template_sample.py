"""Commands that begin something: `init`, `template`, `sample`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coverage_census.cli.line.groups import Shown
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def init(
        folder: Path | None = o.folder,
        cron: bool = o.cron,
        at: Shown = o.at,
    ) -> int:
        from coverage_census.commands import init_template_sample as commands
        from coverage_census.console import ingest_and_written

        place = folder or at.workspace or Path.cwd()
        run = session(replace(at, workspace=place), may_be_absent=True)
        ingest_and_written.workspace(commands.init(run, place), run.words, err=cron)
        if cron:
            ingest_and_written.script(commands.cron_script(run, place))
        return 0

    def template(
        instructors: bool = o.blank_instructors,
        out: Path | None = o.template_out,
        force: bool = o.force,
        at: Shown = o.at,
    ) -> int:
        from coverage_census.commands import init_template_sample as commands
        from coverage_census.console import ingest_and_written

        run = session(at)
        ingest_and_written.written(commands.template(run, out, force=force, instructors=instructors), run.words)
        return 0

    def sample(
        what: str | None = o.what,
        organisations: int | None = o.organisations,
        one_file: bool = o.one_file,
        registers: bool = o.sample_registers,
        seed: int | None = o.seed,
        out: Path | None = o.sample_out,
        at: Shown = o.at,
    ) -> int:
        from coverage_census.commands import init_template_sample as commands
        from coverage_census.console import ingest_and_written

        run = session(at)
        ingest_and_written.sample(
            commands.sample(run, what, organisations, out, seed=seed, one_file=one_file, registers=registers), run.words
        )
        return 0

    for function in (init, template, sample):
        add(function)
