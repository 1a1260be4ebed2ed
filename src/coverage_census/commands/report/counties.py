"""A round of several counties in; an index page and, for each county, its page with its rows out, made side by side."""

import gc
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from coverage_census.commands.basis import basis
from coverage_census.commands.diff import campaign
from coverage_census.commands.missing import missing
from coverage_census.commands.report import files as page_files
from coverage_census.commands.report import material, round_before
from coverage_census.commands.report.material import Beside
from coverage_census.commands.report.page import Material, papers, rules
from coverage_census.commands.session import Session
from coverage_census.errors import NotReplaced
from coverage_census.files import disk
from coverage_census.model.decision import AreaCoverage, Gap, Indicator
from coverage_census.model.record import Row
from coverage_census.policy.decided import pairs as decided
from coverage_census.policy.decided.areas import values
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.figures import coverage, indicators
from coverage_census.report.page import areas, charts
from coverage_census.report.page import page as pages
from coverage_census.report.page.facts import PageFacts
from coverage_census.report.page.gap_lists import CLASSES, GapCounts
from coverage_census.report.page.sections import INDEX


def counties(found: Basis) -> list[str]:
    """The counties of a round, in the order of their names."""
    import narwhals as nw

    return sorted(values(nw.from_native(found.table), ("county",)))


def write(session: Session, found: Basis, names: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Every county's pages, then the index; a page that is open elsewhere does not keep the others from being made."""
    disk.make_folder(folder)
    workers = min(os.cpu_count() or 1, len(names))
    shares = [list(names[number::workers]) for number in range(workers)]
    # A new process instead of a copy of this one: DuckDB's threads do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(_share, session, share, folder) for share in shares]
        content = _index(session, found, names).encode("utf-8")
        stopped = [stop for each in running if (stop := each.result()) is not None]
    disk.replace(folder / "index.html", content)
    if stopped:
        raise NotReplaced(stopped[0][0], **stopped[0][1])
    own = [folder / page_files.name("coverage", [name], "html") for name in names]
    return (*own, folder / "index.html")


def _share(session: Session, names: Sequence[str], folder: Path) -> tuple[str, Row] | None:
    """One process's share of the counties; what could not be replaced, for the parent to say."""
    gc.freeze()
    gc.set_threshold(100_000)  # hundreds of thousands of rows come and go that no cycle holds
    found = basis(session)
    frame = _decided(found)
    behind, owed = papers(session, found), missing.missing(session, (), detailed=False)
    past = round_before.past(session, found, round_before.before(session, found))
    within = campaign.within(session, found)
    by_county = replace(within, by_county=True) if within is not None else None
    beside = Beside(behind, owed, material.kept(session, found), (), by_county)
    rates = indicators.by(frame, "county", session.words, found.round.as_of)
    stopped: NotReplaced | None = None
    for name in names:
        made = _county(session, found, frame, name, rates[name], replace(beside, past=past.by("township", [name])))
        stops = page_files.replaced(folder, page_files.html(session, made))
        stopped = stopped or next(iter(stops.values()), None)
    return None if stopped is None else (stopped.key, dict(stopped.values))


def _decided(found: Basis) -> Any:
    """Everything that county pages need, decided once for all of them."""
    from coverage_census.policy.decide import columns

    carry = columns.asked(found.policy) | decided.SHOWN | indicators.fields()
    return columns.columns(found.table, found.policy, carry=carry, keep=True)


def _county(
    session: Session,
    found: Basis,
    frame: Any,
    name: str,
    rates: Sequence[Indicator],
    beside: Beside,
) -> Material:
    import narwhals as nw

    from coverage_census.policy.decide.frames import rows

    mine = frame.filter(nw.col("county") == name)
    pairs = list(decided.paired(rows(mine), list(found.policy.rules)))
    mine_only = tuple(each for each in beside.owed.townships if each.county == name)
    beside = replace(beside, owed=beside.owed.model_copy(update={"townships": mine_only}))
    return material.compose(session, found, (name,), pairs, rates, beside)


def _index(session: Session, found: Basis, names: Sequence[str]) -> str:
    from coverage_census.report import render

    words = session.words
    frame = found.decided()
    lines = coverage.by(frame, "county", found.policy)
    kinds = coverage.by(frame, "kind", found.policy)
    total = coverage.total(lines)
    earlier, campaigning = round_before.before(session, found), campaign.within(session, found)
    facts = PageFacts(
        county=None,
        round=found.round,
        before=earlier,
        earlier=round_before.past(session, found, earlier).by("county"),
        stamp=found.stamp,
        total=total,
        townships=lines,
        kinds=kinds,
        indicators=indicators.compute(frame, found.policy, words, found.round.as_of),
        gaps=(),
        problems=(),
        sources=(),
        rules=rules(found, session),
        generated_at=session.now.astimezone(),
        policy=getattr(found.policy.title, words.lang),
        counts=_counts(frame, found, total),
        charts=(
            *charts.of_coverage((("counties", "county", areas.by_rank(lines)), ("kinds", "kind", kinds)), total, words),
            *material.over_time(round_before.between(session, earlier, found.round), words),
        ),
        campaign=campaigning.progress() if campaigning is not None else None,
        links={name: page_files.name("coverage", [name], "html") for name in names},
    )
    return render.index(pages.coverage(facts, words, INDEX), words, session.settings.templates)


def _counts(frame: Any, found: Basis, total: AreaCoverage) -> GapCounts:
    """Classes as the lines have them; how many organisations have any gap is asked of the table."""
    classes: dict[Gap, int] = {gap: total.gaps.get(gap, 0) for gap in CLASSES}
    with_gap, both = coverage.with_gap(frame, found.policy)
    return GapCounts(with_gap, classes, total.to_confirm, both)
