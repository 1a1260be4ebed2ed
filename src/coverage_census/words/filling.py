"""A form that was filled, or refused, in; why, and whom it has no place for, in words out."""

from coverage_census.model.filling import FormFilled
from coverage_census.model.reading import Level, Problem
from coverage_census.words.catalogue import Words
from coverage_census.words.problems import sentences


def reasons(told: FormFilled, words: Words) -> str:
    """Why some organisations stand in no table of the form, with how many."""
    said = [words(f"fill.left_out.{why}", count=count) for why, count in told.left_out.items()]
    if left := told.gone.count - told.gone.filled:
        said.append(words("fill.gone_out", count=left))
    return words("fill.between").join(said)


def why(told: FormFilled, words: Words) -> str:
    """In the words of the form, or of the problem that the guard has found."""
    code = told.refused or ""
    if words.has(f"fill.refused.{code}"):
        values = {name: value if value not in (None, "") else "—" for name, value in told.values.items()}
        return words(f"fill.refused.{code}", **values)
    message, fix = sentences(Problem(code=code, level=Level.ERROR, file=told.file, values=told.values), words)
    return words("fill.refused_by_guard", message=message, fix=fix)
