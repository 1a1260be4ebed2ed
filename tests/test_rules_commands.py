"""`census rules`: what there is, a handout for a meeting, faults, and where two policies differ."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from coverage_census.console.rules_conditions import label
from coverage_census.policy.files import rulebook
from coverage_census.policy.language.facts import DERIVED, INTERVALS
from coverage_census.words.catalogue import Lang, Words
from coverage_census.words.width import width
from kit import Census

YUEXI = Path(__file__).parents[1] / "data" / "samples" / "yuexi"


@pytest.fixture
def yuexi(census: Census, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Census:
    """The ledger of the sample county, read once for all tests."""
    kept = tmp_path_factory.getbasetemp() / "yuexi-ledger"
    if not kept.exists():
        assert census("ingest", YUEXI).code in (0, 3)
        shutil.copytree(tmp_path / "ledger", kept)
    else:
        shutil.copytree(kept, tmp_path / "ledger")
    return census


def test_every_policy_is_listed_and_the_one_in_use_marked(census: Census) -> None:
    found = json.loads(census("rules", "list", "--json").out)
    assert [each["name"] for each in found] == list(rulebook.names())
    assert [each["name"] for each in found if each["current"]] == ["default"]
    assert all(each["title"] and each["version"] and each["why_not"] is None for each in found)
    assert "* default" in census("rules").out
    assert census("rules", "list", "--csv").out.startswith("\ufeff")


def test_a_policy_that_is_not_in_force_yet_says_so(census: Census) -> None:
    found = json.loads(census("rules", "list", "--json", "--as-of", "1970-01-01").out)
    assert all(each["version"] is None and "1970-01-01" in each["why_not"] for each in found)


def test_the_office_has_policies_of_its_own_and_a_broken_one_hides_no_other(census: Census, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    own = 'extends = "default"\ntitle = { zh = "本县口径", en = "Ours" }\nabout = { zh = "同前。", en = "As usual." }\n'
    (tmp_path / "policies" / "ours.toml").write_text(own, encoding="utf-8")
    (tmp_path / "policies" / "broken.toml").write_text(own + "parametres = 1\n", encoding="utf-8")
    found = {each["name"]: each for each in json.loads(census("rules", "list", "--json").out)}
    if "ours" in found:  # where the settings know a folder of policies
        assert found["ours"]["title"] == "本县口径"
        assert "parameters" in found["broken"]["why_not"]
        checked = census("rules", "check", "ours", "broken", "--json")
        assert checked.code == 3
        faults = {each["policy"]: len(each["faults"]) for each in json.loads(checked.out)}
        assert faults == {"ours": 0, "broken": 1}
        assert "parameters" in census("rules", "check", "broken").out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", rulebook.names())
def test_the_handout_of_every_policy_fits_the_page(
    census: Census, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = census("rules", "show", name, "--lang", lang)
    assert ran.code == 0 and not ran.err
    assert max(width(line) for line in ran.out.splitlines()) <= 80
    assert ("条文" in ran.out and "判定" in ran.out) if lang == "zh" else ("Decision" in ran.out)
    assert not [mark for mark in ("{", "}", "None") if mark in ran.out]


def test_the_handout_says_text_and_decision_side_by_side(census: Census) -> None:
    out = census("rules", "show", "official").out
    assert "“凡是有正式党员3人以上的，都应当成立党支部”" in out
    assert "3名以上 → 单独组建" in out and "且党员1名以上 →" in out
    assert "自2018-10-28起" in out and "超过100名" not in out
    assert "超过100名" in census("rules", "show", "local_targets").out


def test_the_handout_as_json_has_every_number_with_its_citation(census: Census) -> None:
    (found,) = json.loads(census("rules", "show", "official", "--json").out)
    assert found["name"] == "official" and found["version"] and found["as_of"]
    numbers = {each["name"]: each for each in found["parameters"]}
    assert numbers["formal_threshold"]["since"] == "2018-10-28"
    assert all(each["citation"]["text"] for each in found["parameters"])
    assert all(rule["citation"]["document"] and rule["cases"] for rule in found["rules"])
    before = json.loads(census("rules", "show", "official", "--json", "--as-of", "2018-01-01").out)[0]["parameters"]
    assert next(each for each in before if each["name"] == "formal_threshold")["since"] == "2012-05-25"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fact_that_a_rule_may_ask_for_has_a_name(lang: Lang) -> None:
    facts = {*DERIVED, *INTERVALS}
    assert not [fact for fact in facts if label(fact, Words(lang)) == fact]


def test_a_policy_that_holds_says_what_was_tried(census: Census) -> None:
    ran = census("rules", "check", "tiandeng")  # test_policy_lint proves them all
    assert ran.code == 0, ran.out
    assert "tiandeng：通过" in ran.out and "正式党员 2/3" in ran.out


def test_compare_counts_and_names_who_is_judged_differently(yuexi: Census) -> None:
    found = json.loads(yuexi("rules", "compare", "default", "official", "--json").out)
    listed = {
        policy: {
            (each["name"], each["uscc"], each["township"], each["rule"]): each
            for each in json.loads(yuexi("gaps", "--list", "--json", "--policy", policy).out)
        }
        for policy in ("default", "official")
    }
    keys = {(each["name"], each["uscc"], each["township"], each["rule"]) for each in found}
    expected = set()
    for key, one in listed["default"].items():
        other = listed["official"].get(key)
        if one["facts"].get("operating_status") in ("closed", "moved"):
            continue  # who is gone is judged by neither
        same = other is not None and (one["verdict"], one["gap"]) == (other["verdict"], other["gap"])
        if other is not None and (not same or (key[3] == "formation" and one["advice"] != other["advice"])):
            expected.add(key)
    assert keys == expected and expected
    for each in found:
        key = (each["name"], each["uscc"], each["township"], each["rule"])
        for side, policy in (("a", "default"), ("b", "official")):
            stands = listed[policy][key]
            assert each[side]["policy"] == stands["policy"]
            assert (each[side]["advice"], each[side]["reason"]) == (stands["advice"], stands["reason"])


def test_compare_with_s2c_says_who_and_why(yuexi: Census) -> None:
    ran = yuexi("rules", "compare", "default", "s2c")
    assert ran.code == 0 and "家判定不同" in ran.out
    rows = list(csv.DictReader(io.StringIO(yuexi("rules", "compare", "default", "s2c", "--csv").out[1:])))
    assert rows and all(row["a_reason"] and row["b_reason"] and row["name"][:6] in ran.out for row in rows)
    assert {row["b"] for row in rows} == {"s2c"}


def test_compare_with_itself_under_another_number(yuexi: Census) -> None:
    found = json.loads(yuexi("rules", "compare", "default", "--what-if", "formal_threshold=2", "--json").out)
    assert {each["b"]["advice"] for each in found if each["rule"] == "formation"} == {"standalone"}
    assert all(each["b"]["policy"]["version"].endswith("+what-if") for each in found)
    assert json.loads(yuexi("rules", "compare", "default", "default", "--json").out) == []
    assert "完全一致" in yuexi("rules", "compare", "default", "default").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rules", "shwo"), "show"),
        (("rules", "show", "offical"), "official"),
        (("rules", "check", "offical"), "official"),
        (("rules", "compare"), "2"),
        (("rules", "compare", "default"), "2"),
        (("rules", "compare", "default", "official", "s2c"), "2"),
        (("rules", "show", "../../x"), "default"),
        (("rules", "show", "--as-of", "x"), "2026-06-30"),
    ],
)
def test_what_was_typed_wrong_is_one_sentence_and_exit_2(census: Census, words: tuple[str, ...], said: str) -> None:
    ran = census(*words)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


def test_compare_needs_a_round(census: Census) -> None:
    ran = census("rules", "compare", "default", "official")
    assert (ran.code, ran.out) == (1, "") and "census ingest" in ran.err
