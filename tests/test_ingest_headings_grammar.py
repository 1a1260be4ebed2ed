"""The grammar of headings, on 449 written down before it; every second one was set aside while it was written."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import pytest

from coverage_census.ingest.headings import grammar, meanings, slots, vocabulary
from coverage_census.model.organisation import about
from headings_case import collected, score
from headings_paraphrased import paraphrases, read_as, sheets
from headings_paraphrased import score as scored
from reading_case import understand


@pytest.mark.parametrize("aside", [False, True], ids=["seen", "set aside"])
def test_the_headings_collected_beforehand(aside: bool) -> None:
    every = [asked for asked in collected() if asked.aside is aside]
    told = score(every)
    assert len(every) >= 200
    assert told.precision == 1, told.wrong
    assert told.recall >= 0.985, told.wrong


def test_a_word_fills_one_slot_and_a_row_names_only_what_there_is() -> None:
    known = slots.load()
    values = {(slot, value) for word in known.words.values() for slot, value in word} | {("attribute", "count")}
    assert slots.twice() == []
    for row in grammar.rows():
        assert set(row.fields) - {"mass_orgs", "joint_names", "coverage", "org_ended"} <= set(about())
        assert {("of", each) for chain in row.of for each in chain.split()} <= values
        assert {(slot, each) for slot, allowed in row.allowed.items() for each in allowed if each} <= values


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (("工会", "成立时间"), "工会"), (("拟建党组织名称",), "拟建"), (("上级党组织", "成立时间"), "上级党组织"), (("女党员数",), "女党员"),
        (("党员数（退休）",), "退休"), (("母公司职工人数",), "母公司"), (("党建指导员", "选派时间"), "党建指导员"),
    ],
)  # fmt: skip
def test_what_is_not_the_organisations_own_is_named(path: tuple[str, ...], word: str) -> None:
    read = grammar.understood(tuple(vocabulary.key(part) for part in path))
    assert (read.fields, read.other) == ((), word)


def test_the_note_says_which_word_was_not_understood_and_whose_a_column_is() -> None:
    read = understand(
        "| 企业名称 | 从业人员 | 工会成立时间 | 职工舒畅人数 | 党圆总数 |\n| 晨曦电子厂 | 5 | 2019 | 3 | 2 |"
    )
    told = {each.code: each.values for each in read.problems}
    assert told["column_of_other"]["word"] == "工会"
    assert told["unmapped_word"]["word"] == "舒畅"
    assert told["misprinted_column"]["heading"] == "党圆总数"
    assert (read.one.members_total, read.one.org_founded_on, read.one.employees) == (2, None, 5)


@pytest.mark.parametrize("aside", [False, True], ids=["seen", "never seen together"])
def test_paraphrases_in_every_dress(aside: bool) -> None:
    told = scored(each for each in paraphrases(3_000, 14) if each.aside is aside)
    assert told.wrong == []
    assert told.recall() >= 0.995, told.missed


def test_misprints_are_put_right_or_left_alone() -> None:
    told = scored(paraphrases(1_000, 15, misprints=True))
    assert told.wrong == []
    assert told.recall("misprint") >= 0.98, told.missed


def test_sheets_of_paraphrases_feed_what_they_mean() -> None:
    rows = list(sheets(paraphrases(500, 9)))
    read = [(each, got) for row in rows if any(each.field for each in row) for each, got in read_as(row)]
    assert len(read) > 150
    assert [(each.path, each.field, got) for each, got in read if got != each.field] == []


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("党员数（正式+预备）", "members_total"),
        ("党员人数（正式、预备）", "members_total"),
        ("党员总数（正式党员和预备党员）", "members_total"),
        ("党员数（不含预备）", "members_formal"),
        ("正式党员数（不含预备）", "members_formal"),
        ("党员数（在职+退休）", None),
    ],
)
def test_formal_and_probationary_together_are_all(heading: str, field: str | None) -> None:
    assert meanings.meaning((heading,)).fields == ((field,) if field else ())
