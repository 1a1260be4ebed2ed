"""The command that cron runs: `run`."""

from collections.abc import Callable

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.unprinted import printing


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def run(
        archive: bool = o.archive,
        which: Which = o.which["policy"],
        shown: Shown = o.told,
    ) -> int:
        from coverage_census.commands.run import run as commands
        from coverage_census.console import run as digest

        found, text = commands.run(session(shown, which, may_be_absent=True), archive=archive)
        with printing(found.standing.round if found.round_made and found.standing is not None else None):
            digest.show(found, text, as_json=shown.json)
        return found.code

    add(run)
