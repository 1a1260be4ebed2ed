"""The command that fills a form from above: `fill`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def fill(
        form: Path = o.form,
        areas: list[str] | None = o.areas,
        out: Path | None = o.fill_out,
        which: Which = o.which["round", "as_of"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import fill as commands
        from coverage_census.console import fill as console

        run = session(shown, which)
        made = commands.fill(run, form, areas or [], out)
        console.show(made, run.words, **shown.form)
        return int(made.code)

    add(fill)
