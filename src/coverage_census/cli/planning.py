"""`plan joint`: which organisations could form joint branches, and who takes the others in."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.options import Options
from coverage_census.cli.planning_kept import kept
from coverage_census.cli.start import session


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
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import planning as commands
        from coverage_census.console import plans

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy, what_if=what_if)
        made = commands.joint(run, areas or [])
        plans.joint(made, run.words, as_json=json, as_csv=csv)
        return kept(run, made, areas, name, machine=json or csv) if keep else 0

    add(joint)
