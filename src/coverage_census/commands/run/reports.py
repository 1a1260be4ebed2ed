"""The reports that census.toml names under [run] in; those of the newest round, made where they are not there, out.

Each is made once a round, so that a bulletin in which somebody has written since stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage_census.commands.report import report
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.inbox.memory import Memory, ReportMade
from coverage_census.results import Reports


@dataclass(frozen=True)
class Reported:
    """By report, what it was made of and where it lies; `troubles` say which could not be made, and why."""

    made: Mapping[str, ReportMade]
    troubles: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for each in self.made.values() for path in each.paths)


def reports(session: Session, key: str, before: Memory) -> Reported:
    """`key`: what they rest on. One that fails keeps the others from nothing, and is tried again by the next run."""
    workspace, wanted = session.settings.workspace, session.settings.run.reports
    made = {form: each for form, each in before.made.items() if form in wanted and each.stands(key, workspace)}
    troubles = list[str]()
    for found, stops in _attempts(session, [form for form in wanted if form not in made]):
        troubles += [session.words(f"errors.{stop.key}", **stop.values) for stop in stops]
        held = {_form(Path(str(stop.values.get("file", "")))) for stop in stops}
        for form in wanted:
            paths = [each.relative_to(workspace).as_posix() for each in found.paths if _form(each) == form]
            if paths:
                made[form] = ReportMade(None if form in held else key, tuple(paths))
    return Reported({form: made[form] for form in wanted if form in made}, tuple(troubles))


def _attempts(session: Session, forms: Sequence[str]) -> Iterator[tuple[Reports, Sequence[CensusError]]]:
    """All at once, which works everything out once; each alone where one cannot be made at all."""
    if not forms:
        return
    try:
        yield report.attempt(session, [], dict.fromkeys(forms, True), None)
    except CensusError as trouble:
        if len(forms) == 1:
            yield Reports(()), (trouble,)
        else:
            for form in forms:
                yield from _attempts(session, [form])


def _form(path: Path) -> str:
    """Which of the reports a file is part of."""
    return "annual" if path.stem == "annual" else path.suffix.lstrip(".")
