"""Kept plans and what became of them in; tables, one JSON document or CSV out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.console import out
from coverage_census.model.kept_plan import STATES, Fate, KeptPlan, KeptReceipt, PlanStanding
from coverage_census.model.record import Json
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import label_of
from coverage_census.words.plans import reasons, why

_LABEL = ("number", "kind", "name", "when", "round", "policy", "reviewed", "parts")


def kept(done: KeptReceipt, words: Words, *, err: bool) -> None:
    """One line after the plan itself; beside JSON or CSV it goes to stderr."""
    if done.round is None:
        return out.line(words("kept.text.same", number=done.number), err=err)
    named = {"kind": words(f"kept.kind.{done.kind}"), "unit": words(f"kept.part.{done.kind}")}
    return out.line(words("kept.text.kept", number=done.number, parts=done.parts, **named), err=err)


def every(found: Sequence[PlanStanding], words: Words, *, as_json: bool, as_csv: bool) -> None:
    """One row a plan."""
    if as_json:
        return out.as_json([
            {**out.plain(each.label), **each.counts(), **each.now(), "judged_on": each.round} for each in found
        ])
    if as_csv:
        return out.as_csv([*_LABEL, *STATES], [[*_cells(each), *each.counts().values()] for each in found])
    if not found:
        return out.line(words("kept.text.none"))
    header = [words(f"kept.head.{head}") for head in ("number", "kind", "name", "day")]
    header += [words(f"kept.state.{state}") for state in STATES]
    out.table(header, [_row(each, words) for each in found], right=range(4, 4 + len(STATES)), wrap=(2,))
    return out.paragraph(words("kept.text.undo"))


def _cells(each: PlanStanding) -> list[Any]:
    return [getattr(each.label, name) for name in _LABEL]


def _row(each: PlanStanding, words: Words) -> list[object]:
    label = each.label
    return [label.number, words(f"kept.kind.{label.kind}"), label.name, label.when[:10], *each.counts().values()]


def one(found: PlanStanding, plan: KeptPlan, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """What became of each part; with --json the plan as it was kept too."""
    if as_json:
        return out.as_json({**_document(found, words), "kept": out.plain(plan)})
    if as_csv:
        header = ["number", "township", "units", "state", "became", "why"]
        return out.as_csv(header, [_line(each, words) for each in found.fates])
    label, counts = found.label, found.counts()
    unit = words(f"kept.part.{label.kind}")
    stands = words("kept.text.stands", stands=counts["stands"], unit=unit) if counts["stands"] else ""
    out.paragraph(
        words(
            "kept.text.title", number=label.number, kind=words(f"kept.kind.{label.kind}"),
            made=label_of(label.period or label.round, words),
            name=words("kept.text.named", name=label.name) if label.name else "", parts=label.parts,
            unit=unit, stands=stands, round=label_of(found.period or found.round, words), day=found.as_of,
            reviewed=words("kept.text.reviewed") if label.reviewed else "",
        )
    )  # fmt: skip
    out.paragraph(words("kept.text.counts", **counts))
    if found.changed:
        names = words("console.separator").join(words(f"kept.input.{each.split('.')[0]}") for each in found.changed)
        out.paragraph(words("kept.text.inputs", names=names))
    shown = [each for each in found.fates if each.state != "stands"]
    if shown:
        out.line()
        header = [words(f"kept.head.{head}") for head in ("part", "place", "units", "state", "why")]
        out.table(header, [_shown(each, words) for each in shown], wrap=(2, 4))
    if counts["stands"]:
        out.paragraph(words("kept.text.open_only", number=counts["stands"]))
    if counts["broken"]:
        out.paragraph(words("kept.text.again", number=counts["broken"], kind=label.kind, plan=label.number))
    return None


def _document(found: PlanStanding, words: Words) -> Json:
    document: Json = out.plain(found)
    for part, fates in (("fates", found.fates), ("leftovers", found.leftovers)):
        for told, each in zip(document[part], fates, strict=True):
            told |= {"now": each.now, "sentence": why(each, words)}
    return {**document, "counts": found.counts(), "now": found.now()}


def _shown(each: Fate, words: Words) -> list[object]:
    units = words("console.separator").join(each.units)
    return [each.number, each.place, units, words(f"kept.state.{each.state}"), why(each, words)]


def _line(each: Fate, words: Words) -> list[object]:
    return [each.number, each.place, "、".join(each.units), each.state, each.branch, reasons(each, words)]
