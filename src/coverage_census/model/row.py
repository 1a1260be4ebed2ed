"""What a row, the facts of one organisation and a document are called; loaded by everything, so it loads nothing."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]
"""One organisation by field, as tables, rules and plans pass it on: a text, a number, a flag, or None for unknown."""

Facts: TypeAlias = Mapping[str, Any]
"""The same, only looked at."""

Json: TypeAlias = dict[str, Any]
"""A document, or a part of one, as JSON and TOML hold it."""

JsonView: TypeAlias = Mapping[str, Any]
"""The same, only looked at."""
