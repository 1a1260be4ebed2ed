"""A file of small forms that somebody sent in (人才库, 志愿 …) in; its lines and problems out.

The front door for tables that are no ledger: the file passes the same guard, jail and redaction as any workbook.
"""

from collections.abc import Sequence
from pathlib import Path

from coverage_census.errors import CensusError
from coverage_census.ingest.jail import parent
from coverage_census.ingest.privacy import redact
from coverage_census.model.forms import Form, FormsRead


def read(path: Path, forms: Sequence[Form]) -> FormsRead:
    """What stands in `path` of these forms; a file that cannot be read is one problem and no lines."""
    if not path.exists():
        raise CensusError("no_such_file", file=str(path))
    return parent.forms(path, redact.hidden(path.name), forms)
