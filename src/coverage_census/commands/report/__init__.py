"""`report`: the material of a round in; pages, workbooks, bulletins and charts out."""
