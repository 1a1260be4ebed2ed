"""What was done in; a result that could not be printed said as what it is, never as if nothing had been done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from coverage_census.cli.line import process
from coverage_census.errors import NotReplaced


@contextmanager
def printing(round_: int | None) -> Iterator[None]:
    """Printing what a command did. `round_`: the round that it wrote; None: the ledger has nothing new.

    A reader who left (`| head`) is no failure.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        process.print_nowhere()
        key = "done_unprinted" if round_ is None else "entered_unprinted"
        raise NotReplaced(key, round=round_) from error
