"""A formula, or a list of areas, in; the same after rows were put into a sheet, out."""

import re
from dataclasses import dataclass

_CELLS = re.compile(r"(\$?[A-Za-z]{1,3})(\$?)(\d{1,7})(?::(\$?[A-Za-z]{1,3})(\$?)(\d{1,7}))?")
_ROWS = re.compile(r"(\$?)(\d{1,7}):(\$?)(\d{1,7})")


@dataclass(frozen=True)
class Shift:
    """`count` rows more below row `after` (1-based) of one sheet; an area that ends there, having begun at or below
    `first`, grows with them."""

    sheet: str
    after: int
    count: int
    first: int

    def row(self, row: int) -> int:
        """Where a row is now."""
        return row + self.count if row > self.after else row

    def last(self, row: int) -> int:
        """Where an area ends now that ended at `row`."""
        return row + self.count if row >= self.after else row

    def areas(self, text: str) -> str:
        """A2:D30 G2:G30, as validations and formats list them; a single row stays what it is."""
        return " ".join(self._area(part) for part in text.split())

    def _area(self, text: str, grows: bool = True) -> str:
        match = _CELLS.fullmatch(text)
        if match is None:
            rows = _ROWS.fullmatch(text)
            if rows is None:
                return text
            return f"{rows[1]}{self.row(int(rows[2]))}:{rows[3]}{self.last(int(rows[4]))}"
        begin = f"{match[1]}{match[2]}{self.row(int(match[3]))}"
        if match[4] is None:
            return begin
        end = self.last(int(match[6])) if grows else self.row(int(match[6]))
        return f"{begin}:{match[4]}{match[5]}{end}"

    def formula(self, formula: str, home: str, row: int | None = None) -> str:
        """A formula that stands on sheet `home` in `row`; one in the rows of organisations looks along its own row."""
        from openpyxl.formula.tokenizer import Token, Tokenizer

        grows = home != self.sheet or row is None or not self.first <= row <= self.after
        parts = (
            self._operand(each.value, home, grows)
            if (each.type, each.subtype) == (Token.OPERAND, Token.RANGE)
            else each.value
            for each in Tokenizer(formula).items
        )
        return "=" + "".join(parts)

    def _operand(self, text: str, home: str, grows: bool) -> str:
        sheet, mark, area = text.rpartition("!")
        named = sheet.strip("'").replace("''", "'") if mark else home
        return f"{sheet}{mark}{self._area(area, grows)}" if named == self.sheet else text
