"""[columns] of census.toml: fields by name or label; a name that is none is refused with the nearest."""

from pathlib import Path

import pytest

from coverage_census import settings
from coverage_census.errors import CensusError, ExitCode, WrongUsage
from coverage_census.words.catalogue import Words


def columns(folder: Path, line: str) -> dict[str, str]:
    (folder / "census.toml").write_text(f"[columns]\n{line}\n", encoding="utf-8")
    return dict(settings.load(folder).columns)


def test_a_field_by_its_name_or_its_label(tmp_path: Path) -> None:
    assert columns(tmp_path, '"在册员工" = "employees"') == {"在册员工": "employees"}
    assert columns(tmp_path, '"在册员工" = "从业人员"') == {"在册员工": "employees"}
    assert columns(tmp_path, '"党员" = " 正式党员 "') == {"党员": "members_formal"}


@pytest.mark.parametrize(
    ("value", "near", "label"),
    [
        ("employes", "employees", "从业人员"),
        ("member_formal", "members_formal", "正式党员"),
        ("正式党员人数", "members_formal", "正式党员"),
        ("从业人数", "employees", "从业人员"),
    ],
)
def test_a_misspelt_one_is_refused_with_the_nearest(tmp_path: Path, value: str, near: str, label: str) -> None:
    with pytest.raises(WrongUsage) as stop:
        columns(tmp_path, f'"在册员工" = "{value}"')
    assert stop.value.exit_code is ExitCode.USAGE
    for lang in ("zh", "en"):
        said = Words(lang)(f"errors.{stop.value.key}", **stop.value.values)
        assert all(word in said for word in ("在册员工", value, near, label))


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CensusError):
        columns(tmp_path, '"在册员工" = 3')
