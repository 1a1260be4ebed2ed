"""The command that asks who has not reported: `missing`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def missing(
        areas: list[str] | None = o.areas,
        list: bool = o.owing,
        xlsx: bool = o.reminders,
        out: Path | None = o.reminders_out,
        which: Which = o.which["round=reporting_round", "as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.missing import missing as commands
        from coverage_census.commands.missing import reminders
        from coverage_census.console import missing as console
        from coverage_census.console import out as printing

        run = session(shown, which)
        found = commands.missing(run, areas or [], detailed=list or shown.json or xlsx or out is not None)
        if list and not shown.json:
            console.listed(found, run.words, as_csv=shown.csv)
        else:
            console.show(found, run.words, **shown.form)
        if xlsx or out is not None:
            path = reminders.remind(run, found, out)
            printing.line(run.words("missing.written", file=path), err=shown.machine)
        return 0

    add(missing)
