"""A reviewed plan in; the plan as it is printed, what the review costs and what is wrong with the workbook, out."""

from coverage_census.console import out
from coverage_census.console.plan import joint
from coverage_census.model.plan_review import Review, ReviewFigures
from coverage_census.model.reading import Problem
from coverage_census.model.record import Json
from coverage_census.words.catalogue import Words
from coverage_census.words.problems import sentences

_TERMS = ("distance", "industry", "branch", "dissolved", "unproven")


def show(found: Review, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """The plan first; with --csv the problems go to stderr."""
    if as_json:
        return out.as_json({**joint.document(found.plan, words), "review": document(found, words)})
    joint.joint(found.plan, words, as_json=False, as_csv=as_csv)
    if not as_csv:
        out.line()
        _cost(found, words)
    if found.problems:
        out.line(words("review.result.problems", number=len(found.problems)), err=as_csv)
        for each in found.problems:
            out.line(_sentence(each, words), err=as_csv)
    return None


def document(found: Review, words: Words) -> Json:
    """Without the plan itself."""
    told: Json = out.plain(found)
    del told["plan"]
    for problem, each in zip(told["problems"], found.problems, strict=True):
        problem["message"], problem["fix"] = _said(each, words)
    for side, figures in (("before", found.before), ("after", found.after)):
        told[side]["points"] = figures.points
    return told


def _cost(found: Review, words: Words) -> None:
    before, after = found.before, found.after
    if before == after and not found.moved and not found.together and not found.apart:
        return out.line(words("review.result.same"))
    counts = {"moved": found.moved, "together": found.together, "apart": found.apart}
    out.paragraph(words("review.result.changed", **counts))
    more = after.covered - before.covered
    key = "nothing_lost" if more == 0 else "gained" if more > 0 else "lost"
    said = words(f"review.result.{key}", number=abs(more)) if more else words("review.result.nothing_lost")
    out.paragraph(words("review.result.covered", before=before.covered, after=after.covered, difference=said))
    header = [words(f"review.result.{head}") for head in ("term", "before", "after", "more")]
    return out.table(header, [_row(term, before, after, words) for term in ("groups", "all", *_TERMS)], right=(1, 2, 3))


def _row(term: str, before: ReviewFigures, after: ReviewFigures, words: Words) -> list[object]:
    one, other = (_figure(term, each) for each in (before, after))
    label = words("review.result.groups") if term == "groups" else words(f"kept.figure.{term}")
    return [label, one, other, f"{other - one:+d}" if other != one else "0"]


def _figure(term: str, each: ReviewFigures) -> int:
    if term == "groups":
        return each.groups
    return each.points if term == "all" else each.cost.get(term, 0)


def _sentence(each: Problem, words: Words) -> str:
    message, fix = _said(each, words)
    at = each.place or each.file
    return words("review.result.problem", at=at, message=message, fix=fix)


def _said(each: Problem, words: Words) -> tuple[str, str]:
    """Of a review its own words; of any workbook those of all problems."""
    key = f"review.problem.{each.code}"
    if not words.has(f"{key}.message"):
        return sentences(each, words)
    values = {name: "" if value is None else value for name, value in each.values.items()}
    return words(f"{key}.message", **values), words(f"{key}.fix", **values)
