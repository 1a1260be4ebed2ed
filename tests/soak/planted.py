"""Planted bugs: each guard of the ledger is taken out of a copy of the code, and a test must notice.

`mutants/planting.py` says how; the guards of the other stages stand in `mutants/guards.py`.
"""

# ruff: noqa: E501   (the guards stand here as they stand in the code)

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from mutants.planting import Bug, main

STORE, SEAL, FILES = "ledger/store/rounds_folder.py", "ledger/store/seal.py", "files/disk.py"

POWER, MATRIX, MACHINE = "test_soak_power.py", "test_ledger_store.py -k every_call", "test_ledger_machine.py"
DAMAGE, RACE = "test_ledger_store.py::TestDamage", "test_ledger_store.py -k another_writer"

BUGS = (
    Bug("a file is not synced", FILES, "        drive.fsync(handle)\n", "", POWER),
    Bug("the staging folder is not synced", STORE, "        drive.fsync_folder(staging)\n        for name, data", "        for name, data", POWER),
    Bug("rounds/ is not synced after the rename", STORE, "        settle(folder, drive)\n    return seal.sha256(sealed[seal.SUMS])\n", "    return seal.sha256(sealed[seal.SUMS])\n", POWER),
    Bug("new folders are not synced", FILES, "        drive.fsync_folder(folder.parent)\n", "", POWER),
    Bug("the names of a new ledger are left to who began it", STORE, "    for path in (folder, folder.parent):\n        drive.fsync_folder(path)\n", "", POWER),
    Bug("a round that is in already is told of before its name is on the disk", STORE, "                    settle(folder, drive)\n                    return None", "                    return None", POWER, ("        settle(folder, drive)\n        _place(folder, Anchor(stands.last,", "        _place(folder, Anchor(stands.last,")),
    Bug("a failed fsync is tried again", STORE, '        drive.fsync_folder(folder / "rounds")\n    except OSError as error:\n        raise Busy("ledger_unsure", file=str(folder)) from error', '        drive.fsync_folder(folder / "rounds")\n    except OSError:\n        drive.fsync_folder(folder / "rounds")', POWER),
    Bug("a failed fsync of a file is passed over", FILES, "        drive.fsync(handle)\n", "        _quietly(drive.fsync, handle)\n", POWER),
    Bug("a write that took less is not gone on with", FILES, "            rest = rest[drive.write(handle, rest) :]", "            drive.write(handle, rest)\n            break", "test_files.py"),
    Bug("hashes are not compared", SEAL, "    if sha256(data) != seal.hashes[name]:\n        raise damaged(seal.folder, name)\n", "", DAMAGE),
    Bug("the chain is not checked", "ledger/store/manifest.py", "        if each.parent != parent:", "        if False:", DAMAGE),
    Bug("a newest round that has gone is not missed", STORE, "    if held is not None and held.number > stands.last:", "    if False:", "test_soak_damage.py -k conflict"),
    Bug("the newest round is not held against its anchor", STORE, "    if held is not None and held.number == number and held.sha256 != sealed.sha256:", "    if False:", "test_soak_damage.py -k anew"),
    Bug("a round is told of before it is anchored", STORE, "                    _place(folder, Anchor(stands.last + 1, sealed), drive)\n", "", "test_ledger_store.py -k the_name_after"),
    Bug("the files of the newest round are not looked at before the next", STORE, "    for name in sorted({*sealed.hashes, ORGANISATIONS, PROBLEMS, MANIFEST}):\n        seal.content(sealed, name, drive)\n", "", "test_soak_damage.py -k problems"),
    Bug("a round under a stranger's name is passed over", STORE, "    _no_forks(folder, stands, drive)\n    _as_remembered(folder, stands, drive)\n    if sealed", "    _as_remembered(folder, stands, drive)\n    if sealed", "test_soak_damage.py -k computer"),
    Bug("settings are amended without a lock", "files/amend.py", "        with lock.alone(place / _LOCK, drive, patience=lock.PATIENCE):\n            for", "        if True:\n            for", "test_remembering.py -k many"),
    Bug("nobody notes what follows a commit", "commands/ingest/follow.py", "    noted = owed_work.begin(session.settings, readings) if returns else None\n", "    noted = None\n", "test_owed_work.py -k ingest"),
    Bug("gaps are not seen", STORE, "        if each != expected:", "        if False:", DAMAGE),
    Bug("a list of hashes may name any path", SEAL, r'([a-z]+(?:-[0-9]{4}-[0-9]{2}-[0-9]{2})?\.(?:parquet|jsonl?))")', r'(.+)")', DAMAGE),
    Bug("the nonce is not looked at", STORE, '["nonce"] == nonce)', '["nonce"] is not None)', RACE),
    Bug("a lost answer counts as a failure", STORE, "            if not _is_ours(final, nonce, drive):", "            if True:", MATRIX),
    Bug("what was written is not read back", STORE, "            if drive.read(staging / name) != data:", "            if False:", "test_ledger_store.py -k gives_back"),
    Bug("a lost race is not begun again", STORE, "            for _ in range(_ATTEMPTS):", "            for _ in range(1):", RACE),
    Bug("the first writer's state is kept after a lost race", STORE, "                written = contents(stands.last + 1, parent, nonce)", "                written = locals().get('written') or contents(stands.last + 1, parent, nonce)", RACE),
    Bug("what passes is not waited for", FILES, "            if error.errno not in _PASSING:\n                raise", "            raise", "test_files.py"),
    Bug("the round is copied to its place file by file", FILES, "        _patiently(lambda: drive.rename(staging, final), drive)", "        drive.mkdir(final)\n        for name in drive.names(staging):\n            drive.rename(staging / name, final / name)", MATRIX),
    Bug("another writer's round is replaced", FILES, "    if drive.exists(final):\n        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(final))", "    import shutil\n\n    shutil.rmtree(final, ignore_errors=True)", "test_files.py"),
    Bug("the list of hashes is written before the data", STORE, "        sealed = {**written, seal.SUMS: seal.sums(written)}\n        for name, data in sealed.items():\n            disk.write_new(staging / name, data, drive)\n        drive.fsync_folder(staging)", "        sealed = {**written, seal.SUMS: seal.sums(written)}\n        disk.publish(staging, final, drive)\n        for name, data in sealed.items():\n            disk.write_new(final / name, data, drive)\n        return True", MATRIX),
    Bug("leftovers are emptied under their own name", STORE, "        drive.rename(path, rest)\n", "        rest = path\n", "test_ledger_store.py -k wakes_up"),
    Bug("everything in tmp/ is swept at once", STORE, "            if drive.age(path) > _ORPHANED:", "            if True:", "test_ledger_store.py -k swept_up"),
    Bug("a report is written where it stands", FILES, "        _patiently(lambda: drive.replace(staging, path), drive)\n    except OSError as error:", "        drive.unlink(path) if drive.exists(path) else None\n        drive.rename(staging, path)\n    except OSError as error:", "test_soak_power.py -k report"),
    Bug("no copy lies beside an open target", FILES, "        copy = _dated_copy(staging, path, drive, error)", "        copy = path", "test_files.py"),
    Bug("a stranger's folder counts as a round", STORE, "_ROUND.fullmatch(name)\n    return int", "_ROUND.match(name)\n    return int", DAMAGE),
    Bug("a newer format is read all the same", "ledger/store/formats.py", "    if number > FORMAT:\n        raise newer(str(folder)", "    if False:\n        raise newer(str(folder)", DAMAGE),
)  # fmt: skip


if __name__ == "__main__":
    main(BUGS, __doc__)
