"""Commands that give out what the ledger holds: `report`, `rounds`, `export`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.typed import impersonal
from coverage_census.commands.session import Session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def report(
        areas: list[str] | None = o.areas,
        html: bool = o.html,
        xlsx: bool = o.xlsx,
        docx: bool = o.docx,
        annual: bool = o.annual,
        template: str | None = o.own_template,
        trace: str | None = o.trace,
        out: Path | None = o.report_out,
        which: Which = o.which["round", "as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.report import report as commands
        from coverage_census.console import ingest_and_written

        run = session(shown, which)
        if trace is not None:
            return _trace(run, areas or [], trace, shown)
        asked = {"html": html, "xlsx": xlsx, "docx": docx, "annual": annual}
        made = commands.report(run, areas or [], asked, out, template)
        ingest_and_written.reports(made, run.words, as_json=shown.json)
        return 0

    def rounds(
        trend: bool = o.trend,
        rename: tuple[str, str] | None = o.rename,
        which: Which = o.which["as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import rounds
        from coverage_census.console import rounds as history

        run = session(shown, which)
        if rename is not None:
            return _rename(run, *(impersonal(each) or each for each in rename), as_json=shown.json)
        if trend:
            return _trend(run, **shown.form)
        history.show(rounds.rounds(run), run.words, **shown.form)
        return 0

    def export(
        format: str | None = o.format,
        out: Path | None = o.export_out,
        which: Which = o.which["round", "as_of=as_of_round"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import export as commands

        run = session(shown, which)
        short = [name for name, wanted in (("json", shown.json), ("csv", shown.csv)) if wanted]
        commands.export(run, [*([format] if format is not None else []), *short], out)
        return 0

    def _trace(run: Session, areas: list[str], cell: str, shown: Shown) -> int:
        from coverage_census.commands.report import annual
        from coverage_census.console import report_annual

        report_annual.trace(annual.trace(run, areas, cell), run.words, **shown.form)
        return 0

    for function in (report, rounds, export):
        add(function)


def _rename(run: Session, old: str, new: str, *, as_json: bool) -> int:
    from coverage_census.commands import rounds_rename
    from coverage_census.console import verify_undo

    verify_undo.named(rounds_rename.rename(run, old, new), run.words, as_json=as_json)
    return 0


def _trend(run: Session, *, as_json: bool, as_csv: bool) -> int:
    from coverage_census.commands import rounds_trend as commands
    from coverage_census.console import rounds_trend as console

    console.show(commands.trend(run), run.words, as_json=as_json, as_csv=as_csv)
    return 0
