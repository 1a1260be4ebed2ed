"""A sink for bytes in; a new workbook that takes nothing its cells hold for a number, a formula or a link, out."""

from io import BytesIO
from typing import Any


def workbook(sink: BytesIO) -> Any:
    """To be used in a `with`; the sink is full at its end."""
    import xlsxwriter

    plain = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(sink, plain)
