"""`plan mass`: which form unions, the Youth League and women's organisations could take."""

from collections.abc import Callable

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.plan.kept import keeping


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the command below `plan`."""

    def mass(
        areas: list[str] | None = o.areas,
        which: Which = o.which["round", "as_of", "policy", "what_if"],
        keep: bool = o.keep,
        name: str | None = o.plan_name,
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.plan import mass as assigning_mass
        from coverage_census.console.plan import mass as assignments_mass

        run = session(shown, which)
        made = assigning_mass.mass(run, areas or [])
        with keeping(run, made, areas, name, keep=keep, machine=shown.machine):
            assignments_mass.show(made, run.words, **shown.form)
        return 0

    add(mass)
