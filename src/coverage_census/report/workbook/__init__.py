"""The ledger workbook (台账): a page and its organisations in; an xlsx for people to filter, print and carry on out."""
