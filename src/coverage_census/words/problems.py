"""A problem in; what is wrong and what to do about it, as two sentences in the language of the words, out."""

from coverage_census.model import Problem, about
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label


def sentences(each: Problem, words: Words) -> tuple[str, str]:
    """What is wrong, and how to mend it. A value that names fields (`a,b`) is given by their labels."""
    values: dict[str, object] = {"file": each.file, "sheet": each.sheet, "cell": each.cell}
    values["field"] = field_label(each.field or "", words)
    values |= {name: _labelled(value, words) for name, value in each.values.items()}
    return words(f"problem.{each.code}.message", **values), words(f"problem.{each.code}.fix", **values)


def _labelled(value: str | int | float | None, words: Words) -> str | int | float:
    if value is None:
        return words("console.unknown")
    if isinstance(value, str) and value and all(part in about() for part in value.split(",")):
        return words("console.separator").join(field_label(part, words) for part in value.split(","))
    return value
