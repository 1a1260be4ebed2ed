"""A field and its value in; what people call the one and how they write the other out."""

from coverage_census.model.choices import CHOICES
from coverage_census.model.decision import Citation
from coverage_census.model.organisation import about
from coverage_census.model.record import About
from coverage_census.words.catalogue import Words


def field_label(field: str, words: Words) -> str:
    """The label of a canonical field, the catalogue's name of a derived fact, else the name itself."""
    note = about().get(field)
    if note is not None:
        return note.zh if words.lang == "zh" else note.en
    key = f"term.fact.{field}"
    return words(key) if words.has(key) else field


_UNITS = {"名": "persons", "家": "units", "万元": "10k_yuan", "元": "yuan"}


def unit(note: About, words: Words) -> str:
    """The unit of a field: 名, 万元; empty where it has none."""
    return words(f"template.unit.{_UNITS[note.unit]}") if note.unit else ""


def with_unit(name: str, label: str, words: Words) -> str:
    """A field of money says its unit: 年营业收入（万元）."""
    note = about()[name]
    return label if note.yuan is None else words("export.with_unit", label=label, unit=unit(note, words))


def count_text(value: int, low: int | None, high: int | None, words: Words) -> str | int:
    """A count as people write it: itself where it is exact, 20至30 or 至少101 where it stands for an interval."""
    if low is None or low == high:
        return value
    if high is None:
        return words("policy.interval.at_least", low=low)
    return words("policy.interval.between", low=low, high=high)


def quoted(cited: Citation, words: Words) -> str:
    """The words of a text between quotation marks; what only says it in other words is marked 转述."""
    return words("rules.card.paraphrased" if cited.paraphrased else "rules.card.quoted", text=cited.text)


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
