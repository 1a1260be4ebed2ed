"""The command that compares rounds: `diff`."""

from collections.abc import Callable

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import day, session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def diff(
        rounds: list[str] | None = o.compared,
        since: str | None = o.since,
        which: Which = o.which["policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.diff import diff as commands
        from coverage_census.console import diff as differences
        from coverage_census.errors import WrongUsage

        run = session(shown, which)
        if len(rounds or []) > 2:
            raise WrongUsage("two_rounds")
        first, second, *_ = [*(rounds or []), None, None]
        differences.show(commands.diff(run, first, second, day(since)), run.words, **shown.form)
        return 0

    add(diff)
