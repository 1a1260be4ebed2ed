"""Commands that give out what the ledger holds: `report`, `rounds`, `export`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.options import Options
from coverage_census.cli.start import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def report(
        areas: list[str] | None = o.areas,
        html: bool = o.html,
        out: Path | None = o.report_out,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import reporting as commands
        from coverage_census.console import receipts

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy)
        receipts.written(commands.report(run, areas or [], html=html, out=out), run.words)
        return 0

    def rounds(
        json: bool = o.json, csv: bool = o.csv, workspace: Path | None = o.workspace, lang: str | None = o.lang
    ) -> int:
        from coverage_census.commands import reporting as commands
        from coverage_census.console import history

        run = session(workspace, lang)
        history.show(commands.rounds(run), run.words, as_json=json, as_csv=csv)
        return 0

    def export(
        format: str = o.format,
        out: Path | None = o.out,
        round: str | None = o.round,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import reporting as commands

        run = session(workspace, lang, round=round)
        commands.export(run, format, out)
        return 0

    for function in (report, rounds, export):
        add(function)
