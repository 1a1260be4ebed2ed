"""The command that compares rounds: `diff`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import day, session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def diff(
        rounds: list[str] | None = o.compared,
        since: str | None = o.since,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.diff import diff as commands
        from coverage_census.console import diff as differences
        from coverage_census.errors import WrongUsage

        run = session(workspace, lang, policy=policy)
        if len(rounds or []) > 2:
            raise WrongUsage("two_rounds")
        first, second, *_ = [*(rounds or []), None, None]
        differences.show(commands.diff(run, first, second, day(since)), run.words, as_json=json, as_csv=csv)
        return 0

    add(diff)
