"""A ledger in; in which format it was last written, out; and a manifest of any older format as one of today's."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from coverage_census import __version__
from coverage_census.errors import CensusError, Damaged
from coverage_census.files import disk
from coverage_census.files.disk import Drive
from coverage_census.model import days
from coverage_census.model.row import Json

# 1  rounds of organisations.parquet, problems.parquet, manifest.json, entries.jsonl where there are any; SHA256SUMS
#    chained by `parent`
# 2  a manifest may name the round it undoes (`supersedes`) and why; a reader of 1 would count an undone round
# 3  a manifest names its format; entries may be about two organisations, a task or a kept plan, which a reader of 2
#    would take for damage
# 4  sheets and scopes say the day they speak for; a round may hold past states that it revised
#    (past-2026-03-31.parquet)
# 5  the newest round is anchored outside the rounds (`anchor`); a writer of 4 would leave the anchor behind; a manifest
#    says once what its files have in common (`manifest_files`)
# 6  entries may be answers on registers of other offices (补录, 不属两新, 以台账为准), and an organisation may be known
#    from a register alone (confirmed_round 0); the registers themselves lie beside the rounds (`sealed_registers`)
#
# Nothing that was written is rewritten: a round stays in the format it was written in, and its manifest is led up to
# today's when it is read, one function a step. The first round that is written after a new census came raises the
# number in FORMAT; from then on an older census refuses the ledger by name.
FORMAT = 6
ANCHORED = 5  # from here on a ledger without an anchor is damaged
FILE = "FORMAT"

Manifest = Json


def _to_2(old: Manifest) -> Manifest:
    return {"supersedes": None, "reason": None, **old}


def _to_3(old: Manifest) -> Manifest:
    return old  # what is new stands in entries


def _to_4(old: Manifest) -> Manifest:
    """What its sheets spoke for was one day, the round's own."""
    if not old.get("files"):
        return old
    day = days.last_of(str(old["as_of"]))
    for file in old["files"]:
        for sheet in file["sheets"]:
            if sheet["kind"] in ("ledger", "card"):
                sheet["speaks_for"] = days.last_of(sheet.get("as_of") or day)
    return {"day": day, **old}


def _to_5(old: Manifest) -> Manifest:
    return old  # what is new stands beside the rounds


def _to_6(old: Manifest) -> Manifest:
    return old  # what is new stands in entries, and beside the rounds


STEPS: Mapping[int, Callable[[Manifest], Manifest]] = {1: _to_2, 2: _to_3, 3: _to_4, 4: _to_5, 5: _to_6}


def upgraded(manifest: Manifest, where: str) -> Manifest:
    """A manifest as JSON knows it, of any format, as today's without its number; a newer one is refused."""
    number = manifest.pop("format", 1)  # 1 and 2 did not say; to a manifest of 2 the first step adds nothing
    if not isinstance(number, int) or number < 1:
        raise Damaged("ledger_damaged", where=where)
    if number > FORMAT:
        raise newer(where, number, manifest.get("tool"))
    for step in range(number, FORMAT):
        manifest = STEPS[step](manifest)
    return manifest


def newer(where: str, number: int, tool: object) -> CensusError:
    """The refusal of what a later census wrote; `tool` is its version, if it says so."""
    written_by = tool if isinstance(tool, str) else "?"
    return CensusError("ledger_newer", file=where, format=number, known=FORMAT, tool=written_by, own=__version__)


def written() -> bytes:
    """What stands in FORMAT; an older census reads its number only."""
    return json.dumps({"format": FORMAT, "census": __version__}).encode() + b"\n"


def of(folder: Path, drive: Drive) -> int | None:
    """The format in which the ledger was last written; None where the file is not there; a newer one is refused."""
    try:
        found = json.loads(drive.read(folder / FILE))
        number = found["format"]
    except FileNotFoundError:
        return None
    except (disk.NotAFile, IsADirectoryError) as error:
        raise Damaged("ledger_damaged", where=FILE) from error
    except OSError as error:
        raise disk.stopped(error, folder) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged("ledger_damaged", where=FILE) from error
    if not isinstance(number, int) or number < 1:
        raise Damaged("ledger_damaged", where=FILE)
    if number > FORMAT:
        raise newer(str(folder), number, found.get("census"))
    return number


def unanchored(folder: Path, drive: Drive) -> bool:
    """Whether a ledger is of a format that knew no anchor: the next writer places one."""
    found = of(folder, drive)
    return found is not None and found < ANCHORED
