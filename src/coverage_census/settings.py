"""Where things are and what this office prefers: read once from census.toml, passed down as a value."""

import difflib
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from coverage_census.errors import CensusError, WrongUsage
from coverage_census.files import toml_text
from coverage_census.model import periods, stated_day, stated_percent
from coverage_census.model.record import Json, JsonView

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
    "periods": dict,
    "campaign": dict,
    "registers": dict,
}

_TABLES: dict[str, frozenset[str]] = {
    "": frozenset({"county", "language", "policy"}),
    "expected": frozenset({"townships", "roster", "register", "due", "answer_to"}),
    "tasks": frozenset({"catch_all", "due_soon"}),
    "run": frozenset({"reports"}),
    "periods": frozenset({"length", "current"}),
    "campaign": frozenset({"name", "from", "to", "baseline", "target"}),
}
"""Where each setting stands: above all tables, or in one of them."""

_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}[县市区旗镇乡道委部局办处组]|\d{4}(?:-?[A-Za-z]?\d{1,2})?")

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

    def due_on(self, *names: str | None) -> str | None:
        """The day for a period that goes by any of these names; census.toml may write it in any form."""
        if not isinstance(self.due, Mapping):
            return self.due
        known = {_key(name): day for name, day in self.due.items()}
        return next((known[_key(name)] for name in names if name and _key(name) in known), None)


@dataclass(frozen=True)
class TaskSettings:
    """[tasks]: the committee that owns what nobody owns (综合党委托底), and how many days before its day a task is due
    soon."""

    catch_all: str | None = None
    due_soon: int = 30


@dataclass(frozen=True)
class RunSettings:
    """[run]: the reports that `census run` makes after a round; none at all is a choice too."""

    reports: tuple[str, ...] = ("html",)


@dataclass(frozen=True)
class Periods:
    """[periods] 期: how long the periods are that people report by, None: as sheets and names show; and which one is
    being reported (`current`), for sheets that state no day."""

    length: periods.PeriodLength | None = None
    current: periods.Period | None = None


@dataclass(frozen=True)
class Campaign:
    """[campaign] 专项行动: from which day to which (ISO), which period is its baseline (None: the last before it), and
    which percentage every rate is to reach, by code of the indicator."""

    start: str
    end: str
    name: str | None = None
    baseline: str | None = None
    targets: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnRegister:
    """[registers.NAME] 名册: a register that this office compares beside the usual ones. `like`: a usual one whose
    headings it has; `columns`: its own headings, heading → field, which may be `covers` (覆盖单位) too."""

    label: str
    like: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


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
    tasks: TaskSettings = TaskSettings()
    run: RunSettings = RunSettings()
    periods: Periods = Periods()
    campaign: Campaign | None = None
    registers: Mapping[str, OwnRegister] = field(default_factory=dict)  # by what --register calls them

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
    if (named := environment.get(WORKSPACE_VARIABLE, "")).strip():
        return Path(named).absolute()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    return here


def load(asked: Path | None, environment: Mapping[str, str] = os.environ, here: Path | None = None) -> Settings:
    """The settings in force; a census.toml with a mistake is refused with its line and its key."""
    workspace = find_workspace(asked, environment, (here or Path.cwd()).absolute())
    path = workspace / FILE
    if not path.is_file():
        if os.path.lexists(path):
            raise CensusError("not_a_file", file=str(path))
        return Settings(workspace=workspace)
    written, text = toml_text.read(path)
    try:
        return Settings(workspace=workspace, made_by_init=True, **_settings(written, str(path)))
    except CensusError as stop:
        raise toml_text.placed(stop, text) from None


def _settings(written: Json, file: str) -> Json:
    """What stands in census.toml, each table as its record."""
    _check(written, file, _KNOWN)
    _readable(written, "", file)
    for key in _TABLES[""] & written.get("columns", {}).keys():
        _belongs_elsewhere(key, f"columns.{key}", file, "columns")
    if written.get("language", "zh") not in {"zh", "en"}:
        raise CensusError("settings_language", file=file, key="language", value=str(written["language"]))
    if "columns" in written:
        written["columns"] = _columns(written["columns"], file)
    if "expected" in written:
        written["expected"] = _expected(written["expected"], file)
    if "tasks" in written:
        written["tasks"] = _tasks(written["tasks"], file)
    if "run" in written:
        written["run"] = _run(written["run"], file)
    if "periods" in written:
        written["periods"] = _periods(written["periods"], file)
    if "campaign" in written:
        written["campaign"] = _campaign(written["campaign"], file)
    if "registers" in written:
        written["registers"] = _registers(written["registers"], file)
    if "county" in written:
        written["county"] = _impersonal(written["county"], place=True)
    return written


def _impersonal(text: str | None, *, place: bool = False) -> str | None:
    """What goes into reports and the ledger passes the door; 岳西县 and 县委组织部 need not: most runs stay quick."""
    if text is None or _PLACE.fullmatch(text):
        return text
    from coverage_census.privacy import door

    return door.hidden(text, place=place)


def _columns(written: JsonView, file: str, table: str = "", more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Heading → canonical field; a field may be called by its Chinese label (从业人员) too. `table`: in which table
    [columns] stands; `more`: words for what only stands there."""
    from coverage_census.model.organisation import about

    names = {name: name for name in about()} | {note.zh: name for name, note in about().items()}
    said_as = {**names, **(more or {})}
    key = f"{table}.columns" if table else "columns"
    found = {}
    for heading, said in written.items():
        if not isinstance(said, str):
            raise CensusError("settings_not_text", file=file, key=f"{key}.{heading}", value=str(said))
        if said.strip() not in said_as:
            raise _no_field(heading, said.strip(), names, file, key)
        found[heading] = said_as[said.strip()]
    return found


def _no_field(heading: str, said: str, names: Mapping[str, str], file: str, key: str) -> WrongUsage:
    from coverage_census.model.organisation import about

    near = names[difflib.get_close_matches(said, names, n=1, cutoff=0)[0]]
    given = {"key": f"{key}.{heading}", "heading": heading, "value": said, "near": near, "label": about()[near].zh}
    return WrongUsage("settings_unknown_field", file=file, **given)


def _expected(written: JsonView, file: str) -> Expected:
    """Days may be written as dates of TOML or in quotes, there as clerks write them."""
    known: dict[str, type] = {"townships": object, "roster": str, "register": str, "due": object, "answer_to": str}
    _check(written, file, known, "expected")
    found = dict(written)
    townships = found.get("townships", [])
    if not isinstance(townships, list) or not all(isinstance(each, str) and each.strip() for each in townships):
        raise _wrong(list, "expected.townships", townships, file)
    found["townships"] = tuple(_impersonal(each.strip(), place=True) for each in townships)
    found["answer_to"] = _impersonal(found.get("answer_to"))
    due = found.get("due")
    if isinstance(due, dict):
        for name in due:
            if periods.misread(name):
                raise CensusError("settings_period", file=file, key=f"expected.due.{name}", value=name)
        found["due"] = {
            _impersonal(name, place=True): _day(value, f"expected.due.{name}", file) for name, value in due.items()
        }
    elif due is not None:
        found["due"] = _day(due, "expected.due", file)
    return Expected(**found)


def _tasks(written: JsonView, file: str) -> TaskSettings:
    _check(written, file, {"catch_all": str, "due_soon": int}, "tasks")
    if written.get("due_soon", 0) < 0:
        raise _wrong(int, "tasks.due_soon", written["due_soon"], file)
    return TaskSettings(**{**written, "catch_all": _impersonal(written.get("catch_all"))})


def _run(written: JsonView, file: str) -> RunSettings:
    _check(written, file, {"reports": object}, "run")
    found = written.get("reports", RunSettings.reports)
    if isinstance(found, dict):
        raise _wrong(list, "run.reports", found, file)
    reports = dict.fromkeys(map(str, found if isinstance(found, list | tuple) else [found]))
    for each in reports:
        if each not in REPORTS:
            near = difflib.get_close_matches(each.casefold(), REPORTS, n=1)
            known = "、".join(near or REPORTS)
            raise CensusError("settings_unknown_report", file=file, key="run.reports", value=each, known=known)
    return RunSettings(tuple(reports))


_LENGTHS = {
    periods.PeriodLength.MONTH: ("月", "按月", "月度", "月报", "monthly"),
    periods.PeriodLength.QUARTER: ("季", "季度", "按季", "按季度", "季报", "quarterly"),
    periods.PeriodLength.HALF_YEAR: ("半年", "按半年", "半年度", "half_year", "half year", "halfyear"),
    periods.PeriodLength.YEAR: ("年", "年度", "全年", "按年", "年报", "yearly"),
}


def _periods(written: JsonView, file: str) -> Periods:
    _check(written, file, {"length": str, "current": object}, "periods")
    known = {word: unit for unit, words in _LENGTHS.items() for word in (unit.value, *words)}
    length, current = written.get("length"), written.get("current")
    if length is not None and length.strip().casefold() not in known:
        raise CensusError("settings_period_length", file=file, key="periods.length", value=length)
    found = periods.read(str(current)) if current is not None else None
    if current is not None and found is None:
        raise CensusError("settings_period_current", file=file, key="periods.current", value=str(current))
    named = found.unit if found is not None else None
    return Periods(known[length.strip().casefold()] if length is not None else named, found)


def _campaign(written: JsonView, file: str) -> Campaign | None:
    """A table without a line is what `census init` writes: there is no campaign."""
    known: dict[str, type] = {"name": str, "from": object, "to": object, "baseline": object, "target": object}
    _check(written, file, known, "campaign")
    if not written:
        return None
    for name in ("from", "to"):
        if name not in written:
            raise CensusError("settings_campaign_lacks", file=file, key="campaign", name=name)
    days = {name: _day(written[name], f"campaign.{name}", file) for name in ("from", "to")}
    whole = periods.read(str(written["from"]))  # from March on is from its first day on
    start, end = whole.first if whole else days["from"], days["to"]
    if end < start:
        raise CensusError("settings_campaign_days", file=file, key="campaign.to", first=start, last=end)
    baseline = written.get("baseline")
    if baseline is not None:
        baseline = _baseline(baseline, file)
    called = _impersonal(written.get("name", "").strip() or None, place=True)
    return Campaign(start, end, called, baseline, _targets(written.get("target"), file))


def _baseline(said: object, file: str) -> str:
    """A period as people say it, or the number of an entry."""
    if not isinstance(said, str | int) or isinstance(said, bool) or not str(said).strip():
        raise _wrong(str, "campaign.baseline", said, file)
    name = str(said).strip()
    if periods.misread(name):
        raise CensusError("settings_period", file=file, key="campaign.baseline", value=name)
    return str(_impersonal(name, place=True))


TARGET = "org_coverage"
"""What `target = "90%"` alone is meant of: 组织覆盖率."""


def _targets(said: object, file: str) -> dict[str, Decimal]:
    """Indicator → percentage; an indicator may be called by its name (组织覆盖率) or its code."""
    if said is None:
        return {}
    if not isinstance(said, dict):
        return {TARGET: _target(said, "campaign.target", file)}
    from coverage_census.words import named
    from coverage_census.words.catalogue import Words

    codes, found = named.indicators(), dict[str, Decimal]()
    for name, value in said.items():
        code = named.code_of(name, codes, named.INDICATOR)
        if code is None:
            near = named.nearest_code(name, codes, named.INDICATOR)
            given = {
                "key": f"campaign.target.{name}",
                "said": name,
                "near": near,
                "label": Words("zh")(named.INDICATOR.format(near)),
            }
            raise CensusError("settings_unknown_indicator", file=file, **given)
        found[code] = _target(value, f"campaign.target.{name}", file)
    return found


def _target(said: object, key: str, file: str) -> Decimal:
    """More than 1 and at most 100: 0.9 may be meant as 90% or not, and is asked for."""
    number = None
    if isinstance(said, str | int | float) and not isinstance(said, bool):
        number = stated_percent.stated(str(said))
    if number is not None and number > 100:
        raise CensusError("settings_target_over", file=file, key=key, value=str(said)[:40])
    if number is None or number <= 0 or (number <= 1 and "%" not in unicodedata.normalize("NFKC", str(said))):
        raise CensusError("settings_target", file=file, key=key, value=str(said)[:40])
    return number


REGISTERS = ("market", "civil", "tax", "social_security", "union", "league", "women")
"""名册 that every county has: what `--register` and `like` may say."""


def _registers(written: JsonView, file: str) -> dict[str, OwnRegister]:
    found = {}
    for name, table in written.items():
        place = f"registers.{name}"
        if not isinstance(table, dict):
            raise _wrong(dict, place, table, file)
        if name in REGISTERS:
            raise CensusError("settings_register_taken", file=file, key=place, name=name)
        _check(table, file, {"label": str, "like": str, "columns": dict}, place)
        if table.get("like") is not None and table["like"] not in REGISTERS:
            near = difflib.get_close_matches(table["like"], REGISTERS, n=1)
            known = "、".join(near or REGISTERS)
            raise CensusError(
                "settings_unknown_register", file=file, key=f"{place}.like", value=table["like"], known=known
            )
        columns = _columns(table.get("columns", {}), file, place, {"covers": "covers", "覆盖单位": "covers"})
        label = _impersonal(table.get("label")) or name
        found[str(_impersonal(name))] = OwnRegister(label, table.get("like"), columns)
    return found


def _key(name: str) -> str:
    found = periods.read(name)
    return found.key if found else name


def _day(value: object, key: str, file: str) -> str:
    found = stated_day.stated(str(value))
    if found is None:
        raise _wrong(date, key, value, file)
    return found


def _check(written: JsonView, file: str, known: Mapping[str, type], table: str = "") -> None:
    """Every key is known and holds what it should; `table` is the one that the keys stand in."""
    for key, value in written.items():
        place = f"{table}.{key}" if table else key
        if key not in known:
            _belongs_elsewhere(key, place, file, table)
            near = difflib.get_close_matches(key, known, n=1)
            raise CensusError("settings_unknown_key", file=file, key=place, said=key, known="、".join(near or known))
        if not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
            raise _wrong(known[key], place, value, file)


def _readable(value: object, key: str, file: str) -> None:
    """No text holds what would move a cursor or turn the text around; line breaks and tabs are only blanks."""
    if isinstance(value, dict):
        for name, each in value.items():
            _readable(name, f"{key}.{name}".strip("."), file)
            _readable(each, f"{key}.{name}".strip("."), file)
    elif isinstance(value, list):
        for each in value:
            _readable(each, key, file)
    elif isinstance(value, str) and any(unicodedata.category(mark) in ("Cc", "Cf", "Cs") for mark in value.strip()):
        raise CensusError("settings_control", file=file, key=key)


def _belongs_elsewhere(key: str, place: str, file: str, table: str) -> None:
    """A line that was added at the end of the file stands in its last table."""
    for other, keys in _TABLES.items():
        if key in keys and other != table:
            where = "below" if other else "above"
            raise CensusError(f"settings_belongs_{where}", file=file, key=place, name=key, table=other)


_SHOULD_BE = {str: "text", list: "list", int: "number", dict: "table", date: "day"}


def _wrong(should_be: type, place: str, value: object, file: str) -> CensusError:
    """A value of another kind than its key asks for, with how it is written."""
    name = place.rpartition(".")[2]
    if isinstance(value, dict):
        return _no_table(should_be, place, name, value, file)
    said = "、".join(map(str, value)) if isinstance(value, list) and should_be is not date else str(value)
    kind = _SHOULD_BE.get(should_be, "text")
    return CensusError(f"settings_not_{kind}", file=file, key=place, name=name, value=said[:40])


def _no_table(should_be: type, place: str, name: str, value: Mapping[str, object], file: str) -> CensusError:
    """[policy] with lines below it, where policy = "…" is meant: the line that was meant, and where it stands."""
    first = next((each for each in value.values() if isinstance(each, str)), "…")
    example = {int: "30", date: "2026-09-30", list: f'["{first}"]'}.get(should_be, f'"{first}"')
    table = place.rpartition(".")[0]
    key = "settings_no_table_in" if table else "settings_no_table"
    return CensusError(key, file=file, key=place, name=name, table=table, said=place, value=example)
