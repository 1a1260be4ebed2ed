"""Why a file cannot be read: a code of the problem catalogue and the values that fill its sentence."""


class Refused(Exception):
    """Stops the reading of one file (never of a command): becomes a `Problem` at the jail's door.

    `values` may hold names of formats, sizes and limits; never the content of a cell.
    """

    def __init__(self, code: str, **values: str | int | float | None) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values
