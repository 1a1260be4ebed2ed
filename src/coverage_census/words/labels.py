"""A field and its value in; what people call the one and how they write the other out."""

from coverage_census.model.choices import CHOICES
from coverage_census.model.organisation import about
from coverage_census.words.catalogue import Words


def field_label(field: str, words: Words) -> str:
    """The label of a canonical field, the catalogue's name of a derived fact, else the name itself."""
    note = about().get(field)
    if note is not None:
        return note.zh if words.lang == "zh" else note.en
    key = f"term.fact.{field}"
    return words(key) if words.has(key) else field


def value_text(field: str, value: str | int | float | bool | None, words: Words) -> str:
    """A value as people write it; unknown is said, never shown as a blank or zero."""
    if value is None:
        return words("console.unknown")
    if isinstance(value, bool):
        return words("console.yes" if value else "console.no")
    if field in CHOICES:
        return words(f"term.{field}.{value}")
    note = about().get(field)
    if note is not None and note.unit and words.lang == "zh" and isinstance(value, int | float):
        return f"{value:g}{note.unit}"
    return str(value)
