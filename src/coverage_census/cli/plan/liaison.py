"""`plan liaison`: who is sent where, and how far that has come."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.plan.kept import keeping
from coverage_census.errors import WrongUsage


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command below `plan`."""

    def liaison(
        areas: list[str] | None = o.areas,
        instructors: Path | None = o.instructors,
        optimal: str = o.optimal,
        step: tuple[str, str, str] | None = o.step,
        steps: Path | None = o.steps,
        reason: str | None = o.back,
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
        from coverage_census.commands.plan import liaison as assigning
        from coverage_census.commands.plan import liaison_steps
        from coverage_census.console.plan import liaison as assignments
        from coverage_census.plan.kept import record

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy, what_if=what_if)
        if step is not None and steps is not None:
            raise WrongUsage("one_view")
        if step is not None:
            return assignments.recorded(liaison_steps.step(run, *step, reason), run.words, as_json=json)
        if steps is not None:
            return assignments.recorded(liaison_steps.steps(run, steps), run.words, as_json=json)
        made = assigning.liaison(run, areas or [], instructors, optimal)
        if keep:
            record.check_sends_somebody(made)
        with keeping(run, made, areas, name, keep=keep, machine=json or csv):
            return assignments.show(made, run.words, as_json=json, as_csv=csv)

    add(liaison)
