"""The command that compares rounds: `diff`."""

from collections.abc import Callable

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import day, session
from coverage_census.commands.session import Session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def diff(
        rounds: list[str] | None = o.compared,
        since: str | None = o.since,
        campaign: bool = o.campaign,
        which: Which = o.which["round", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.diff import diff as commands
        from coverage_census.console import diff as differences
        from coverage_census.errors import WrongUsage

        run = session(shown, which)
        if campaign:
            return _campaign(run, shown)
        if len(rounds or []) > 2:
            raise WrongUsage("two_rounds")
        first, second, *_ = [*(rounds or []), None, None]
        differences.show(commands.diff(run, first, second, day(since)), run.words, **shown.form)
        return 0

    add(diff)


def _campaign(run: Session, shown: Shown) -> int:
    from coverage_census.commands.diff import campaign as commands
    from coverage_census.console import campaign as progress

    progress.show(commands.campaign(run), run.words, **shown.form)
    return 0
