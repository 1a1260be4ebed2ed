"""`plan liaison`: who is sent where, and how far that has come."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.groups import Shown, Which
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
        which: Which = o.which["round", "as_of", "policy", "what_if"],
        keep: bool = o.keep,
        name: str | None = o.plan_name,
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.plan import liaison as assigning
        from coverage_census.commands.plan import liaison_steps
        from coverage_census.console.plan import liaison as assignments
        from coverage_census.plan.kept import record

        run = session(shown, which)
        if step is not None and steps is not None:
            raise WrongUsage("one_view")
        if step is not None:
            return assignments.recorded(liaison_steps.step(run, *step, reason), run.words, as_json=shown.json)
        if steps is not None:
            return assignments.recorded(liaison_steps.steps(run, steps), run.words, as_json=shown.json)
        made = assigning.liaison(run, areas or [], instructors, optimal)
        if keep:
            record.check_sends_somebody(made)
        with keeping(run, made, areas, name, keep=keep, machine=shown.machine):
            return assignments.show(made, run.words, **shown.form)

    add(liaison)
