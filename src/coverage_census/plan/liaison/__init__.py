"""Liaison officers (联络员): who goes where, by choice on both sides or at least cost."""
