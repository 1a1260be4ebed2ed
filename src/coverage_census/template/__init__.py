"""Blank workbooks for townships to fill in, made from the model's own field descriptions."""
