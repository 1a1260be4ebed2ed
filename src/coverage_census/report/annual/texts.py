"""A form's lines, columns and placed organisations in; what people read for them, in either language, out."""

from coverage_census.model.organisation import at
from coverage_census.report.annual.counting import AnnualTable, BrokenIdentity
from coverage_census.report.annual.layout import AnnualForm, AnnualLine
from coverage_census.report.annual.placing import PlacedInForm
from coverage_census.words.catalogue import Words


def line(form: AnnualForm, code: str, words: Words) -> str:
    """The label of a line; 从业人员 is called 在岗职工 in table 27."""
    own = f"annual.line.{code}.t{form.number}"
    return words(own if words.has(own) else f"annual.line.{code}")


def item(form: AnnualForm, each: AnnualLine, words: Words) -> str:
    """The label as the stub shows it: 其中：… where it is a part of the line above."""
    said = line(form, each.code, words)
    return words("annual.heading.of_which") + said if is_part(form, each) else said


def is_part(form: AnnualForm, each: AnnualLine) -> bool:
    return any(each.under == other.code for other in form.lines)


def heading_of(form: AnnualForm, each: AnnualLine) -> str | None:
    """The heading in the stub (已单独建立党组织, 未建立党组织 …) that a line stands under."""
    if each.under is None:
        return None
    return heading_of(form, form.line(each.under)) if is_part(form, each) else each.under


def column(code: str, words: Words) -> str:
    return words(f"annual.column.{code}")


def cell_name(form: AnnualForm, code: str, column_code: str) -> str:
    """R8C1: the line from 0, the column from 1, as the form numbers them."""
    number = next(index for index, each in enumerate(form.lines) if each.code == code)
    return f"R{number}C{form.columns.index(column_code) + 1}"


def why(each: PlacedInForm, words: Words) -> str:
    """Why an organisation stands where it does."""
    formal, members = each.row["formal_duty_low"] or 0, each.row["members_low"] or 0
    way = "exactly" if each.row["members_high"] == members else "at_least"
    text = words(f"annual.why.{way}", number=members)
    return words(f"annual.why.{each.why}", members=text, formal=formal)


def source(each: PlacedInForm) -> str:
    """file!sheet!row, as far as it is known."""
    return at(*(each.row.get(f"source_{name}") for name in ("file", "sheet", "row")))


def empty(table: AnnualTable, code: str, column_code: str, words: Words) -> str:
    """Why a cell is empty."""
    if column_code in table.form.never:
        return words("annual.note.person")
    if table.form.line(code).counts == "never":
        return words("annual.note.not_kept")
    return words("annual.note.nobody", count=table.cells[code, column_code].unknown)


def broken(each: BrokenIdentity, form: AnnualForm, words: Words) -> str:
    """An identity that does not hold, in one sentence."""

    def said(code: str) -> str:
        return column(code, words) if code in form.columns else line(form, code, words)

    where = said(each.column)
    right = words("annual.identity.plus").join(said(code) for code in each.right)
    sign = words("annual.identity.equal" if each.sign == "=" else "annual.identity.within")
    numbers = {"found": each.found, "expected": each.expected, "number": form.number}
    return words("annual.identity.broken", where=where, left=said(each.left), sign=sign, right=right, **numbers)
