"""The command about policies themselves: `rules list|show|check|compare`."""

from collections.abc import Callable

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def rules(
        action: str = o.rules_action,
        names: list[str] | None = o.policies,
        which: Which = o.which["what_if", "round", "as_of", "engine"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import rules as commands
        from coverage_census.console import rules as policies
        from coverage_census.console import rules_show

        chosen = commands.action(action)
        run = session(shown, which)
        asked = names or []
        if chosen == "compare":
            policies.comparison(commands.compared(run, asked), run.words, **shown.form)
        elif chosen == "check":
            return policies.checks(commands.checked(run, asked), run.words, **shown.form)
        elif chosen == "show":
            rules_show.show(commands.shown(run, asked), run.words, as_json=shown.json)
        else:
            policies.listing(commands.listed(run), run.words, **shown.form)
        return 0

    add(rules)
