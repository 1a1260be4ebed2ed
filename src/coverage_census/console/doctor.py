"""What was found of files that somebody cannot read in; the page that is read out on the phone out."""

from coverage_census.console import check, out
from coverage_census.model.reading import Level, Problem
from coverage_census.model.record import Json
from coverage_census.results import Examination, Examined
from coverage_census.words.catalogue import Words
from coverage_census.words.problems import sentences

_PROBLEM = "problem."


def show(examination: Examination, words: Words, *, as_json: bool) -> None:
    """File by file; the conclusion and what to do come last."""
    if as_json:
        return out.as_json({"files": [_document(each, words) for each in examination.files]})
    for each in examination.files:
        _file(each, words)
        out.line()
    return None


def _document(each: Examined, words: Words) -> Json:
    file = each.file
    facts = [
        {"code": fact.code, "sheet": fact.sheet, "message": _said(fact, words), "values": dict(fact.values)}
        for fact in each.facts
        if fact.level is Level.NOTE
    ]
    refusal = next((check.problem(fact, words) for fact in each.facts if fact.level is Level.ERROR), None)
    counts = {str(level): sum(1 for problem in each.problems if problem.level is level) for level in Level}
    return {
        "file": file.file,
        "size": file.size,
        "sha256": file.sha256,
        "format": file.format,
        "facts": facts,
        "sheets": [{"sheet": s.sheet, "kind": s.kind, "data_rows": s.data_rows} for s in file.sheets],
        "problems": counts,
        "refused": refusal,
    }


def _file(each: Examined, words: Words) -> None:
    file = each.file
    out.line(words("doctor.file", file=file.file))
    key = "bytes" if file.sha256 else "not_opened"
    out.line("  " + words(f"doctor.{key}", size=file.size, sha256=file.sha256))
    for fact in each.facts:
        if fact.level is Level.NOTE:
            out.line("  " + _said(fact, words))
    for sheet in file.sheets:
        out.line("  " + words("doctor.read_as", reading=check.understood(sheet, words)))
    refusal = next((fact for fact in each.facts if fact.level is Level.ERROR), None)
    if refusal is None:
        out.line(words("doctor.readable", verdict=check.verdict(each.problems, words)))
    else:
        message, fix = sentences(refusal, words)
        out.line(words("doctor.refused", message=message))
        out.line(words("doctor.remedy", fix=fix))


def _said(fact: Problem, words: Words) -> str:
    if fact.code.startswith(_PROBLEM):
        named = fact.model_copy(update={"code": fact.code.removeprefix(_PROBLEM)})
        return sentences(named, words)[0]
    return words(f"doctor.{fact.code}", sheet=fact.sheet, **fact.values)
