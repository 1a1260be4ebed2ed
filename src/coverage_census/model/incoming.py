"""A file that is to be read: where it lies, how to name it to people, and which place its folder stands for."""

from dataclasses import dataclass
from pathlib import Path

from coverage_census.model.reading import CountyFrom


@dataclass(frozen=True)
class Incoming:
    """`label` names the file in problems and provenance; county and township are known from its folder, or None.

    `folder` is the folder in which labels begin (2026年三季度), `today` the ISO day on which it is read. `county_from`:
    whether its folder or census.toml names the county.
    """

    path: Path
    label: str
    county: str | None = None
    township: str | None = None
    folder: str = ""
    today: str | None = None
    county_from: CountyFrom | None = None
