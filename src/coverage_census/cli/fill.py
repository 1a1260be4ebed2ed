"""The command that fills a form from above: `fill`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def fill(
        form: Path = o.form,
        areas: list[str] | None = o.areas,
        out: Path | None = o.fill_out,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import fill as commands
        from coverage_census.console import fill as console

        run = session(workspace, lang, round=round, as_of=as_of)
        made = commands.fill(run, form, areas or [], out)
        console.show(made, run.words, as_json=json, as_csv=csv)
        return int(made.code)

    add(fill)
