"""Commands that read workbooks: `check`, `ingest`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session, within_period
from coverage_census.cli.line.unprinted import printing
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def check(
        files: list[Path] = o.files,
        remember: bool = o.remember,
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.ingest import ingest as commands
        from coverage_census.console import check as findings

        run = session(shown)
        checked = commands.check(run, files, remember=remember)
        findings.show(checked, run.words, **shown.form)
        return int(checked.code)

    def ingest(
        files: list[Path] = o.files,
        which: Which = o.which["round=round_name", "as_of=cut_off"],
        older: bool = o.older,
        no_returns: bool = o.no_returns,
        dry_run: bool = o.dry_run,
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.ingest import ingest as commands
        from coverage_census.console import ingest_and_written
        from coverage_census.ledger.periods import naming

        if which.round is not None:
            naming.fit(which.round)
        run = replace(session(shown, which), older=older)
        within_period(run)
        if dry_run and shown.csv and not shown.json:
            raise WrongUsage("no_csv", option="--dry-run")
        if dry_run:
            return _preview(run, files, as_json=shown.json)
        receipt = commands.ingest(run, files, returns=not no_returns)
        with printing(None if receipt.unchanged or receipt.round is None else receipt.round.number):
            ingest_and_written.ingest(receipt, run.words, **shown.form)
        return int(receipt.code)

    for function in (check, ingest):
        add(function)


def _preview(run: Session, files: list[Path], *, as_json: bool) -> int:
    from coverage_census.commands.ingest import dry_run as commands
    from coverage_census.console import ingest_dry_run

    found = commands.preview(run, files)
    ingest_dry_run.show(found, run.words, as_json=as_json)
    return int(found.code)
