"""A worksheet in; on it how to fill in the form, made from the fields themselves."""

import math
from typing import TYPE_CHECKING

from coverage_census.template.layout import columns, heading, meaning, options
from coverage_census.template.styles import TemplateStyles
from coverage_census.words.catalogue import Words, entries

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (6, 26, 42, 48)


def write(sheet: "Worksheet", styles: TemplateStyles, words: Words) -> None:
    """How to fill in the form: general rules first, then each column with its options."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    row = _general(sheet, styles, words)
    _fields(sheet, styles, words, row + 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(row + 1)
    sheet.set_footer("&C" + words("template.footer"))


def _general(sheet: "Worksheet", styles: TemplateStyles, words: Words) -> int:
    """What holds for the whole form; the next free row."""
    last = len(_WIDTHS) - 1
    sheet.merge_range(0, 0, 0, last, "", styles.title)
    sheet.write_string(0, 0, words("template.notes.title"), styles.title)
    sheet.set_row(0, 34)
    rules = sorted(key for key in entries("template") if key.startswith("notes.rule."))
    for row, key in enumerate(rules, start=1):
        sheet.merge_range(row, 0, row, last, "", styles.prose)
        sheet.write_string(row, 0, words(f"template.{key}"), styles.prose)
        sheet.set_row(row, 20)
    return len(rules) + 1


def _fields(sheet: "Worksheet", styles: TemplateStyles, words: Words, top: int) -> None:
    for place, key in enumerate(("number", "field", "how", "meaning")):
        sheet.write_string(top, place, words(f"template.notes.head.{key}"), styles.head)
    for row, column in enumerate(columns(), start=top + 1):
        allowed = words("template.notes.between").join(
            _option(word, key, words) for word, key in options(column).items()
        )
        how = words(f"template.notes.how.{column.note.holds}", options=allowed)
        # In 【】, so that nobody, the reader included, takes this list for a form of labels and values.
        named = words("template.notes.named", heading=heading(column, words))
        sheet.write_number(row, 0, column.place, styles.count)
        for place, text in enumerate((named, how, meaning(column, words)), start=1):
            sheet.write_string(row, place, text, styles.cell)
        lines = max(1, _lines(how, _WIDTHS[2]), _lines(meaning(column, words), _WIDTHS[3]))
        sheet.set_row(row, 6 + 14 * lines)


def _option(word: str, key: str, words: Words) -> str:
    """非公有制企业 in Chinese; with its meaning in brackets in English."""
    return word if words(key) == word else f"{word} ({words(key)})"


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; a Chinese character takes two columns of type, and type of 10 points is smaller."""
    return math.ceil(sum(1 if ord(letter) < 0x2E80 else 2 for letter in text) / (width * 1.1))
