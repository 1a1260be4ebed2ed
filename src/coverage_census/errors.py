"""What can stop a command, and the exit codes: raised anywhere, turned into words in one place (`cli.main`)."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of `design.md`, section 4."""

    DONE = 0  # done, or nothing new
    STOPPED = 1  # stopped, one line on stderr
    USAGE = 2  # wrong usage (Click's own)
    SET_ASIDE = 3  # done, but rows or files were set aside
    NOT_REPLACED = 4  # committed, but a report could not be replaced (open elsewhere)
    BUSY = 5  # busy or share away, try later
    DAMAGED = 6  # ledger damaged, never repaired by itself


_LONGEST, _SHOWN = 1000, 300  # signs


class CensusError(Exception):
    """A stop: `key` names a sentence of the catalogue file `errors.toml`, `values` fill its gaps."""

    exit_code = ExitCode.STOPPED

    def __init__(self, key: str, /, **values: object) -> None:
        said = {name: _short(value) for name, value in values.items()}
        super().__init__(key, said)
        self.key = key
        self.values = said


def _short(value: object) -> object:
    """A value as a sentence can hold it: what somebody pasted into an option or a file fills no page of a terminal."""
    return f"{value[:_SHOWN]}…" if isinstance(value, str) and len(value) > _LONGEST else value


class WrongUsage(CensusError):
    """The command line asks for something that does not exist: an unknown area, field or option value."""

    exit_code = ExitCode.USAGE


class NotReplaced(CensusError):
    """What was to be written is safe beside its target, which somebody holds open."""

    exit_code = ExitCode.NOT_REPLACED


class Busy(CensusError):
    """Somebody else is writing, or the share is away: the same command may work later."""

    exit_code = ExitCode.BUSY


class Damaged(CensusError):
    """The ledger is not what was written; it is never repaired by itself."""

    exit_code = ExitCode.DAMAGED
