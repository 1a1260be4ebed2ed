"""Where things are and what this office prefers: read once from census.toml, passed down as a value."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from coverage_census.errors import CensusError, WrongUsage

FILE = "census.toml"
WORKSPACE_VARIABLE = "CENSUS_WORKSPACE"

# A plain dataclass, not a pydantic record: `census --help` reads the language from here and must start quickly.
_KNOWN: dict[str, type] = {
    "county": str,
    "language": str,
    "policy": str,
    "columns": dict,
    "expected": dict,
    "tasks": dict,
    "run": dict,
}

REPORTS = ("html", "xlsx", "docx", "annual")
"""What `census report` can make; here, because a wrong name in census.toml is refused before anything is read."""


@dataclass(frozen=True)
class Expected:
    """[expected]: who is to report, until when, and where to (催报). `due` is one day, or a day a round by its name."""

    townships: tuple[str, ...] = ()
    roster: str | None = None  # a file with a column 乡镇
    register: str | None = None  # a file of organisations, as a registry sends it
    due: str | Mapping[str, str] | None = None
    answer_to: str | None = None

    def due_on(self, round_name: str | None) -> str | None:
        return self.due.get(round_name or "") if isinstance(self.due, Mapping) else self.due


@dataclass(frozen=True)
class Tasks:
    """[tasks]: the committee that owns what nobody owns (综合党委托底), and how many days before its day a task is due
    soon."""

    catch_all: str | None = None
    due_soon: int = 30


@dataclass(frozen=True)
class Run:
    """[run]: the reports that `census run` makes after a round; none at all is a choice too."""

    reports: tuple[str, ...] = ("html",)


@dataclass(frozen=True)
class Settings:
    """The settings of one workspace. `made_by_init` is false where there is no census.toml."""

    workspace: Path
    made_by_init: bool = False
    county: str | None = None  # for sheets that name no county themselves
    language: str | None = None  # zh or en
    policy: str = "default"
    columns: Mapping[str, str] = field(default_factory=dict)  # the office's own headings: heading path → field
    expected: Expected = Expected()
    tasks: Tasks = Tasks()
    run: Run = Run()

    @property
    def inbox(self) -> Path:
        return self.workspace / "inbox"

    @property
    def ledger(self) -> Path:
        return self.workspace / "ledger"

    @property
    def returns(self) -> Path:
        return self.workspace / "returns"

    @property
    def reports(self) -> Path:
        return self.workspace / "reports"

    @property
    def templates(self) -> Path:
        """The office's own report templates; they override ours by name."""
        return self.workspace / "reports" / "templates"

    @property
    def policies(self) -> Path:
        """The office's own policy files; they are searched before ours."""
        return self.workspace / "policies"


def find_workspace(asked: Path | None, environment: Mapping[str, str], here: Path) -> Path:
    """`--workspace`, else $CENSUS_WORKSPACE, else the nearest census.toml upwards, else the current directory."""
    if asked is not None:
        return asked.absolute()
    if environment.get(WORKSPACE_VARIABLE):
        return Path(environment[WORKSPACE_VARIABLE]).absolute()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    return here


def load(asked: Path | None, environment: Mapping[str, str] = os.environ, here: Path | None = None) -> Settings:
    """The settings in force; a census.toml with a mistake is refused with its key."""
    workspace = find_workspace(asked, environment, (here or Path.cwd()).absolute())
    path = workspace / FILE
    if not path.is_file():
        return Settings(workspace=workspace)
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CensusError("settings_unreadable", file=str(path), why=str(error)) from error
    _check(written, str(path), _KNOWN)
    if "columns" in written:
        written["columns"] = _columns(written["columns"], str(path))
    if "expected" in written:
        written["expected"] = _expected(written["expected"], str(path))
    if "tasks" in written:
        written["tasks"] = _tasks(written["tasks"], str(path))
    if "run" in written:
        written["run"] = _run(written["run"], str(path))
    return Settings(workspace=workspace, made_by_init=True, **written)


def _columns(written: Mapping[str, Any], file: str) -> dict[str, str]:
    """Heading → canonical field; a field may be called by its Chinese label (从业人员) too."""
    from coverage_census.model.organisation import about

    names = {name: name for name in about()} | {note.zh: name for name, note in about().items()}
    found = {}
    for heading, said in written.items():
        if not isinstance(said, str):
            raise CensusError("settings_wrong_value", file=file, key=f"columns.{heading}", value=str(said))
        if said.strip() not in names:
            near = difflib.get_close_matches(said.strip(), names, n=1, cutoff=0)
            name = names[near[0]]
            given = {"key": heading, "value": said, "near": name, "label": about()[name].zh}
            raise WrongUsage("settings_unknown_field", file=file, **given)
        found[heading] = names[said.strip()]
    return found


def _expected(written: Mapping[str, Any], file: str) -> Expected:
    """Days may be written as dates of TOML or in quotes."""
    known: dict[str, type] = {"townships": list, "roster": str, "register": str, "due": object, "answer_to": str}
    _check(written, file, known)
    found = dict(written)
    townships = found.get("townships", [])
    if not all(isinstance(each, str) and each.strip() for each in townships):
        raise CensusError("settings_wrong_value", file=file, key="expected.townships", value=str(townships))
    found["townships"] = tuple(each.strip() for each in townships)
    due = found.get("due")
    if isinstance(due, dict):
        found["due"] = {name: _day(value, f"expected.due.{name}", file) for name, value in due.items()}
    elif due is not None:
        found["due"] = _day(due, "expected.due", file)
    return Expected(**found)


def _tasks(written: Mapping[str, Any], file: str) -> Tasks:
    _check(written, file, {"catch_all": str, "due_soon": int})
    return Tasks(**written)


def _run(written: Mapping[str, Any], file: str) -> Run:
    _check(written, file, {"reports": object})
    found = written.get("reports", Run.reports)
    reports = dict.fromkeys(map(str, found if isinstance(found, list | tuple) else [found]))
    for each in reports:
        if each not in REPORTS:
            near = difflib.get_close_matches(each.casefold(), REPORTS, n=1)
            raise CensusError("settings_unknown_report", file=file, value=each, known="、".join(near or REPORTS))
    return Run(tuple(reports))


def _day(value: object, key: str, file: str) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise CensusError("settings_wrong_value", file=file, key=key, value=str(value)) from None


def _check(written: Mapping[str, Any], file: str, known: Mapping[str, type]) -> None:
    for key, value in written.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            raise CensusError("settings_unknown_key", file=file, key=key, known="、".join(near or known))
        if not isinstance(value, known[key]) or (key == "language" and value not in {"zh", "en"}):
            raise CensusError("settings_wrong_value", file=file, key=key, value=str(value))
