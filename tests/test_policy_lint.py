"""`lint`: every shipped policy is proved, and each of many planted faults is found, named with file and key."""

from datetime import date
from pathlib import Path

import pytest

from coverage_census.policy import lint, rulebook, wording
from coverage_census.words.catalogue import LANGS, Words

TRIAL = """
extends = "official"
without = ["level", "fell_below", "union", "league"]
title = { zh = "试行口径", en = "Trial" }
about = { zh = "试行", en = "a trial" }

[[advice]]
advice = "standalone"
when = { fact = "formal", reaches = "formal_threshold" }

[[advice]]
advice = "joint_or_affiliated"
when = { all = [{ not = { fact = "formal", reaches = "formal_threshold" } }, { fact = "members", at_least = 1 }] }

[[advice]]
advice = "liaison"
when = { any = [
    { fact = "members", at_most = 0 },
    { all = [{ fact = "formal", at_most = 0 }, { fact = "members_total", known = false }, { fact = "members_probationary", known = false }] },
] }

[[parameters.formal_threshold]]
since = 2020-01-01
until = 2024-01-01
value = 3
operator = "at_least"
unit = "名正式党员"
citation = { document = "某办法（虚构）", article = "第一条", text = "正式党员3名以上的" }

[[parameters.formal_threshold]]
since = 2024-01-01
value = 5
operator = "more_than"
unit = "名正式党员"
citation = { document = "某办法（虚构）", article = "第一条", text = "正式党员超过五名的" }

[rules.venue]
title = { zh = "活动场所", en = "A venue" }
citation = { document = "某办法（虚构）", article = "第二条", text = "职工30名以上的应有活动场所" }
[[rules.venue.cases]]
id = "venue"
when = { all = [{ fact = "has_org", is = true }, { fact = "employees", at_least = 30 }] }
met = { fact = "venue", is = true }
gaps = [{ gap = "inactive", when = { fact = "venue", is = false } }]
"""  # fmt: skip


def _check(folder: Path, text: str, name: str = "ours") -> tuple[lint.Finding, ...]:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return lint.check(name, folder)


@pytest.mark.parametrize("name", rulebook.names())
def test_every_shipped_policy_is_proved(name: str) -> None:
    proof = lint.prove(name)
    assert proof.findings == () and proof.combinations > 1000
    expected = {"default": "formal_or_total 2/3", "official": "formal_duty 2/3", "s2a": "members 2/3"}
    assert expected.get(name, "members 0/1") in proof.boundaries


def test_the_boundaries_of_the_texts_are_tried_on_both_sides() -> None:
    official, s2c = lint.prove("official").boundaries, lint.prove("s2c").boundaries
    assert {"employees 50/51", "employees 100/101", "joint_size 1/2", "joint_size 5/6", "formal 49/50"} <= {*official}
    assert "employees 49/50" in s2c and "members 49/50" in s2c


def test_the_trial_itself_has_no_fault(tmp_path: Path) -> None:
    assert _check(tmp_path, TRIAL) == ()


FAULTS = {
    # what is wrong: (what was meant, what was written, the finding, where)
    "dates overlap": ("2024-01-01\nvalue = 3", "2024-06-01\nvalue = 3", "errors.policy_overlap",
                      "parameters.formal_threshold"),
    "a pause between two entries": ("until = 2024-01-01", "until = 2023-01-01", "errors.policy_not_in_force", ""),
    "no citation": (', text = "职工30名以上的应有活动场所"', "", "errors.policy_missing_key", "rules.venue.citation.text"),
    "two advices at once": ('{ all = [{ not = { fact = "formal", reaches = "formal_threshold" } }, { fact = "members", at_least = 1 }] }',
                            '{ fact = "members", at_least = 1 }', "policy.lint.two_advices", "advice.1"),
    "no advice for some": ('{ fact = "members", at_most = 0 },', "", "policy.lint.no_advice", "advice"),
    "a case that never holds": ('{ fact = "employees", at_least = 30 }',
                                '{ fact = "employees", at_least = 30 }, { fact = "employees", at_most = 20 }',
                                "policy.lint.unreachable", "rules.venue.cases.0"),
    "a gap that never comes": ('{ fact = "venue", is = false }', '{ all = [{ fact = "venue", is = false }, { fact = "has_org", is = false }] }',
                               "policy.lint.unreachable", "rules.venue.cases.0.gaps.0"),
    "an answer that is no verdict": ('{ fact = "venue", is = false }', '{ all = [{ fact = "venue", is = false }, { fact = "employees", at_most = 99 }] }',
                                     "policy.lint.no_verdict", "rules.venue.cases.0"),
    "two gaps at once": ('[{ gap = "inactive", when', '[{ gap = "no_liaison", when = { fact = "employees", at_least = 60 } }, { gap = "inactive", when',
                         "policy.lint.two_gaps", "rules.venue.cases.0.gaps.1"),
    "a parameter that is not there": ('at_least = 30 }', 'reaches = "formal_treshold" }', "errors.policy_unknown_name",
                                      "rules.venue"),
    "off by one, 以上": ('operator = "at_least"', 'operator = "more_than"', "policy.lint.wording",
                        "parameters.formal_threshold.0.operator"),
    "off by one, 超过": ('operator = "more_than"', 'operator = "at_least"', "policy.lint.wording",
                        "parameters.formal_threshold.1.operator"),
    "it extends itself": ('extends = "official"', 'extends = "ours"', "errors.policy_circular", ""),
    "an unknown field": ('fact = "venue", is = true', 'fact = "venu", is = true', "errors.policy_unknown_name",
                         "rules.venue.cases.0.met"),
    "a misspelt key": ("unit =", "unti =", "errors.policy_unknown_key", "parameters.formal_threshold.0.unti"),
    "a number that nobody uses": ("[rules.venue]", '[[parameters.formal_treshold]]\nsince = 2020-01-01\nvalue = 3\nunit = "名"\n'
                                  'citation = { document = "某办法", article = "一", text = "3名以上" }\n[rules.venue]',
                                  "policy.lint.unused", "parameters.formal_treshold"),
    "a target without its indicator": ("[rules.venue]", '[targets.all]\nsince = 2020-01-01\nindicator = "due_rat"\npercent = 100\n'
                                       'citation = { document = "某办法", article = "一", text = "应建尽建" }\n[rules.venue]',
                                       "policy.lint.indicator", "targets.all.indicator"),
    "a deadline for a rule that is not there": ("[rules.venue]", '[deadlines.all]\nsince = 2020-01-01\non = 2020-07-31\nrules = ["venu"]\n'
                                                'citation = { document = "某办法", article = "一", text = "七月底前" }\n[rules.venue]',
                                                "errors.policy_unknown_name", "deadlines.all.rules"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_and_named(tmp_path: Path, fault: str) -> None:
    meant, written, key, at = FAULTS[fault]
    assert meant in TRIAL
    found = _check(tmp_path, TRIAL.replace(meant, written, 1))
    finding = next((each for each in found if (each.key, each.at) == (key, at)), None)
    assert finding is not None, found
    if key != "errors.policy_not_in_force":
        assert finding.file == "ours.toml"
    for lang in LANGS:
        sentence = Words(lang)(finding.key, **finding.values)
        assert "{" not in sentence and sentence.endswith(("。", ".", "…"))


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
