"""A sink for bytes in; a new workbook that takes nothing its cells hold for a number, a formula or a link, out."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

MARK = "census_product"
"""A defined name and a property of what is no survey (of a page, a `meta`): `ingest` refuses what bears it."""
PRODUCTS = frozenset(["coverage", "annual", "tasks", "reminder", "plan_review", "page", "listing"])
"""`page`: web pages. `listing`: what --csv gives, which bears no mark."""


def workbook(sink: BytesIO, product: str | None = None) -> "Workbook":
    """To be used in a `with`; the sink is full at its end. `product`: one of `PRODUCTS`, None for what is read back."""
    import xlsxwriter

    plain = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(sink, plain)
    if product is not None:
        book.define_name(MARK, f'="{product}"')
        book.set_custom_property(MARK, product)
    return book
