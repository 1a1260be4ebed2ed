"""Annual tables in; a worksheet with the organisations that have no line (待核), and one on how it was counted."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coverage_census.report.annual import texts
from coverage_census.report.annual.counting import AnnualTable
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from coverage_census.report.annual.styles import AnnualStyles, Cover

_HEADS = ("number", "table", "name", "uscc", "township", "why", "fill", "source")
_WIDTHS = (6, 6, 34, 21, 14, 40, 28, 34)
_NOTES = (14, 40, 70)


def write(sheet: "Worksheet", styles: "AnnualStyles", tables: Sequence[AnnualTable], words: Words) -> None:
    """Who is missing from the tables, why, and what to fill in."""
    sheet.set_row(0, 24)
    for place, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words(f"annual.head.{head}"), styles.head)
    row = 0
    for table in tables:
        for each in table.unplaced:
            row += 1
            sheet.write_number(row, 0, row, styles.number)
            sheet.write_number(row, 1, table.form.number, styles.number)
            facts = [each.row[name] or "" for name in ("name", "uscc", "township")]
            said = [texts.why(each, words), words(f"annual.fill.{each.why}"), texts.source(each)]
            sheet.set_row(row, 28)
            for place, text in enumerate((*facts, *said), start=2):
                sheet.write_string(row, place, text, styles.cell)
    sheet.autofilter(0, 0, max(row, 1), len(_HEADS) - 1)
    sheet.freeze_panes(1, 3)
    _landscape(sheet)
    sheet.repeat_rows(0)


def notes(
    sheet: "Worksheet", styles: "AnnualStyles", tables: Sequence[AnnualTable], cover: "Cover", words: Words
) -> None:
    """Definitions, identities, what is outside both tables, and why cells are empty."""
    for place, width in enumerate(_NOTES):
        sheet.set_column(place, place, width)
    row = 0
    general = ("line_zero", "partition", "not_its_own", "due", "level", "ownership", "members", "joint_column")
    for text in (*(words(f"annual.note.{key}") for key in general), _outside(cover, words)):
        sheet.merge_range(row, 0, row, 2, "", styles.prose)
        sheet.write_string(row, 0, text, styles.prose)
        sheet.set_row(row, 32)
        row += 1
    row = _identities(sheet, styles, tables, row + 1, words)
    _empty(sheet, styles, tables, row + 1, words)
    _landscape(sheet)


def _outside(cover: "Cover", words: Words) -> str:
    kinds = [words("annual.outside_kind", kind=label, count=count) for label, count in cover.outside]
    said = words("annual.separator").join(kinds) or words("annual.outside_none")
    return words("annual.outside", kinds=said, policy=cover.policy, excluded=cover.excluded) + _gone(cover, words)


def _gone(cover: "Cover", words: Words) -> str:
    gone = sum(cover.gone.values())
    return ("" if words.lang == "zh" else " ") + words("gone.line", count=gone) if gone else ""


def _identities(
    sheet: "Worksheet", styles: "AnnualStyles", tables: Sequence[AnnualTable], row: int, words: Words
) -> int:
    sheet.write_string(row, 0, words("annual.identity.title"), styles.strong)
    said = [texts.broken(each, table.form, words) for table in tables for each in table.broken()]
    for text in said or [words("annual.identity.holds")]:
        row += 1
        sheet.merge_range(row, 0, row, 2, "", styles.prose)
        sheet.write_string(row, 0, text, styles.prose)
    return row + 1


def _empty(sheet: "Worksheet", styles: "AnnualStyles", tables: Sequence[AnnualTable], row: int, words: Words) -> None:
    for place, head in enumerate(("table", "cell", "left_empty")):
        sheet.write_string(row, place, words(f"annual.head.{head}"), styles.head)
    for number, name, why in empty_cells(tables, words):
        row += 1
        for place, text in enumerate((number, name, why)):
            sheet.write_string(row, place, text, styles.cell)


def empty_cells(tables: Iterable[AnnualTable], words: Words) -> list[tuple[str, str, str]]:
    """Table, line or column, and why it is empty; a whole line or column in one entry."""
    found: dict[tuple[str, str, str], None] = {}
    for table in tables:
        form = table.form
        for (line, column), cell in table.cells.items():
            if cell.value is not None:
                continue
            label, head = texts.line(form, line, words), texts.column(column, words)
            cell_name = texts.cell_name(form, line, column)
            if table.value("units", column) is None:
                name, line = f"{cell_name[cell_name.index('C') :]} {head}", "units"
            elif form.line(line).counts == "never":
                name = f"{cell_name[: cell_name.index('C')]} {label}"
            else:
                name = f"{cell_name} {label} × {head}"
            found[str(form.number), name, texts.empty(table, line, column, words)] = None
    return list(found)


def _landscape(sheet: "Worksheet") -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
