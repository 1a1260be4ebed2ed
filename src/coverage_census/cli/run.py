"""The command that cron runs: `run`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.unprinted import printing


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def run(
        archive: bool = o.archive,
        policy: str | None = o.policy,
        json: bool = o.json,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.run import run as commands
        from coverage_census.console import run as digest

        found, text = commands.run(session(workspace, lang, policy=policy, may_be_absent=True), archive=archive)
        with printing(found.standing.round if found.round_made and found.standing is not None else None):
            digest.show(found, text, as_json=json)
        return found.code

    add(run)
