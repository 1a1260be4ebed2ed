"""What an ingest would change in; old → new by organisation out, so that a person can say no in time."""

from coverage_census.console import check, diff, out
from coverage_census.model.record import Json
from coverage_census.results import Checked, Previewed
from coverage_census.words.catalogue import Words


def show(found: Previewed, words: Words, *, as_json: bool) -> None:
    """New ones, changed ones with each field, blanks that would overwrite, who would be silent; nothing was written."""
    if as_json:
        return out.as_json({**document(found), **check.document(_checked(found), words)})
    out.line(check.verdict(found.problems, words))
    check.kept_out(found.files, found.problems, words)
    check.older(found.problems, words)
    would = found.preview
    if would is None or (would.number is None and not would.already_in):  # another office's register is only compared
        out.line(words("console.no_round_made"))
    elif would.number is None and would.already_in:
        last = max(number for _, number in would.already_in)
        out.line(words("console.nothing_new", round=last))
    elif would.number is not None:
        diff.listed("added", would.added, words, diff.called)
        blanks = set(would.blanks)
        changes = [each for each in would.fields if each not in blanks]
        diff.listed("fields", changes, words, lambda each: diff.changed(each, words))
        diff.listed("blanks", would.blanks, words, lambda each: diff.changed(each, words))
        diff.listed("merged", would.merged, words, lambda each: diff.merger(each, words))
        diff.listed("silent", would.silent, words, diff.called)
        counts = {name: getattr(would, name) for name in ("changed", "unchanged", "duplicates", "carried")}
        out.line(words("console.preview.counts", new=len(would.added), **counts))
    out.line(words("console.preview.not_written"))
    return None


def document(found: Previewed) -> Json:
    """The machine form; without a round to come every list is empty."""
    would = found.preview
    lists = {
        "added": [each._asdict() for each in would.added] if would else [],
        "fields": [diff.change(each) for each in would.fields] if would else [],
        "blanks": [diff.change(each) for each in would.blanks] if would else [],
        "silent": [each._asdict() for each in would.silent] if would else [],
        "merged": [diff.merger_record(each) for each in would.merged] if would else [],
        "already_in": [{"file": file, "round": number} for file, number in would.already_in] if would else [],
    }
    names = ("changed", "unchanged", "duplicates", "carried")
    counts = {name: getattr(would, name) if would else 0 for name in names}
    return {"written": False, "round": would.number if would else None, "counts": counts, **lists}


def _checked(found: Previewed) -> Checked:
    return Checked(found.files, found.problems, found.code)
