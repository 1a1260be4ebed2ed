"""The real command in the surroundings of an office server: locales, streams, rights, disks, odd files, signals."""

import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from coverage_census.cli import main as cli
from coverage_census.ledger import rounds
from coverage_census.ledger.verify import verify
from run_case import HEKOU, QINGSHI, book

CENSUS = Path(sys.executable).with_name("census")
BARE = {"PATH": "/usr/bin:/bin", "CENSUS_NOW": "2026-11-21T09:00:00+08:00"}
PATIENCE = 120  # seconds; a loaded machine is slow, a hang is for ever


def run(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, umask: int = 0o022, **more: object
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own; nothing of our surroundings but what is given."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [CENSUS, *words],
        cwd=cwd,
        env={**BARE, **(env or {})},
        umask=umask,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
        check=False,
        **{"capture_output": True, **more},
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace with one workbook in its inbox."""
    place = tmp_path / "ws"
    assert cli.run(["init", str(place)]) == 0
    book(place / "inbox" / "青石镇" / "青石镇.xlsx", QINGSHI)
    return place


def calm(ran: subprocess.CompletedProcess[bytes]) -> str:
    """No traceback and no failure of ours, whatever else was said; what was said."""
    said = (ran.stderr or b"").decode("utf-8")
    assert "Traceback" not in said
    assert "CENSUS_DEBUG" not in said
    return said


def left(place: Path) -> dict[str, str]:
    document = json.loads((place / "reports" / "digest.json").read_text(encoding="utf-8"))
    return {each["file"]: each["code"] for each in document["left_out"]}


def sound(place: Path) -> int:
    """The ledger is whole; how many rounds it has."""
    if not (place / "ledger" / "rounds").exists():
        return 0
    assert not verify(place / "ledger").damage
    return len(rounds.all_rounds(place / "ledger"))


@pytest.fixture(scope="session")
def gbk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """LC_ALL=zh_CN.GBK as a real locale; made here, because few machines have it."""
    place = tmp_path_factory.mktemp("locale")
    if not shutil.which("localedef") or not Path("/usr/share/i18n/locales/zh_CN").exists():
        pytest.skip("localedef or the Chinese locale is missing")
    subprocess.run(
        ["localedef", "-f", "GBK", "-i", "zh_CN", place / "zh_CN.GBK"], capture_output=True, timeout=60, check=False
    )
    return {"LOCPATH": str(place), "LC_ALL": "zh_CN.GBK"}


SURROUNDINGS = {
    "LANG=C": {"LANG": "C"},
    "an unknown locale": {"LC_ALL": "xx_YY.UTF-8"},
    "nothing at all": {},
    "ascii streams": {"PYTHONIOENCODING": "ascii"},
    "no UTF-8 mode": {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"},
    "no home": {"HOME": "/nonexistent"},
    "a dumb terminal": {"TERM": "dumb", "COLUMNS": "40"},
    "Shanghai": {"TZ": "Asia/Shanghai"},
    "UTC": {"TZ": "UTC"},
    "nonsense zone": {"TZ": "Nowhere/Nonsense::"},
    "absurd width": {"COLUMNS": "-3"},
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_a_run_in(office: Path, name: str) -> None:
    ran = run("run", cwd=office, env=SURROUNDINGS[name])
    assert calm(ran) == ""
    assert ran.returncode == 0
    assert "已记入2026年第" in ran.stdout.decode("utf-8")
    assert "青石镇/青石镇.xlsx" in ran.stdout.decode("utf-8")


def test_a_run_in_a_gbk_locale(office: Path, gbk: dict[str, str]) -> None:
    """Names on the share stay what they are; nothing is lost for want of a character."""
    book(office / "inbox" / "㙍𠮷乡.xlsx", HEKOU)
    ran = run("run", cwd=office, env=gbk)
    assert calm(ran) == ""
    assert ran.returncode == 0
    assert "㙍𠮷乡.xlsx" in ran.stdout.decode("utf-8")
    listed = run("gaps", "--township", cwd=office, env=gbk)
    assert "青石镇" in listed.stdout.decode("utf-8")
    typed = run("explain", os.fsdecode("云岭县松岩机械有限公司".encode("gbk")), cwd=office, env=gbk)
    assert typed.returncode == 0
    assert (office / "reports" / "000001" / "coverage.html").exists()


@pytest.mark.parametrize(("umask", "file", "folder"), [(0o077, 0o600, 0o700), (0o000, 0o640, 0o750)])
def test_rights_follow_the_umask_and_never_reach_strangers(office: Path, umask: int, file: int, folder: int) -> None:
    assert run("run", cwd=office, umask=umask).returncode == 0
    made = [office / "ledger" / "rounds", office / ".census", office / "reports" / "000001"]
    for path in [path for top in made for path in (top, *top.rglob("*"))]:
        assert stat.S_IMODE(path.stat().st_mode) == (folder if path.is_dir() else file), path


@contextlib.contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """A file system of a test's own, where the account may make one."""
    if os.geteuid() != 0:
        pytest.skip("needs root to mount")
    done = subprocess.run(["mount", *options, place], capture_output=True, timeout=20, check=False)
    if done.returncode:
        pytest.skip("this machine does not let us mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], capture_output=True, timeout=20, check=True)


def test_an_inbox_that_may_only_be_read(office: Path) -> None:
    inbox = office / "inbox"
    with mounted(inbox, "--bind", str(inbox)):
        subprocess.run(["mount", "-o", "remount,ro,bind", inbox], check=True, timeout=20)
        ran = run("run", cwd=office)
        assert (ran.returncode, calm(ran)) == (0, "")
        archived = run("run", "--archive", cwd=office)
        assert archived.returncode == 3
        assert "没有权限" in archived.stdout.decode("utf-8")
    assert (inbox / "青石镇" / "青石镇.xlsx").exists()


def test_a_workspace_that_may_only_be_read(office: Path) -> None:
    with mounted(office, "--bind", str(office)):
        subprocess.run(["mount", "-o", "remount,ro,bind", office], check=True, timeout=20)
        ran = run("run", cwd=office)
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert "没有权限" in calm(ran)
    assert sound(office) == 0


def test_a_full_disk(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    with mounted(place, "-t", "tmpfs", "-o", "size=256k", "tmpfs"):
        assert cli.run(["init", str(place)]) == 0
        book(place / "inbox" / "青石镇.xlsx", QINGSHI)
        filler = place / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
        ran = run("run", cwd=place)
        assert ran.returncode == 1
        assert "磁盘已满" in calm(ran)
        # nothing but a mark of nought bytes, which the ledger sweeps
        assert [path for path in (place / "ledger").glob("tmp/*") if path.stat().st_size] == []
        filler.unlink()
        assert sound(place) == 0
        assert run("run", cwd=place).returncode in (0, 4)
        assert sound(place) == 1


def test_a_quota_on_file_size(office: Path) -> None:
    def quota() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    # Python itself would cut short what it compiles, and believe it later.
    ran = run("run", cwd=office, env={"PYTHONDONTWRITEBYTECODE": "1"}, preexec_fn=quota)
    assert ran.returncode == 1
    assert "磁盘已满" in calm(ran)
    assert sound(office) == 0
    assert [path for path in (office / "ledger" / "tmp").iterdir() if path.is_dir()] == []
    assert run("run", cwd=office).returncode == 0


def test_odd_files_are_named_or_passed_over(office: Path) -> None:
    """Nothing is waited for, nothing is followed, nothing crashes; every one has its sentence."""
    inbox = office / "inbox"
    good = (inbox / "青石镇" / "青石镇.xlsx").read_bytes()
    other = book(office.parent / "other.xlsx", HEKOU).read_bytes()
    os.mkfifo(inbox / "管道.xlsx")
    (inbox / "链接.xlsx").symlink_to("/etc/hostname")
    (inbox / "断了的链接.xlsx").symlink_to("nowhere")
    (inbox / "自己.xlsx").symlink_to("自己.xlsx")
    (inbox / "圈").symlink_to(inbox)
    with socket.socket(socket.AF_UNIX) as plug:
        here = Path.cwd()
        os.chdir(inbox)  # the path of a socket may have 107 bytes only
        try:
            plug.bind("s.xlsx")
        finally:
            os.chdir(here)
    (inbox / "两\n行\x1b[31m.xlsx").write_bytes(other)
    Path(os.fsdecode(os.fsencode(inbox) + "/压缩包里的报表.xlsx".encode("gbk"))).write_bytes(good)
    long = "长" * 80 + ".xlsx"
    (inbox / long).write_bytes(good)
    (inbox / "通知.docx").write_bytes(b"x")
    (inbox / "无后缀").write_bytes(b"x")
    deep = inbox.joinpath(*["深"] * 40)
    deep.mkdir(parents=True)
    (deep / "x.xlsx").write_bytes(good)
    expected = {"管道.xlsx", "链接.xlsx", "断了的链接.xlsx", "自己.xlsx", "圈", "s.xlsx", "通知.docx", "无后缀"}
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):
            os.mknod(inbox / "设备.xlsx", stat.S_IFCHR | 0o600, os.makedev(1, 5))
            expected.add("设备.xlsx")
    started = time.monotonic()
    ran = run("run", "--json", cwd=office)
    assert time.monotonic() - started < PATIENCE / 2
    assert calm(ran) == ""
    assert ran.returncode == 3
    document = json.loads(ran.stdout)
    found = left(office)
    assert expected <= set(found)
    assert "too_deep" in found.values()
    assert "两?行?[31m.xlsx" in document["accepted"]
    names = {*document["accepted"], *found}
    assert {"压缩包里的报表.xlsx", long} & names or document["files"]["known"] or document["files"]["accepted"] >= 3
    assert all(each["message"] and each["fix"] for each in document["left_out"])
    assert len((office / "reports" / "digest.txt").read_text(encoding="utf-8").splitlines()) <= 30
    assert run("run", cwd=office).stdout == b""


@pytest.mark.slow
def test_hundreds_of_files(office: Path) -> None:
    """Most of an inbox that nobody empties is known or of no concern (how long that takes: tests/bench/unattended)."""
    inbox = office / "inbox"
    good = (inbox / "青石镇" / "青石镇.xlsx").read_bytes()
    for number in range(200):
        folder = inbox / f"旧{number // 20}"
        folder.mkdir(exist_ok=True)
        (folder / (f"{number}.xlsx" if number % 100 else f"{number}.docx")).write_bytes(good)
    env = {**BARE}
    first = subprocess.run([CENSUS, "run"], cwd=office, env=env, capture_output=True, timeout=600, check=False)
    assert first.returncode == 3
    second = run("run", cwd=office)
    assert (second.returncode, second.stdout) == (3, b"")


def test_a_reader_who_leaves_early(office: Path) -> None:
    run("run", cwd=office)
    for words in ("export", "gaps --list --json", "rounds"):
        script = f"{CENSUS} {words} | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
        ran = subprocess.run(
            ["bash", "-c", script], cwd=office, env=BARE, capture_output=True, timeout=PATIENCE, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed(office: Path, closed: str) -> None:
    (office / "inbox" / "通知.docx").write_bytes(b"x")
    script = f'"{CENSUS}" run {closed}'
    ran = subprocess.run(["bash", "-c", script], cwd=office, env=BARE, capture_output=True, timeout=120, check=False)
    assert ran.returncode == 3
    assert b"Traceback" not in ran.stderr
    assert sound(office) == 1


def test_nowhere_to_print(office: Path) -> None:
    run("run", cwd=office)
    with Path("/dev/full").open("wb") as full:
        ran = run("rounds", cwd=office, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert ran.returncode == 1
    assert "磁盘已满" in calm(ran)


@pytest.mark.parametrize(
    ("number", "code", "after"),
    [(signal.SIGTERM, 143, 0.15), (signal.SIGTERM, 143, 0.6), (signal.SIGTERM, 143, 1.2), (signal.SIGINT, 130, 0.6)],
)
def test_told_to_stop(office: Path, number: signal.Signals, code: int, after: float) -> None:
    """Whenever it comes, the ledger is whole and the next run goes on."""
    listening = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731 (a shell's & ignores it)
    process = subprocess.Popen(
        [CENSUS, "run"], cwd=office, env=BARE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=listening
    )
    time.sleep(after)
    process.send_signal(number)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode in (code, -number, 0)  # before Python listens, or after it is done
    if process.returncode == code:
        assert "台账" in said.decode("utf-8")
        assert "Traceback" not in said.decode("utf-8")
    assert run("run", cwd=office).returncode == 0
    assert sound(office) == 1
    assert not list(office.rglob(".census-*.tmp"))
    assert list((office / "ledger" / "tmp").iterdir()) == []


def test_a_run_beside_a_clerk_who_ingests(office: Path, tmp_path: Path) -> None:
    mine = book(tmp_path / "河口镇.xlsx", HEKOU)
    clerk = subprocess.Popen([CENSUS, "ingest", mine], cwd=office, env=BARE, stdout=subprocess.PIPE)
    ran = run("run", cwd=office)
    clerk.communicate(timeout=PATIENCE)
    assert (clerk.returncode, ran.returncode) == (0, 0)
    assert sound(office) == 2


def test_two_runs_at_the_same_moment(office: Path) -> None:
    both = [
        subprocess.Popen([CENSUS, "run"], cwd=office, env=BARE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    codes = []
    for each in both:
        _, said = each.communicate(timeout=PATIENCE)
        codes.append(each.returncode)
        assert b"Traceback" not in said
    assert set(codes) <= {0, 5}
    assert 0 in codes
    assert sound(office) == 1


def test_a_signal_that_a_library_makes_an_error_of_is_still_a_request_to_stop() -> None:
    """As DuckDB does: it swallows what is raised within a query, and says RuntimeError."""
    script = """
import os, signal, sys, time
from coverage_census.cli import main; from coverage_census.cli.line import process as surroundings
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test in the background may have been told to ignore it
surroundings.prepare([])
def long(given, words):
    try:
        os.kill(os.getpid(), int(sys.argv[1]))
        time.sleep(10)
    except BaseException:
        raise RuntimeError("Query interrupted") from None
main._dispatch = long
sys.exit(main.run(["gaps"]))
"""
    for number in (signal.SIGTERM, signal.SIGINT):
        words = [sys.executable, "-c", script, str(int(number))]
        ran = subprocess.run(words, env=BARE, capture_output=True, timeout=PATIENCE, check=False)
        assert ran.returncode == 128 + number, ran.stderr
        assert "程序出错" not in ran.stderr.decode("utf-8")


WINDOWS = """
import os, signal, sys
sys.platform = "win32"
for name in ("fork", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "geteuid", "getuid", "wait4", "uname"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGHUP", "SIGKILL", "SIGALRM", "SIGXFSZ", "SIGXCPU", "setitimer", "alarm"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
from coverage_census.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    "words", [["ingest", "inbox"], ["run"], ["gaps", "--lang", "en"], ["plan", "joint"], ["--help"]]
)
def test_on_windows_every_command_says_in_one_sentence_where_it_runs(tmp_path: Path, words: list[str]) -> None:
    """Windows by simulation: nothing of what a Python there lacks is touched before the sentence."""
    ran = subprocess.run(
        [sys.executable, "-c", WINDOWS, *words],
        cwd=tmp_path,
        capture_output=True,
        timeout=PATIENCE,
        env=BARE,
        check=False,
    )
    said = calm(ran)
    assert ran.returncode == 1 and "WSL" in said and len(said.splitlines()) == 1, said
    assert not ran.stdout and not list(tmp_path.iterdir())
