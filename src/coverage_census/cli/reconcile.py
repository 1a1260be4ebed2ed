"""The command that holds registers of other offices beside the ledger: `reconcile`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coverage_census.cli.line.groups import ShownAs, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.errors import ExitCode, WrongUsage


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command of this module."""

    def reconcile(
        files: list[Path] | None = o.register_files,
        register: str | None = o.register,
        list: str | None = o.register_list,
        xlsx: bool = o.register_xlsx,
        out: Path | None = o.register_out,
        which: Which = o.which["round", "as_of=register_as_of"],
        shown: ShownAs = o.shown,
    ) -> int:
        from coverage_census.commands.reconcile import intake, review
        from coverage_census.commands.reconcile import reconcile as commands
        from coverage_census.console import reconcile as console
        from coverage_census.registers import kinds

        run = session(shown, which)
        named = kinds.named(run.settings, register, run.words) if register is not None else None
        wanted = kinds.class_named(list, run.words) if list is not None else None
        code = ExitCode.DONE
        if files:
            if named is None:
                raise WrongUsage("register_unnamed")
            receipt = intake.keep(run, files, named)
            console.kept(receipt, kinds.label(run.settings, named, run.words), run.words, err=shown.machine)
            code = receipt.code
            if receipt.entry is None:
                return int(code)
        found = commands.reconcile(replace(run, as_of=None) if files else run, named)
        if wanted is not None:
            console.listed(found, wanted, run.words, **shown.form)
        else:
            labels = {each.register: kinds.label(run.settings, each.register, run.words) for each in found}
            console.show(found, labels, run.words, **shown.form)
        if xlsx or out is not None:
            console.sent(review.send(run, found, out), run.words, err=shown.json or shown.csv)
        return int(code)

    add(reconcile)
