"""Kinds of files (xlsx, xls, ods, csv …): the bytes of one in, its sheets as plain grids out."""
