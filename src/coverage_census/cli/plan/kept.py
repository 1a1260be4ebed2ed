"""`plan list`, `plan show` and `plan compare`: kept plans, what became of them, and how two differ."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.plan import kept_standing as commands
        from coverage_census.console.plan import kept as plans_kept

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy)
        plans_kept.one(*commands.standing(run, plan), run.words, as_json=json, as_csv=csv)
        return 0

    def compare(
        one: str = o.compared_plan,
        other: str = o.compared_plan,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.plan import compare as commands
        from coverage_census.console.plan import compare as plans_kept_compared

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy)
        plans_kept_compared.show(commands.compared(run, one, other), run.words, as_json=json, as_csv=csv)
        return 0

    def list(
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands.plan import kept_standing as commands
        from coverage_census.console.plan import kept as plans_kept

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy)
        plans_kept.every(commands.every(run), run.words, as_json=json, as_csv=csv)
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
