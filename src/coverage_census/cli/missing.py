"""The command that asks who has not reported: `missing`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def missing(
        areas: list[str] | None = o.areas,
        list: bool = o.owing,
        xlsx: bool = o.reminders,
        out: Path | None = o.reminders_out,
        round: str | None = o.reporting_round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.missing import missing as commands
        from coverage_census.commands.missing import reminders
        from coverage_census.console import missing as console
        from coverage_census.console import out as printing

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy)
        found = commands.missing(run, areas or [], detailed=list or json or xlsx or out is not None)
        if list and not json:
            console.listed(found, run.words, as_csv=csv)
        else:
            console.show(found, run.words, as_json=json, as_csv=csv)
        if xlsx or out is not None:
            path = reminders.remind(run, found, out)
            printing.line(run.words("missing.written", file=path), err=json or csv)
        return 0

    add(missing)
