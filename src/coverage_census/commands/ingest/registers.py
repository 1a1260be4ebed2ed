"""Registers of other offices in; what becomes of them where there is no ledger yet to compare them with, out."""

from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.model.reading import Problem

if TYPE_CHECKING:
    from coverage_census.ingest.read import FilesRead


def set_aside(ledger: Path, intake: "FilesRead") -> tuple[Problem, ...] | None:
    """Whom they name, where an intake holds nothing else and no ledger was begun; else None."""
    from coverage_census.ledger.intake import registers
    from coverage_census.ledger.intake.intake import Intake as Rows

    if not intake.table.num_rows or ledger.exists():
        return None
    ours, others = registers.split(Rows(intake.table, intake.files))
    return None if ours.table.num_rows else registers.strangers(others)
