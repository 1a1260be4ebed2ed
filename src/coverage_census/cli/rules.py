"""The command about policies themselves: `rules list|show|check|compare`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def rules(
        action: str = o.rules_action,
        names: list[str] | None = o.policies,
        what_if: list[str] | None = o.what_if,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        engine: str = o.engine,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import rules as commands
        from coverage_census.console import rules as policies
        from coverage_census.console import rules_show

        chosen = commands.action(action)
        run = session(workspace, lang, round=round, as_of=as_of, engine=engine, what_if=what_if)
        asked = names or []
        if chosen == "compare":
            policies.comparison(commands.compared(run, asked), run.words, as_json=json, as_csv=csv)
        elif chosen == "check":
            return policies.checks(commands.checked(run, asked), run.words, as_json=json, as_csv=csv)
        elif chosen == "show":
            rules_show.show(commands.shown(run, asked), run.words, as_json=json)
        else:
            policies.listing(commands.listed(run), run.words, as_json=json, as_csv=csv)
        return 0

    add(rules)
