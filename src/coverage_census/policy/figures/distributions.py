"""A table with decisions in; how its organisations fall into parts out: reasons, completeness, states, members."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import and_, or_
from pathlib import Path

import narwhals as nw

from coverage_census.errors import WrongUsage
from coverage_census.model.decision import Verdict
from coverage_census.model.organisation import fields_of
from coverage_census.model.record import Facts, Record, Row
from coverage_census.policy.decide.frames import Frame, rows
from coverage_census.policy.figures.indicators import Units
from coverage_census.policy.files.mistakes import nearest
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.column_algebra import Columns
from coverage_census.policy.language.conditions import Condition, truth
from coverage_census.policy.language.facts import HIGH, LOW, interval
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label

FILE = Path(__file__).with_name("distributions.toml")
CODES = ("reasons", "blocks", "pipeline", "members_per_staff")
ON = Columns()


class Says(Record):
    """A class of reasons, and the phrases that tell it."""

    code: str
    says: tuple[str, ...]


class Reasons(Record):
    """Who is asked for a reason, where it stands, and its classes in order."""

    of: Condition
    field: str
    parts: tuple[Says, ...]


class Block(Record):
    """Fields that everyone should fill, and those of organisations with or without a Party organisation."""

    fields: tuple[str, ...]
    where_built: tuple[str, ...] = ()
    where_not_built: tuple[str, ...] = ()


class Pipeline(Record):
    """The rules that make an organisation regular."""

    regular: tuple[str, ...]


class Ratio(Units):
    """A sum over a sum, of organisations where both are known."""

    above: str
    below: str


class Definitions(Record):
    """The file."""

    reasons: Reasons
    blocks: dict[str, Block]
    pipeline: Pipeline
    members_per_staff: Ratio


@dataclass(frozen=True)
class DistributionPart:
    """One line of a table. `part_of`: the line that it is a part of; `counted`: what the numbers count."""

    table: str
    code: str
    part_of: str | None
    label: str
    numerator: int
    denominator: int
    denominator_label: str
    rate: float | None
    counted: str
    as_of: str
    definition: str


@cache
def definitions() -> Definitions:
    """What the tables count."""
    return Definitions.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))


def check(codes: tuple[str, ...]) -> None:
    """A code that is no table is refused with the nearest."""
    for code in codes:
        if code not in CODES:
            raise WrongUsage("indicator_not_found", code=code, near=nearest(code, CODES))


def fields() -> set[str]:
    """The columns of the ledger that the tables need."""
    said = definitions()
    asked = {leaf.fact or "" for leaf in said.reasons.of.leaves()}
    blocks = {each for block in said.blocks.values() for each in _fields(block)}
    return {*asked, said.reasons.field, *blocks, said.members_per_staff.below, "has_org", "operating_status"}


def compute(
    frame: Frame, policy: Policy, words: Words, as_of: str, codes: tuple[str, ...] = ()
) -> dict[str, list[DistributionPart]]:
    """The tables that were asked for, else all; `frame` comes from `decide.columns` with the rules of `regular`."""
    check(codes)
    chosen = [code for code in CODES if not codes or code in codes]
    tables = {"reasons": _reasons(), "blocks": _blocks(), "pipeline": _pipeline(policy), "members_per_staff": _ratio()}
    sums = {f"{code}/{name}": each for code in chosen for name, each in tables[code].items()}
    counts = rows(frame.select(*(each.alias(name) for name, each in sums.items())))[0]
    return {code: list(_parts(code, counts, policy, words, as_of)) for code in chosen}


def regular(policy: Policy) -> tuple[str, ...]:
    """The rules of this policy that make an organisation regular."""
    return tuple(rule for rule in definitions().pipeline.regular if rule in policy.rules)


def _reasons() -> dict[str, nw.Expr]:
    said = definitions().reasons
    left = truth(said.of, ON, {}).yes
    text, found = nw.col(said.field), {"of": _count(left)}
    hits: dict[str, list[nw.Expr]] = {}
    for each in said.parts:
        said_here = reduce(or_, (ON.contains(text, phrase) for phrase in each.says))
        hits.setdefault(each.code, []).append(left & said_here)
        left &= ~said_here  # `~hit` would say the same, and each class would hold twice what the one before it holds
    found |= {code: _count(reduce(or_, flags)) for code, flags in hits.items()}
    return found | {"other": _count(left & ~text.is_null()), "blank": _count(left & text.is_null())}


def _blocks() -> dict[str, nw.Expr]:
    everyone, has_org = ~nw.col("gone"), nw.col("has_org")
    built, not_built = everyone & has_org.fill_null(False), everyone & (~has_org).fill_null(False)
    found = {"everyone": _count(everyone), "built": _count(built), "not_built": _count(not_built)}
    for code, block in definitions().blocks.items():
        asked = ((block.fields, everyone), (block.where_built, built), (block.where_not_built, not_built))
        for names, whom in asked:
            found |= {f"{code}.{name}": _count(whom & _known(name)) for name in names}
    return found


def _pipeline(policy: Policy) -> dict[str, nw.Expr]:
    everyone, inside = ~nw.col("excluded"), nw.col("in_scope").fill_null(False)
    built, none = nw.col("has_org").fill_null(False), (~nw.col("has_org")).fill_null(False)
    verdicts = [nw.col(f"verdict_{rule}") for rule in regular(policy)]
    wrong = reduce(or_, (each == Verdict.GAP.value for each in verdicts))
    right = reduce(and_, (each.is_in([Verdict.MET.value, Verdict.EXEMPT.value]) for each in verdicts))
    return {
        "of": _count(everyone),
        "build": _count(inside & none),
        "regularise": _count(inside & built & wrong),
        "renew": _count(inside & built & right),
        "unknown": _count(everyone & ~(inside & (none | (built & (wrong | right))))),
    }


def _ratio() -> dict[str, nw.Expr]:
    said = definitions().members_per_staff
    low, high = interval(ON, said.above)
    below, below_high = interval(ON, said.below)
    both = ((low == high).fill_null(False)) & ((below == below_high).fill_null(False)) & ~nw.col("excluded")
    return {
        "numerator": nw.when(both).then(low).sum(),
        "denominator": nw.when(both).then(below).sum(),
        "unknown": _count(~both & ~nw.col("excluded")),
    }


def _parts(code: str, counts: Facts, policy: Policy, words: Words, as_of: str) -> Iterator[DistributionPart]:
    found = {name.partition("/")[2]: int(value or 0) for name, value in counts.items() if name.startswith(f"{code}/")}
    if code == "blocks":
        yield from _block_parts(found, words, as_of)
        return
    values: Row = {}
    if code == "pipeline":
        titles = (getattr(policy.rules[rule].title, words.lang) for rule in regular(policy))
        values = {"rules": words("console.separator").join(titles)}
    if code == "members_per_staff":
        yield _part(
            code, "ratio", None, found["numerator"], found["denominator"], words, as_of, unknown=found["unknown"]
        )
        return
    for name, number in found.items():
        if name != "of":
            yield _part(code, name, None, number, found["of"], words, as_of, **values)


def _block_parts(found: Mapping[str, int], words: Words, as_of: str) -> Iterator[DistributionPart]:
    for code, block in definitions().blocks.items():
        asked = dict.fromkeys(block.fields, found["everyone"]) | dict.fromkeys(block.where_built, found["built"])
        asked |= dict.fromkeys(block.where_not_built, found["not_built"])
        filled = {name: found[f"{code}.{name}"] for name in asked}
        yield _part("blocks", code, None, sum(filled.values()), sum(asked.values()), words, as_of)
        for name in asked:
            yield _part(
                "blocks", f"{code}.{name}", code, filled[name], asked[name], words, as_of, field_label(name, words)
            )


def _part(
    table: str, code: str, part_of: str | None, number: int, whole: int, words: Words, as_of: str,
    label: str | None = None, **values: object,
) -> DistributionPart:  # fmt: skip
    return DistributionPart(
        table=table,
        code=code,
        part_of=part_of,
        label=label or words(f"distribution.{table}.{code}"),
        numerator=number,
        denominator=whole,
        denominator_label=words(f"distribution.{table}.of"),
        rate=number / whole if whole else None,
        counted={"blocks": "cells", "members_per_staff": "persons"}.get(table, "organisations"),
        as_of=as_of,
        definition=words(f"distribution.{table}.definition", **values),
    )


def _count(flag: nw.Expr) -> nw.Expr:
    return nw.when(flag).then(nw.lit(1)).count()


def _known(name: str) -> nw.Expr:
    if name not in fields_of("count"):
        return ~nw.col(name).is_null()
    return reduce(or_, (~nw.col(name + end).is_null() for end in ("", LOW, HIGH)))


def _fields(block: Block) -> tuple[str, ...]:
    return (*block.fields, *block.where_built, *block.where_not_built)
