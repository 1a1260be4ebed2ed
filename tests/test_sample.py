"""The made-up samples: they reproduce the published figures, always the same from the same seed, and name nobody."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from stdnum.cn import uscc as checker

from coverage_census.model.organisation import Organisation
from coverage_census.sample import truth
from coverage_census.sample.make import SEED, SamplesMade, What, make
from coverage_census.sample.samples import city, flat, tiandeng, yuexi
from coverage_census.sample.sheets import cells, write
from coverage_census.sample.sheets.layouts import layout
from coverage_census.sample.units import uscc
from coverage_census.sample.units.dirt import Dirt, put_loosely

SHIPPED = Path(__file__).parents[1] / "data" / "samples"
SAMPLES: tuple[What, ...] = get_args(What)
Grids = dict[str, list[list[Any]]]


def grids(path: Path) -> Grids:
    """Every cell of a file, whatever its format."""
    if path.suffix in {".csv", ".tsv"}:
        encoding = "utf-16" if path.suffix == ".tsv" else "gb18030" if "gb18030" in path.name else "utf-8-sig"
        return {"": [[line] for line in path.read_bytes().decode(encoding).splitlines()]}
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, SamplesMade]]:
    folder = tmp_path_factory.mktemp("samples")
    return {what: (folder / what, make(folder / what, what)) for what in SAMPLES}


@pytest.mark.parametrize("what", SAMPLES)
def test_the_shipped_sample_is_what_the_generator_makes(what: str, made: dict[str, tuple[Path, SamplesMade]]) -> None:
    folder, result = made[what]
    shipped = {path.name for path in (SHIPPED / what).iterdir() if not path.name.startswith("truth.")}
    if not result.replaced:
        assert shipped == {path.name for path in result.files}
    for path in result.files:
        if path.name not in result.replaced:
            assert grids(SHIPPED / what / path.name) == grids(path), path.name
    assert truth.load(SHIPPED / what) == truth.load(folder)


@pytest.mark.parametrize("what", SAMPLES)
def test_every_workbook_says_that_it_is_made_up(what: str) -> None:
    for path in (SHIPPED / what).iterdir():
        if not path.name.startswith("truth."):
            text = str(grids(path))
            assert "合成样例" in text or "合成樣例" in text, path.name


@pytest.mark.parametrize("what", SAMPLES)
def test_the_truth_holds_canonical_fields_only(what: str) -> None:
    beside = {"may", "cases", "again", "source", "qualifiers", "bounds"}
    for row in truth.load(SHIPPED / what)["organisations"]:
        for entry in (row, *row["again"]):
            told = {name: value for name, value in entry.items() if name not in beside}
            Organisation(**told, qualifiers=entry["qualifiers"], bounds=entry["bounds"])
            Organisation(name="x", **{key: value for key, value in entry["may"].items() if value is not None})
            assert not set(entry["may"]) & set(told)


def test_yuexi_counts_as_published() -> None:
    """Counted here from the rows alone, not by the generator's own recount."""
    every = truth.load(SHIPPED / "yuexi")["organisations"]
    rows = [row for row in every if row.get("operating_status") not in ("closed", "moved")]
    counts = Counter[str]()
    lacking = set()
    for row in rows:
        counts.update(name for name in ("has_org", "has_union", "has_league", "has_women_org") if row.get(name))
        if row["has_org"]:
            continue
        for flag, people in (("union", "employees"), ("league", "league_members"), ("women_org", "female_employees")):
            least = row["bounds"].get(people, [row.get(people, 0)])[0]
            if least >= 3 and row[f"has_{flag}"] is False:
                counts[f"{flag} due"] += 1
                lacking.add(row["name"])
    assert len({row["name"] for row in rows}) == len(rows) == 384
    assert counts == {
        "has_org": 224, "has_union": 114, "has_league": 23, "has_women_org": 43,
        "union due": 50, "league due": 26, "women_org due": 35,
    }  # fmt: skip
    assert len(lacking) == 98
    gone = [row for row in every if row not in rows]
    assert len(gone) == 8 and all("gone" in row["cases"] for row in gone)
    assert sum(row["has_org"] for row in gone) == sum(row["has_union"] for row in gone) == 4


def test_yuexi_has_every_case() -> None:
    rows = truth.load(SHIPPED / "yuexi")["organisations"]
    found = Counter(case for row in rows for case in row["cases"])
    wanted = {
        "two_formal_one_probationary", "formal_unknown_total_5", "reason_without_counts", "irregular_joint",
        "should_be_standalone", "fell_below_three", "unbuilt_standalone", "large_without_members", "closed",
        "wrong_check_digit", "old_number", "destroyed_code",
    }  # fmt: skip
    assert wanted <= set(found)
    by_case = {case: row for row in rows for case in row["cases"]}
    hole, five = by_case["two_formal_one_probationary"], by_case["formal_unknown_total_5"]
    assert (hole["members_formal"], hole["members_probationary"]) == (2, 1)
    assert five["members_total"] == 5
    assert "members_formal" not in five
    assert "members_total" not in by_case["reason_without_counts"]
    assert {row.get("org_form") for row in rows if row["has_org"]} >= {
        "standalone", "joint", "affiliated", "hosted", "area", "industry", "temporary",
    }  # fmt: skip
    told = truth.load(SHIPPED / "yuexi")["reported"]
    assert {each["what"] for each in told} >= {
        "personal_column",
        "repeated_row",
        "reported_twice",
        "roster",
        "wrong_total",
    }
    assert any(again["source"]["file"] != row["source"]["file"] for row in rows for again in row["again"])
    assert {qualifier for row in rows for qualifier in row["qualifiers"].values()} >= {
        "approx", "at_least", "range", "lumped", "derived", "below",
    }  # fmt: skip


def test_joint_branches_share_a_name_within_one_township() -> None:
    for what in SAMPLES:
        joint: dict[str, list[dict[str, Any]]] = {}
        for row in truth.load(SHIPPED / what)["organisations"]:
            if row.get("org_form") == "joint" and row.get("org_name"):
                joint.setdefault(row["org_name"], []).append(row)
        assert joint
        for rows in joint.values():
            assert 2 <= len(rows) <= 7
            assert len({(row["county"], row.get("township")) for row in rows}) == 1


def test_the_city_counts_as_published() -> None:
    rows = truth.load(SHIPPED / "city")["organisations"]
    enterprises = [row for row in rows if row["kind"] == "enterprise"]
    built = [row for row in rows if row["has_org"]]
    assert (len(rows), len(enterprises), len(built)) == (3222, 3037, 316)
    assert sum(row["employees"] for row in rows) == 33625
    assert sum(row["members_total"] for row in rows) == 4582
    alone = [row for row in enterprises if row["has_org"]]
    assert {row["org_form"] for row in alone} == {"standalone"}
    assert len(alone) == 131
    assert sum(row["above_scale"] for row in rows) == sum(row["above_scale"] for row in alone) == 122
    assert all(row["has_org"] for row in rows if row["kind"] == "social_org")
    assert Counter(row["active"] for row in rows if "active" in row) == {True: 11, False: 39}
    assert all(row["members_total"] <= row["employees"] for row in rows)
    assert len({row["county"] for row in rows}) == 4


def test_tiandeng_counts_as_published() -> None:
    rows = truth.load(SHIPPED / "tiandeng")["organisations"]
    due = [row for row in rows if row["members_formal"] >= 3]
    assert len(due) == 10
    assert all(row["has_org"] for row in due)
    assert sum(row["org_founded_on"].startswith("2014") for row in due) == 1
    assert all(row["members_formal"] + row["members_probationary"] < 3 for row in rows if row not in due)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_seed_reaches_the_same_figures(seed: int, tmp_path: Path) -> None:
    found = make(tmp_path / "a", "yuexi", seed)
    assert found.figures.items() >= yuexi.FIGURES.items()
    assert truth.load(tmp_path / "a") != truth.load(SHIPPED / "yuexi")
    assert make(tmp_path / "b", "city", seed).figures.items() >= city.FIGURES.items()
    assert make(tmp_path / "c", "tiandeng", seed).figures.items() >= tiandeng.FIGURES.items()


def test_the_shares_of_dirt_are_kept(tmp_path: Path) -> None:
    dirt = replace(Dirt(), wrong_check_digits=0.1, missing_codes=0, old_numbers=0, destroyed_codes=0)
    make(tmp_path, 400, dirt=dirt)
    found = Counter(case for row in truth.load(tmp_path)["organisations"] for case in row["cases"])
    assert set(found) == {"wrong_check_digit"}
    assert 15 <= found["wrong_check_digit"] <= 40


@pytest.mark.parametrize("count", [1, 2, 39, 500])
def test_any_size(count: int, tmp_path: Path) -> None:
    found = make(tmp_path, count)
    rows = truth.load(tmp_path)["organisations"]
    assert found.organisations == len(rows) == count
    assert len({row["name"] for row in rows}) == count
    assert len(found.files) == max(1, round(count / 40))


def test_one_flat_sheet(tmp_path: Path) -> None:
    found = make(tmp_path, 3000, one_file=True)
    (rows,) = grids(found.files[0]).values()
    assert rows[1] == list(flat.HEADINGS)
    assert len(flat.HEADINGS) == 20
    assert len(rows) == 3002
    assert len({row[0] for row in rows[2:]}) == 3000
    counties = truth.load(tmp_path)["counties"]
    assert sum(counties.values()) == 3000
    assert len(counties) == 104
    assert found.figures["has_org"] == sum(row[14] == "是" for row in rows[2:])


def test_codes_pass_both_check_digits_and_agree_with_stdnum() -> None:
    rng = Random(SEED)
    for _ in range(2000):
        code = uscc.make(rng.choice(("91", "92", "93", "51", "52", "53")), "340828", rng.randrange(31**6))
        assert checker.is_valid(code), code
        assert code[8:10] == "YY"
        assert not checker.is_valid(uscc.spoil(code))
    # A body with digits, letters and every check character, against the standard's own arithmetic in stdnum.
    assert checker.is_valid(uscc.close("91110000", "60003744"))
    assert len(uscc.old_number("340828", rng)) == 15


def test_codes_differ() -> None:
    codes = [uscc.make("91", "340828", number) for number in range(20000)]
    assert len(set(codes)) == 20000


def test_no_number_that_could_be_a_persons(made: dict[str, tuple[Path, SamplesMade]]) -> None:
    mobile, identity = (
        re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
        re.compile(r"(?<!\d)[1-8]\d{5}(?:19|20)\d{9}[\dX](?!\d)"),
    )
    for _, result in made.values():
        for path in result.files:
            text = str(grids(path))
            assert not mobile.search(text), path.name
            assert not identity.search(text), path.name


def test_all_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 2_000_000


@pytest.mark.parametrize("count", [11, 15, 19, 20, 25, 37, 83, 95, 100, 158])
def test_a_loose_count_holds_the_true_one(count: int) -> None:
    for way in range(12):
        found = put_loosely(count, way)
        assert found.low <= count <= (found.high or count)


def test_every_style_of_every_layout_is_known() -> None:
    for name in ("flat", "two_level", "f1", "legacy", "total_only", "platform", "plain", "loose", "lumped", "sections",
                 "coverage", "zone", "merged", "social_list", "registration", "traditional", "city"):  # fmt: skip
        for column in layout(name).columns:
            assert column.style in cells.STYLES or column.style in cells.FLAGS, column


def test_a_format_that_cannot_be_written_here_becomes_xlsx(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(write, "find_spec", lambda name: None)
    found = make(tmp_path, "yuexi")
    assert set(found.replaced) == {"菖蒲镇汇总表.xlsx", "头陀镇(1).xlsx", "白帽镇党组织所属单位信息.xlsx"}
    files = {row["source"]["file"] for row in truth.load(tmp_path)["organisations"]}
    assert files == {path.name for path in found.files}
