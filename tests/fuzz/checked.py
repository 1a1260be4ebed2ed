"""A file's bytes read; a sentence for whatever the reader may not do with any file, or nothing."""

from pathlib import Path

from coverage_census.ingest.refusal import Refused
from coverage_census.ingest.workbook import read_workbook
from coverage_census.model import tables
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import Problem
from coverage_census.words.catalogue import Words
from coverage_census.words.problems import sentences
from fuzz.material import PERSONAL

WORDS = (Words("zh"), Words("en"))
DIGITS = tuple(text.replace(".", "").partition("E")[0] for text in PERSONAL)


def complaint(data: bytes, name: str) -> str | None:
    """What is wrong with what `read_workbook` made of it; an exception other than `Refused` is left to the caller."""
    label = Path(name).name
    try:
        reading, table, problems = read_workbook(data, Incoming(Path(name), label), {})
    except Refused as refused:
        problems = (Problem(code=refused.code, level="error", file=label, values=dict(refused.values)),)  # type: ignore[arg-type]
        return _said(problems)
    if table.schema != tables.schema():
        return "another schema"
    table.validate(full=True)
    organisations = list(tables.records(table))  # each satisfies the model
    if len(organisations) != sum(sheet.data_rows for sheet in reading.sheets):
        return "rows that the sheets do not count"
    if any(not each.name or not each.name.strip() for each in organisations):
        return "an organisation without a name"
    if any(problem.sheet not in {None, *(sheet.sheet for sheet in reading.sheets)} for problem in problems):
        return "a problem on a sheet that is not there"
    return _said(problems) or _leaked(f"{reading}\n{organisations}\n{problems}")


def _said(problems: tuple[Problem, ...]) -> str | None:
    for problem in problems:
        for words in WORDS:
            if not all(sentences(problem, words)):
                return f"{problem.code} has no words"
    return None


def _leaked(text: str) -> str | None:
    bare = text.replace(" ", "").replace("-", "").replace(".", "")
    return next((f"{digits} of a person" for digits in DIGITS if digits in bare), None)
