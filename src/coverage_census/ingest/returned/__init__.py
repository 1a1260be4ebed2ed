"""Answers in return and review workbooks that came back."""
