"""Commands that apply a policy: `gaps`, `explain`, `indicators`."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.cli.line.options import Options
from coverage_census.cli.line.session import session
from coverage_census.errors import WrongUsage


def one_of(refusal: str, chosen: dict[str, bool]) -> str | None:
    """The one that was asked for, None for none; two at a time are refused."""
    asked = [name for name, wanted in chosen.items() if wanted]
    if len(asked) > 1:
        raise WrongUsage(refusal)
    return asked[0] if asked else None


def add_to(add: Callable[[Callable[..., int]], None], o: Options) -> None:
    """Register the commands of this module."""

    def gaps(
        areas: list[str] | None = o.areas,
        county: bool = o.groupings["county"],
        township: bool = o.groupings["township"],
        kind: bool = o.groupings["kind"],
        industry: bool = o.groupings["industry"],
        zone: bool = o.groupings["zone"],
        scale: bool = o.groupings["scale"],
        list: bool = o.list,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        what_if: list[str] | None = o.what_if,
        engine: str = o.engine,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import gaps as commands
        from coverage_census.console import gaps as coverage

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy, engine=engine, what_if=what_if)
        by = one_of(
            "one_grouping",
            {
                "county": county,
                "township": township,
                "kind": kind,
                "industry": industry,
                "zone": zone,
                "scale": scale,
            },
        )
        if list:
            coverage.decisions(commands.gap_list(run, areas or [], by), run.words, as_json=json, as_csv=csv)
        else:
            coverage.table(commands.gaps(run, areas or [], by), run.words, as_json=json, as_csv=csv)
        return 0

    def explain(
        organisation: str = o.organisation,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import explain as commands
        from coverage_census.console import explain as card
        from coverage_census.console import gaps as coverage

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy)
        found = commands.explain(run, organisation)
        if csv and not json:
            coverage.as_table(each.decision for each in found.accounts)
        else:
            card.show(found, run.words, as_json=json)
        return 0

    def indicators(
        codes: list[str] | None = o.codes,
        list: bool = o.behind,
        more: bool = o.more,
        names: bool = o.names,
        claims: Path | None = o.claims,
        round: str | None = o.round,
        as_of: str | None = o.as_of,
        policy: str | None = o.policy,
        what_if: list[str] | None = o.what_if,
        engine: str = o.engine,
        json: bool = o.json,
        csv: bool = o.csv,
        workspace: Path | None = o.workspace,
        lang: str | None = o.lang,
    ) -> int:
        from coverage_census.commands import indicators as commands
        from coverage_census.console import indicators as rates

        run = session(workspace, lang, round=round, as_of=as_of, policy=policy, engine=engine, what_if=what_if)
        asked = codes or []
        view = one_of("one_view", {"list": list, "more": more, "claims": claims is not None, "names": names})
        if claims is not None:
            return rates.claims(commands.claims(claims, asked), run.words, as_json=json, as_csv=csv)
        if view == "names":
            return rates.names(commands.names(run, asked), run.words, as_json=json, as_csv=csv)
        if list:
            rates.behind(commands.behind(run, asked), run.words, as_json=json, as_csv=csv)
        elif more:
            rates.tables(commands.more(run, asked), run.words, as_json=json, as_csv=csv)
        else:
            rates.show(commands.indicators(run, asked), run.words, as_json=json, as_csv=csv)
        return 0

    for function in (gaps, explain, indicators):
        add(function)
