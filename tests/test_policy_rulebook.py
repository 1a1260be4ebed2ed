"""Policy files: what is shipped is cited and dated; what an office writes is checked, and refused with file and key."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from coverage_census.errors import CensusError, WrongUsage
from coverage_census.policy.decide import explain
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.document import PolicyFile
from coverage_census.words.catalogue import LANGS, Words

DAY = date(2026, 1, 1)
SHIPPED = {path.stem: path for path in rulebook.FOLDER.glob("*.toml")}

OURS = ("default", "local_targets", "official", "s2a", "s2b", "s2c", "three_haves", "tiandeng", "yuexi")

SMALL = """
extends = "official"
title = { zh = "试行口径", en = "Trial" }
about = { zh = "试行", en = "a trial" }
"""
THRESHOLD = """
[[parameters.formal_threshold]]
since = 2020-01-01
value = 2
unit = "名正式党员"
citation = { document = "某办法（虚构）", article = "第一条", text = "两名以上正式党员" }
"""
RULE = """
[rules.trial]
title = { zh = "试行规则", en = "Trial rule" }
citation = { document = "某办法（虚构）", article = "第二条", text = "应有活动场所" }
[[rules.trial.cases]]
id = "venue"
when = { fact = "has_org", is = true }
met = { fact = "venue", is = true }
gaps = [{ gap = "inactive", when = { fact = "venue", is = false } }]
"""


def _write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def _refusal(folder: Path, text: str, name: str = "ours") -> CensusError:
    _write(folder, name, text)
    with pytest.raises(CensusError) as refused:
        rulebook.load(name, DAY, folder)
    for lang in LANGS:
        sentence = Words(lang)(f"errors.{refused.value.key}", **refused.value.values)
        assert "{" not in sentence
    return refused.value


def test_names_are_ours_and_the_offices_own(tmp_path: Path) -> None:
    assert rulebook.names() == OURS
    _write(tmp_path, "ours", SMALL)
    assert rulebook.names(tmp_path) == tuple(sorted((*OURS, "ours")))
    assert rulebook.names(tmp_path / "not there") == OURS


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_rule_and_number_is_cited_with_quoted_words(name: str) -> None:
    file = PolicyFile.model_validate(tomllib.loads(SHIPPED[name].read_text(encoding="utf-8")))
    quoted = [entry.citation for entries in file.parameters.values() for entry in entries]
    quoted += [each for rule in file.rules.values() for each in rule.citations]
    quoted += [each for rule in file.rules.values() for case in rule.cases for each in case.citations or ()]
    for others in (file.deadlines, file.modes, file.targets):
        quoted += [each.citation for each in others.values()]
    assert quoted and all(len(each.text) >= 4 for each in quoted)


def test_a_policy_says_which_it_is_and_when_it_was_asked() -> None:
    stamp = rulebook.load("default", DAY).stamp
    assert (stamp.name, stamp.as_of) == ("default", "2026-01-01")
    last, _, digest = stamp.version.partition("+")
    assert date.fromisoformat(last) and len(digest) == 8


def test_the_number_in_force_on_the_day(tmp_path: Path) -> None:
    _write(tmp_path, "ours", SMALL + THRESHOLD + THRESHOLD.replace("2020", "2023").replace("value = 2", "value = 4"))
    values = [
        rulebook.load("ours", date(year, 6, 1), tmp_path).bounds["formal_threshold"].value for year in (2021, 2023)
    ]
    assert values == [2, 4]


def test_an_entry_that_ended_is_no_longer_in_force(tmp_path: Path) -> None:
    _write(tmp_path, "ours", SMALL + THRESHOLD.replace("since = 2020-01-01", "since = 2020-01-01\nuntil = 2021-01-01"))
    assert rulebook.load("ours", date(2020, 12, 31), tmp_path).bounds["formal_threshold"].value == 2
    with pytest.raises(CensusError) as refused:
        rulebook.load("ours", date(2021, 1, 1), tmp_path)
    assert refused.value.key == "policy_not_in_force"


def test_a_rule_without_its_number_is_not_in_force_yet() -> None:
    early = rulebook.load("default", date(2011, 6, 1))
    assert "formation" in early.rules and "joint_regular" not in early.rules and "women" not in early.rules
    assert {"joint_regular", "women"} <= {*early.waiting}
    assert early.parameters["formal_threshold"].citation.document == "中国共产党章程"


def test_the_version_follows_content_and_parents_not_layout(tmp_path: Path) -> None:
    _write(tmp_path, "base", SMALL)
    _write(tmp_path, "ours", SMALL.replace("official", "base"))
    before = rulebook.load("ours", DAY, tmp_path).version
    _write(tmp_path, "ours", "# 加一条注释\n" + SMALL.replace("official", "base"))
    assert rulebook.load("ours", DAY, tmp_path).version == before
    _write(tmp_path, "base", SMALL + THRESHOLD)
    assert rulebook.load("ours", DAY, tmp_path).version != before


def test_an_office_may_add_a_rule_and_leave_one_out(tmp_path: Path) -> None:
    _write(tmp_path, "ours", SMALL + 'without = ["union"]\n' + RULE)
    rules = rulebook.load("ours", DAY, tmp_path).rules
    assert "trial" in rules and "union" not in rules and "league" in rules


def test_an_added_rule_speaks_for_itself(tmp_path: Path) -> None:
    _write(tmp_path, "ours", SMALL + RULE)
    ours = rulebook.load("ours", DAY, tmp_path)
    said = {}
    for venue in (True, False, None):
        row = {"name": "甲厂", "has_org": True, "venue": venue}
        said[venue] = next(each for each in explain.decisions(row, ours, Words("zh")) if each.rule == "trial")
    assert said[True].reason == "试行规则：已做到（是否建立党组织：是、有无活动场所：是）。"
    assert said[False].reason == "试行规则：未做到（是否建立党组织：是、有无活动场所：否）。"
    assert said[None].reason == "试行规则：无法判定，缺少有无活动场所。"
    assert said[False].gap == "inactive" and said[False].citation.text == "应有活动场所"


def test_the_offices_own_file_goes_before_ours(tmp_path: Path) -> None:
    _write(tmp_path, "default", SMALL + THRESHOLD)
    assert rulebook.load("default", DAY, tmp_path).bounds["formal_threshold"].value == 2


def test_an_unknown_policy_gets_the_nearest_name(tmp_path: Path) -> None:
    for name in ("defalt", "../official", ""):
        with pytest.raises(WrongUsage) as refused:
            rulebook.load(name, DAY, tmp_path)
        assert refused.value.key == "policy_not_found"
    with pytest.raises(WrongUsage) as refused:
        rulebook.load("defalt", DAY)
    assert refused.value.values["near"] == "default"


RULE_CITATION = 'citation = { document = "某办法（虚构）", article = "第二条", text = "应有活动场所" }'
MET, NUMBER = "rules.trial.cases.0.met", "parameters.formal_threshold"
SLIPS = [
    # the part it stands in, what was meant, what was written → the refusal, its place, the nearest spelling
    (SMALL, "about", "abuot", "policy_unknown_key", "abuot", "about"),
    (THRESHOLD, "value =", "vlaue =", "policy_unknown_key", f"{NUMBER}.0.vlaue", "value"),
    (RULE, '"venue", is = true', '"venu", is = true', "policy_unknown_name", MET, "venue"),
    (RULE, 'fact = "has_org"', 'fcat = "has_org"', "policy_unknown_key", "rules.trial.cases.0.when.fcat", "fact"),
    (RULE, '"inactive"', '"inactiv"', "policy_unknown_name", "rules.trial.cases.0.gaps.0.gap", "inactive"),
    (RULE, '"venue", is = true', '"org_form", is = "standalon"', "policy_unknown_name", MET, "standalone"),
    (RULE, '"venue", is = true', '"employees", reaches = "larg"', "policy_unknown_name", "rules.trial", "—"),
    (RULE, RULE_CITATION, "", "policy_missing_key", "rules.trial.citation", None),
    (THRESHOLD, ', text = "两名以上正式党员"', "", "policy_missing_key", f"{NUMBER}.0.citation.text", None),
    (THRESHOLD, THRESHOLD, THRESHOLD + THRESHOLD, "policy_overlap", NUMBER, None),
    (THRESHOLD, "value = 2", 'value = "two"', "policy_not_whole", f"{NUMBER}.0.value", None),
    (RULE, '"venue", is = true', '"industry", at_least = 3', "policy_not_a_number", MET, None),
    (RULE, '"venue", is = true', '"venue", is = true, known = true', "policy_condition_shape", MET, None),
    (SMALL, "title =", 'without = ["uniom"]\ntitle =', "policy_unknown_name", "without", "union"),
    (SMALL, "title =", 'excluded = { fact = "formal", at_most = 0 }\ntitle =', "policy_unknown_name", "excluded", None),
    (SMALL, "official", "offical", "policy_unknown_name", "extends", "official"),
    (SMALL, "official", "ours", "policy_circular", None, None),
    (SMALL, 'extends = "official"', "", "policy_incomplete", None, None),
    (SMALL, "title =", "title = 3\ntitle =", "toml_repeated", None, None),
]


@pytest.mark.parametrize(("part", "meant", "written", "key", "at", "near"), SLIPS)
def test_a_slip_is_refused_with_file_key_and_nearest(
    tmp_path: Path, part: str, meant: str, written: str, key: str, at: str | None, near: str | None
) -> None:
    assert meant in part
    changed = part.replace(meant, written)
    error = _refusal(tmp_path, changed if part == SMALL else SMALL + changed)
    assert (error.key, error.values["file"], error.values.get("at")) == (key, "ours.toml", at)
    assert near is None or error.values["near"] == near


def test_entries_whose_dates_overlap_are_refused(tmp_path: Path) -> None:
    first = THRESHOLD.replace("since = 2020-01-01", "since = 2020-01-01\nuntil = 2024-01-01")
    assert _refusal(tmp_path, SMALL + first + THRESHOLD.replace("2020", "2023")).key == "policy_overlap"


def test_a_circle_of_two_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "theirs", SMALL.replace("official", "ours"))
    assert _refusal(tmp_path, SMALL.replace("official", "theirs")).values["chain"] == "ours → theirs → ours"
