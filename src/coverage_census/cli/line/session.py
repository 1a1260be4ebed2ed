"""The shared options of a command line in; the session of this run out."""

import os
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path

from coverage_census import settings
from coverage_census.cli.line.groups import Shown, Which
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.model import periods, relative_days
from coverage_census.words.catalogue import LANGS, Words
from coverage_census.words.language import choose

NOW_VARIABLE = "CENSUS_NOW"
"""An ISO time that stands for now: golden files and dry runs of cron need a fixed clock."""


def session(shown: Shown, which: Which | None = None, *, may_be_absent: bool = False) -> Session:
    """Settings, language and day of this run. `may_be_absent`: the workspace need not be there (yet, or at present)."""
    lang, workspace, which = shown.lang, shown.workspace, which or Which()
    if lang is not None and lang not in LANGS:
        raise WrongUsage("unknown_language", lang=lang)
    if workspace is not None and not may_be_absent:
        _there(workspace.absolute())
    found = settings.load(workspace)
    words = Words(choose(lang, found.language, os.environ))
    round = which.round
    round = round and (relative_days.period(round, _now().astimezone().date()) or round)  # 本季度 is no name
    tried, as_of = tuple(which.what_if or ()), day(which.as_of)
    return Session(found, words, _now(), round, as_of, which.policy, which.engine, tried)


def within_period(run: Session) -> None:
    """A day that is named beside a period (--as-of, --round) is one of it: of two that differ one is a slip.

    Who reports late may give a day after its end, but none in a later period than the next.
    """
    period = periods.last_begun(run.round, run.today) if run.round and run.as_of else None
    if period is None or run.as_of is None:
        return
    said = run.as_of.isoformat()
    own = periods.of(said, period.unit)
    if period not in (own, own.before()):
        given = {"day": said, "period": period.key, "first": period.first, "last": period.last}
        raise WrongUsage("day_outside_period", own=own.key, **given)


def day(text: str | None) -> date | None:
    """A day as a clerk writes it: 2026-6-30, 2026年6月30日, 2026年第二季度, 上月底 (`relative_days`). Else wrong usage.

    Without a year (6月30日) it is a day of this year.
    """
    if text is None:
        return None
    found = relative_days.read(text, _now().astimezone().date())
    if found is None:
        raise WrongUsage("bad_day", day=text[:40])
    return date.fromisoformat(found)


def _there(folder: Path) -> None:
    """A workspace that was named is a folder: one that is not there is a slip, and no wish for a new one."""
    if folder.is_dir():
        return
    first = next(each for each in reversed((folder, *folder.parents)) if not each.is_dir())
    if first.exists():
        raise WrongUsage("no_folder", folder=first)
    beside = sorted(each.name for each in first.parent.iterdir() if each.is_dir() and not each.name.startswith("."))
    near = get_close_matches(first.name, beside, n=3, cutoff=0.5)
    raise WrongUsage("no_workspace_near" if near else "no_workspace", folder=first, near="、".join(near))


def _now() -> datetime:
    fixed = os.environ.get(NOW_VARIABLE)
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)
