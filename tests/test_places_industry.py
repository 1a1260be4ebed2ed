"""What sheets call an industry, as sections and divisions of GB/T 4754-2017, with how certain that is."""

import pytest

from coverage_census.places.industry import classified, name


@pytest.mark.parametrize(
    ("text", "section", "division", "certainty"),
    [
        ("制造业", "C", None, "name"),
        ("信息传输、软件和信息技术服务业", "I", None, "name"),
        ("批发和零售", "F", None, "name"),
        ("零售业", "F", "52", "name"),
        ("F52", "F", "52", "code"),
        ("5211", "F", "52", "code"),
        ("F", "F", None, "code"),
        ("茶叶种植", "A", "01", "keyword"),
        ("水产养殖", "A", "04", "keyword"),
        ("汽车维修服务", "O", "81", "keyword"),
    ],
)
def test_industries(text: str, section: str, division: str | None, certainty: str) -> None:
    found = classified(text)
    assert found is not None
    assert (found.section, found.division, found.certainty) == (section, division, certainty)


@pytest.mark.parametrize("text", [None, "", "其他", "9999", "A52"])
def test_what_tells_nothing_is_unknown(text: str | None) -> None:
    assert classified(text) is None


def test_the_code_of_the_sheet_goes_first() -> None:
    found = classified("制造业", "5211")
    assert found is not None and found.division == "52" and found.certainty == "code"


def test_names_of_the_standard() -> None:
    assert name("52") == "零售业" and name("C") == "制造业" and name("??") == "??"
