"""`plan mass`: which form unions, the Youth League and women's organisations could take."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.plan.kept import keeping


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command below `plan`."""

    def mass(
        areas: list[str] | None = o.areas,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        what_if: list[str] | None = o.what_if,
        keep: bool = o.keep,
        name: str | None = o.plan_name,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.plan import mass as assigning_mass
        from coverage_census.console.plan import mass as assignments_mass

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy, what_if=what_if)
        made = assigning_mass.mass(run, areas or [])
        with keeping(run, made, areas, name, keep=keep, machine=json or csv):
            assignments_mass.show(made, run.words, as_json=json, as_csv=csv)
        return 0

    add(mass)
