"""`census verify`: whatever is done to a ledger is named with what to restore, and nothing is ever changed by it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coverage_census.files.disk import DRIVE
from coverage_census.ledger import rounds, verify
from coverage_census.ledger.store import manifest, rounds_folder, seal
from coverage_census.ledger.verify import Verified
from kit import Census, Workbook

TABLE = """
| 乡镇 | 单位名称 | 正式党员 |
| 首阳镇 | {name}有限公司 | 3 |
"""


@pytest.fixture
def ledger(census: Census, workbook: Workbook, tmp_path: Path) -> Path:
    for name in ("富民食品", "兴旺建材", "和顺商贸"):
        assert census("ingest", workbook(f"{name}.xlsx", TABLE.format(name=name))).code == 0
    return tmp_path / "ledger"


def every_byte(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def round_2(ledger: Path, name: str = "") -> Path:
    return ledger / "rounds" / "round=000002" / name


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def reseal(folder: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Somebody who knows what he does: files changed and the list of hashes made anew."""
    contents = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != seal.SUMS}
    change(contents)
    for name, data in {**contents, seal.SUMS: seal.sums(contents)}.items():
        (folder / name).write_bytes(data)


def fewer(contents: dict[str, bytes]) -> None:
    record = manifest.parsed(contents[rounds_folder.MANIFEST], 2)
    contents[rounds_folder.MANIFEST] = manifest.written(record.model_copy(update={"confirmed": 2, "carried": 0}))


def test_a_sound_ledger(census: Census, ledger: Path) -> None:
    ran = census("verify")
    assert (ran.code, ran.err) == (0, "")
    newest = seal.read(rounds_folder.round_folder(ledger, 3), DRIVE).sha256
    assert "3 轮" in ran.out and ran.out.splitlines()[-1].endswith(newest)
    found = json.loads(census("verify", "--json").out)
    assert (found["rounds"], found["files"], found["organisations"], found["head"]) == (3, 9, 3, newest)
    assert found["damage"] == found["notices"] == []
    assert census("verify", "--anchor", newest).code == 0
    assert "sound" in census("verify", "--lang", "en").out


CASES: dict[str, tuple[Callable[[Path], object], set[tuple[str, str]], str]] = {
    "a flipped bit in the data": (
        lambda ledger: flip(round_2(ledger, "organisations.parquet")),
        {("changed", "round=000002/organisations.parquet")},
        "rounds/round=000002/organisations.parquet",
    ),
    "an edited manifest": (
        lambda ledger: flip(round_2(ledger, "manifest.json")),
        {("changed", "round=000002/manifest.json")},
        "rounds/round=000002/manifest.json",
    ),
    "a lost file": (
        lambda ledger: round_2(ledger, "problems.parquet").unlink(),
        {("missing", "round=000002/problems.parquet")},
        "rounds/round=000002/problems.parquet",
    ),
    "a lost list of hashes": (
        lambda ledger: round_2(ledger, "SHA256SUMS").unlink(),
        {("missing", "round=000002/SHA256SUMS")},
        "rounds/round=000002",
    ),
    "a list of hashes that points outside": (
        lambda ledger: round_2(ledger, "SHA256SUMS").write_text(f"{'0' * 64}  ../FORMAT\n", encoding="ascii"),
        {("changed", "round=000002/SHA256SUMS")},
        "rounds/round=000002",
    ),
    "a lost round": (
        lambda ledger: shutil.rmtree(round_2(ledger)),
        {("gap", "round=000002")},
        "rounds/round=000002",
    ),
    "a round exchanged with its hashes": (
        lambda ledger: reseal(
            round_2(ledger), lambda files: files.update({"manifest.json": files["manifest.json"] + b"\n"})
        ),
        {("chain", "round=000003")},
        "rounds/round=000002",
    ),
    "a manifest that counts otherwise": (
        lambda ledger: reseal(round_2(ledger), fewer),
        {("chain", "round=000003"), ("counts", "round=000002/manifest.json")},
        "rounds/round=000002",
    ),
    "a manifest of another round": (
        lambda ledger: reseal(
            round_2(ledger),
            lambda files: files.update({
                "manifest.json": (ledger / "rounds" / "round=000001" / "manifest.json").read_bytes()
            }),
        ),
        {("unreadable", "round=000002/manifest.json"), ("chain", "round=000003")},
        "rounds/round=000002",
    ),
    "a lost format": (lambda ledger: (ledger / "FORMAT").unlink(), {("missing", "FORMAT")}, "FORMAT"),
    "a format of nonsense": (lambda ledger: (ledger / "FORMAT").write_bytes(b"{"), {("changed", "FORMAT")}, "FORMAT"),
    "a file called like a round": (
        lambda ledger: (ledger / "rounds" / "round=000004").write_bytes(b""),
        {("missing", "round=000004/SHA256SUMS")},
        "rounds/round=000004",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_damage_is_named_with_what_to_restore_and_left_alone(census: Census, ledger: Path, case: str) -> None:
    harm, expected, restore = CASES[case]
    harm(ledger)
    before = every_byte(ledger)
    ran = census("verify", "--json")
    assert ran.code == 6
    found = json.loads(ran.out)
    assert {(each["what"], each["where"]) for each in found["damage"]} == expected
    assert any(restore in each["restore"] for each in found["damage"])
    for lang in ("zh", "en"):
        said = census("verify", "--lang", lang)
        assert said.code == 6 and restore in said.out and said.err == ""
    assert census("verify", "--csv").out.startswith("\ufeff")
    assert every_byte(ledger) == before


def test_a_newest_round_that_is_gone_is_seen_by_its_anchor(census: Census, ledger: Path) -> None:
    head = json.loads(census("verify", "--json").out)["head"]
    shutil.rmtree(ledger / "rounds" / "round=000003")
    found = json.loads(census("verify", "--json").out)["damage"]
    assert [(each["what"], each["where"]) for each in found] == [("newest", "round=000003")]
    (ledger / "anchors" / "000003").unlink()
    found = json.loads(census("verify", "--json").out)["damage"]
    assert [(each["what"], each["where"]) for each in found] == [("remembered", ".census/anchor")]
    (ledger.parent / ".census" / "anchor").unlink()
    assert census("verify").code == 0
    ran = census("verify", "--anchor", head)
    assert ran.code == 6 and head[:12] in ran.out


def test_strangers_and_leftovers_are_noted_and_harm_nothing(census: Census, ledger: Path) -> None:
    (ledger / "rounds" / "Thumbs.db").write_bytes(b"x")
    (ledger / "rounds" / "副本 round=000002").mkdir()
    round_2(ledger, "desktop.ini").write_bytes(b"x")
    (ledger / "tmp" / "000004-host-1-abc").mkdir()
    ran = census("verify", "--json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert {(each["what"], each["where"]) for each in found["notices"]} == {
        ("stranger", "rounds/Thumbs.db"),
        ("stranger", "rounds/副本 round=000002"),
        ("stranger", "rounds/round=000002/desktop.ini"),
        ("leftover", "tmp/000004-host-1-abc"),
    }
    assert (ledger / "tmp" / "000004-host-1-abc").is_dir()


def test_a_newer_format_is_refused_not_called_damage(census: Census, ledger: Path) -> None:
    (ledger / "FORMAT").write_text('{"format": 99}', encoding="ascii")
    ran = census("verify")
    assert (ran.code, ran.out) == (1, "") and "99" in ran.err


def test_without_a_ledger_there_is_nothing_to_verify(census: Census) -> None:
    ran = census("verify")
    assert (ran.code, ran.out) == (1, "")
    assert "census ingest" in ran.err


def test_whatever_verify_passes_can_be_read(ledger: Path) -> None:
    found: Verified = verify.verify(ledger)
    assert found.damage == ()
    assert len(rounds.all_rounds(ledger)) == found.rounds
