"""How two plans differ in; tables, one JSON document or CSV out."""

from collections.abc import Iterator

from coverage_census.console import out
from coverage_census.model.kept_plan import PlanComparison, PlanPart
from coverage_census.words.catalogue import Words

_MANY = 30  # names on one line; --csv has them all


def show(found: PlanComparison, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Figures first, then what is not the same."""
    if as_json:
        return out.as_json(found)
    if as_csv:
        header = ["change", "number", "other_number", "what", "other_what", "units", "other_units", "now"]
        return out.as_csv(header, _lines(found))
    one, other = found.one.called, found.other.called
    counts = {"changed": len(found.changed), "gone": len(found.gone), "new": len(found.new)}
    out.paragraph(words("kept.text.compare", one=one, other=other, equal=found.equal, **counts))
    header = [words("kept.head.figure"), one, other, words("kept.head.difference")]
    out.table(header, _figures(found, words), right=(1, 2, 3))
    rows = list(_rows(found, words))
    if rows:
        out.line()
        out.table([words(f"kept.head.{head}") for head in ("what", "part", "units", "state")], rows, wrap=(2,))
        if done := sum(each.now == "done" for each in found.gone):
            out.paragraph(words("kept.text.gone_done", number=done))
    elif found.equal == found.one.parts:
        out.line(words("kept.text.alike"))
    for called, names in ((one, found.only_one), (other, found.only_other)):
        if names:
            told = words("console.separator").join(_part(each, words) for each in names[:_MANY])
            told += "…" if len(names) > _MANY else ""
            out.paragraph(words("kept.text.only", plan=called, names=told))
    return None


def _figures(found: PlanComparison, words: Words) -> Iterator[list[object]]:
    for name in ("parts", "covered"):
        yield _figure(name, getattr(found.one, name), getattr(found.other, name), words)
    terms = dict.fromkeys((*found.one.cost, *found.other.cost))
    for term in sorted(terms, key=lambda each: each != "all"):
        yield _figure(term, found.one.cost.get(term, 0), found.other.cost.get(term, 0), words)


def _figure(name: str, one: int, other: int, words: Words) -> list[object]:
    return [words(f"kept.figure.{name}"), one, other, f"{other - one:+d}" if other != one else "0"]


def _rows(found: PlanComparison, words: Words) -> Iterator[list[object]]:
    for before, after in found.changed:
        told = words("kept.change.to", before=_part(before, words), after=_part(after, words))
        yield [words("kept.change.changed"), f"{before.number} → {after.number}", told, _now(before, words)]
    for change, parts in (("gone", found.gone), ("new", found.new)):
        for each in parts:
            yield [words(f"kept.change.{change}"), each.number, _part(each, words), _now(each, words)]


def _now(each: PlanPart, words: Words) -> str:
    """What became of a part of a kept plan."""
    return words(f"kept.now.{each.now}") if each.now else ""


def _part(each: PlanPart, words: Words) -> str:
    units = words("console.separator").join(each.units)
    return f"{units}（{_what(each.what, words)}）" if each.what else units


def _what(what: str, words: Words) -> str:
    """A kind of mass organisation by its name, an officer by the code."""
    return words(f"kept.what.{what}") if words.has(f"kept.what.{what}") else what


def _lines(found: PlanComparison) -> Iterator[list[object]]:
    for before, after in found.changed:
        units = ("、".join(before.units), "、".join(after.units))
        yield ["changed", before.number, after.number, before.what, after.what, *units, before.now]
    for each in found.gone:
        yield ["gone", each.number, None, each.what, None, "、".join(each.units), None, each.now]
    for each in found.new:
        yield ["new", None, each.number, None, each.what, None, "、".join(each.units), each.now]
    for each in found.only_one:
        yield ["covered_by_one", None, None, each.what, None, "、".join(each.units), None, None]
    for each in found.only_other:
        yield ["covered_by_other", None, None, None, each.what, None, "、".join(each.units), None]
