"""The catalogue file of the reports: both languages everywhere, every label used, every use known."""

import re
from pathlib import Path

from coverage_census.model.decision import Gap
from coverage_census.model.organisation import about
from coverage_census.report import render
from coverage_census.words.catalogue import LANGS, entries

STAGE = Path(render.__file__).parent
BUILT = (
    "short.",
    "gap.",
    "derived.",
    "measure.",
    "unit.",
    "template.",
    "month.",
    "date.",
    "ordinal.",
    "section.",
    "basis.",
    "change.",
    "conclusion.",
    "column.",
    "chart.",
    "rows.org.",
    "owing.state.",
)


def used_in_templates() -> set[str]:
    texts = [file.read_text(encoding="utf-8") for file in render.our_templates().rglob("*.j2")]
    return {key for text in texts for key in re.findall(r"""\bt\(['"]([\w.]+)['"][,)]""", text)}


def used_in_code() -> set[str]:
    texts = [file.read_text(encoding="utf-8") for file in STAGE.parent.rglob("*.py")]
    return {key for text in texts for key in re.findall(r'"report\.([\w.]*\w)"', text)}


def test_every_entry_speaks_both_languages_with_the_same_gaps() -> None:
    for key, entry in entries("report").items():
        # English has no measure words: it may leave the unit out.
        gaps = [set(re.findall(r"\{(\w*)\}", entry[lang])) - {"unit"} for lang in LANGS]
        assert entry["zh"] and (entry["en"] or key == "print.after"), key
        assert gaps[0] == gaps[1], key


def test_every_label_that_is_asked_for_exists() -> None:
    assert used_in_templates() | used_in_code() <= set(entries("report"))


def test_every_label_is_asked_for() -> None:
    built = {key for key in entries("report") if key.startswith(BUILT)}
    assert set(entries("report")) - built == (used_in_templates() | used_in_code()) - built


def test_every_gap_class_and_every_unit_has_its_words() -> None:
    known = entries("report")
    for gap in Gap:
        assert {f"gap.{gap.value}.meaning", f"gap.{gap.value}.remedy"} <= set(known)
        assert gap is Gap.UNCONFIRMED or f"short.{gap.value}" in known
    assert {f"measure.{note.unit}" for note in about().values() if note.unit} <= set(known)
