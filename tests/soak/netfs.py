"""The storms on real SMB3, NFSv4.2 and NFSv3 clients and real power cuts, by the `netfs` rig; without it a word.

usage: netfs.py PATH-TO-NETFS [--cycles N]     60 rounds under kill -9 on each, N power cuts (22)
"""

# ruff: noqa: T201   (it is a command)

import argparse
import re
import subprocess
import sys
from pathlib import Path

SOAK = Path(__file__).parent
SYSTEMS = ("smb3", "nfs42", "nfs3")


def ran(*command: str | Path) -> tuple[int, str]:
    """Exit code and output, which is shown as it comes."""
    words = [str(word) for word in command]
    lines = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    return process.returncode, "".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("netfs", nargs="?", default="")
    options.add_argument("--cycles", type=int, default=22)
    said = options.parse_args()
    if not said.netfs:
        print("No rig for network drives and power cuts is named (make soak NETFS=path/to/netfs): these are left out.")
        return
    python, storm, power = sys.executable, SOAK / "storm.py", SOAK / "power.py"
    systems = [word for name in SYSTEMS for word in ("--fs", name)]
    first, told = ran(
        said.netfs, "run", *systems, "--timeout", "900", "--", python, storm, "--lock", "both", "--limit", "420"
    )
    whole = len(re.findall(r"^60/60 rounds", told, re.MULTILINE))
    second, told = ran(
        said.netfs, "powerloss", "--cycles", str(said.cycles), "--verify", f"{python} {power} verify", "--", python,
        power, "commit",
    )  # fmt: skip
    third, careless = ran(
        said.netfs, "powerloss", "--cycles", "2", "--verify", f"{python} {power} verify", "--", python, power,
        "commit", "nofsync",
    )  # fmt: skip
    seen = third != 0 and "lost an acknowledged commit" in careless
    cuts = told.strip().splitlines()[-1] if told.strip() else "no power cut"
    fsync = "seen" if seen else "NOT SEEN"
    print(f"network drives: {whole} of {2 * len(SYSTEMS)} storms whole; a commit without fsync is {fsync}; {cuts}")
    sys.exit(int(bool(first or second or not seen)))


if __name__ == "__main__":
    main()
