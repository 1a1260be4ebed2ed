"""Counts Party-building coverage (两新组织“两个覆盖”) in non-public enterprises and social organisations."""

__version__ = "0.1.0"
