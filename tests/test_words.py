"""One catalogue, two languages: every key in both, with the same gaps; every key that the code asks for is there."""

import re
import string
from pathlib import Path

import pytest

from coverage_census.model.choices import CHOICES, Kind, OperatingStatus, OrgForm, OrgLevel, Qualifier, Responsibility
from coverage_census.model.decision import Advice, Gap, Verdict
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level
from coverage_census.words import catalogue
from coverage_census.words.catalogue import LANGS, Words
from coverage_census.words.language import choose
from coverage_census.words.numbers import percent
from coverage_census.words.width import fold, pad, width

SOURCE = Path(__file__).parents[1] / "src" / "coverage_census"
HAN = re.compile(r"[一-鿿]")


def gaps(sentence: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("file", catalogue.files())
def test_every_entry_has_both_languages_and_the_same_gaps(file: str) -> None:
    for key, entry in catalogue.entries(file).items():
        assert set(entry) == set(LANGS), f"{file}.{key}"
        # English needs no measure word (家, 名).
        assert gaps(entry["zh"]) - {"unit"} == gaps(entry["en"]) - {"unit"}, f"{file}.{key}"


@pytest.mark.parametrize("file", catalogue.files())
def test_chinese_is_chinese_and_english_is_not(file: str) -> None:
    form = file == "template"  # the reader looks for these very words on an English form too
    for key, entry in catalogue.entries(file).items():
        assert form or not HAN.search(re.sub(r"[“\"「『(（][^”\"」』)）]*[”\"」』)）]", "", entry["en"])), (
            f"{file}.{key}: {entry['en']}"
        )


def test_every_key_in_the_code_stands_in_the_catalogue() -> None:
    missing = []
    for path in set(SOURCE.rglob("*.py")) - {Path(catalogue.__file__)}:
        for key in re.findall(r"""words\(\s*f?["']([a-z_]+\.[a-z0-9_.]+)["'][,)]""", path.read_text(encoding="utf-8")):
            if not Words("zh").has(key):
                missing.append(f"{path.name}: {key}")
    assert not missing


def test_every_word_of_the_contract_has_a_label() -> None:
    terms = {
        "kind": Kind,
        "operating_status": OperatingStatus,
        "org_form": OrgForm,
        "org_level": OrgLevel,
        "responsibility": Responsibility,
        "qualifier": Qualifier,
        "level": Level,
        "advice": Advice,
        "verdict": Verdict,
        "gap": Gap,
    }
    for name, members in terms.items():
        for member in members:
            assert Words("zh").has(f"term.{name}.{member}")
    assert set(CHOICES) <= set(terms)


def test_every_field_has_a_label_in_both_languages() -> None:
    for name, note in about().items():
        assert HAN.search(note.zh), name
        assert note.en and not HAN.search(note.en), name
    labels = [note.zh for note in about().values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("asked", "configured", "environment", "expected"),
    [
        ("en", "zh", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, "en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, None, {"LANG": "en_US.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "zh_CN.GBK", "LANG": "en_US.UTF-8"}, "zh"),
        (None, None, {"LANG": "C"}, "zh"),
        (None, None, {}, "zh"),
    ],
)
def test_language(asked: str | None, configured: str | None, environment: dict[str, str], expected: str) -> None:
    assert choose(asked, configured, environment) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (316, 3222, "9.8%"),
        (23, 384, "6.0%"),
        (224, 384, "58.3%"),
        (10, 10, "100.0%"),
        (0, 0, "—"),
        (1, 2000, "0.1%"),
        (1, 2001, "0.0%"),
    ],
)
def test_percent_is_half_up_with_one_decimal(numerator: int, denominator: int, expected: str) -> None:
    assert percent(numerator, denominator) == expected


def test_chinese_lines_fit_the_terminal_and_no_line_begins_with_a_closing_mark() -> None:
    text = "覆盖率和缺口：按县、乡镇、类别、行业、园区或规模分组。Use --township NAME to see only one township." * 3
    lines = fold(text, 30)
    assert all(width(line) <= 32 for line in lines)
    assert not any(line[0] in "，。、：）" for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert width(pad("乡镇", 10)) == 10
