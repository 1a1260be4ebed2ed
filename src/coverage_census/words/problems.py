"""A problem in; what is wrong and what to do about it, as two sentences in the language of the words, out."""

from coverage_census.model.reading import Problem
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label


def sentences(each: Problem, words: Words) -> tuple[str, str]:
    """What is wrong, and how to mend it. `fields` (`a,b`) is given by their labels."""
    values: dict[str, object] = {"file": each.file, "sheet": each.sheet, "cell": each.cell}
    values["field"] = field_label(each.field or "", words)
    values |= {name: words("console.unknown") if value is None else value for name, value in each.values.items()}
    if "fields" in each.values:
        names = str(each.values["fields"]).split(",")
        values["fields"] = words("console.separator").join(field_label(name, words) for name in names)
    return words(f"problem.{each.code}.message", **values), words(f"problem.{each.code}.fix", **values)
