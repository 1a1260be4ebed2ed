"""Commands that look after the ledger: `verify`, `undo`."""

from collections.abc import Callable

from coverage_census.cli.line.groups import Shown
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.unprinted import printing
from coverage_census.errors import ExitCode


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def verify(
        anchor: str | None = o.anchor,
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import verify_undo as commands
        from coverage_census.console import verify_undo

        run = session(shown)
        found = commands.verify(run, anchor)
        verify_undo.verified(found, run.words, **shown.form)
        return ExitCode.DAMAGED if found.damage else ExitCode.DONE

    def undo(
        round: str = o.undone,
        reason: str | None = o.reason,
        shown: Shown = o.told,
    ) -> int:
        from coverage_census.commands import verify_undo as commands
        from coverage_census.console import verify_undo

        run = session(shown)
        adopted = commands.to_adopt(run)
        made = commands.undo(run, round, reason)
        with printing(made.round.number):
            verify_undo.undone(made, run.words, as_json=shown.json, adopted=adopted)
        return 0

    for function in (verify, undo):
        add(function)
