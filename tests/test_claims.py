"""Published figures checked by their own arithmetic: what reproduces, what does not, and what cannot be read."""

import json
from pathlib import Path

import pytest

from coverage_census.policy.figures import claims
from kit import Census

SOURCES = """\
# 来源文件里的数（domain.md §1.6）
316/3222=9.8%
3037+185=3222
131+185=316

１６７７／４６０００＝９.４％   # S3
356+21=377
11+39=50
29.8+32.5+455.4=517.6 (rounding tolerance)
1911/6056=33%
224家/384家=58.3%
23/384=6.0%
33625人/3222家=10.4
1,677/1.784万=9.4%
"""


@pytest.mark.parametrize(
    ("line", "verdict", "computed"),
    [
        ("316/3222=9.8%", "reproduces", "9.8%"),
        ("316÷3222＝9.8％。", "reproduces", "9.8%"),
        ("1677/46000=9.4%", "differs", "3.6%"),
        ("1911/6056=31.6%", "reproduces", "31.6%"),
        ("1911/6056=33%", "differs", "32%"),
        ("260/732=35.52%", "reproduces", "35.52%"),
        ("1/8=12.5%", "reproduces", "12.5%"),
        ("1/16=6.3%", "reproduces", "6.3%"),  # 6.25, half up
        ("3037+185=3222", "reproduces", "3222"),
        ("384-224=160", "reproduces", "160"),
        ("356+21=384", "differs", "377"),
        ("29.8+32.5+455.4=517.6", "rounding", "517.7"),
        ("29.8+32.5+455.4=517.2", "differs", "517.7"),
        ("33625人/3222家=10.4", "reproduces", "10.4"),
        ("33.33万+4.6万=37.93万", "reproduces", "379300.00"),
        ("约28/184=15.2%", "inexact", None),
        ("28/184不足二成", "inexact", None),
        ("200余/384=52.1%", "inexact", None),
        ("224个/384家=58.3%", "mixed_units", None),
        ("hello", "unreadable", None),
        ("316/3222", "unreadable", None),
        ("316/0=9.8%", "unreadable", None),
        ("=5", "unreadable", None),
        ("1=1=1", "unreadable", None),
        ("3037+185%=3222", "unreadable", None),
        ("316/3222/2=4.9%", "unreadable", None),
        ("9" * 500 + "=1", "unreadable", None),
    ],
)
def test_one_line(line: str, verdict: str, computed: str | None) -> None:
    (found,) = claims.check(line)
    assert (found.verdict, found.computed) == (verdict, computed)


def test_blank_lines_and_comments_keep_their_line_numbers() -> None:
    assert [each.line for each in claims.check(SOURCES)] == [2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14]


def test_a_rate_that_does_not_hold_names_the_base_that_it_would_need() -> None:
    (found,) = claims.check("1677/46000=9.4%")
    assert found.base == 17_840


@pytest.mark.parametrize(
    ("line", "word"),
    [("约28/184=15.2%", "约"), ("200余/384=52.1%", "余"), ("近100家/384家=26%", "近"), ("5成/10=50%", "成"),
     ("120人左右+3=123", "左右"), ("几十+3=33", "几十"), ("28/184不足二成", "不足")],
)  # fmt: skip
def test_a_rough_figure_is_named_by_its_word(line: str, word: str) -> None:
    (found,) = claims.check(line)
    assert (found.verdict, found.word) == ("inexact", word)


@pytest.mark.parametrize("line", ["余杭区5/10=50%", "多家成立10/20=50%", "近年10/20=50%"])
def test_a_word_that_stands_by_no_figure_does_not_make_it_a_rough_one(line: str) -> None:
    assert [each.verdict for each in claims.check(line)] == ["unreadable"]


@pytest.mark.parametrize(
    ("line", "said"),
    [("50/384=25%", "分母须为 200"), ("1677/46000=9.4%", "分母须约为 17840"), ("1/3=50%", "分母须为 2")],
)
def test_about_is_said_only_of_a_base_that_is_rounded(census: Census, tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "figures.txt").write_text(line, encoding="utf-8")
    assert said in census("indicators", "--claims", "figures.txt").out


def test_the_command_needs_no_ledger_and_says_what_reproduces(census: Census, tmp_path: Path) -> None:
    (tmp_path / "figures.txt").write_text(SOURCES, encoding="utf-8")
    ran = census("indicators", "--claims", "figures.txt")
    assert ran.code == 0
    assert "共 12 条：对得上 10，对不上 2，不核对 0，读不懂 0。" in ran.out
    assert "分母须约为 17840" in ran.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_of_a_text_file(census: Census, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "figures.txt").write_bytes("316家/3222家=9.8%\r\n".encode(encoding))
    (found,) = json.loads(census("indicators", "--claims", "figures.txt", "--json").out)
    assert (found["line"], found["verdict"]) == (1, "reproduces")


def test_a_line_that_cannot_be_read_is_located_and_exit_3(census: Census, tmp_path: Path) -> None:
    (tmp_path / "figures.txt").write_text("316/3222=9.8%\n\n覆盖率很高\n", encoding="utf-8")
    ran = census("indicators", "--claims", "figures.txt", "--json")
    assert ran.code == 3
    assert [(each["line"], each["verdict"]) for each in json.loads(ran.out)] == [(1, "reproduces"), (3, "unreadable")]
    assert "line" in census("indicators", "--claims", "figures.txt", "--csv").out


@pytest.mark.parametrize("content", [None, b"PK\x03\x04\x00\x00\xff\xff", b"\x00" * 10, b"\xff\xfe\x00"])
def test_no_text_file_is_one_sentence(census: Census, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "figures.txt").write_bytes(content)
    ran = census("indicators", "--claims", "figures.txt")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_an_empty_file_is_an_empty_list(census: Census, tmp_path: Path) -> None:
    (tmp_path / "figures.txt").write_bytes(b"")
    assert json.loads(census("indicators", "--claims", "figures.txt", "--json").out) == []


def test_views_are_not_mixed(census: Census, tmp_path: Path) -> None:
    (tmp_path / "figures.txt").write_text("1+1=2", encoding="utf-8")
    assert census("indicators", "--claims", "figures.txt", "--list").code == 2
    assert census("indicators", "org_coverage", "--claims", "figures.txt").code == 2
