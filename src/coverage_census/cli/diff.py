"""The command that compares rounds: `diff`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import day, session
from coverage_census.commands.session import Session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def diff(
        rounds: list[str] | None = o.compared,
        since: str | None = o.since,
        campaign: bool = o.campaign,
        round: str | None = o.round,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.diff import diff as commands
        from coverage_census.console import diff as differences
        from coverage_census.errors import WrongUsage

        run = session(workspace, lang, round=round, policy=policy)
        if campaign:
            return _campaign(run, as_json=json, as_csv=csv)
        if len(rounds or []) > 2:
            raise WrongUsage("two_rounds")
        first, second, *_ = [*(rounds or []), None, None]
        differences.show(commands.diff(run, first, second, day(since)), run.words, as_json=json, as_csv=csv)
        return 0

    add(diff)


def _campaign(run: Session, *, as_json: bool, as_csv: bool) -> int:
    from coverage_census.commands.diff import campaign as commands
    from coverage_census.console import campaign as progress

    progress.show(commands.campaign(run), run.words, as_json=as_json, as_csv=as_csv)
    return 0
