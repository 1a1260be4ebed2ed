"""A problem in; what is wrong and what to do about it, as two sentences in the language of the words, out."""

from coverage_census.model.organisation import about
from coverage_census.model.reading import Problem
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label, value_text


def sentences(each: Problem, words: Words) -> tuple[str, str]:
    """What is wrong, and how to mend it. `fields` (`a,b`) is given by their labels."""
    values: dict[str, object] = {"file": each.file, "sheet": each.sheet, "cell": each.cell}
    values["field"] = field_label(each.field or "", words)
    values |= {name: words("console.unknown") if value is None else value for name, value in each.values.items()}
    if "office" in each.values:
        values["office"] = words(f"term.office.{each.values['office']}")
    for side in ("held", "stated"):  # of a contradiction between two sources: values of the field itself
        if side in each.values and each.field:
            values[side] = value_text(each.field, _plain(each.field, each.values[side]), words)
    if "fields" in each.values:
        names = str(each.values["fields"]).split(",")
        values["fields"] = words("console.separator").join(field_label(name, words) for name in names)
    return words(f"problem.{each.code}.message", **values), words(f"problem.{each.code}.fix", **values)


def _plain(field: str, value: str | int | float | None) -> str | int | float | bool | None:
    """Yes and no lie in a problem as 1 and 0."""
    flag = field in about() and about()[field].holds == "flag"
    return bool(value) if flag and value is not None else value
