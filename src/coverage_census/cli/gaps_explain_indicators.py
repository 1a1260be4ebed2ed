"""Commands that apply a policy: `gaps`, `explain`, `indicators`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coverage_census.cli.line.groups import Shown, Which
from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.errors import WrongUsage


@dataclass(frozen=True)
class Grouping:
    """What coverage is grouped by."""

    county: bool
    township: bool
    kind: bool
    industry: bool
    zone: bool
    scale: bool


def one_of(refusal: str, chosen: Mapping[str, bool]) -> str | None:
    """The one that was asked for, None for none; two at a time are refused."""
    asked = [name for name, wanted in chosen.items() if wanted]
    if len(asked) > 1:
        raise WrongUsage(refusal)
    return asked[0] if asked else None


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def gaps(
        areas: list[str] | None = o.areas,
        by: Grouping = o[Grouping],
        list: bool = o.list,
        which: Which = o.which["round", "as_of", "policy", "what_if", "engine"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import gaps as commands
        from coverage_census.console import gaps as coverage

        run = session(shown, which)
        group = one_of("one_grouping", vars(by))
        if list:
            coverage.decisions(commands.gap_list(run, areas or [], group), run.words, **shown.form)
        else:
            coverage.table(commands.gaps(run, areas or [], group), run.words, **shown.form)
        return 0

    def explain(
        organisation: str = o.organisation,
        which: Which = o.which["round", "as_of", "policy"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import explain as commands
        from coverage_census.console import explain as card
        from coverage_census.console import gaps as coverage

        run = session(shown, which)
        found = commands.explain(run, organisation)
        if shown.csv and not shown.json:
            coverage.as_table(each.decision for each in found.accounts)
        else:
            card.show(found, run.words, as_json=shown.json)
        return 0

    def indicators(
        codes: list[str] | None = o.codes,
        list: bool = o.behind,
        more: bool = o.more,
        names: bool = o.names,
        claims: Path | None = o.claims,
        which: Which = o.which["round", "as_of", "policy", "what_if", "engine"],
        shown: Shown = o.shown,
    ) -> int:
        from coverage_census.commands import indicators as commands
        from coverage_census.console import indicators as rates

        run = session(shown, which)
        asked = codes or []
        view = one_of("one_view", {"list": list, "more": more, "claims": claims is not None, "names": names})
        if claims is not None:
            return rates.claims(commands.claims(claims, asked), run.words, **shown.form)
        if view == "names":
            return rates.names(commands.names(run, asked), run.words, **shown.form)
        if list:
            rates.behind(commands.behind(run, asked), run.words, **shown.form)
        elif more:
            rates.tables(commands.more(run, asked), run.words, **shown.form)
        else:
            rates.show(commands.indicators(run, asked), run.words, **shown.form)
        return 0

    for function in (gaps, explain, indicators):
        add(function)
