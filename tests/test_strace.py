"""A sample of what `make soak` does with every system call of a real `census ingest` and `census undo`."""

import shutil
from pathlib import Path

import pytest

from soak import system_calls
from soak.system_calls import KILL, WORKS, Call, calls, fail, template
from soak.writing import folder_in_memory

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")

# The moments that matter: data, the list of hashes, the folder, the rename that publishes, what comes after it.
MOMENTS = ("fsync", "rename")


def test_calls_that_fail_in_a_real_process() -> None:
    """The rename that publishes and the last fsync meet an error and the end; so does one call of the middle."""
    with folder_in_memory() as folder:
        work = WORKS[1]
        source = template(folder, work)
        lane = folder / "lane"
        lane.mkdir()
        found = calls(work, source, lane, MOMENTS)
        inside = [each for each in found if "/ledger/" in each.about]  # beside it stand notes and copies
        chosen = [inside[0], publishing(found), inside[-1]]
        assert [each.name for each in chosen] == ["fsync", "rename", "fsync"]
        outcomes = [
            fail(work, call, fault, source, lane)
            for call, faults in zip(chosen, (("ENOSPC",), ("EACCES", KILL), ("EIO", KILL)), strict=True)
            for fault in faults
        ]
    assert [system_calls.told([each]) for each in outcomes if each.wrong or not each.hit] == []
    assert [each.code for each in outcomes] == [1, 0, -9, 5, -9]  # EACCES passes by itself: it is tried again


def publishing(found: list[Call]) -> Call:
    (only,) = (call for call in found if call.name == "rename" and "rounds/round=" in call.about)
    return only


def test_what_counts_as_a_call_to_the_workspace() -> None:
    log = """
openat(AT_FDCWD</w>, "/usr/lib/python3.11/os.py", O_RDONLY) = 3</usr/lib/python3.11/os.py>
openat(AT_FDCWD</w>, "/w/ledger/FORMAT", O_RDONLY) = 3</w/ledger/FORMAT>
write(4</w/ledger/tmp/x/manifest.json>, ""..., 9) = 9
write(1<pipe:[7]>, ""..., 9)      = 9
fsync(4</w/ledger/tmp/x/manifest.json>) = 0
""".strip()
    found = [(call.name, call.nth) for call in system_calls.parsed(log, Path("/w"))]
    assert found == [("openat", 2), ("write", 1), ("fsync", 1)]
