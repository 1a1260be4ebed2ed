"""A workspace in; the crontab line and the script that cron runs out, as text. Nothing is written or installed."""

import hashlib
import shlex
import shutil
import sys
from pathlib import Path

from coverage_census.words.catalogue import Words

SCRIPT = "census-cron.sh"
SECONDS = 1800  # a run takes seconds; whoever hangs longer hangs on a dead server
SCHEDULE = "*/30 7-19 * * *"


def script(words: Words, workspace: Path) -> str:
    """Both in one text: the line for `crontab -e` first, then the script, which bash accepts as a whole.

    The script is to be saved on this machine, not on the share: whoever may write there could run commands here.
    """
    place = Path.home() / SCRIPT if _has_home() else Path("/usr/local/bin") / SCRIPT
    name = f"census-{hashlib.sha256(bytes(workspace.absolute())).hexdigest()[:12]}"
    return words(
        "cron.script",
        schedule=SCHEDULE,
        in_crontab=_crontab(f"/bin/bash {shlex.quote(str(place))}"),
        place=shlex.quote(str(place)),
        workspace=shlex.quote(str(workspace.absolute())),
        command=" ".join(shlex.quote(part) for part in _command()),
        name=name,
        lang=words.lang,
        seconds=SECONDS,
    ).lstrip("\n")


def _has_home() -> bool:
    try:
        return Path.home().is_dir()
    except RuntimeError:  # no HOME, and the account is not in the password file
        return False


def _command() -> list[str]:
    """How this very program is called, by absolute paths: cron knows no PATH of ours."""
    beside = Path(sys.executable).with_name("census")
    found = str(beside) if beside.is_file() else shutil.which("census")
    return [found] if found else [sys.executable, "-m", "coverage_census"]


def _crontab(line: str) -> str:
    """A percent sign ends the command in a crontab."""
    return line.replace("%", r"\%")
