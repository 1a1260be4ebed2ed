"""The one-way street is a contract that fails when it is broken: each kind of fault is planted once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FAULTS = {
    "a stage imports its sibling": ("inbox/look.py", "from coverage_census.policy.files import rulebook"),
    "a lower module imports a higher one": ("model/choices.py", "from coverage_census.words import catalogue"),
    "an import hidden in a function": (
        "ledger/rounds.py",
        "def late():\n    from coverage_census.report import render",
    ),
    "a command imports the console": ("commands/session.py", "from coverage_census.console import out"),
    "a second door for Rich": ("commands/session.py", "import rich.table"),
    "a second door for openpyxl": ("returns/marks.py", "from openpyxl import load_workbook"),
    "a second door for calamine": ("ledger/store/seal.py", "import python_calamine"),
    "a second door for Jinja": ("report/page/page.py", "import jinja2"),
    "a second door for Typer": ("commands/session.py", "import typer"),
    "a module without a place": ("utils.py", "X = 1"),
    "a cell knows its sheet": ("ingest/cells/codes.py", "from coverage_census.ingest.layout import context"),
    "the store knows who writes": ("ledger/store/seal.py", "from coverage_census.ledger.write import carry"),
    "the language knows decisions": ("policy/language/facts.py", "from coverage_census.policy.decide import verdicts"),
    "a plan knows what was kept": ("plan/joint/hosts.py", "from coverage_census.plan.kept import compared"),
    "figures know the page": ("report/figures.py", "from coverage_census.report.page import areas"),
    "a session knows a command": ("commands/session.py", "from coverage_census.commands import gaps"),
}


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--config",
        str(folder / "pyproject.toml"),
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_street_holds(tree: Path) -> None:
    ran = linted(tree)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_breaks_it(tree: Path, fault: str) -> None:
    name, code = FAULTS[fault]
    path = tree / "src" / "coverage_census" / name
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{code}\n", encoding="utf-8")
    try:
        assert "1 broken" in linted(tree).stdout
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
