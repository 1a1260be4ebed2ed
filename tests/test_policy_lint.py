"""`lint`: every shipped policy is proved, and each of many planted faults is found, named with file and key."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from coverage_census.policy.decide import wording
from coverage_census.policy.files import rulebook
from coverage_census.policy.trial import lint
from coverage_census.words.catalogue import LANGS, Words

FOLDER = Path(__file__).with_name("cases") / "lint"
TRIAL = (FOLDER / "trial.toml").read_text(encoding="utf-8")
FAULTS = tomllib.loads((FOLDER / "faults.toml").read_text(encoding="utf-8"))["fault"]


@cache
def proved(name: str) -> lint.PolicyTrial:
    return lint.prove(name)


def _check(folder: Path, text: str, name: str = "ours") -> tuple[lint.PolicyFault, ...]:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return lint.check(name, folder)


@pytest.mark.parametrize("name", rulebook.names())
def test_every_shipped_policy_is_proved(name: str) -> None:
    proof = proved(name)
    assert proof.findings == () and proof.combinations > 500
    expected = {"default": "formal_or_total 2/3", "official": "formal_duty 2/3", "s2a": "members 2/3"}
    assert expected.get(name, "members 0/1") in proof.boundaries


def test_the_boundaries_of_the_texts_are_tried_on_both_sides() -> None:
    local, s2c = proved("local_targets").boundaries, proved("s2c").boundaries
    assert {"employees 50/51", "employees 100/101", "joint_size 1/2", "joint_size 5/6", "formal 49/50"} <= {*local}
    assert "employees 49/50" in s2c and "members 49/50" in s2c


def test_the_trial_itself_has_no_fault(tmp_path: Path) -> None:
    assert _check(tmp_path, TRIAL) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=[each["name"] for each in FAULTS])
def test_a_planted_fault_is_found_and_named(tmp_path: Path, fault: dict[str, str]) -> None:
    assert fault["meant"] in TRIAL
    found = _check(tmp_path, TRIAL.replace(fault["meant"], fault["written"], 1))
    finding = next((each for each in found if (each.key, each.at) == (fault["finding"], fault["at"])), None)
    assert finding is not None and finding.file == "ours.toml", found
    for lang in LANGS:
        assert "{" not in Words(lang)(finding.key, **finding.values)


def test_an_unknown_policy_is_a_finding_with_the_nearest_name(tmp_path: Path) -> None:
    (finding,) = lint.check("offical", tmp_path)
    assert finding.key == "errors.policy_not_found" and finding.values["near"] == "official"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("正式党员3名及以上", [("at_least", 3)]),
        ("凡是有正式党员三人以上的", [("at_least", 3)]),
        ("会员二十五人以上的", [("at_least", 25)]),
        ("职工超过100名", [("more_than", 100)]),
        ("达到或超过50名", [("at_least", 50)]),
        ("一般不超过5个", [("at_most", 5)]),
        ("党员不足3名", [("less_than", 3)]),
        ("2个以上最多不超过5个不同组织", [("at_most", 5), ("at_least", 2)]),
        ("应有活动场所", []),
    ],
)
def test_the_words_of_a_text_draw_a_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(wording.bounds(text)) == expected


def test_both_words_for_one_line_agree() -> None:
    assert wording.agrees("at_least", 3, "党员不足3名……联合组建") is True
    assert wording.agrees("more_than", 3, "3名以上") is False
    assert wording.agrees("at_least", 2, "党员不足3名") is None


def test_a_number_comes_into_force_on_its_day(tmp_path: Path) -> None:
    _check(tmp_path, TRIAL)
    assert [rulebook.load("ours", day, tmp_path).bounds["formal_threshold"].value for day in
            (date(2023, 12, 31), date(2024, 1, 1))] == [3, 5]  # fmt: skip
