"""Shortcuts that a province needs: each says what the long way says."""

from hypothesis import given
from hypothesis import strategies as st

from coverage_census.ingest.cells import parsers
from coverage_census.ingest.cells.clean import are_plain, written
from coverage_census.ingest.checks import duplicates
from coverage_census.ingest.layout import row_words

# Letters with which rows announce themselves, noise around them, and an invented name.
LETTERS = "合计計总共小填制表说明备注样例文峰镇鎮乡街道区木单位联系人商行有限公司一二12"
LETTERS += "（）()家户个：:、。※* \t\n\u3000\u200b鄉業AaＡ"
TEXTS = st.text(alphabet=LETTERS, min_size=1, max_size=14)


@given(TEXTS)
def test_first_and_last_letter_tell_what_the_pattern_tells(text: str) -> None:
    assert row_words.suspect(text) == bool(row_words.SUSPECT.search(text))


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_names_folded_at_once_are_folded_as_each_alone(names: list[str]) -> None:
    assert duplicates.fold_all(names) == [duplicates.fold(name) for name in names]


@given(TEXTS)
def test_plain_texts_are_kept_as_they_are_written(text: str) -> None:
    if len(text) > 4 and text.isalnum() and are_plain([text]):
        assert parsers.text(text) == written(text) == text
