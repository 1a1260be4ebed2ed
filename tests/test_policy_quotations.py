"""Quotations: verbatim as the document has them (tests/passages.toml), or marked 转述 wherever they are shown."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

from coverage_census.model.record import Record
from coverage_census.policy.decide import explain
from coverage_census.policy.files import documents, rulebook
from coverage_census.policy.files.document import PolicyFile, Quoted
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import quoted

PASSAGES = tomllib.loads(Path(__file__).with_name("passages.toml").read_text(encoding="utf-8"))
SIMPLIFIED = OpenCC("t2s")
SIGNS = re.compile(r"[\s，,。.；;：:（）()、“”\"‘’《》]")


@cache
def folded(text: str) -> str:
    """Script, width and punctuation do not matter."""
    return SIGNS.sub("", unicodedata.normalize("NFKC", SIMPLIFIED.convert(text)))


def cited(value: object) -> Iterator[Quoted]:
    """Every citation of a policy file, wherever it stands."""
    if isinstance(value, Quoted):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from cited(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from cited(each)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from cited(getattr(value, name))


@cache
def of(name: str) -> tuple[Quoted, ...]:
    text = (rulebook.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return tuple(cited(PolicyFile.model_validate(tomllib.loads(text))))


def is_verbatim(each: Quoted) -> bool:
    known = [folded(passage) for passage in PASSAGES.get(each.document, {"passages": []})["passages"]]
    return all(any(folded(part) in passage for passage in known) for part in each.text.split("……"))


@pytest.mark.parametrize("name", rulebook.names())
def test_what_stands_between_quotation_marks_is_in_the_document(name: str) -> None:
    assert [each.text for each in of(name) if not each.paraphrased and not is_verbatim(each)] == []


@pytest.mark.parametrize("name", rulebook.names())
def test_every_document_is_dated(name: str) -> None:
    assert {each.document for each in of(name)} <= set(documents.documents())
    assert all(each.begins() is not None for each in of(name))


def test_every_passage_and_every_registered_document_is_used() -> None:
    used = {each.document for name in rulebook.names() for each in of(name)}
    assert used == set(documents.documents()) and set(PASSAGES) <= used


def test_official_cites_central_texts_alone() -> None:
    levels = {documents.documents()[each.document].level for each in of("official")}
    assert levels == {"central"}


def test_another_script_and_other_signs_are_the_same_words() -> None:
    one = Quoted(document="中国共产党章程", article="第三十条", text="凡是有正式黨員三人以上的,都應當成立黨的基層組織")
    assert is_verbatim(one)
    assert not is_verbatim(one.model_copy(update={"text": "凡有三名正式党员的，应当成立党的基层组织"}))


@pytest.mark.parametrize("name", rulebook.names())
def test_a_paraphrase_is_marked_wherever_it_is_quoted(name: str) -> None:
    row = {"name": "甲厂", "kind": "social_org", "employees": 120, "members_total": 0, "has_org": False}
    for each in explain.decisions(row, rulebook.load(name, date(2026, 1, 1)), Words("zh")):
        said = quoted(each.citation, Words("zh"))
        assert said == (f"（转述）{each.citation.text}" if each.citation.paraphrased else f"“{each.citation.text}”")
        assert "in other words" in quoted(each.citation, Words("en")) or not each.citation.paraphrased
