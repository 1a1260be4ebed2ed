"""`plan list`, `plan show` and `plan compare`: kept plans, what became of them, and how two differ."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.cli.line.unprinted import printing

if TYPE_CHECKING:
    from coverage_census.commands.session import Session
    from coverage_census.model.kept_plan import Plan


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module below `plan`."""

    def show(
        plan: str | None = o.kept_plan,
        which: Which = o.which["round", "as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.plan import kept_standing as commands
        from coverage_census.console.plan import kept as plans_kept

        run = session(shown, which)
        found, kept = commands.standing(run, plan)
        plans_kept.one(found, kept, run.words, **shown.form)
        return 0

    def compare(
        one: str = o.compared_plan,
        other: str = o.compared_plan,
        which: Which = o.which["round", "as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.plan import compare as commands
        from coverage_census.console.plan import compare as plans_kept_compared

        run = session(shown, which)
        plans_kept_compared.show(commands.compared(run, one, other), run.words, **shown.form)
        return 0

    def list(
        which: Which = o.which["round", "as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands.plan import kept_standing as commands
        from coverage_census.console.plan import kept as plans_kept

        run = session(shown, which)
        plans_kept.every(commands.every(run), run.words, **shown.form)
        return 0

    for function in (list, show, compare):
        add(function)


@contextmanager
def keeping(
    run: "Session",
    plan: "Plan",
    areas: Sequence[str] | None,
    name: str | None,
    *,
    keep: bool,
    machine: bool,
    reviewed: bool = False,
) -> Iterator[None]:
    """Around showing a plan: with `--keep` it is kept first, so that a reader who leaves (`| head`) loses nothing, and
    said so last. `machine`: stdout is a document already."""
    if not keep:
        yield
        return
    from coverage_census.commands.plan import kept as plan_keeping
    from coverage_census.console.plan import kept as plans_kept

    done = plan_keeping.keep(run, plan, areas or [], name, reviewed=reviewed)
    with printing(done.round):
        yield
        plans_kept.kept(done, run.words, err=machine)
