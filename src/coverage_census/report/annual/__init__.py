"""The annual statistical tables (年报): organisations of a round in; tables 27 and 30, traceable cell by cell, out."""
