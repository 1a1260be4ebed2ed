"""Commands that look after the ledger: `verify`, `undo`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.unprinted import printing
from coverage_census.errors import ExitCode


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def verify(
        anchor: str | None = o.anchor,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import verify_undo as commands
        from coverage_census.console import verify_undo

        run = session(workspace, lang)
        found = commands.verify(run, anchor)
        verify_undo.verified(found, run.words, as_json=json, as_csv=csv)
        return ExitCode.DAMAGED if found.damage else ExitCode.DONE

    def undo(
        round: str = o.undone,
        reason: str | None = o.reason,
        json: bool = o.json,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import verify_undo as commands
        from coverage_census.console import verify_undo

        run = session(workspace, lang)
        adopted = commands.to_adopt(run)
        made = commands.undo(run, round, reason)
        with printing(made.round.number):
            verify_undo.undone(made, run.words, as_json=json, adopted=adopted)
        return 0

    for function in (verify, undo):
        add(function)
