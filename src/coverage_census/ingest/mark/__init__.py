"""Return workbooks (退回表): the sender's own workbook with marks at its cells and a list of problems."""
