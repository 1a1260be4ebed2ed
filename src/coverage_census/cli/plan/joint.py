"""`plan joint`: which organisations could form joint branches, and who takes the others in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        what_if: list[str] | None = o.what_if,
        keep: bool = o.keep,
        name: str | None = o.plan_name,
        xlsx: bool = o.review_xlsx,
        out: Path | None = o.review_out,
        review: Path | None = o.review,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.plan import joint as commands
        from coverage_census.console.plan import joint as plans

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy, what_if=what_if)
        machine = json or csv
        if review is not None:
            return _reviewed(run, areas or [], review, json, csv, keep, name)
        made = commands.joint(run, areas or [])
        with keeping(run, made, areas, name, keep=keep, machine=machine):
            plans.joint(made, run.words, as_json=json, as_csv=csv, keeps=keep)
            if xlsx or out is not None:
                from coverage_census.commands.plan import review_workbook as sending
                from coverage_census.console import out as printing

                path = sending.send(run, made, out, plans.sentence)
                printing.line(run.words("review.file.written", file=path), err=machine)
        return 0

    add(joint)


def _reviewed(
    run: "Session", areas: Sequence[str], file: Path, json: bool, csv: bool, keep: bool, name: str | None
) -> int:
    from coverage_census.commands.plan import review as commands
    from coverage_census.console.plan import review as console
    from coverage_census.model.reading import Level

    found = commands.review(run, areas, file)
    with keeping(run, found.plan, areas, name, keep=keep, machine=json or csv, reviewed=True):
        console.show(found, run.words, as_json=json, as_csv=csv)
    wrong = any(each.level is Level.ERROR for each in found.problems)
    return ExitCode.SET_ASIDE if wrong else ExitCode.DONE
