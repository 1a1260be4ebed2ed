"""`doctor --share`: a folder in; whether the ledger would be safe there, out."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coverage_census.ledger.share.probe import ShareProbe


def share(folder: Path) -> "ShareProbe":
    """Every primitive of the ledger tried out there; nothing of the folder's own is touched."""
    from coverage_census.ledger.share import probe

    return probe.examine(folder)
