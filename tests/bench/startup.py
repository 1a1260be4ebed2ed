"""Start-up and a county of 384: CPU as a ratio to `python -c 'import typer'`, measured in the same run."""

import shutil
import sys
import tempfile
from pathlib import Path

from measure import census, cost, line

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "yuexi"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(SAMPLE, folder / "inbox")
        floor = cost([sys.executable, "-c", "import typer"], folder, 15)
        for words, limit in (("--version", 1.3), ("--help", 1.6)):
            found = cost([census(), words], folder, 15)
            line(f"census {words}", found.cpu / floor.cpu, limit, f"{found.cpu:.3f} s CPU to {floor.cpu:.3f} s")
        ingest = cost([census(), "ingest", "inbox"], folder, 1, (0, 3))
        gaps = cost([census(), "gaps", "--township"], folder, 9)
        line("census gaps on the county", gaps.cpu / floor.cpu, 8, f"{gaps.cpu:.3f} s CPU to {floor.cpu:.3f} s")
        report = cost([census(), "report", "--html"], folder, 3)
        whole = ingest.cpu + gaps.cpu + report.cpu
        figures = f"ingest {ingest.cpu:.2f} + gaps {gaps.cpu:.2f} + report {report.cpu:.2f} s CPU"
        line("county: ingest + gaps + report, in seconds", whole, 6, figures)


if __name__ == "__main__":
    main()
