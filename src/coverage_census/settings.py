"""Where things are and what this office prefers: read once from census.toml, passed down as a value."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from coverage_census.errors import CensusError
from coverage_census.model import Record

FILE = "census.toml"
WORKSPACE_VARIABLE = "CENSUS_WORKSPACE"


class Settings(Record):
    """The settings of one workspace. `made_by_init` is false where there is no census.toml."""

    workspace: Path
    made_by_init: bool = False
    county: str | None = None                   # for sheets that name no county themselves
    language: Literal["zh", "en"] | None = None
    policy: str = "default"
    columns: Mapping[str, str] = {}             # this office's own headings: heading path → canonical field

    @property
    def ledger(self) -> Path:
        return self.workspace / "ledger"

    @property
    def reports(self) -> Path:
        return self.workspace / "reports"

    @property
    def templates(self) -> Path:
        """The office's own report templates; they override ours by name."""
        return self.workspace / "reports" / "templates"

    @property
    def policies(self) -> Path:
        """The office's own policy files."""
        return self.workspace / "policies"


class _File(Record):
    """What census.toml may say."""

    county: str | None = None
    language: Literal["zh", "en"] | None = None
    policy: str = "default"
    columns: dict[str, str] = {}


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
        written = _File(**tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CensusError("settings_unreadable", file=str(path), why=str(error)) from error
    except ValidationError as error:
        keys = "、".join(".".join(str(part) for part in slip["loc"]) for slip in error.errors())
        raise CensusError("settings_wrong_key", file=str(path), keys=keys) from error
    return Settings(workspace=workspace, made_by_init=True, **dict(written))
