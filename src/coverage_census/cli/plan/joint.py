"""`plan joint`: which organisations could form joint branches, and who takes the others in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.plan.kept import keeping
from coverage_census.errors import ExitCode

if TYPE_CHECKING:
    from coverage_census.commands.session import Session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module below `plan`."""

    def joint(
        areas: list[str] | None = o.areas,
        which: Which = o.which["round", "as_of", "policy", "what_if"],
        keep: bool = o.keep,
        name: str | None = o.plan_name,
        xlsx: bool = o.review_xlsx,
        out: Path | None = o.review_out,
        review: Path | None = o.review,
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.plan import joint as commands
        from coverage_census.console.plan import joint as plans

        run = session(shown, which)
        if review is not None:
            return _reviewed(run, areas or [], review, shown, keep, name)
        made = commands.joint(run, areas or [])
        with keeping(run, made, areas, name, keep=keep, machine=shown.machine):
            plans.joint(made, run.words, **shown.form, keeps=keep)
            if xlsx or out is not None:
                from coverage_census.commands.plan import review_workbook as sending
                from coverage_census.console import out as printing

                path = sending.send(run, made, out, plans.sentence)
                printing.line(run.words("review.file.written", file=path), err=shown.machine)
        return 0

    add(joint)


def _reviewed(run: "Session", areas: Sequence[str], file: Path, shown: Shown, keep: bool, name: str | None) -> int:
    from coverage_census.commands.plan import review as commands
    from coverage_census.console.plan import review as console
    from coverage_census.model.reading import Level

    found = commands.review(run, areas, file)
    with keeping(run, found.plan, areas, name, keep=keep, machine=shown.machine, reviewed=True):
        console.show(found, run.words, **shown.form)
    wrong = any(each.level is Level.ERROR for each in found.problems)
    return ExitCode.SET_ASIDE if wrong else ExitCode.DONE
